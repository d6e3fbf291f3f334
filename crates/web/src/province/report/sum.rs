//! The province's form: made, looked through to its sources, frozen, taken out as JSON, CSV and on paper.

use axum::extract::State;
use axum::response::Response;
use http::{HeaderValue, StatusCode, header};
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::{LineKind, SourceReport};
use pbgdpl_pages::desk::report::{LineOf, Marks, ReportAct, Sheet};
use pbgdpl_pages::part::{Cell, Column, Empty, Link, Notice, Row, State as Shape, Table, Tone};
use pbgdpl_pages::province::report::ConsolidationPage;
use pbgdpl_province::exchange::is_exchanged;
use pbgdpl_province::report::consolidate::{Made, consolidate, read};
use pbgdpl_province::report::export::{ConsolidationExport, csv as as_csv, take};
use pbgdpl_province::report::follow::follow;
use pbgdpl_province::report::{Term, freeze as freezing};
use pbgdpl_vietnamese::number::grouped;
use serde::Deserialize;

use super::{exchange, list_address, print as paper, redraw, sum_address, term};
use crate::desk::frame::{self, Done};
use crate::desk::report::draw;
use crate::error::Error;
use crate::extract::{Form, Officer, Path, Query};
use crate::oversight::indicator;
use crate::oversight::structure;
use crate::page;
use crate::state::AppState;

const DONE: [(&str, &str); 2] = [
    ("tong-hop", "Đã tổng hợp từ các báo cáo đã tiếp nhận."),
    ("chot", "Đã chốt. Bản này không thay đổi nữa."),
];

/// Names in the notice of what is missing; the rest is counted. Exports and the print page name all.
const NAMES: usize = 8;

/// Form, period, year.
pub type Address = (String, String, i32);

/// Which version.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    pub(super) ban: Option<i32>,
    xong: Option<String>,
    /// By which structure the page is drawn; files and paper are always as it was.
    #[serde(rename = "co-cau")]
    structure: String,
    ngay: String,
}

/// What the officer read before freezing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Frozen {
    #[serde(rename = "ma")]
    hash: String,
}

/// `GET /tinh/tong-hop/{form}/{period}/{year}?ban=&co-cau=&ngay=`
///
/// # Errors
/// Where there is no such form or period, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path((form, period, year)): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let term = term(&period, year)?;
    let today = officer.ctx.now().day();
    let view = structure::view(&which.structure, &which.ngay, today)?;
    let mut shown = match read(&state.province, &officer.ctx, &form, term, which.ban).await {
        Ok(made) => {
            let mut page = made_page(&state, &officer, &made, term);
            redraw::by_structure(&state, &officer, (&made, which.ban), view, &mut page).await?;
            page
        }
        Err(pbgdpl_province::Error::NotFound) if which.ban.is_none() => {
            before(&state, &officer, &form, term).await?
        }
        Err(other) => return Err(other.into()),
    };
    shown.frame = shown.frame.with_notice(Done { xong: which.xong }.notice(&DONE));
    page::html(&shown)
}

/// `POST /tinh/tong-hop/{form}/{period}/{year}`
///
/// # Errors
/// What the act refuses.
pub async fn make(
    State(state): State<AppState>,
    officer: Officer,
    Path((form, period, year)): Path<Address>,
) -> Result<Response, Error> {
    let term = term(&period, year)?;
    consolidate(&state.province, &officer.ctx, &form, term).await?;
    Ok(page::go(&format!("{}?xong=tong-hop", sum_address(&form, term))))
}

/// `POST /tinh/tong-hop/{form}/{period}/{year}/chot`
///
/// # Errors
/// What the act refuses.
pub async fn freeze(
    State(state): State<AppState>,
    officer: Officer,
    Path((form, period, year)): Path<Address>,
    Form(frozen): Form<Frozen>,
) -> Result<Response, Error> {
    let term = term(&period, year)?;
    let done = freezing::freeze(&state.province, &officer.ctx, &form, term, &frozen.hash).await;
    if matches!(done, Err(pbgdpl_province::Error::Stale)) {
        return Err(Error::Conflict(
            "Một báo cáo hoặc chính bản tổng hợp đã thay đổi sau khi bạn đọc, nên chưa chốt. Tổng hợp lại, đọc lại rồi chốt."
                .into(),
        ));
    }
    done?;
    Ok(page::go(&format!("{}?xong=chot", sum_address(&form, term))))
}

/// `GET /tinh/tong-hop/{form}/{period}/{year}/xuat.json?ban=`
///
/// # Errors
/// Where there is none, or the store fails.
pub async fn json(
    State(state): State<AppState>,
    officer: Officer,
    Path((form, period, year)): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let term = term(&period, year)?;
    let made = take(&state.province, &officer.ctx, &form, term, which.ban).await?;
    let export = ConsolidationExport::of(made);
    let text = serde_json::to_string_pretty(&export).map_err(|e| Error::Internal(Box::new(e)))?;
    Ok(as_file(
        "application/json",
        &format!("{form}-{period}-{year}.json"),
        text,
    ))
}

