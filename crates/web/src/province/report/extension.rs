//! An agency asked for more time: what it said, and the officer's answer.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::Extension;
use pbgdpl_pages::desk::report::ReportAct;
use pbgdpl_pages::form::{Choice, ErrorSummary, Field};
use pbgdpl_pages::part::Link;
use pbgdpl_pages::province::report::ExtensionPage;
use pbgdpl_province::extension::answer::{Says, answer as answering};
use pbgdpl_province::extension::list::{Asked, list};
use pbgdpl_vietnamese::date::{dmy, parse_dmy};
use serde::Deserialize;

use super::one::Address;
use super::{agency, list_address, term};
use crate::desk::frame::{self, Done};
use crate::desk::report::extension::stations;
use crate::error::Error;
use crate::extract::{Form, Officer, Path, Query};
use crate::page;
use crate::state::AppState;

const DONE: [(&str, &str); 1] = [("tra-loi", "Đã trả lời. Cơ quan nhận được thư.")];
const GRANT: &str = "dong-y";

/// What the officer says.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    so: i32,
    #[serde(rename = "quyet-dinh")]
    decision: String,
    #[serde(rename = "den-ngay")]
    until: String,
    #[serde(rename = "ly-do")]
    reason: String,
}

/// `GET /tinh/bao-cao/{form}/{period}/{year}/{agency}/gia-han`
///
/// # Errors
/// Where nothing was asked, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path(at): Path<Address>,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let mut shown = extension_page(&state, &officer, &at, None).await?;
    shown.frame = shown.frame.with_notice(done.notice(&DONE));
    page::html(&shown)
}

/// `POST /tinh/bao-cao/{form}/{period}/{year}/{agency}/gia-han`
///
/// # Errors
/// What the act refuses.
pub async fn answer(
    State(state): State<AppState>,
    officer: Officer,
    Path(at): Path<Address>,
    Form(said): Form<Said>,
) -> Result<Response, Error> {
    let (form, period, year, slug) = &at;
    let term = term(period, *year)?;
    let tenant = agency(&officer, slug)?;
    let until = match said.decision.as_str() {
        GRANT => match parse_dmy(&said.until) {
            Ok(until) => Some(until),
            Err(_) => {
                let reason = "không đọc được. Ghi ngày/tháng/năm, ví dụ 15/02/2021.";
                return again(&state, &officer, &at, &said, ("den-ngay", reason)).await;
            }
        },
        "tu-choi" => None,
        _ => {
            return again(
                &state,
                &officer,
                &at,
                &said,
                ("quyet-dinh", "chưa chọn; chọn một trong hai"),
            )
            .await;
        }
    };
    let says = Says {
        number: said.so,
        until,
        reason: &said.reason,
    };
    match answering(&state.province, &officer.ctx, tenant.id(), (form, term), says).await {
        Ok(()) => Ok(page::go(&format!(
            "{}/{slug}/gia-han?xong=tra-loi",
            list_address(form, term)
        ))),
        Err(pbgdpl_province::Error::Invalid { field, reason }) => {
            again(&state, &officer, &at, &said, (field, &reason)).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn again(
    state: &AppState,
    officer: &Officer,
    at: &Address,
    said: &Said,
    (field, reason): (&str, &str),
) -> Result<Response, Error> {
    let mut shown = extension_page(state, officer, at, Some(said)).await?;
    for wrong in shown.acts.iter_mut().flat_map(|act| &mut act.fields) {
        if wrong.name == field {
            wrong.error = Some(reason.to_owned());
        }
    }
    shown.errors = ErrorSummary::of("Chưa trả lời được", shown.acts.iter().flat_map(|act| &act.fields));
    page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

async fn extension_page(
    state: &AppState,
    officer: &Officer,
    at: &Address,
    said: Option<&Said>,
) -> Result<ExtensionPage, Error> {
    let (form, period, year, slug) = at;
    let term = term(period, *year)?;
    let tenant = agency(officer, slug)?;
    let asked: Asked = list(&state.province, &officer.ctx, tenant.id(), (form, term)).await?;
    let waiting = asked.extensions.iter().find(|asked| asked.answer.is_none());
    let here = format!("{}/{slug}/gia-han", list_address(form, term));
    Ok(ExtensionPage {
        frame: frame::officer(state, officer, "/tinh/bao-cao"),
        list: Link::new(
            format!("Báo cáo {}", asked.span.title()),
            list_address(form, term),
        ),
        agency: tenant.official(officer.ctx.now().day()).to_owned(),
        report: format!("Biểu {}, {}", asked.form.code, asked.span.title()),
        errors: ErrorSummary::default(),
        stations: stations(&asked.extensions),
        acts: waiting
            .filter(|_| officer.ctx.could(Action::ExtensionDecide))
            .map(|waiting| act(officer, waiting, here, said))
            .into_iter()
            .collect(),
        links: Vec::new(),
    })
}

fn act(officer: &Officer, asked: &Extension, here: String, said: Option<&Said>) -> ReportAct {
    let may = officer.ctx.may(Action::ExtensionDecide, asked);
    let chosen = said.map_or("", |said| said.decision.as_str());
    let choice = |value: &str, label: &str| Choice {
        value: value.into(),
        label: label.into(),
        hint: String::new(),
        chosen: chosen == value,
    };
    let until = said.map_or_else(|| dmy(asked.wanted_until), |said| said.until.clone());
    ReportAct {
        title: "Trả lời".into(),
        text: if may {
            "Được đồng ý, cơ quan gửi được đến hết ngày ghi dưới đây; lý do và tên người đồng ý được in ở cuối biểu.".into()
        } else {
            "Người đề nghị không tự cho phép mình. Một người khác của Sở Tư pháp phải trả lời.".into()
        },
        action: may.then_some(here),
        hidden: vec![("so".into(), asked.number.to_string())],
        fields: vec![
            Field::radios(
                "quyet-dinh",
                "Quyết định",
                vec![choice(GRANT, "Đồng ý gia hạn"), choice("tu-choi", "Không đồng ý")],
            ),
            Field::day("den-ngay", "Gia hạn đến hết ngày").with_value(until),
            Field::area("ly-do", "Ý kiến, lý do", 2).with_value(said.map_or("", |said| said.reason.as_str())),
        ],
        button: "Trả lời".into(),
    }
}
