//! How the sections of all agencies are read (DSH-06): by day and by agency, on screen and as CSV.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_pages::desk::engagement::{EngagementBlock, EngagementPage};
use pbgdpl_pages::part::{Column, Row, Table};
use pbgdpl_province::oversight::engagement::{ProvinceUse, engagement};

use super::{export, when};
use crate::desk::frame;
use crate::engagement::shown::{self, Asked, HOW, Range, grouped};
use crate::error::Error;
use crate::extract::{Officer, Query};
use crate::page;
use crate::state::AppState;

const HERE: &str = "/giam-sat/luot-doc";

/// `GET /giam-sat/luot-doc?ngay=`
///
/// # Errors
/// Where there are no such days, the officer may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let range = Range::of(&asked, officer.ctx.now().day())?;
    let found = engagement(&state.province, &officer.ctx, range.from, range.to).await?;
    page::html(&EngagementPage {
        frame: frame::officer(&state, &officer, HERE),
        title: "Lượt đọc các chuyên mục",
        ranges: Range::links(HERE),
        range: range.label(),
        sums: shown::sums(&found.days),
        bars: shown::bars(range, &found.days),
        days: shown::table(range, &found.days),
        empty: "Chưa chuyên mục nào được đọc trong những ngày này.",
        blocks: vec![agencies(&found)],
        how: HOW.into(),
        fresh: found.newest.map_or_else(
            || "Chưa có số liệu.".to_owned(),
            |newest| format!("Số liệu đến {}; mỗi phút ghi một lần.", when(newest)),
        ),
        csv: range.at(&format!("{HERE}/ngay.csv")),
    })
}

/// `GET /giam-sat/luot-doc/ngay.csv?ngay=`
///
/// # Errors
/// Where there are no such days, the officer may not, or the store fails.
pub async fn csv(
    State(state): State<AppState>,
    officer: Officer,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let range = Range::of(&asked, officer.ctx.now().day())?;
    // What leaves the house lacks nothing.
    let ctx = officer.ctx.clone().of_now();
    let found = engagement(&state.province, &ctx, range.from, range.to).await?;
    let name = format!("luot-doc-toan-tinh-{}-{}.csv", range.from, range.to);
    export::file(&name, &shown::table(range, &found.days))
}

fn agencies(found: &ProvinceUse) -> EngagementBlock {
    let rows = found.agencies.iter().map(|agency| Row {
        cells: vec![
            agency.name.clone().into(),
            grouped(agency.figures.views).into(),
            grouped(agency.figures.people).into(),
            grouped(agency.figures.excluded).into(),
        ],
    });
    EngagementBlock {
        heading: "Chuyên mục nào được đọc?".into(),
        note: "Cộng lượt người của các cơ quan thì lớn hơn số toàn tỉnh: ai đọc hai chuyên mục trong một ngày, toàn tỉnh tính một lần."
            .into(),
        table: Table {
            caption: "Lượt đọc, từng cơ quan".into(),
            caption_hidden: true,
            columns: vec![
                Column::words("Cơ quan"),
                Column::figures("Lượt đọc có tương tác"),
                Column::figures("Lượt người theo ngày (ước tính)"),
                Column::figures("Không tính"),
            ],
            rows: rows.collect(),
            total: None,
        },
        empty: "Chưa chuyên mục nào được đọc.",
    }
}
