//! The exchange with the Ministry: a frozen form is sent, receipts are read, both sides are compared.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::exchange::Mismatch;
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::report::ReportAct;
use pbgdpl_pages::part::{Cell, Column, Empty, Link, Notice, Row, State as Shape, Table, Tone};
use pbgdpl_pages::province::report::ExchangePage;
use pbgdpl_province::exchange::list::{Exchanged, list};
use pbgdpl_province::exchange::{
    Reconciliation, Sending, is_exchanged, reconcile as comparing, send as sending,
};
use pbgdpl_province::report::Term;
use pbgdpl_vietnamese::number::grouped;
use serde::Deserialize;

use super::sum::Address;
use super::{list_address, sum_address, term};
use crate::desk::frame::{self, Done};
use crate::desk::report::draw;
use crate::error::Error;
use crate::extract::{Form, Officer, Path, Query};
use crate::page;
use crate::state::AppState;

/// A list longer than this is cut: where everything differs, its first part says so.
const SHOWN: usize = 500;

const DONE: [(&str, &str); 2] = [
    (
        "gui",
        "Đã xếp hàng gửi. Tải lại trang sau ít phút để xem biên nhận.",
    ),
    (
        "doi-chieu",
        "Đang đối chiếu. Tải lại trang sau ít phút để xem kết quả.",
    ),
];

/// Which version is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    #[serde(rename = "ban")]
    version: i32,
}

/// The address of a period's exchange.
pub(super) fn address(term: Term) -> String {
    format!("/tinh/trao-doi/{}/{}", term.word(), term.year)
}

/// `GET /tinh/trao-doi/{period}/{year}`
///
/// # Errors
/// Where there is no such period, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path((period, year)): Path<(String, i32)>,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let term = term(&period, year)?;
    let exchanged = list(&state.province, &officer.ctx, term).await?;
    let mut shown = drawn(&state, &officer, term, &exchanged);
    shown.frame = shown.frame.with_notice(done.notice(&DONE));
    page::html(&shown)
}

/// `POST /tinh/tong-hop/{form}/{period}/{year}/gui-bo`
///
/// # Errors
/// What the act refuses.
pub async fn send(
    State(state): State<AppState>,
    officer: Officer,
    Path((form, period, year)): Path<Address>,
    Form(which): Form<Which>,
) -> Result<Response, Error> {
    set_up(&state)?;
    let term = term(&period, year)?;
    sending::send(&state.province, &officer.ctx, &form, term, which.version).await?;
    Ok(page::go(&format!("{}?xong=gui", address(term))))
}

/// `POST /tinh/trao-doi/{period}/{year}/doi-chieu`
///
/// # Errors
/// What the act refuses.
pub async fn reconcile(
    State(state): State<AppState>,
    officer: Officer,
    Path((period, year)): Path<(String, i32)>,
) -> Result<Response, Error> {
    set_up(&state)?;
    let term = term(&period, year)?;
    comparing::reconcile(&state.province, &officer.ctx, term).await?;
    Ok(page::go(&format!("{}?xong=doi-chieu", address(term))))
}

fn set_up(state: &AppState) -> Result<(), Error> {
    if state.settings.exchange {
        return Ok(());
    }
    let why = "Chưa đặt địa chỉ trao đổi với Bộ Tư pháp trong cấu hình, nên chưa gửi được.";
    Err(Error::Conflict(why.to_owned()))
}

/// Sends a frozen version, from its own page.
pub(super) fn act(
    state: &AppState,
    officer: &Officer,
    (term, version): (Term, i32),
    here: &str,
) -> Option<ReportAct> {
    let may = state.settings.exchange && officer.ctx.could(Action::ReportExchange);
    (may && is_exchanged(term)).then(|| ReportAct {
        title: "Gửi Bộ Tư pháp".into(),
        text:
            "Gửi bản đã chốt và chờ biên nhận có đúng mã băm. Gửi lại cùng một bản không tạo bản ghi thứ hai."
                .into(),
        action: Some(format!("{here}/gui-bo")),
        hidden: vec![("ban".into(), version.to_string())],
        fields: vec![],
        button: "Gửi Bộ Tư pháp".into(),
    })
}

fn drawn(state: &AppState, officer: &Officer, term: Term, exchanged: &Exchanged) -> ExchangePage {
    let period = term.kind.title(term.year);
    let form = exchanged
        .sendings
        .first()
        .map_or("09c", |sent| sent.form.as_str());
    let may = state.settings.exchange && officer.ctx.could(Action::ReportExchange);
    let compares = may && is_exchanged(term);
    ExchangePage {
        frame: frame::officer(state, officer, "/tinh/bao-cao"),
        list: Link::new(format!("Báo cáo {period}"), list_address(form, term)),
        period,
        empty: exchanged.sendings.is_empty().then(|| Empty {
            title: "Chưa gửi biểu nào của kỳ này.".into(),
            text: if state.settings.exchange {
                "Mở trang tổng hợp của biểu, chốt số liệu rồi bấm Gửi Bộ Tư pháp.".into()
            } else {
                "Địa chỉ trao đổi với Bộ Tư pháp chưa được đặt trong cấu hình.".into()
            },
            links: vec![Link::new("Mở trang tổng hợp", sum_address(form, term))],
        }),
        sent: table(
            "Biểu đã gửi và biên nhận",
            &[
                "Biểu",
                "Bản ghi",
                "Tình trạng",
                "Biên nhận",
                "Nhận lúc",
                "Mã băm (16 ký tự đầu)",
            ],
            exchanged.sendings.iter().map(|sent| row(sent, term)).collect(),
        ),
        compared: exchanged.reconciliation.as_ref().map(compared),
        mismatches: exchanged
            .reconciliation
            .as_ref()
            .filter(|made| !made.mismatches.is_empty())
            .map(mismatches),
        acts: if compares {
            vec![ReportAct {
                title: "Đối chiếu".into(),
                text: "Đọc danh sách bản ghi của kỳ ở bên nhận và nêu mọi chỗ khác: thiếu, khác số, không rõ nguồn.".into(),
                action: Some(format!("{}/doi-chieu", address(term))),
                hidden: vec![],
                fields: vec![],
                button: "Đối chiếu với Bộ Tư pháp".into(),
            }]
        } else {
            Vec::new()
        },
        links: Vec::new(),
    }
}