/// `GET /tinh/tong-hop/{form}/{period}/{year}/xuat.csv?ban=`
///
/// # Errors
/// Where there is none, or the store fails.
pub async fn csv(
    State(state): State<AppState>,
    officer: Officer,
    Path((form, period, year)): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let term = term(&period, year)?;
    let made = take(&state.province, &officer.ctx, &form, term, which.ban).await?;
    let text = as_csv(&made.form, &made.figures).map_err(|e| Error::Internal(Box::new(e)))?;
    Ok(as_file(
        "text/csv; charset=utf-8",
        &format!("{form}-{period}-{year}.csv"),
        text,
    ))
}

/// `GET /tinh/tong-hop/{form}/{period}/{year}/in?ban=`
///
/// # Errors
/// Where there is none, or the store fails.
pub async fn print(
    State(state): State<AppState>,
    officer: Officer,
    Path((form, period, year)): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let term = term(&period, year)?;
    let made = take(&state.province, &officer.ctx, &form, term, which.ban).await?;
    page::html(&paper::document(&state, &officer, &made, term))
}

/// The name is made of a form, a period and a year that were found: no quoting is needed.
fn as_file(media_type: &str, name: &str, text: String) -> Response {
    let mut response = page::bytes(StatusCode::OK, media_type, text);
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

/// Lines of the sum, as the sheet takes them.
pub(crate) fn lines_of(made: &Made) -> impl Iterator<Item = LineOf<'_>> {
    made.figures.rows.iter().map(|line| LineOf {
        key: &line.key,
        label: &line.label,
        kind: line.kind,
        cells: &line.cells,
    })
}

fn made_page(state: &AppState, officer: &Officer, made: &Made, term: Term) -> ConsolidationPage {
    let here = sum_address(&made.form.id, term);
    let list = list_address(&made.form.id, term);
    let line_href = |key: &str| {
        let line = made.figures.rows.iter().find(|line| line.key == key)?;
        let source = made.figures.sources_of(line).next();
        match line.kind {
            LineKind::Agency => source.map(|source| report_address(source, term)),
            _ => Some("#nguon".to_owned()),
        }
    };
    let marks = Marks {
        rules: indicator::HERE,
        line: &line_href,
        ..Marks::NONE
    };
    let name = officer.ctx.snapshot().province().name.clone();
    let frozen = made.consolidation.frozen.is_some();
    ConsolidationPage {
        frame: frame::officer(state, officer, "/tinh/bao-cao"),
        list: Link::new(format!("Báo cáo {}", made.span.title()), list),
        head: draw::masthead(
            &made.form,
            &made.span,
            None,
            officer.ctx.could(Action::AgencyCreate),
        ),
        state: if frozen {
            Shape::new(Tone::Ok, format!("Đã chốt, bản {}", made.consolidation.version))
        } else {
            Shape::new(
                Tone::Wait,
                format!("Bản {} chưa chốt", made.consolidation.version),
            )
        },
        missing: missing(made),
        sheet: Some(Sheet::draw(&made.form, &made.span, &name, lines_of(made), marks)),
        structure: None,
        empty: None,
        sources: sources(made, |source| report_address(source, term)),
        facts: facts(made),
        acts: acts(officer, Some(made), &here)
            .into_iter()
            .chain(
                made.consolidation
                    .frozen
                    .as_ref()
                    .and_then(|_| exchange::act(state, officer, (term, made.consolidation.version), &here)),
            )
            .collect(),
        links: links(officer, made, &here, state.settings.press.is_some())
            .into_iter()
            .chain(is_exchanged(term).then(|| Link::new("Trao đổi với Bộ Tư pháp", exchange::address(term))))
            .collect(),
    }
}

/// Before the first sum: how many reports it would have.
async fn before(
    state: &AppState,
    officer: &Officer,
    form: &str,
    term: Term,
) -> Result<ConsolidationPage, Error> {
    let following = follow(&state.province, &officer.ctx, form, term).await?;
    let sheet = Some(&following.form)
        .filter(|found| found.id == form && !found.consolidates.is_empty())
        .ok_or(Error::NotFound)?;
    let ready = following
        .agencies
        .iter()
        .filter(|agency| agency.accepted.is_some())
        .count();
    let list = list_address(form, term);
    Ok(ConsolidationPage {
        frame: frame::officer(state, officer, "/tinh/bao-cao"),
        list: Link::new(format!("Báo cáo {}", following.span.title()), list.clone()),
        head: draw::masthead(
            sheet,
            &following.span,
            following.forms.due(form, &following.span),
            officer.ctx.could(Action::AgencyCreate),
        ),
        state: Shape::new(Tone::Wait, "Chưa tổng hợp"),
        missing: None,
        sheet: None,
        structure: None,
        empty: Some(Empty {
            title: format!(
                "{ready} trên {} báo cáo đã được tiếp nhận.",
                following.agencies.len()
            ),
            text: "Tổng hợp lúc nào cũng được; bản tổng hợp nêu rõ cơ quan còn thiếu.".into(),
            links: vec![Link::new("Xem cơ quan chưa gửi", list)],
        }),
        sources: Table::default(),
        facts: Vec::new(),
        acts: acts(officer, None, &sum_address(form, term)),
        links: Vec::new(),
    })
}

