//! A form is taken away as a workbook, filled without a connection, looked through, and taken in.

mod judge;
pub(super) mod page;

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::Error as Refusal;
use pbgdpl_app::report::declare::Figure;
use pbgdpl_app::report::import::{Import, import};
use pbgdpl_app::report::{Outcome, View};
use pbgdpl_pages::workbook::WorkbookError;
use pbgdpl_pages::workbook::working::{Drawn, Held, Identity, sealed, write};
use pbgdpl_scope::Tenant;
use serde::{Deserialize, Serialize};

use self::judge::{Verdict, Why, judge};
use super::{Address, address, report_at};
use crate::error::Error;
use crate::extract::{Form, Path, Staff, Upload};
use crate::page as answer;
use crate::signature;
use crate::state::AppState;

/// A figure as the page that shows it sends it on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Sent {
    row: String,
    column: u8,
    actual: Option<i64>,
    estimate: Option<i64>,
    reason: String,
}

/// What the page sends that showed what would change.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Confirmed {
    #[serde(rename = "ma")]
    figures: String,
    #[serde(rename = "so-lieu")]
    cells: String,
}

/// `GET /quan-tri/{agency}/bieu/{form}/{period}/{year}/mau-excel`: the working form of the newest version; to the report
/// itself where nothing can be filled any more.
///
/// # Errors
/// Where there is none, or the store fails.
pub async fn download(
    State(state): State<AppState>,
    staff: Staff,
    Path(at): Path<Address>,
) -> Result<Response, Error> {
    let seen = report_at(&state, &staff, &at, None).await?;
    if closed(&staff, &seen).is_some() {
        // Its page says why.
        let here = address(staff.ctx.tenant(), &seen.form.id, seen.span.kind, seen.span.year);
        return Ok(answer::go(&here));
    }
    let (_, form, period, year) = &at;
    let tenant = staff.ctx.tenant().clone();
    let name = format!(
        "{form}-{period}-{year}-{}-ban-{}-lam-viec.xlsx",
        tenant.slug(),
        seen.report.version
    );
    let (key, now) = (state.settings.signing_key, staff.ctx.now());
    let file = answer::aside(move || {
        let drawn = Drawn {
            agency: tenant.id(),
            superior: tenant.agency().parent_on(seen.span.to).unwrap_or_default(),
            issuer: tenant.official(seen.span.to),
            form: &seen.form,
            span: &seen.span,
            version: seen.report.version,
            figures: &seen.figures,
            lines: &seen.lines,
            at: now,
        };
        let identity = Identity::of(&drawn).map_err(|error| Error::Internal(Box::new(error)))?;
        let identity = sealed(&seen.form, &seen.span, identity).map_err(broken)?;
        let text = identity
            .canonical()
            .map_err(|error| Error::Internal(Box::new(error)))?;
        let signature = signature::of_working_form(&key, &text);
        write(&seen.form, &seen.span, &identity, &signature).map_err(broken)
    })
    .await?;
    Ok(answer::workbook(&name, file))
}

fn broken(error: WorkbookError) -> Error {
    Error::Internal(Box::new(error))
}

/// Why nothing can be filled now.
fn closed(staff: &Staff, seen: &View) -> Option<String> {
    if seen.stage().is_frozen() {
        let stage = seen.stage().label();
        return Some(format!(
            "Biểu đang ở bước “{stage}” nên không nhập số liệu được nữa. Muốn sửa thì lập bản mới."
        ));
    }
    seen.lock(staff.today()).map(|lock| lock.sentence())
}