fn table(caption: &str, heads: &[&str], rows: Vec<Row>) -> Table {
    Table {
        caption: caption.into(),
        caption_hidden: true,
        columns: heads.iter().map(|head| Column::words(*head)).collect(),
        rows,
        total: None,
    }
}

fn row(sent: &Sending, term: Term) -> Row {
    let (state, number, at) = match &sent.receipt {
        Some((number, at)) => (
            Shape::new(Tone::Ok, "Đã có biên nhận"),
            number.clone(),
            draw::when(*at),
        ),
        None if sent.problem.is_empty() => (Shape::new(Tone::Wait, "Đang gửi"), String::new(), String::new()),
        None => (
            Shape::new(Tone::Late, "Chưa có biên nhận"),
            sent.problem.clone(),
            String::new(),
        ),
    };
    let address = format!("{}?ban={}", sum_address(&sent.form, term), sent.version);
    Row {
        cells: vec![
            Cell::link(format!("Biểu {}, bản {}", sent.form, sent.version), address),
            sent.record.clone().into(),
            Cell::state(state),
            number.into(),
            at.into(),
            sent.hash.get(..16).unwrap_or_default().to_owned().into(),
        ],
    }
}

fn compared(made: &Reconciliation) -> Notice {
    match (made.done_at, made.mismatches.len()) {
        (None, _) if made.problem.is_empty() => Notice::warning(
            "Đang đối chiếu",
            format!(
                "Yêu cầu lúc {}. Tải lại trang sau ít phút.",
                draw::when(made.asked_at)
            ),
        ),
        (None, _) => Notice::warning(
            "Chưa đối chiếu được",
            format!("Bên nhận: {}. Hệ thống tự thử lại.", made.problem),
        ),
        (Some(_), _) if !made.problem.is_empty() => Notice::refused(
            "Chưa đối chiếu được",
            format!(
                "Bên nhận: {}. Hệ thống không tự thử lại; hỏi bên nhận rồi bấm Đối chiếu lần nữa.",
                made.problem
            ),
        ),
        (Some(at), 0) => Notice::done(
            "Hai bên khớp nhau",
            format!("{} bản ghi, đối chiếu lúc {}.", made.records, draw::when(at)),
        ),
        (Some(at), count) => Notice::warning(
            format!("Có {count} chỗ khác nhau"),
            format!(
                "Bên nhận có {} bản ghi; đối chiếu lúc {}.",
                made.records,
                draw::when(at)
            ),
        ),
    }
}

fn mismatches(made: &Reconciliation) -> Table {
    let words = |figure: Option<i64>| figure.map_or_else(|| "trống".to_owned(), grouped);
    let one = |mismatch: &Mismatch| {
        let (record, what, ours, theirs) = match mismatch {
            Mismatch::MissingThere { record, version } => (
                record,
                "Bên nhận không có".to_owned(),
                format!("bản {version}"),
                "–".to_owned(),
            ),
            Mismatch::OtherVersion { record, ours, theirs } => (
                record,
                "Khác bản".to_owned(),
                format!("bản {ours}"),
                format!("bản {theirs}"),
            ),
            Mismatch::OtherFigure {
                record,
                line,
                column,
                part,
                ours,
                theirs,
            } => (
                record,
                format!("Khác số: {line}, cột {column} ({})", part.label()),
                words(*ours),
                words(*theirs),
            ),
            Mismatch::OtherText { record } => {
                let what = "Khác nội dung, các con số đọc được vẫn giống".to_owned();
                (record, what, "–".to_owned(), "–".to_owned())
            }
            Mismatch::Unreadable { record, why } => {
                let what = format!("Khác nội dung, chưa đọc được bản của bên nhận: {why}");
                (record, what, "–".to_owned(), "–".to_owned())
            }
            Mismatch::UnknownHere { record, version } => (
                record,
                "Ở đây không gửi bản ghi này".to_owned(),
                "–".to_owned(),
                format!("bản {version}"),
            ),
        };
        Row {
            cells: vec![record.clone().into(), what.into(), ours.into(), theirs.into()],
        }
    };
    let mut rows: Vec<Row> = made.mismatches.iter().take(SHOWN).map(one).collect();
    let more = made.mismatches.len().saturating_sub(SHOWN);
    if more > 0 {
        let words = format!(
            "… và {} chỗ nữa",
            grouped(i64::try_from(more).unwrap_or(i64::MAX))
        );
        rows.push(Row {
            cells: vec![words.into(), "".into(), "".into(), "".into()],
        });
    }
    table(
        "Những chỗ khác nhau",
        &["Bản ghi", "Khác ở đâu", "Ở đây", "Ở bên nhận"],
        rows,
    )
}
