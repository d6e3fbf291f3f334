//! Reorganisations as data: what is taken, and what is refused with its line and its reason.

use super::*;
use crate::structure::{Structure, View};

const PLANNING: &str = "so-ke-hoach-va-dau-tu";
const FINANCE: &str = "so-tai-chinh";
const TRANSPORT: &str = "so-giao-thong-van-tai";
const BUILDING: &str = "so-xay-dung";
const FILE: &str = "reorganisations/thu.toml";

fn text(successions: &str) -> String {
    format!("id = \"thu\"\ntitle = \"Sắp xếp thử\"\n\n{successions}")
}

fn succession(kind: &str, from: &str, to: &[&str], more: &str) -> String {
    format!(
        "[[succession]]\nkind = \"{kind}\"\nfrom = \"{from}\"\nto = {to:?}\nday = \"2021-07-01\"\nverify = true\n{more}\n"
    )
}

/// Kon Tum where these agencies ended on 30 June 2021, with this file of successions in place of its own.
fn with(ended: &[&str], successions: &str) -> Result<Manifest, Vec<Problem>> {
    let mut files = kon_tum();
    files.retain(|(name, _)| !name.starts_with("reorganisations/"));
    for (name, text) in &mut files {
        let Some(slug) = name
            .strip_prefix("agencies/")
            .and_then(|name| name.strip_suffix(".toml"))
        else {
            continue;
        };
        let mut agency: AgencyFile = toml::from_str(text).unwrap();
        agency.dissolved = ended.contains(&slug).then(|| Dissolved {
            last_day: "2021-06-30".parse().unwrap(),
            decision: None,
            decided_on: None,
            verify: true,
        });
        *text = write_agency(&agency).unwrap();
    }
    files.push((FILE.to_owned(), text(successions)));
    parse(&files)
}

#[track_caller]
fn refused(ended: &[&str], successions: &str, at: &str, words: &str) {
    let whole = text(successions);
    let line = 1 + whole.find(at).map_or(0, |at| whole[..at].matches('\n').count());
    let problems = with(ended, successions).unwrap_err();
    let found = problems
        .iter()
        .any(|p| p.file == FILE && p.line == line && p.message.contains(words));
    assert!(found, "wanted {FILE}:{line}: …{words}…, got {problems:#?}");
}

#[test]
fn who_follows_whom_is_read_and_written_back() {
    let successions = [
        succession("merge", PLANNING, &[FINANCE], ""),
        succession(
            "split",
            TRANSPORT,
            &[BUILDING, FINANCE],
            "series_to = \"so-xay-dung\"\nfunctions = \"Quản lý đường bộ về Sở Xây dựng\"",
        ),
    ]
    .concat();
    let manifest = with(&[PLANNING, TRANSPORT], &successions).unwrap();
    let [file] = manifest.reorganisations.as_slice() else {
        panic!("one file")
    };
    let written = toml::to_string(file).unwrap();
    assert_eq!(toml::from_str::<ReorganisationFile>(&written).unwrap(), *file);
    let id = |slug: &str| manifest.agency(slug).map(AgencyFile::tenant);
    let entries = [(file.id.clone(), serde_json::to_string(file).unwrap())];
    let structure = Structure::read(&entries, id).unwrap();
    let after = View::On("2021-07-01".parse().unwrap());
    let heir = |slug: &str| structure.stands_for(id(slug).unwrap(), after);
    assert_eq!(heir(PLANNING), id(FINANCE).unwrap());
    assert_eq!(heir(TRANSPORT), id(BUILDING).unwrap(), "the named receiver");
    assert_eq!(heir("so-y-te"), id("so-y-te").unwrap());
    let planning = manifest.agency(PLANNING).unwrap();
    assert!(
        planning
            .unverified()
            .contains(&"Ngày kết thúc hoạt động".to_owned())
    );
}

#[test]
fn a_unit_that_stands_on_keeps_its_series() {
    let shared = succession("transfer", PLANNING, &[FINANCE, BUILDING], "");
    let halved = succession("split", TRANSPORT, &[TRANSPORT, BUILDING], "");
    let renamed = succession("rename", "so-noi-vu", &["so-noi-vu"], "");
    let manifest = with(&[], &[shared, halved, renamed].concat()).unwrap();
    let file = &manifest.reorganisations[0];
    assert!(
        file.successions
            .iter()
            .all(|entry| !entry.ends() && entry.heir().is_none())
    );
    let given = succession("transfer", PLANNING, &[FINANCE], "series_to = \"so-tai-chinh\"");
    refused(&[], &given, "series_to", "chuỗi số liệu ở lại");
}