/// `POST /quan-tri/{agency}/bieu/{form}/{period}/{year}/nhap-excel`: what a filled file would change. Nothing is changed.
///
/// # Errors
/// Where there is no such report, or the store fails.
pub async fn preview(
    State(state): State<AppState>,
    staff: Staff,
    Path(at): Path<Address>,
    upload: Upload,
) -> Result<Response, Error> {
    let seen = report_at(&state, &staff, &at, None).await?;
    let verdict = match upload.file {
        None => Verdict::none_chosen(),
        Some((_, bytes)) => {
            let (tenant, key): (Tenant, _) = (staff.ctx.tenant().clone(), state.settings.signing_key);
            let copy = seen.clone();
            answer::aside(move || judge(&copy, &tenant, &key, &bytes)).await?
        }
    };
    let verdict = match closed(&staff, &seen) {
        Some(why) => verdict.closed(why),
        None => verdict,
    };
    let status = match &verdict.why {
        None => StatusCode::OK,
        Some(Why::Stale(_) | Why::Closed(_)) => StatusCode::CONFLICT,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    answer::html_with(status, &page::of(&state, &staff, &seen, &verdict))
}

/// `POST /quan-tri/{agency}/bieu/{form}/{period}/{year}/nhap-excel/ghi`: takes in what was looked through.
///
/// # Errors
/// What cannot be read, or where the store fails.
pub async fn take(
    State(state): State<AppState>,
    staff: Staff,
    Path(at): Path<Address>,
    Form(confirmed): Form<Confirmed>,
) -> Result<Response, Error> {
    let seen = report_at(&state, &staff, &at, None).await?;
    let sent: Vec<Sent> = serde_json::from_str(&confirmed.cells)
        .ok()
        // Escaped in JSON it passes the form's own check, and PostgreSQL keeps none.
        .filter(|cells: &Vec<Sent>| {
            cells
                .iter()
                .all(|cell| !cell.row.contains('\0') && !cell.reason.contains('\0'))
        })
        .ok_or_else(|| {
            Error::Invalid(
                "so-lieu",
                "Không đọc được số liệu của trang xem trước. Tải tệp lên lại.".into(),
            )
        })?;
    let mut lines: BTreeMap<String, Vec<Figure>> = BTreeMap::new();
    for cell in &sent {
        lines.entry(cell.row.clone()).or_default().push(Figure {
            column: cell.column,
            actual: cell.actual,
            estimate: cell.estimate,
            note: cell.reason.clone(),
        });
    }
    let order = Import {
        report: seen.report.id,
        figures: confirmed.figures,
        lines,
    };
    let here = address(staff.ctx.tenant(), &seen.form.id, seen.span.kind, seen.span.year);
    let (status, why) = match import(&state.app, &staff.ctx, order).await {
        Ok(Outcome::Done(0)) => return Ok(answer::go(&format!("{here}?xong=khong-doi"))),
        Ok(Outcome::Done(_)) => return Ok(answer::go(&format!("{here}?xong=nhap-excel"))),
        Ok(Outcome::Refused(why)) => (StatusCode::CONFLICT, Why::Closed(why)),
        Ok(Outcome::Unmet(_) | Outcome::Moved(_)) | Err(Refusal::Stale) => {
            (StatusCode::CONFLICT, Why::Stale(None))
        }
        Err(Refusal::Invalid { reason, .. }) => (StatusCode::UNPROCESSABLE_ENTITY, Why::Words(reason)),
        Err(other) => return Err(other.into()),
    };
    let verdict = Verdict::not_taken(why, held(&seen, &sent));
    answer::html_with(status, &page::of(&state, &staff, &seen, &verdict))
}

/// What was to be taken in, to be shown where it was not.
fn held(seen: &View, sent: &[Sent]) -> Vec<Held> {
    let words = |figure: Option<i64>| figure.map_or_else(String::new, |figure| figure.to_string());
    let one = |cell: &Sent| Held {
        line: seen
            .lines
            .iter()
            .find(|line| line.key == cell.row)
            .map_or_else(|| cell.row.clone(), |line| line.label.clone()),
        column: format!("({})", cell.column),
        actual: words(cell.actual),
        estimate: words(cell.estimate),
        reason: cell.reason.clone(),
    };
    sent.iter().map(one).collect()
}
