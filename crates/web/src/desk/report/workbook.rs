//! The agency's form as a spreadsheet and as a PDF file, in the layout of the official form.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_app::report::View;
use pbgdpl_model::report::Body;
use pbgdpl_pages::part::Link;
use pbgdpl_pages::workbook::{Signature, Workbook, document, write};
use pbgdpl_scope::Tenant;
use pbgdpl_vietnamese::date::day_month_year_words;

use super::show::Which;
use super::{Address, address, draw, report_at};
use crate::error::Error;
use crate::extract::{Path, Query, Staff};
use crate::page;
use crate::state::AppState;

/// `GET /quan-tri/{agency}/bieu/{form}/{period}/{year}/xuat.xlsx?ban=`
///
/// # Errors
/// Where there is none, or the store fails.
pub async fn xlsx(
    State(state): State<AppState>,
    staff: Staff,
    Path(at): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let seen = report_at(&state, &staff, &at, which.ban).await?;
    let tenant = staff.ctx.tenant().clone();
    let place = state.read.registry().now().province().place().to_owned();
    let name = file_name(&at, &tenant, &seen, "xlsx");
    let file = page::aside(move || {
        drawn(&seen, &tenant, &place, write).map_err(|error| Error::Internal(Box::new(error)))
    })
    .await?;
    Ok(page::workbook(&name, file))
}

/// `GET /quan-tri/{agency}/bieu/{form}/{period}/{year}/xuat.pdf?ban=`
///
/// # Errors
/// Where there is none, the store fails, or no PDF file can be made.
pub async fn pdf(
    State(state): State<AppState>,
    staff: Staff,
    Path(at): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let press = page::press(&state)?;
    let seen = report_at(&state, &staff, &at, which.ban).await?;
    let tenant = staff.ctx.tenant();
    let place = state.read.registry().now().province().place().to_owned();
    let document = drawn(&seen, tenant, &place, document);
    let here = address(tenant, &seen.form.id, seen.span.kind, seen.span.year);
    let version = seen.report.version;
    let instead = vec![
        Link::new("Mở biểu để in", format!("{here}?ban={version}")),
        Link::new("Tải Excel", format!("{here}/xuat.xlsx?ban={version}")),
    ];
    page::pdf(press, &file_name(&at, tenant, &seen, "pdf"), &document, instead).await
}

fn file_name((_, form, period, year): &Address, tenant: &Tenant, seen: &View, ending: &str) -> String {
    let (slug, version) = (tenant.slug(), seen.report.version);
    format!("{form}-{period}-{year}-{slug}-ban-{version}.{ending}")
}

/// Who filled and who checked sign by name; the head signs on paper.
fn drawn<T>(seen: &View, tenant: &Tenant, place: &str, draw_it: impl FnOnce(&Workbook<'_>) -> T) -> T {
    let day = seen.span.to;
    let made_at = seen.report.submitted_at.unwrap_or(seen.report.changed_at);
    let frozen = Body::read(&seen.report.body).ok();
    let how = frozen.as_ref().and_then(|body| body.timeliness.sentence());
    let names = frozen.map_or_else(Vec::new, |body| body.signers);
    let last = seen.form.signatures.len().saturating_sub(1);
    let signatures = seen
        .form
        .signatures
        .iter()
        .enumerate()
        .map(|(at, role)| Signature {
            role,
            name: names.get(at).filter(|_| at < last).map_or("", String::as_str),
        });
    let notes = if seen.report.hash.is_empty() {
        vec!["Bản này chưa gửi; số liệu còn thay đổi.".to_owned()]
    } else {
        how.into_iter().collect()
    };
    draw_it(&Workbook {
        form: &seen.form,
        span: &seen.span,
        superior: tenant.agency().parent_on(day).unwrap_or_default(),
        issuer: tenant.official(day),
        received: None,
        place_and_day: &format!("{place}, {}", day_month_year_words(made_at.day())),
        rows: draw::lines_of(&seen.lines).collect(),
        notes: &notes,
        signatures: signatures.collect(),
        recipients: &[seen.form.receiver.clone(), "Lưu: VT".to_owned()],
        hash: &seen.report.hash,
        made_at,
    })
}
