//! The year 2020: activities of all reporting agencies, decided by each agency's id, recorded through the acts.

use chrono::{Datelike, Days, NaiveDate};
use pbgdpl_model::activity::{Content, Funding, Kind};
use pbgdpl_model::agency::ReportRow;
use pbgdpl_model::id::TenantId;
use pbgdpl_scope::Tenant;

use crate::demo::time::day;

/// The year of the demo.
pub const YEAR: i32 = 2020;

/// What was spoken about: words, fields of law, audiences.
const TOPICS: [(&str, [&str; 2], [&str; 2]); 12] = [
    (
        "Luật Đất đai và thủ tục cấp giấy chứng nhận",
        ["dat-dai", "hanh-chinh"],
        ["nguoi-dan", "nong-dan"],
    ),
    (
        "Luật Phòng, chống bạo lực gia đình",
        ["hon-nhan-gia-dinh", "binh-dang-gioi"],
        ["phu-nu", "nguoi-dan"],
    ),
    (
        "Luật Hôn nhân và gia đình, phòng ngừa tảo hôn",
        ["hon-nhan-gia-dinh", "dan-su"],
        ["dan-toc-thieu-so", "thanh-nien"],
    ),
    (
        "Luật Giao thông đường bộ, nồng độ cồn khi lái xe",
        ["giao-thong", "hanh-chinh"],
        ["nguoi-lai-xe", "thanh-nien"],
    ),
    (
        "Luật Trẻ em, phòng, chống xâm hại trẻ em",
        ["quyen-cong-dan", "hinh-su"],
        ["hoc-sinh-sinh-vien", "cha-me"],
    ),
    (
        "Luật Bảo vệ môi trường, thu gom rác thải",
        ["moi-truong", "y-thuc-chap-hanh"],
        ["nguoi-dan", "ho-kinh-doanh"],
    ),
    (
        "Luật Lâm nghiệp, phòng cháy, chữa cháy rừng mùa khô",
        ["moi-truong", "hanh-chinh"],
        ["nong-dan", "chu-rung"],
    ),
    (
        "Bộ luật Lao động và an toàn lao động",
        ["lao-dong", "van-ban-moi"],
        ["nguoi-lao-dong", "doanh-nghiep"],
    ),
    (
        "Luật Tiếp cận thông tin",
        ["quyen-cong-dan", "hanh-chinh"],
        ["can-bo-cong-chuc", "nguoi-dan"],
    ),
    (
        "Luật Hòa giải ở cơ sở, kỹ năng hòa giải",
        ["dan-su", "quyen-cong-dan"],
        ["hoa-giai-vien", "nguoi-co-uy-tin"],
    ),
    (
        "Luật Biên giới quốc gia, quy chế khu vực biên giới",
        ["quoc-phong", "an-ninh"],
        ["cu-dan-bien-gioi", "dan-toc-thieu-so"],
    ),
    (
        "Luật Phòng, chống tác hại của rượu, bia",
        ["y-te", "van-ban-moi"],
        ["nguoi-dan", "thanh-nien"],
    ),
];

/// One activity that will be recorded.
#[derive(Debug, Clone)]
pub struct Planned {
    /// Who counts it.
    pub owner: Tenant,
    /// What it is.
    pub kind: Kind,
    /// When it takes place.
    pub day: NaiveDate,
    /// When it is recorded.
    pub recorded: NaiveDate,
    /// What is recorded.
    pub content: Content,
    /// Who organises it too.
    pub partners: Vec<TenantId>,
    /// Number of the sheet that proves it; none where a reason stands instead.
    pub evidence: Option<u64>,
}

/// A row of numbers that the first one decides (xorshift64): the demo is the same on every machine.
pub struct Numbers(u64);

