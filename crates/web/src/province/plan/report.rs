//! The province's report on a plan: its parts, who has contributed, what is missing; frozen, amended.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::manifest::PlanFile;
use pbgdpl_model::plan::{Document, Part, TaskPart, ledger_hash};
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::report::ReportAct;
use pbgdpl_pages::form::{ErrorSummary, Field};
use pbgdpl_pages::part::{Cell, Column, Link, Notice, Row, State as Shape, Table, Tone};
use pbgdpl_pages::province::plan::PlanPage;
use pbgdpl_province::plan::amend::amend as amending;
use pbgdpl_province::plan::freeze::freeze as freezing;
use pbgdpl_province::plan::read::{FrozenReport, read, version};
use pbgdpl_province::plan::{Contributor, Drawn};
use pbgdpl_store::province::SentContribution;
use pbgdpl_vietnamese::date::dmy;
use serde::Deserialize;

use super::list::state_of;
use super::{Address, address, differences};
use crate::desk::frame::{self, Done};
use crate::desk::plan::standing_state;
use crate::desk::report::draw::when;
use crate::error::Error;
use crate::extract::{Form, Officer, Path, Query};
use crate::page;
use crate::state::AppState;

const DONE: [(&str, &str); 3] = [
    ("luu", "Đã lưu."),
    ("chot", "Đã chốt. Nội dung và số liệu của bản này không đổi nữa."),
    ("chinh-ly", "Đã mở bản chỉnh lý. Bản đã chốt giữ nguyên."),
];

/// What the officer does to the whole report.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Words {
    #[serde(rename = "ma")]
    hash: String,
    #[serde(rename = "ly-do")]
    reason: String,
}

/// `GET /tinh/ke-hoach/{plan}/{year}`
///
/// # Errors
/// Where there is no such plan in that year, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path((plan, year)): Path<Address>,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let mut shown = report_page(&state, &officer, (&plan, year)).await?;
    shown.frame = shown.frame.with_notice(done.notice(&DONE));
    page::html(&shown)
}

/// `POST /tinh/ke-hoach/{plan}/{year}/chot`
///
/// # Errors
/// What the act refuses.
pub async fn freeze(
    State(state): State<AppState>,
    officer: Officer,
    Path((plan, year)): Path<Address>,
    Form(words): Form<Words>,
) -> Result<Response, Error> {
    let done = freezing(&state.province, &officer.ctx, (&plan, year), &words.hash).await;
    if matches!(done, Err(pbgdpl_province::Error::Stale)) {
        return Err(Error::Conflict(
            "Một phần nội dung, một báo cáo của cơ quan hoặc số liệu đã đổi sau khi bạn đọc, nên chưa chốt. Mở lại trang, đọc lại rồi chốt."
                .into(),
        ));
    }
    done?;
    Ok(page::go(&format!("{}?xong=chot", address(&plan, year))))
}

