//! The rows of the ledger that a cell counts, each with its way to the activity or the item it came from.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::id::to_base32;
use pbgdpl_model::ledger::{Row as LedgerRow, Source};
use pbgdpl_model::manifest::ColumnSource;
use pbgdpl_pages::desk::report::Records;
use pbgdpl_pages::part::{Cell, Column, Empty, Link, Pager, Row, Table};
use pbgdpl_scope::Tenant;
use pbgdpl_store::tenant::{LedgerPage, LedgerSlice};
use pbgdpl_vietnamese::date::dmy;
use pbgdpl_vietnamese::number::grouped;
use serde::Deserialize;

use super::{address, draw, report_at};
use crate::desk::{frame, indicator};
use crate::error::Error;
use crate::extract::{LAST_PAGE, Path, Query, Staff};
use crate::page;
use crate::state::AppState;

/// Which version, and which page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    ban: Option<i32>,
    trang: Option<u64>,
}

/// Rows a page.
const PER_PAGE: u64 = 100;

/// `GET /quan-tri/{agency}/bieu/{form}/{period}/{year}/cot/{column}?ban=&trang=`
///
/// # Errors
/// Where there is none, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    staff: Staff,
    Path((slug, form, period, year, column)): Path<(String, String, String, i32, u8)>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let seen = report_at(&state, &staff, &(slug, form, period, year), which.ban).await?;
    let column = seen
        .form
        .column(column)
        .filter(|column| column.source == ColumnSource::Ledger)
        .ok_or(Error::NotFound)?;
    let reader = state.read.tenant(staff.ctx.tenant()).await?;
    let slice = LedgerSlice {
        from: seen.counted.0,
        to: seen.counted.1,
        measures: &column.measures,
        up_to: Some(seen.ledger_seq),
        after: None,
        known: None,
    };
    let number = which.trang.unwrap_or(1).clamp(1, LAST_PAGE);
    let LedgerPage { rows, count, sum } = reader.ledger_page(&slice, number, PER_PAGE).await?;
    let later = if seen.report.stage.is_frozen() {
        let since = LedgerSlice {
            up_to: None,
            after: Some(seen.ledger_seq),
            ..slice
        };
        reader.ledger_page(&since, 1, PER_PAGE).await?
    } else {
        LedgerPage::default()
    };
    let here = address(staff.ctx.tenant(), &seen.form.id, seen.span.kind, seen.span.year);
    let version = seen.report.version;
    page::html(&Records {
        frame: frame::staff(&state, &staff, "bieu"),
        back: Link::new(
            format!("Biểu {}, {}", seen.form.code, seen.span.title()),
            format!("{here}?ban={version}"),
        ),
        title: draw::column_words(column),
        rule: column
            .rule(&indicator::address(&staff))
            .map(|href| Link::new("Cách tính", href)),
        sentence: format!(
            "{} dòng sổ cộng lại là {}.",
            grouped(i64::try_from(count).unwrap_or(i64::MAX)),
            grouped(sum)
        ),
        pager: Pager::new(
            format!("{here}/cot/{}?ban={version}", column.number),
            number,
            count,
            PER_PAGE,
        ),
        later: (later.count > 0).then(|| {
            let heading = format!(
                "{} dòng sổ ghi sau khi chốt, cộng lại là {}",
                grouped(i64::try_from(later.count).unwrap_or(i64::MAX)),
                grouped(later.sum)
            );
            (heading, table(staff.ctx.tenant(), &later.rows))
        }),
        empty: (count == 0).then(|| Empty {
            title: "Chưa có dòng sổ nào.".into(),
            text: "Ghi sổ một hoạt động hoặc công bố một tài liệu trong kỳ thì dòng sổ hiện ở đây.".into(),
            links: vec![],
        }),
        table: table(staff.ctx.tenant(), &rows),
    })
}

fn table(tenant: &Tenant, rows: &[LedgerRow]) -> Table {
    let base = format!("/quan-tri/{}", tenant.slug());
    let row = |row: &LedgerRow| {
        let id = to_base32(row.row.source_id);
        let (word, href) = match row.row.source {
            Source::Activity => ("Hoạt động", format!("{base}/hoat-dong/{id}")),
            Source::Article => ("Bài, tài liệu", format!("{base}/bai/{id}")),
        };
        let why = match row.row.reverses {
            Some(seq) => format!("Bút toán đảo dòng {}: {}", grouped(seq), row.row.reason),
            None => "–".to_owned(),
        };
        Row {
            cells: vec![
                Cell::link(format!("{word}, dòng {}", grouped(row.seq)), href),
                dmy(row.row.day).into(),
                grouped(row.row.quantity).into(),
                row.actor_name.clone().into(),
                why.into(),
            ],
        }
    };
    Table {
        caption: "Các dòng sổ tạo nên con số".into(),
        caption_hidden: true,
        columns: vec![
            Column::words("Nguồn"),
            Column::words("Ngày"),
            Column::figures("Số lượng"),
            Column::words("Người ghi"),
            Column::words("Ghi chú"),
        ],
        rows: rows.iter().map(row).collect(),
        total: None,
    }
}
