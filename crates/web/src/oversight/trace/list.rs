//! Every version of every form of the province.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_pages::oversight::FormsPage;
use pbgdpl_pages::part::{Cell, Column, Empty, Pager, Row, State as Shape, Table, Tone};
use pbgdpl_province::report::Term;
use pbgdpl_province::trace::{Version, list};

use super::{Which, form_at};
use crate::desk::frame;
use crate::desk::report::draw;
use crate::error::Error;
use crate::extract::{LAST_PAGE, Officer, Query};
use crate::page;
use crate::state::AppState;

/// Versions a page.
const PER_PAGE: u64 = 50;

/// `GET /giam-sat/bieu?trang=`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let number = which.trang.unwrap_or(1).clamp(1, LAST_PAGE);
    let (versions, count) = list(&state.province, &officer.ctx, number, PER_PAGE).await?;
    page::html(&FormsPage {
        frame: frame::officer(&state, &officer, "/giam-sat/bieu"),
        empty: versions.is_empty().then(|| Empty {
            title: "Chưa có bản tổng hợp nào.".into(),
            text: "Khi Sở Tư pháp tổng hợp báo cáo của một kỳ, bản tổng hợp hiện ở đây.".into(),
            links: vec![],
        }),
        pager: Pager::new("/giam-sat/bieu".to_owned(), number, count, PER_PAGE),
        table: Table {
            caption: "Các bản tổng hợp".into(),
            caption_hidden: true,
            columns: vec![
                Column::words("Kỳ và biểu"),
                Column::words("Bản"),
                Column::words("Tình trạng"),
                Column::words("Lập lúc"),
                Column::words("Người lập"),
            ],
            rows: versions.iter().map(row).collect(),
            total: None,
        },
    })
}

fn row(version: &Version) -> Row {
    let made = &version.made;
    let term = Term {
        kind: version.span.kind,
        year: version.span.year,
    };
    let state = match &made.frozen {
        Some(frozen) => Shape::new(Tone::Ok, format!("Đã chốt {}", draw::when(frozen.at))),
        None => Shape::new(Tone::Wait, "Chưa chốt"),
    };
    Row {
        cells: vec![
            Cell::link(
                format!("{}, biểu {}", version.span.title(), version.form.code),
                format!("{}?ban={}", form_at(&made.form, term), made.version),
            ),
            made.version.to_string().into(),
            Cell::state(state),
            draw::when(made.made_at).into(),
            made.made_by.1.clone().into(),
        ],
    }
}