impl Numbers {
    /// Begun by the agency.
    pub fn of(tenant: &Tenant) -> Self {
        let (high, low) = tenant.id().0.as_u64_pair();
        Self((high ^ low.rotate_left(17)) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// The next one, from `least` to `most`.
    pub fn within(&mut self, least: i64, most: i64) -> i64 {
        let width = u64::try_from(most - least + 1).unwrap_or(1);
        least + i64::try_from((self.next() >> 20) % width).unwrap_or(0)
    }

    fn one_of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let most = i64::try_from(list.len()).unwrap_or(1) - 1;
        list.get(usize::try_from(self.within(0, most.max(0))).unwrap_or(0))
    }
}

/// The whole year, in the order in which it is recorded.
pub fn planned(tenants: &[Tenant]) -> Vec<Planned> {
    let reporting: Vec<&Tenant> = tenants
        .iter()
        .filter(|tenant| tenant.agency().report_row != ReportRow::None)
        .collect();
    let mut all = Vec::new();
    for (index, owner) in reporting.iter().enumerate() {
        // The neighbour in the list of the province; of the last one the first.
        let neighbour = reporting.get(index + 1).or_else(|| reporting.first());
        all.extend(of_agency(owner, neighbour.copied()));
    }
    all.sort_by(|a, b| (a.recorded, a.owner.slug()).cmp(&(b.recorded, b.owner.slug())));
    all
}

fn of_agency(owner: &Tenant, neighbour: Option<&Tenant>) -> Vec<Planned> {
    let mut numbers = Numbers::of(owner);
    let count = numbers.within(8, 20);
    (0..count)
        .map(|number| {
            let kind = Kind::ALL.get(usize::try_from(number % 5).unwrap_or(0)).copied();
            let mut one = activity(owner, kind.unwrap_or(Kind::HoiNghi), &mut numbers);
            // The second conference of each agency is a joint one.
            if number == 5
                && let Some(neighbour) = neighbour
                && neighbour != owner
            {
                one.partners = vec![neighbour.id()];
                one.content.title = format!(
                    "{} (phối hợp với {})",
                    one.content.title,
                    neighbour.short(one.day)
                );
            }
            one
        })
        .collect()
}

fn activity(owner: &Tenant, kind: Kind, numbers: &mut Numbers) -> Planned {
    let date = working_day(numbers);
    let recorded = date
        .checked_add_days(Days::new(numbers.next() % 4))
        .unwrap_or(date);
    let recorded = recorded.min(day(YEAR, 12, 31));
    let (topic, fields, audiences) = numbers.one_of(&TOPICS).copied().unwrap_or(("", [""; 2], [""; 2]));
    let evidence = (numbers.within(1, 10) <= 6).then(|| numbers.next());
    let mut content = Content {
        title: title(kind, topic),
        topic: topic.to_owned(),
        form: form(kind).to_owned(),
        fields: fields.map(str::to_owned).to_vec(),
        audiences: audiences.map(str::to_owned).to_vec(),
        place: place(owner, numbers),
        sessions: 1,
        language: "tieng-viet".to_owned(),
        mode: "truc-tiep".to_owned(),
        no_evidence_reason: match evidence {
            Some(_) => String::new(),
            None => "Dữ liệu minh hoạ: hoạt động giả định nên không có tài liệu kèm theo.".to_owned(),
        },
        illustrative: true,
        ..Content::default()
    };
    figures(&mut content, kind, owner, numbers);
    Planned {
        owner: owner.clone(),
        kind,
        day: date,
        recorded,
        content,
        partners: Vec::new(),
        evidence,
    }
}

fn figures(content: &mut Content, kind: Kind, owner: &Tenant, numbers: &mut Numbers) {
    let speakers = || "Báo cáo viên pháp luật cấp tỉnh (minh hoạ)".to_owned();
    match kind {
        Kind::HoiNghi | Kind::LopTapHuan => {
            content.sessions = if kind == Kind::LopTapHuan {
                numbers.within(1, 3)
            } else {
                1
            };
            content.attendees = numbers.within(35, 180) * content.sessions;
            content.materials = numbers.within(0, 4) * 50;
            content.speakers = speakers();
            content.funding = Funding {
                regular: numbers.within(2, 18) * 500,
                ..Funding::default()
            };
        }
        Kind::CuocThi => {
            content.attendees = numbers.within(60, 650);
            content.mode = "ket-hop".to_owned();
            content.funding = Funding {
                regular: numbers.within(4, 30) * 500,
                programme: 0,
                other: numbers.within(0, 6) * 500,
            };
        }
        Kind::PhatTaiLieu => {
            content.sessions = 0;
            content.materials = numbers.within(4, 60) * 50;
            content.funding = Funding {
                programme: numbers.within(0, 10) * 500,
                ..Funding::default()
            };
        }
        Kind::PhatThanh => {
            content.sessions = 0;
            content.broadcasts = numbers.within(4, 60);
            if owner.agency().report_row == ReportRow::DiaBan {
                let languages = ["tieng-viet", "xo-dang", "ba-na", "gie-trieng", "gia-rai"];
                content.language = numbers
                    .one_of(&languages)
                    .copied()
                    .unwrap_or("tieng-viet")
                    .to_owned();
            }
        }
    }
    if content.materials > 0 {
        content.materials_kind = "to-gap".to_owned();
    }
    if content.attendees > 0 {
        content.women = Some(content.attendees * numbers.within(30, 60) / 100);
        content.ethnic_minorities = Some(content.attendees * numbers.within(20, 70) / 100);
    }
}

/// A day of the year that is no Saturday or Sunday, and not in the week of Tết.
fn working_day(numbers: &mut Numbers) -> NaiveDate {
    let first = day(YEAR, 1, 6);
    let mut date = first
        .checked_add_days(Days::new(numbers.next() % 350))
        .unwrap_or(first);
    if (day(YEAR, 1, 23)..=day(YEAR, 1, 29)).contains(&date) {
        date = date.checked_add_days(Days::new(14)).unwrap_or(date);
    }
    match date.weekday().number_from_monday() {
        6 => date.pred_opt().unwrap_or(date),
        7 => date.succ_opt().unwrap_or(date),
        _ => date,
    }
}

fn title(kind: Kind, topic: &str) -> String {
    match kind {
        Kind::HoiNghi => format!("Hội nghị tuyên truyền {topic}"),
        Kind::LopTapHuan => format!("Tập huấn {topic}"),
        Kind::CuocThi => format!("Cuộc thi tìm hiểu {topic}"),
        Kind::PhatTaiLieu => format!("Phát tờ gấp {topic}"),
        Kind::PhatThanh => format!("Phát thanh chuyên mục {topic}"),
    }
}

const fn form(kind: Kind) -> &'static str {
    match kind {
        Kind::HoiNghi | Kind::LopTapHuan | Kind::PhatTaiLieu => "truc-tiep",
        Kind::CuocThi => "cuoc-thi",
        Kind::PhatThanh => "truyen-thong",
    }
}

fn place(owner: &Tenant, numbers: &mut Numbers) -> String {
    let short = owner.short(day(YEAR, 6, 30));
    let places = if owner.agency().report_row == ReportRow::DiaBan {
        [
            "Hội trường trung tâm",
            "Nhà rông làng",
            "Nhà văn hóa thôn",
            "Trường học",
        ]
    } else {
        [
            "Hội trường cơ quan",
            "Trụ sở đơn vị trực thuộc",
            "Hội trường thành phố Kon Tum",
            "Trường học",
        ]
    };
    format!(
        "{}, {short}",
        numbers.one_of(&places).copied().unwrap_or("Hội trường")
    )
}