pub(crate) fn missing(made: &Made) -> Option<Notice> {
    let names: Vec<&str> = made
        .figures
        .missing
        .iter()
        .map(|agency| agency.name.as_str())
        .collect();
    let shown: Vec<&str> = names.iter().copied().take(NAMES).collect();
    let rest = names.len() - shown.len();
    let more = if rest > 0 {
        format!("; và {rest} cơ quan khác, xem ở danh sách báo cáo")
    } else {
        String::new()
    };
    (!names.is_empty()).then(|| {
        Notice::warning(
            format!("Chưa có số liệu của {} cơ quan", names.len()),
            format!("{}{more}.", shown.join("; ")),
        )
    })
}

/// The address of a report that was added up.
fn report_address(source: &SourceReport, term: Term) -> String {
    format!(
        "{}/{}?ban={}",
        list_address(&source.form, term),
        source.agency.slug,
        source.version
    )
}

/// Form and version of a report, and how it came.
fn form_words(source: &SourceReport) -> String {
    let how = source.timeliness.words();
    let comma = if how.is_empty() { "" } else { ", " };
    format!("{}, bản {}{comma}{how}", source.form, source.version)
}

/// The reports that a sum is made of; `at` says where each is read.
pub(crate) fn sources(made: &Made, at: impl Fn(&SourceReport) -> String) -> Table {
    let row = |source: &SourceReport| Row {
        cells: vec![
            Cell::link(source.agency.name.clone(), at(source)),
            form_words(source).into(),
            grouped(source.ledger_seq).into(),
            source.hash.get(..16).unwrap_or_default().to_owned().into(),
        ],
    };
    Table {
        caption: "Các báo cáo được cộng".into(),
        caption_hidden: true,
        columns: vec![
            Column::words("Cơ quan"),
            Column::words("Biểu"),
            Column::figures("Tính đến dòng sổ"),
            Column::words("Mã kiểm tra (16 ký tự đầu)"),
        ],
        rows: made.figures.sources.iter().map(row).collect(),
        total: None,
    }
}

pub(crate) fn facts(made: &Made) -> Vec<(String, String)> {
    let made_by = &made.consolidation;
    let mut facts = vec![
        ("Người tổng hợp".to_owned(), made_by.made_by.1.clone()),
        ("Tổng hợp lúc".to_owned(), draw::when(made_by.made_at)),
        ("Mã kiểm tra SHA-256".to_owned(), made_by.hash.clone()),
    ];
    if let Some(frozen) = &made_by.frozen {
        facts.push((
            "Chốt".to_owned(),
            format!("{}, {}", frozen.name, draw::when(frozen.at)),
        ));
    }
    facts
}

fn acts(officer: &Officer, made: Option<&Made>, here: &str) -> Vec<ReportAct> {
    let newest = made.is_none_or(|made| {
        made.versions
            .first()
            .is_some_and(|newest| newest.version == made.consolidation.version)
    });
    let again = if made.is_some() {
        "Tổng hợp lại"
    } else {
        "Tổng hợp"
    };
    let mut acts = Vec::new();
    if newest && officer.ctx.could(Action::ReportConsolidate) {
        acts.push(ReportAct {
            title: "Tổng hợp".into(),
            text: "Cộng các báo cáo đã tiếp nhận. Bản đã chốt không thay đổi; khi số liệu khác đi, bản mới được lập.".into(),
            action: Some(here.to_owned()),
            hidden: vec![],
            fields: vec![],
            button: again.into(),
        });
    }
    if let Some(made) = made.filter(|made| newest && made.consolidation.frozen.is_none())
        && officer.ctx.could(Action::ReportFreeze)
    {
        acts.push(ReportAct {
            title: "Chốt số liệu".into(),
            text: "Số liệu, mã kiểm tra và vị trí sổ của từng báo cáo được giữ nguyên từ đây.".into(),
            action: Some(format!("{here}/chot")),
            hidden: vec![("ma".into(), made.consolidation.hash.clone())],
            fields: vec![],
            button: "Chốt số liệu".into(),
        });
    }
    acts
}

fn links(officer: &Officer, made: &Made, here: &str, has_pdf: bool) -> Vec<Link> {
    let version = made.consolidation.version;
    let mut links = draw::other_versions(here, made.versions.iter().map(|other| other.version), version);
    if officer.ctx.could(Action::ReportExport) {
        let pdf = has_pdf.then_some(("Tải bản PDF", "xuat.pdf"));
        let first = [("In theo mẫu", "in"), ("Tải Excel", "xuat.xlsx")];
        for (label, path) in first
            .into_iter()
            .chain(pdf)
            .chain([("Tải CSV", "xuat.csv"), ("Tải JSON", "xuat.json")])
        {
            links.push(Link::new(label, format!("{here}/{path}?ban={version}")));
        }
    }
    links
}
