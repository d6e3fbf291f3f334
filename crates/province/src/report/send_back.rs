//! Returns a report with a remark, also after it was accepted: only from above (REP-09). Frozen sums stay as they are.

use pbgdpl_model::id::TenantId;
use pbgdpl_model::report::{Body, CellRemark};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, ReportReturn};
use pbgdpl_store::province::Decision;

use super::accept::{decide, newest};
use super::{Term, unreadable};
use crate::{Error, Province};

/// What the officer says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Remarks<'a> {
    /// Of the whole report; may be empty where single cells are spoken of.
    pub text: &'a str,
    /// Of single cells.
    pub cells: Vec<CellRemark>,
}

impl<'a> From<&'a str> for Remarks<'a> {
    fn from(text: &'a str) -> Self {
        Self {
            text,
            cells: Vec::new(),
        }
    }
}

/// Returns the newest version, which must be the one the officer read. The agency goes on with a new version.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], [`Error::Invalid`] without a remark or for a cell that
/// is not in the report, [`Error::Stale`] where a newer version came
/// or it was returned already, or a fault of the store.
#[tracing::instrument(name = "province.report.send_back", skip_all)]
pub async fn send_back<'a>(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    (form, term): (&str, Term),
    version: i32,
    remarks: impl Into<Remarks<'a>>,
) -> Result<(), Error> {
    let warrant = ctx.warrant::<ReportReturn>()?;
    let Remarks { text, mut cells } = remarks.into();
    let text = text.trim();
    cells.retain_mut(|remark| {
        remark.text = remark.text.trim().to_owned();
        !remark.text.is_empty()
    });
    if text.is_empty() && cells.is_empty() {
        return Err(Error::invalid(
            "y-kien",
            "còn trống; ghi rõ ô nào, dòng nào cần sửa hoặc giải thích",
        ));
    }
    let mut store = province.store().province(&warrant).await?;
    let sent = newest(&store, agency, (form, term), version).await?;
    let body = Body::read(&sent.body).map_err(unreadable)?;
    let there = |remark: &CellRemark| {
        let mut rows = body.rows.iter().filter(|row| row.key == remark.row);
        rows.any(|row| row.cells.contains_key(&remark.column))
    };
    if !cells.iter().all(there) {
        return Err(Error::invalid("o", "chọn một dòng và một cột có trong biểu"));
    }
    if sent.decision == Decision::Returned {
        return Err(Error::Stale);
    }
    decide(
        &mut store,
        ctx,
        &sent,
        Decision::Returned,
        (text, &cells),
        ReportReturn::ACTION,
    )
    .await?;
    Ok(store.save().await?)
}