#[test]
fn several_heirs_need_one_receiver_of_the_series() {
    let split = succession("split", PLANNING, &[FINANCE, BUILDING], "");
    refused(&[PLANNING], &split, "to = ", "ghi series_to");
    let elsewhere = succession("split", PLANNING, &[FINANCE, BUILDING], "series_to = \"so-y-te\"");
    refused(
        &[PLANNING],
        &elsewhere,
        "series_to",
        "không nằm trong các cơ quan kế tục",
    );
    let dissolved = succession("dissolve", PLANNING, &[FINANCE, BUILDING], "");
    refused(&[PLANNING], &dissolved, "to = ", "ghi series_to");
    with(&[PLANNING], &succession("dissolve", PLANNING, &[], "")).unwrap();
}

#[test]
fn units_exist_on_that_day() {
    let nobody = succession("merge", "so-khong-co", &[FINANCE], "");
    refused(&[], &nobody, "from = ", "`so-khong-co` không có trong agencies/");
    let nowhere = succession("merge", PLANNING, &["so-khong-co"], "");
    refused(
        &[PLANNING],
        &nowhere,
        "to = ",
        "`so-khong-co` không có trong agencies/",
    );
    let merge = succession("merge", PLANNING, &[FINANCE], "");
    refused(&[], &merge, "day = ", "last_day = \"2021-06-30\"");
    refused(
        &[PLANNING, FINANCE],
        &merge,
        "to = ",
        "chỉ hoạt động đến hết ngày 2021-06-30",
    );
    let early = merge.replace("2021-07-01", "2019-01-01");
    refused(&[PLANNING], &early, "day = ", "không nằm sau ngày đầu tiên");
    let before = merge.replace("2021-07-01", "2018-01-01");
    refused(&[PLANNING], &before, "to = ", "bắt đầu ngày 2019-01-01");
}

#[test]
fn a_unit_ends_once_and_no_series_comes_back() {
    let twice = [
        succession("merge", PLANNING, &[FINANCE], ""),
        succession("merge", PLANNING, &[BUILDING], "").replace("from = ", "from  = "),
    ]
    .concat();
    refused(
        &[PLANNING],
        &twice,
        "from  = ",
        "đã kết thúc ở reorganisations/thu.toml, mục thứ 1",
    );
    let circle = [
        succession("merge", PLANNING, &[FINANCE], ""),
        succession("merge", FINANCE, &[PLANNING], ""),
    ]
    .concat();
    refused(&[PLANNING, FINANCE], &circle, "from = ", "quay về chính nó");
}

#[test]
fn the_shape_follows_the_kind_and_a_decision_is_named() {
    refused(
        &[PLANNING],
        &succession("merge", PLANNING, &[], ""),
        "to = ",
        "đúng một cơ quan kế tục",
    );
    refused(
        &[PLANNING],
        &succession("split", PLANNING, &[FINANCE], ""),
        "to = ",
        "ít nhất hai",
    );
    refused(
        &[],
        &succession("transfer", PLANNING, &[], ""),
        "to = ",
        "ít nhất một cơ quan nhận",
    );
    let twice = succession(
        "split",
        PLANNING,
        &[FINANCE, FINANCE],
        "series_to = \"so-tai-chinh\"",
    );
    refused(&[PLANNING], &twice, "to = ", "bị lặp");
    let bare = succession("merge", PLANNING, &[FINANCE], "").replace("verify = true\n", "");
    refused(&[PLANNING], &bare, "day = ", "thiếu quyết định");
    let decided = succession(
        "merge",
        PLANNING,
        &[FINANCE],
        "decision = \"12/QĐ-UBND\"\ndecided_on = \"2021-08-01\"",
    );
    refused(&[PLANNING], &decided, "decided_on", "sau ngày hiệu lực");
    let other = with(&[], &succession("merger", PLANNING, &[FINANCE], "")).unwrap_err();
    assert!(other[0].message.contains("giá trị lạ `merger`"), "{other:#?}");
    let mut files = kon_tum();
    files.push((
        "reorganisations/khac.toml".to_owned(),
        text(&succession("rename", PLANNING, &[PLANNING], "")),
    ));
    let problems = parse(&files).unwrap_err();
    assert!(
        problems[0].message.contains("phải trùng tên tệp `khac`"),
        "{problems:#?}"
    );
}
