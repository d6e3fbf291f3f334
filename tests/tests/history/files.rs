//! The province's files as they stand on a day: Kon Tum's agencies, and three reorganisations that come one after another.

use std::path::Path;

use chrono::NaiveDate;
use pbgdpl_model::agency::ReportRow;
use pbgdpl_model::manifest::{AgencyFile, Dissolved, write_agency};
use uuid::Uuid;

type Files = Vec<(String, String)>;

/// Agencies of the short history; two districts with communes, Sở Tư pháp, and everybody who is reorganised.
pub(crate) const SOME: &[&str] = &[
    "so-tu-phap",
    "huyen-ia-hdrai",
    "huyen-kon-ray",
    "so-y-te",
    "so-tai-chinh",
    "thanh-tra-tinh",
    "so-xay-dung",
    ABSORBED,
    PLANNING,
    TRANSPORT,
    "so-thong-tin-va-truyen-thong",
    "so-khoa-hoc-va-cong-nghe",
    "so-van-hoa-the-thao-va-du-lich",
];

/// Absorbed by `PLANNING` on 1 October 2020.
const ABSORBED: &str = "so-ngoai-vu";
/// One with `TRANSPORT` in `HEIR` on 1 July 2021.
const PLANNING: &str = "so-ke-hoach-va-dau-tu";
pub(crate) const TRANSPORT: &str = "so-giao-thong-van-tai";
/// Made on 1 July 2021.
pub(crate) const HEIR: &str = "so-phat-trien";
/// Made on 1 July 2020, on the screen.
pub(crate) const NEW: &str = "ban-thu-nghiem";

/// Split between two others on 1 July 2021.
const SPLIT: &str = "so-thong-tin-va-truyen-thong";

/// Days on which the files change.
pub(crate) const CHANGES: [&str; 2] = ["2020-10-01", "2021-07-01"];

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The last day of an agency, if it ends within the two years.
fn last_day(slug: &str) -> Option<NaiveDate> {
    match slug {
        ABSORBED => Some(day("2020-09-30")),
        PLANNING | TRANSPORT | SPLIT => Some(day("2021-06-30")),
        _ => None,
    }
}

/// An agency of the history with the days on which it stands.
#[derive(Debug, Clone)]
pub(crate) struct Section {
    pub(crate) slug: String,
    pub(crate) first: NaiveDate,
    pub(crate) last: NaiveDate,
}

fn root() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tenants/kon-tum")
}

fn read(folder: &str) -> Files {
    let entries = std::fs::read_dir(root().join(folder)).unwrap();
    let mut files: Files = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| {
            let name = Path::new(folder).join(path.file_name().unwrap());
            (
                name.to_str().unwrap().to_owned(),
                std::fs::read_to_string(path).unwrap(),
            )
        })
        .collect();
    files.sort();
    files
}

fn agencies(only: Option<&[&str]>) -> Vec<AgencyFile> {
    let all = read("agencies")
        .into_iter()
        .map(|(_, text)| toml::from_str(&text).unwrap());
    all.filter(|agency: &AgencyFile| only.is_none_or(|only| only.contains(&agency.slug.as_str())))
        .collect()
}

/// Every agency of the history that reports, with its days.
pub(crate) fn sections(only: Option<&[&str]>) -> Vec<Section> {
    let (begin, end) = (day("2020-01-01"), day("2021-12-31"));
    let mut sections: Vec<Section> = agencies(only)
        .into_iter()
        .filter(|agency| agency.report_row != ReportRow::None)
        .map(|agency| Section {
            first: begin,
            last: last_day(&agency.slug).unwrap_or(end),
            slug: agency.slug,
        })
        .collect();
    for (slug, first) in [(NEW, "2020-07-01"), (HEIR, "2021-07-01")] {
        sections.push(Section {
            slug: slug.to_owned(),
            first: day(first),
            last: end,
        });
    }
    sections
}

/// The whole folder as it stands on a day.
pub(crate) fn on(only: Option<&[&str]>, today: NaiveDate) -> Files {
    let mut files: Files = ["", "forms", "indicators", "vocabulary"]
        .into_iter()
        .flat_map(read)
        .collect();
    // Nobody reports on plans in it.
    for (_, text) in files.iter_mut().filter(|(name, _)| name == "calendar.toml") {
        let (from, to) = (text.find("[[plan_deadline]]"), text.find("# Days off"));
        if let Some((from, to)) = from.zip(to) {
            text.replace_range(from..to, "");
        }
    }
    // The tile map speaks of districts that a smaller history does not have.
    for (_, text) in files
        .iter_mut()
        .filter(|(name, _)| only.is_some() && name == "province.toml")
    {
        if let Some(tiles) = text.find("[[tile]]") {
            text.truncate(tiles);
        }
    }
    for mut agency in agencies(only) {
        let last_day = last_day(&agency.slug).filter(|last| *last < today);
        agency.dissolved = last_day.map(|last_day| Dissolved {
            last_day,
            decision: None,
            decided_on: None,
            verify: true,
        });
        if agency.slug == TRANSPORT && today >= day(CHANGES[1]) {
            let heir = heir(&agency);
            files.push((format!("agencies/{HEIR}.toml"), write_agency(&heir).unwrap()));
        }
        let name = format!("agencies/{}.toml", agency.slug);
        files.push((name, write_agency(&agency).unwrap()));
    }
    files.extend(reorganisations(today));
    files
}

fn heir(of: &AgencyFile) -> AgencyFile {
    let mut heir = AgencyFile {
        id: Uuid::from_u128(0x5EED),
        slug: HEIR.into(),
        dissolved: None,
        contact: Default::default(),
        ..of.clone()
    };
    heir.names[0].official = "Sở Phát triển tỉnh Kon Tum (thử)".into();
    heir.names[0].short = "Sở Phát triển (thử)".into();
    heir.names[0].aliases.clear();
    heir.names[0].valid_from = day(CHANGES[1]);
    heir.kinds[0].valid_from = day(CHANGES[1]);
    heir.parents[0].valid_from = day(CHANGES[1]);
    heir
}

/// The reorganisations that are written down by a day.
fn reorganisations(today: NaiveDate) -> Files {
    let one = |kind: &str, from: &str, to: &[&str], on: &str, more: &str| {
        format!(
            "[[succession]]\nkind = \"{kind}\"\nfrom = \"{from}\"\nto = {to:?}\nday = \"{on}\"\nverify = true\n{more}\n"
        )
    };
    let [autumn, summer] = CHANGES;
    let absorbed = one("dissolve", ABSORBED, &[PLANNING], autumn, "");
    let merged = [
        one("merge", PLANNING, &[HEIR], summer, ""),
        one("merge", TRANSPORT, &[HEIR], summer, ""),
        one(
            "split",
            SPLIT,
            &["so-khoa-hoc-va-cong-nghe", "so-van-hoa-the-thao-va-du-lich"],
            summer,
            "series_to = \"so-khoa-hoc-va-cong-nghe\"\nfunctions = \"Báo chí, xuất bản về Sở Văn hóa, Thể thao và Du lịch\"",
        ),
        one("transfer", "so-xay-dung", &[HEIR], summer, "functions = \"Quản lý quy hoạch\""),
    ]
    .concat();
    [(autumn, "2020-thu", absorbed), (summer, "2021-he", merged)]
        .into_iter()
        .filter(|(on, ..)| day(on) <= today)
        .map(|(_, id, text)| {
            let name = format!("reorganisations/{id}.toml");
            (name, format!("id = \"{id}\"\ntitle = \"Sắp xếp thử\"\n\n{text}"))
        })
        .collect()
}
