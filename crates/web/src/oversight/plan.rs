//! Frozen reports on plans for whoever oversees: which there are, and one of them with what agencies wrote. Read only.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::plan::{TaskPart, ledger_hash};
use pbgdpl_pages::part::{Cell, Column, Empty, Link, Row, Table};
use pbgdpl_pages::province::plan::{PaperPage, PlanList};
use pbgdpl_province::plan::frozen::{all, frozen, take};
use pbgdpl_province::plan::read::FrozenReport;
use pbgdpl_store::province::PlanReport;
use serde::Deserialize;

use crate::desk::frame;
use crate::desk::plan::term;
use crate::desk::report::draw::when;
use crate::error::Error;
use crate::extract::{Officer, Path, Query};
use crate::page;
use crate::province::plan::{Address, differences, paper, voices};
use crate::state::AppState;

/// Which version.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    ban: Option<i32>,
}

fn address(plan: &str, year: i32) -> String {
    format!("/giam-sat/ke-hoach/{plan}/{year}")
}

/// `GET /giam-sat/ke-hoach`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn list(State(state): State<AppState>, officer: Officer) -> Result<Response, Error> {
    let reports = all(&state.province, &officer.ctx).await?;
    page::html(&PlanList {
        frame: frame::officer(&state, &officer, "/giam-sat/ke-hoach"),
        heading: "Báo cáo kết quả thực hiện kế hoạch".into(),
        lead: "Các bản đã chốt. Mỗi bản giữ nguyên nội dung, số liệu, vị trí của từng sổ và danh sách còn thiếu.".into(),
        empty: reports.is_empty().then(|| Empty {
            title: "Chưa có bản nào được chốt.".into(),
            text: "Khi Sở Tư pháp chốt báo cáo kết quả của một năm, báo cáo hiện ở đây.".into(),
            links: vec![],
        }),
        table: Table {
            caption: "Các bản đã chốt".into(),
            caption_hidden: true,
            columns: ["Kỳ", "Kế hoạch", "Bản", "Chốt lúc", "Người chốt"]
                .map(Column::words)
                .into(),
            rows: reports.iter().map(row).collect(),
            total: None,
        },
    })
}

fn row(report: &PlanReport) -> Row {
    let frozen = report.frozen.as_ref();
    let here = address(&report.plan, report.year);
    let (title, period) = match pbgdpl_model::plan::Document::read(&report.body) {
        Ok(document) => (document.title, term(&document.term, report.year)),
        Err(_) => (report.plan.clone(), report.year.to_string()),
    };
    Row {
        cells: vec![
            Cell::link(period, format!("{here}?ban={}", report.version)),
            title.into(),
            report.version.to_string().into(),
            frozen
                .map_or_else(|| "–".to_owned(), |frozen| when(frozen.at))
                .into(),
            frozen
                .map_or_else(|| "–".to_owned(), |frozen| frozen.name.clone())
                .into(),
        ],
    }
}

/// `GET /giam-sat/ke-hoach/{plan}/{year}?ban=`
///
/// # Errors
/// Where nothing is frozen, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path((plan, year)): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let read = frozen(&state.province, &officer.ctx, (&plan, year), which.ban).await?;
    let here = address(&plan, year);
    let number = read.report.version;
    let mut links = vec![Link::new(
        "Tải bản này (Word)",
        format!("{here}/xuat.docx?ban={number}"),
    )];
    if state.settings.press.is_some() {
        links.push(Link::new(
            "Tải bản này (PDF)",
            format!("{here}/xuat.pdf?ban={number}"),
        ));
    }
    let others = read.versions.iter().filter(|other| other.version != number);
    links.extend(others.map(|other| {
        let number = other.version;
        Link::new(format!("Xem bản {number}"), format!("{here}?ban={number}"))
    }));
    let of_task = |task: &TaskPart| {
        let voices = voices(&task.contributions, |_| format!("{here}?ban={number}"));
        (format!("Nhiệm vụ {}", task.number), voices)
    };
    let voices = read.document.tasks.iter().map(of_task);
    page::html(&PaperPage {
        frame: frame::officer(&state, &officer, "/giam-sat/ke-hoach"),
        back: Link::new("Các bản đã chốt", "/giam-sat/ke-hoach"),
        paper: paper::drawn(
            &state,
            &officer,
            &read.document,
            (&read.report.hash, read.report.frozen.as_ref()),
        ),
        facts: facts(&read),
        differences: differences(&read.changes),
        voices: voices.filter(|(_, voices)| !voices.is_empty()).collect(),
        links,
    })
}

fn facts(read: &FrozenReport) -> Vec<(String, String)> {
    let mut facts = vec![("Bản".to_owned(), read.report.version.to_string())];
    if let Some(frozen) = &read.report.frozen {
        facts.push(("Chốt".to_owned(), format!("{}, {}", frozen.name, when(frozen.at))));
    }
    facts.push((
        "Mã kiểm tra".to_owned(),
        if read.intact {
            format!("{} (khớp với nội dung)", read.report.hash)
        } else {
            format!("{} (KHÔNG khớp với nội dung)", read.report.hash)
        },
    ));
    facts.push((
        "Sổ hoạt động".to_owned(),
        format!(
            "{} sổ, mã kiểm tra {}",
            read.document.books.len(),
            ledger_hash(&read.document.books).unwrap_or_default()
        ),
    ));
    if let Some(amends) = &read.document.amends {
        facts.push((
            format!("Thay bản {}", amends.version),
            format!("Lý do: {}", amends.reason),
        ));
    }
    facts
}

/// `GET /giam-sat/ke-hoach/{plan}/{year}/xuat.docx?ban=`
///
/// # Errors
/// Where nothing is frozen, or the store fails.
pub async fn docx(
    State(state): State<AppState>,
    officer: Officer,
    Path((plan, year)): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let read = take(&state.province, &officer.ctx, (&plan, year), which.ban).await?;
    let seal = (read.report.hash.as_str(), read.report.frozen.as_ref());
    let drawn = paper::drawn(&state, &officer, &read.document, seal);
    paper::file(drawn, &read.document).await
}

/// `GET /giam-sat/ke-hoach/{plan}/{year}/xuat.pdf?ban=`
///
/// # Errors
/// Where nothing is frozen, the store fails, or no PDF file can be made.
pub async fn pdf(
    State(state): State<AppState>,
    officer: Officer,
    Path((plan, year)): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let press = page::press(&state)?;
    let read = take(&state.province, &officer.ctx, (&plan, year), which.ban).await?;
    let (here, number) = (address(&plan, year), read.report.version);
    let frozen = read.report.frozen.as_ref();
    let drawn = paper::drawn(&state, &officer, &read.document, (&read.report.hash, frozen));
    let instead = vec![
        Link::new("Mở bản này để in", format!("{here}?ban={number}")),
        Link::new("Tải bản Word", format!("{here}/xuat.docx?ban={number}")),
    ];
    let frozen_at = frozen.map(|frozen| frozen.at);
    paper::print_file(press, (&drawn, frozen_at), &read.document, instead).await
}
