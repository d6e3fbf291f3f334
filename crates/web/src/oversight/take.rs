//! Audit logs and evidence packs as files: chosen on a page, sent as they are made. The taking is recorded before the first byte.

use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use chrono::{Datelike, NaiveDate};
use http::{HeaderValue, StatusCode, header};
use pbgdpl_pages::form::{Choice, ErrorSummary, Field};
use pbgdpl_pages::oversight::TakePage;
use pbgdpl_province::oversight::Which;
use pbgdpl_province::oversight::export::{self, Asked, Format};
use pbgdpl_province::oversight::pack;
use pbgdpl_vietnamese::date::{dmy, parse_dmy};
use serde::Deserialize;
use tokio::sync::mpsc;
use tracing::Instrument;

use crate::desk::frame;
use crate::error::Error;
use crate::extract::{Officer, Query};
use crate::page;
use crate::province::agency::found;
use crate::state::AppState;

const HERE: &str = "/giam-sat/nhat-ky/xuat";
/// Pieces that wait for whoever reads.
const WAITING: usize = 4;

/// What is asked for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct Sought {
    /// Whose: a slug, `tinh` for the province's own log, nothing for all.
    #[serde(rename = "co-quan")]
    agency: String,
    #[serde(rename = "tu")]
    from: String,
    #[serde(rename = "den")]
    to: String,
    #[serde(rename = "dang")]
    format: String,
}

const CSV: &str = "csv";
const LINES: &str = "jsonl";
const PACK: &str = "goi";
const PROVINCE: &str = "tinh";

/// `GET /giam-sat/nhat-ky/xuat?co-quan=&tu=&den=&dang=`: opens with this year up to today.
///
/// # Errors
/// Where the page cannot be drawn.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Query(mut sought): Query<Sought>,
) -> Result<Response, Error> {
    let today = officer.ctx.now().day();
    if sought.from.is_empty() && sought.to.is_empty() {
        let new_year = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
        (sought.from, sought.to) = (dmy(new_year), dmy(today));
    }
    if sought.format.is_empty() {
        sought.format = PACK.to_owned();
    }
    page::html(&form(&state, &officer, &sought, &[]))
}

/// `GET /giam-sat/nhat-ky/xuat/tai?co-quan=&tu=&den=&dang=`
///
/// # Errors
/// Where there is no such agency, the officer may not, or the store fails.
pub async fn take(
    State(state): State<AppState>,
    officer: Officer,
    Query(sought): Query<Sought>,
) -> Result<Response, Error> {
    let mut wrong = Vec::new();
    let mut day = |name: &'static str, text: &str| match parse_dmy(text) {
        Ok(day) => day,
        Err(_) => {
            wrong.push((name, "không đọc được. Ghi ngày/tháng/năm, ví dụ 01/01/2020."));
            NaiveDate::default()
        }
    };
    let (from, to) = (day("tu", &sought.from), day("den", &sought.to));
    if wrong.is_empty() && to < from {
        wrong.push(("den", "đứng trước ngày đầu. Chọn lại hai ngày."));
    }
    if ![CSV, LINES, PACK].contains(&sought.format.as_str()) {
        wrong.push(("dang", "chưa chọn. Chọn một dạng tệp."));
    }
    if !wrong.is_empty() {
        let again = form(&state, &officer, &sought, &wrong);
        return page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &again);
    }
    let which = match sought.agency.as_str() {
        "" => Which::All,
        PROVINCE => Which::Province,
        slug => Which::Agency(found(&officer, slug)?),
    };
    let asked = Asked { which, from, to };
    let (send, pieces) = mpsc::channel(WAITING);
    let span = tracing::Span::current();
    if sought.format == PACK {
        let pack = pack::begin(&state.province, &officer.ctx, asked).await?;
        let name = pack.file_name();
        tokio::spawn(async move { pack.run(send, &mut |_, _| {}).await }.instrument(span));
        return Ok(file(&name, "application/zip", pieces));
    }
    let (format, media_type) = if sought.format == CSV {
        (Format::Csv, "text/csv; charset=utf-8")
    } else {
        (Format::JsonLines, "application/jsonl; charset=utf-8")
    };
    let taken = export::begin(&state.province, &officer.ctx, asked, format).await?;
    tokio::spawn(async move { taken.run(send).await }.instrument(span));
    let of = if sought.agency.is_empty() {
        "tat-ca"
    } else {
        &sought.agency
    };
    let name = format!("nhat-ky-{of}-{from}-{to}.{}", sought.format);
    Ok(file(&name, media_type, pieces))
}

/// A file that is sent while it is made. Where the making fails the connection breaks off: nothing half is taken for whole.
fn file(
    name: &str,
    media_type: &str,
    mut pieces: mpsc::Receiver<Result<Bytes, pbgdpl_province::Error>>,
) -> Response {
    let stream = futures::stream::poll_fn(move |waiting| pieces.poll_recv(waiting));
    let mut response = page::bytes(StatusCode::OK, media_type, Body::from_stream(stream));
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

fn form(state: &AppState, officer: &Officer, sought: &Sought, wrong: &[(&str, &str)]) -> TakePage {
    let error = |name: &str| wrong.iter().find(|(at, _)| *at == name).map(|(_, said)| *said);
    let choice = |value: &str, label: &str, hint: &str| Choice {
        value: value.into(),
        label: label.into(),
        hint: hint.into(),
        chosen: false,
    };
    let day = officer.ctx.now().day();
    let tenants = officer.ctx.snapshot().tenants();
    let mut agencies: Vec<Choice> = tenants
        .map(|tenant| choice(tenant.slug(), tenant.short(day), ""))
        .collect();
    pbgdpl_vietnamese::sort_by_name(&mut agencies, |choice| &choice.label);
    let all = [
        choice("", "Tất cả các chuỗi", ""),
        choice(PROVINCE, "Nhật ký của tỉnh", ""),
    ];
    let formats = vec![
        choice(
            PACK,
            "Gói bằng chứng (zip)",
            "Nhật ký, báo cáo và biểu tổng hợp đã chốt, dòng sổ, minh chứng; kiểm chứng được ở máy khác",
        ),
        choice(
            CSV,
            "Nhật ký, bảng tính (CSV)",
            "Mỗi dòng một mục, mở bằng phần mềm bảng tính",
        ),
        choice(
            LINES,
            "Nhật ký, từng dòng JSON",
            "Đủ dữ liệu để tính lại dấu vết của từng mục",
        ),
    ];
    let fields = vec![
        Field::select(
            "co-quan",
            "Nhật ký của",
            all.into_iter().chain(agencies).collect(),
        )
        .with_hint("Tất cả: tỉnh, tài khoản, mọi cơ quan")
        .with_value(&sought.agency)
        .unmarked(),
        Field::day("tu", "Từ ngày")
            .with_value(&sought.from)
            .with_error(error("tu")),
        Field::day("den", "Đến hết ngày")
            .with_value(&sought.to)
            .with_error(error("den")),
    ];
    let format = Field::radios("dang", "Tải về", formats)
        .with_value(&sought.format)
        .with_error(error("dang"));
    let errors = if wrong.is_empty() {
        ErrorSummary::default()
    } else {
        ErrorSummary::of("Chưa tải được", fields.iter().chain([&format]))
    };
    TakePage {
        errors,
        frame: frame::officer(state, officer, "/giam-sat/nhat-ky"),
        action: format!("{HERE}/tai"),
        fields,
        format,
    }
}
