//! The register as it was on a day, as a file for a spreadsheet.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use http::{HeaderValue, StatusCode, header};
use pbgdpl_model::register::{AsOf, Decision};
use pbgdpl_pages::desk::register::RegisterWords;
use pbgdpl_province::csv_file;
use pbgdpl_vietnamese::date::dmy;

use super::list::{Asked, UNREADABLE, Wanted, gender};
use super::words::{named, words};
use crate::error::Error;
use crate::extract::{Query, Staff};
use crate::page;
use crate::state::AppState;

/// `GET /quan-tri/{agency}/bao-cao-vien/danh-sach.csv`
///
/// # Errors
/// Where the store fails.
pub async fn csv(
    State(state): State<AppState>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let wanted = Wanted::of(&asked, staff.today());
    // A file says by itself of which day it is: where the day cannot be read there is none.
    if let Some(typed) = wanted.unreadable(&asked) {
        let words = format!("Ngày “{}” {UNREADABLE}", typed.trim());
        return Err(Error::Refused(StatusCode::BAD_REQUEST, words));
    }
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let books = wanted.read(&agency).await?;
    let words = words(&agency, None).await?;
    drop(agency);
    let head = [
        "Họ và tên",
        "Chức vụ, chức danh",
        "Cơ quan, đơn vị công tác",
        "Trình độ chuyên môn",
        "Chuyên môn Luật",
        "Lĩnh vực chuyên môn sâu",
        "Giới tính",
        "Dân tộc",
        "Tiếng dân tộc thiểu số",
        "Cấp",
        "Tình trạng",
        "Từ ngày",
        "Quyết định công nhận",
        "Quyết định miễn nhiệm, cho thôi",
    ]
    .map(str::to_owned);
    let rows = wanted
        .found(&books)
        .into_iter()
        .map(|(_, now)| row(&now, wanted.day, &words));
    let text = csv_file::file(std::iter::once(head.to_vec()).chain(rows))
        .map_err(|error| Error::Internal(Box::new(error)))?;
    let mut response = page::bytes(StatusCode::OK, "text/csv; charset=utf-8", text);
    let name = format!(
        "attachment; filename=\"bao-cao-vien-{}-{}.csv\"",
        staff.ctx.tenant().slug(),
        wanted.day
    );
    if let Ok(value) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

fn row(now: &AsOf<'_>, day: NaiveDate, words: &RegisterWords) -> Vec<String> {
    let (details, standing) = (now.details, now.standing);
    let decision =
        |decision: &Option<Decision>| decision.as_ref().map_or_else(String::new, Decision::in_words);
    vec![
        details.name.clone(),
        details.post.clone(),
        details.workplace.clone(),
        details.education.clone(),
        if details.law { "Có" } else { "Không" }.to_owned(),
        named(&details.fields, &words.fields),
        gender(&details.gender).to_owned(),
        details.ethnicity.clone(),
        named(&details.languages, &words.languages),
        standing.level.label().to_owned(),
        pbgdpl_pages::desk::register::state(
            standing.state,
            &standing.lapsed_on(day).map_or_else(String::new, dmy),
        )
        .word,
        dmy(now.since),
        decision(&standing.recognition),
        decision(&standing.ending),
    ]
}
