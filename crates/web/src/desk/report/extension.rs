//! More time is asked for; what was asked and answered.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::Error as Refusal;
use pbgdpl_app::extension::ask::{Ask, ask};
use pbgdpl_app::report::{Outcome, View};
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::{Extension, period_of};
use pbgdpl_pages::desk::report::{ReportAct, Station};
use pbgdpl_pages::form::{ErrorSummary, Field};
use pbgdpl_pages::part::Notice;
use pbgdpl_vietnamese::date::{dmy, parse_dmy};
use serde::Deserialize;

use super::{Address, address, draw, report_at, show};
use crate::error::Error;
use crate::extract::{Form, Path, Staff};
use crate::page;
use crate::state::AppState;

/// What stands in the form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    #[serde(rename = "den-ngay")]
    until: String,
    #[serde(rename = "ly-do-gia-han")]
    reason: String,
}

/// `POST /quan-tri/{agency}/bieu/{form}/{period}/{year}/gia-han`
///
/// # Errors
/// What the act refuses.
pub async fn post(
    State(state): State<AppState>,
    staff: Staff,
    Path(at): Path<Address>,
    Form(asked): Form<Asked>,
) -> Result<Response, Error> {
    let (_, form, period, year) = &at;
    let kind = period_of(period).ok_or(Error::NotFound)?;
    let Ok(until) = parse_dmy(&asked.until) else {
        let reason = "không đọc được. Ghi ngày/tháng/năm, ví dụ 15/02/2021.";
        return again(&state, &staff, &at, &asked, ("den-ngay", reason)).await;
    };
    let order = Ask {
        form: form.clone(),
        period: kind,
        year: *year,
        until,
        reason: asked.reason.clone(),
    };
    match ask(&state.app, &staff.ctx, order).await {
        Ok(Outcome::Done(_)) => {
            let here = address(staff.ctx.tenant(), form, kind, *year);
            Ok(page::go(&format!("{here}?xong=gia-han")))
        }
        Ok(Outcome::Refused(why)) => Err(Error::Conflict(with_words(why, &asked.reason))),
        Ok(Outcome::Unmet(_) | Outcome::Moved(_)) => Err(Refusal::Stale.into()),
        Err(Refusal::Invalid { field, reason }) => again(&state, &staff, &at, &asked, (field, &reason)).await,
        Err(other) => Err(other.into()),
    }
}

/// A refusal that gives back what was written.
fn with_words(why: String, typed: &str) -> String {
    match typed.trim() {
        "" => why,
        typed => format!("{why} Lời bạn đã viết: “{typed}”"),
    }
}

async fn again(
    state: &AppState,
    staff: &Staff,
    at: &Address,
    asked: &Asked,
    (field, reason): (&str, &str),
) -> Result<Response, Error> {
    let seen = report_at(state, staff, at, None).await?;
    let mut shown = show::report_page(state, staff, &seen, None);
    for there in shown.acts.iter_mut().flat_map(|act| &mut act.fields) {
        match there.name.as_str() {
            "den-ngay" => there.value.clone_from(&asked.until),
            "ly-do-gia-han" => there.value.clone_from(&asked.reason),
            _ => {}
        }
        if there.name == field {
            there.error = Some(reason.to_owned());
        }
    }
    let fields = shown.acts.iter().flat_map(|act| &act.fields);
    shown.errors = ErrorSummary::of("Chưa gửi được đề nghị gia hạn", fields);
    page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

/// The form that asks for more time: while something is still to be written and the last day is over, or the period closed.
pub(super) fn act(staff: &Staff, seen: &View, here: &str) -> Option<ReportAct> {
    let today = staff.today();
    let late = seen.due.is_some_and(|due| today > due) || seen.lock(today).is_some();
    let waits = seen.extensions.iter().any(|asked| asked.answer.is_none());
    let open = seen.extensions.iter().any(|asked| asked.opens(today));
    let still = !seen.stage().is_frozen() && seen.span.withdrawn().is_none();
    (still && late && !waits && !open && staff.ctx.could(Action::ExtensionAsk)).then(|| ReportAct {
        title: "Xin gia hạn".into(),
        text: "Sở Tư pháp xem xét; khi được đồng ý, biểu gửi được đến hết ngày được cho phép. Lý do và người đồng ý được in ở cuối biểu."
            .into(),
        action: Some(format!("{here}/gia-han")),
        hidden: vec![],
        fields: vec![
            Field::day("den-ngay", "Gia hạn đến hết ngày"),
            Field::area("ly-do-gia-han", "Vì sao cần thêm thời gian?", 2),
        ],
        button: "Gửi đề nghị".into(),
    })
}

/// Why nothing can be written, or until when it can.
pub(super) fn notice(staff: &Staff, seen: &View) -> Option<Notice> {
    let today = staff.today();
    if seen.stage().is_frozen() {
        return None;
    }
    if let Some(withdrawn) = seen.span.withdrawn() {
        return Some(Notice::warning(
            format!("Sở Tư pháp đã rút yêu cầu này ngày {}", dmy(withdrawn.on)),
            format!(
                "Lý do: {}. Không phải gửi báo cáo này nữa.",
                withdrawn.reason.trim_end_matches('.')
            ),
        ));
    }
    if let Some(lock) = seen.lock(today) {
        return Some(Notice::warning("Kỳ báo cáo đã khóa", lock.sentence()));
    }
    let open = seen.extensions.iter().filter(|asked| asked.opens(today));
    let until = open.filter_map(|asked| asked.answer.as_ref()?.until).max()?;
    let after = match seen.closes {
        Some(closes) if closes <= until => "Sau ngày đó biểu tự khóa lại.".to_owned(),
        Some(closes) => format!(
            "Sau ngày đó biểu vẫn gửi được đến ngày {}, và ghi là gửi sau hạn.",
            dmy(closes)
        ),
        None => "Sau ngày đó biểu vẫn gửi được, và ghi là gửi sau hạn.".to_owned(),
    };
    Some(Notice::done(
        format!("Được gia hạn đến hết ngày {}", dmy(until)),
        after,
    ))
}

/// What was asked and answered.
pub(crate) fn stations(extensions: &[Extension]) -> Vec<Station> {
    let asked = extensions.iter().rev().flat_map(|asked| {
        let answer = asked.answer.as_ref().map(|answer| Station {
            who: answer.by_name.clone(),
            what: match answer.until {
                Some(until) => format!("đồng ý gia hạn đến hết ngày {}", dmy(until)),
                None => "không đồng ý gia hạn".to_owned(),
            },
            note: answer.reason.clone(),
            at: draw::when(answer.at),
        });
        let asking = Station {
            who: asked.by_name.clone(),
            what: format!("xin gia hạn đến hết ngày {}", dmy(asked.wanted_until)),
            note: asked.reason.clone(),
            at: draw::when(asked.at),
        };
        std::iter::once(asking).chain(answer)
    });
    asked.collect()
}