/// `POST /tinh/ke-hoach/{plan}/{year}/chinh-ly`
///
/// # Errors
/// What the act refuses.
pub async fn amend(
    State(state): State<AppState>,
    officer: Officer,
    Path((plan, year)): Path<Address>,
    Form(words): Form<Words>,
) -> Result<Response, Error> {
    match amending(&state.province, &officer.ctx, (&plan, year), &words.reason).await {
        Ok(_) => Ok(page::go(&format!("{}?xong=chinh-ly", address(&plan, year)))),
        Err(pbgdpl_province::Error::Invalid { field, reason }) => {
            let mut shown = report_page(&state, &officer, (&plan, year)).await?;
            for there in shown.acts.iter_mut().flat_map(|act| &mut act.fields) {
                there.error = (there.name == field).then(|| reason.clone());
            }
            let fields = shown.acts.iter().flat_map(|act| &act.fields);
            shown.errors = ErrorSummary::of("Chưa mở được bản chỉnh lý", fields);
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Err(other) => Err(other.into()),
    }
}

async fn report_page(state: &AppState, officer: &Officer, of: (&str, i32)) -> Result<PlanPage, Error> {
    let drawn = read(&state.province, &officer.ctx, of).await?;
    let frozen = if drawn.is_open() {
        None
    } else {
        Some(version(&state.province, &officer.ctx, of, None).await?)
    };
    let document = frozen.as_ref().map_or(&drawn.document, |frozen| &frozen.document);
    let here = address(of.0, of.1);
    Ok(PlanPage {
        frame: frame::officer(state, officer, "/tinh/ke-hoach"),
        list: Link::new("Kế hoạch, báo cáo kết quả", "/tinh/ke-hoach"),
        plan: document.title.clone(),
        term: document.term_words(),
        unchecked: unchecked(&drawn.plan),
        state: state_of(drawn.versions.first()),
        notices: notices(&drawn, document, frozen.as_ref()),
        errors: ErrorSummary::default(),
        parts: parts(document, &here),
        agencies: agencies(&drawn.contributors, &here),
        differences: frozen.as_ref().and_then(|frozen| differences(&frozen.changes)),
        facts: facts(&drawn, document, frozen.as_ref()),
        acts: acts(officer, &drawn, &here),
        links: links(officer, &drawn, &here, state.settings.press.is_some()),
    })
}

/// A plan, or a seat on its council, that nobody has compared with the signed papers yet.
fn unchecked(plan: &PlanFile) -> Option<Shape> {
    let seats = plan.seats.iter().filter(|seat| seat.verify).count();
    let words = match (plan.verify, seats) {
        (false, 0) => return None,
        (_, 0) => "Kế hoạch cần đối chiếu với văn bản gốc".to_owned(),
        (_, seats) => format!("Căn cứ và {seats} thành viên cần đối chiếu với văn bản gốc"),
    };
    Some(Shape::new(Tone::Soon, words))
}

fn notices(drawn: &Drawn, document: &Document, frozen: Option<&FrozenReport>) -> Vec<Notice> {
    let mut notices = Vec::new();
    if frozen.is_some_and(|frozen| !frozen.intact) {
        notices.push(Notice::refused(
            "Nội dung không khớp mã kiểm tra",
            "Không dùng bản này; báo ngay cho người vận hành hệ thống.",
        ));
    }
    if frozen.is_none() && drawn.waiting > 0 {
        notices.push(Notice::warning(
            format!("Còn {} ngày của sổ đang được cộng", drawn.waiting),
            "Số liệu dưới đây chưa đủ; chốt được sau ít phút.",
        ));
    }
    let (unwritten, absent) = (document.unwritten(), document.absences());
    if !unwritten.is_empty() || absent > 0 {
        let mut words = Vec::new();
        if !unwritten.is_empty() {
            words.push(format!("Tỉnh chưa viết: {}.", unwritten.join("; ")));
        }
        if absent > 0 {
            words.push(format!(
                "{absent} thuyết minh của cơ quan còn thiếu; báo cáo in ra liệt kê ở Phụ lục I."
            ));
        }
        notices.push(Notice::warning("Còn thiếu thuyết minh", words.join(" ")));
    }
    notices
}

/// Chapters and tasks in the order of the report.
fn parts(document: &Document, here: &str) -> Table {
    let written = |text: &str| {
        Cell::state(if text.is_empty() {
            Shape::new(Tone::Wait, "Chưa viết")
        } else {
            Shape::new(Tone::Ok, "Đã viết")
        })
    };
    let section = |part: &Part| Row {
        cells: vec![
            Cell::link(part.title.clone(), format!("{here}/phan/{}", part.id)),
            written(&part.text),
            "–".into(),
            "–".into(),
        ],
    };
    let task = |task: &TaskPart| Row {
        cells: vec![
            Cell::link(
                format!("Nhiệm vụ {}", task.number),
                format!("{here}/phan/{}", task.number),
            ),
            written(&task.text),
            task.contributions.len().to_string().into(),
            task.absent.len().to_string().into(),
        ],
    };
    let before = document.before.iter().map(section);
    let after = document.after.iter().map(section);
    Table {
        caption: "Các phần của báo cáo".into(),
        caption_hidden: true,
        columns: vec![
            Column::words("Phần"),
            Column::words("Nội dung của tỉnh"),
            Column::figures("Thuyết minh của cơ quan"),
            Column::figures("Còn thiếu"),
        ],
        rows: before
            .chain(document.tasks.iter().map(task))
            .chain(after)
            .collect(),
        total: None,
    }
}

fn agencies(contributors: &[Contributor], here: &str) -> Table {
    let row = |agency: &Contributor| {
        let sent = agency.newest.as_ref();
        let href = format!("{here}/co-quan/{}", agency.slug);
        Row {
            cells: vec![
                match sent {
                    Some(_) => Cell::link(agency.name.clone(), href),
                    None => agency.name.clone().into(),
                },
                Cell::state(sent.map_or_else(
                    || Shape::new(Tone::Late, "Chưa gửi"),
                    |sent| standing_state(sent.stands().1),
                )),
                sent.map_or_else(|| "–".to_owned(), |sent| sent.version.to_string())
                    .into(),
                sent.map_or_else(|| "–".to_owned(), |sent| when(sent.sent_at))
                    .into(),
            ],
        }
    };
    Table {
        caption: "Các cơ quan phải báo cáo".into(),
        caption_hidden: true,
        columns: vec![
            Column::words("Cơ quan"),
            Column::words("Tình trạng"),
            Column::figures("Bản"),
            Column::words("Gửi lúc"),
        ],
        // Those that wait to be decided upon first, then those of whom nothing came.
        rows: by_need(contributors).into_iter().map(row).collect(),
        total: None,
    }
}

fn by_need(contributors: &[Contributor]) -> Vec<&Contributor> {
    use pbgdpl_model::plan::Standing;
    let mut all: Vec<&Contributor> = contributors.iter().collect();
    all.sort_by_key(
        |agency| match agency.newest.as_ref().map(SentContribution::stands) {
            Some((_, Standing::Sent)) => 0,
            None => 1,
            Some((_, Standing::Accepted)) => 3,
            Some(_) => 2,
        },
    );
    all
}

fn facts(drawn: &Drawn, document: &Document, frozen: Option<&FrozenReport>) -> Vec<(String, String)> {
    let mut facts = vec![
        ("Bản".to_owned(), document.version.to_string()),
        (
            "Số liệu".to_owned(),
            format!("{} – {}", dmy(document.from), dmy(document.to)),
        ),
        (
            "Sổ hoạt động".to_owned(),
            format!(
                "{} sổ, mã kiểm tra {}",
                document.books.len(),
                ledger_hash(&document.books).unwrap_or_default()
            ),
        ),
        (
            "Mã kiểm tra".to_owned(),
            frozen.map_or(&drawn.hash, |frozen| &frozen.report.hash).clone(),
        ),
    ];
    if let Some(amends) = &document.amends {
        facts.push((
            format!("Thay bản {}", amends.version),
            format!("Lý do: {}", amends.reason),
        ));
    }
    let report = frozen.map(|frozen| &frozen.report).or_else(|| drawn.open());
    if let Some(report) = report {
        facts.push((
            "Viết sau cùng".to_owned(),
            format!("{}, {}", report.by.1, when(report.at)),
        ));
    }
    if let Some(frozen) = frozen.and_then(|frozen| frozen.report.frozen.as_ref()) {
        facts.push(("Chốt".to_owned(), format!("{}, {}", frozen.name, when(frozen.at))));
    }
    facts
}

fn acts(officer: &Officer, drawn: &Drawn, here: &str) -> Vec<ReportAct> {
    if drawn.open().is_some() && officer.ctx.could(Action::ReportFreeze) {
        return vec![ReportAct {
            title: "Chốt báo cáo".into(),
            text: "Nội dung, số liệu và danh sách còn thiếu của bản này được giữ nguyên cùng mã kiểm tra; sau đó chỉ sửa bằng bản chỉnh lý.".into(),
            action: Some(format!("{here}/chot")),
            hidden: vec![("ma".into(), drawn.hash.clone())],
            fields: vec![],
            button: "Chốt báo cáo".into(),
        }];
    }
    if !drawn.is_open() && officer.ctx.could(Action::ReportConsolidate) {
        return vec![ReportAct {
            title: "Chỉnh lý".into(),
            text:
                "Mở một bản mới với nội dung của bản đã chốt; số liệu lấy lại từ sổ. Bản đã chốt giữ nguyên."
                    .into(),
            action: Some(format!("{here}/chinh-ly")),
            hidden: vec![],
            fields: vec![Field::text("ly-do", "Lý do chỉnh lý")],
            button: "Mở bản chỉnh lý".into(),
        }];
    }
    Vec::new()
}

fn links(officer: &Officer, drawn: &Drawn, here: &str, has_pdf: bool) -> Vec<Link> {
    if !officer.ctx.could(Action::ReportExport) {
        return Vec::new();
    }
    let mut links = Vec::new();
    if drawn.is_open() {
        links.push(Link::new("Xem bản đang soạn như bản in", format!("{here}/in")));
        links.push(Link::new("Tải bản đang soạn (Word)", format!("{here}/xuat.docx")));
        if has_pdf {
            links.push(Link::new("Tải bản đang soạn (PDF)", format!("{here}/xuat.pdf")));
        }
    }
    for report in drawn.versions.iter().filter(|report| report.frozen.is_some()) {
        let number = report.version;
        links.push(Link::new(
            format!("In bản {number}"),
            format!("{here}/in?ban={number}"),
        ));
        links.push(Link::new(
            format!("Tải bản {number} (Word)"),
            format!("{here}/xuat.docx?ban={number}"),
        ));
        if has_pdf {
            links.push(Link::new(
                format!("Tải bản {number} (PDF)"),
                format!("{here}/xuat.pdf?ban={number}"),
            ));
        }
    }
    links
}
