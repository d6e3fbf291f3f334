//! The texts are saved, sent, amended. What another person saved meanwhile stands beside what was typed; neither is lost.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::Error as Refusal;
use pbgdpl_app::plan::amend::amend as amending;
use pbgdpl_app::plan::send::send;
use pbgdpl_app::plan::write::{Write, tidy, write};
use pbgdpl_app::plan::{Outcome, SeenTask, View};
use pbgdpl_pages::desk::plan::ContributionPage;
use pbgdpl_pages::form::{ErrorSummary, Field};
use pbgdpl_pages::paper::paragraphs;
use pbgdpl_pages::part::Notice;
use serde::Deserialize;

use super::show::{contribution_page, field_name, sent_in};
use super::{Address, address, report_at};
use crate::error::Error;
use crate::extract::{Form, FormFields, Path, Staff};
use crate::page;
use crate::state::AppState;

/// What stands in the form of an amendment.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Words {
    #[serde(rename = "ly-do")]
    reason: String,
}

/// What was sent from the form.
struct Sent {
    pairs: Vec<(String, String)>,
}

impl Sent {
    /// As the act takes it.
    fn order(&self, (_, plan, year): &Address) -> Write {
        Write {
            plan: plan.clone(),
            year: *year,
            read: sent_in(&self.pairs, "da-doc-"),
            texts: sent_in(&self.pairs, "thuyet-minh-"),
        }
    }

    fn one(&self, name: &str) -> &str {
        let found = self.pairs.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.as_str())
    }
}

/// `POST /quan-tri/{agency}/bao-cao-ke-hoach/{plan}/{year}`
///
/// # Errors
/// Where the plan does not ask this agency, the actor may not, or the store fails.
pub async fn save(
    State(state): State<AppState>,
    staff: Staff,
    Path(at): Path<Address>,
    FormFields(pairs): FormFields,
) -> Result<Response, Error> {
    let sent = Sent { pairs };
    let here = address(staff.ctx.tenant(), &at.1, at.2);
    let done = match write(&state.app, &staff.ctx, sent.order(&at)).await {
        Err(Refusal::Stale) => Outcome::Moved,
        other => other?,
    };
    match done {
        Outcome::Done(_) if sent.one("act") == "gui" => leave(&state, &staff, &at, &sent).await,
        Outcome::Done(_) => Ok(page::go(&format!("{here}?xong=luu"))),
        Outcome::Unmet(problems) => {
            let mut shown = again(&state, &staff, &at, &sent).await?;
            let fields = shown.tasks.iter_mut().filter_map(|task| task.field.as_mut());
            for field in fields {
                let found = problems
                    .iter()
                    .find(|(number, _)| field_name(number) == field.name);
                field.error = found.map(|(_, why)| why.clone());
            }
            let fields = shown.tasks.iter().filter_map(|task| task.field.as_ref());
            shown.errors = ErrorSummary::of("Chưa lưu được", fields);
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Outcome::Stale(draft) => {
            let title = format!("{} vừa lưu trước bạn, nên chưa lưu.", draft.by_name);
            behind(&state, &staff, &at, &sent, title).await
        }
        Outcome::Moved => {
            let title = "Có người vừa lưu cùng lúc với bạn, nên chưa lưu.".to_owned();
            behind(&state, &staff, &at, &sent, title).await
        }
        Outcome::Refused(why) => {
            let mut shown = again(&state, &staff, &at, &sent).await?;
            shown.notices.push(Notice::refused(
                why,
                "Lời bạn đã viết vẫn còn trong các ô dưới đây để chép lại.",
            ));
            page::html_with(StatusCode::CONFLICT, &shown)
        }
    }
}

/// The page again where somebody else saved a task that was typed.
async fn behind(
    state: &AppState,
    staff: &Staff,
    at: &Address,
    sent: &Sent,
    title: String,
) -> Result<Response, Error> {
    let mut shown = again(state, staff, at, sent).await?;
    shown.notices.push(Notice::refused(
        title,
        "Lời bạn đã viết vẫn còn trong các ô. Nhiệm vụ nào khác nhau có bản vừa được lưu ở trên ô; đối chiếu rồi lưu lại.",
    ));
    page::html_with(StatusCode::CONFLICT, &shown)
}

/// Sends what was just saved, if its figures and the texts of all tasks are those of the page.
async fn leave(state: &AppState, staff: &Staff, at: &Address, sent: &Sent) -> Result<Response, Error> {
    let seen = report_at(state, staff, at).await?;
    let here = address(staff.ctx.tenant(), &at.1, at.2);
    let texts = sent_in(&sent.pairs, "thuyet-minh-");
    let unread = |task: &&SeenTask| {
        let typed = texts.get(&task.task.number);
        typed.is_none_or(|typed| tidy(typed) != task.text)
    };
    let other = seen.tasks.iter().find(unread);
    let done = if let Some(other) = other {
        Outcome::Refused(format!(
            "Thuyết minh nhiệm vụ {} vừa có người khác lưu, nên chưa gửi.",
            other.task.number
        ))
    } else if seen.figures != sent.one("so-lieu") {
        Outcome::Moved
    } else {
        match send(&state.app, &staff.ctx, (&at.1, at.2), &seen.hash).await {
            Err(Refusal::Stale) => Outcome::Moved,
            other => other?,
        }
    };
    let (title, text) = match done {
        Outcome::Done(_) => return Ok(page::go(&format!("{here}?xong=gui"))),
        Outcome::Refused(why) => (
            why,
            "Lời bạn đã viết đã được lưu. Đọc lại báo cáo dưới đây rồi gửi.",
        ),
        _ => (
            "Báo cáo đã đổi từ khi bạn mở trang, nên chưa gửi.".to_owned(),
            "Lời bạn đã viết đã được lưu. Đọc lại số liệu và thuyết minh dưới đây rồi gửi.",
        ),
    };
    let mut shown = contribution_page(state, staff, &seen);
    shown.notices.push(Notice::refused(title, text));
    page::html_with(StatusCode::CONFLICT, &shown)
}

/// The page again with what was typed; where somebody else saved meanwhile, both. A task that was left as it was read shows what
/// stands now.
async fn again(
    state: &AppState,
    staff: &Staff,
    at: &Address,
    sent: &Sent,
) -> Result<ContributionPage, Error> {
    let seen = report_at(state, staff, at).await?;
    let mut shown = contribution_page(state, staff, &seen);
    let order = sent.order(at);
    for (block, task) in shown.tasks.iter_mut().zip(&seen.tasks) {
        let number = &task.task.number;
        let typed = order.changed(number).filter(|typed| *typed != task.text);
        let Some(text) = typed else {
            continue;
        };
        let closed = block.field.is_none();
        if closed || order.is_behind(number, &task.text) {
            block.theirs = Some(paragraphs(&task.text));
        }
        let label = format!("Lời bạn đã viết, nhiệm vụ {number}");
        let field = block
            .field
            .take()
            .unwrap_or_else(|| Field::area(&field_name(number), &label, 8).unmarked());
        block.field = Some(field.with_value(text));
    }
    Ok(shown)
}

/// `POST /quan-tri/{agency}/bao-cao-ke-hoach/{plan}/{year}/chinh-ly`
///
/// # Errors
/// What the act refuses.
pub async fn amend(
    State(state): State<AppState>,
    staff: Staff,
    Path(at): Path<Address>,
    Form(words): Form<Words>,
) -> Result<Response, Error> {
    match amending(&state.app, &staff.ctx, (&at.1, at.2), &words.reason).await {
        Ok(Outcome::Done(_)) => {
            let here = address(staff.ctx.tenant(), &at.1, at.2);
            Ok(page::go(&format!("{here}?xong=chinh-ly")))
        }
        Ok(Outcome::Refused(why)) => Err(Error::Conflict(why)),
        Ok(_) => Err(Refusal::Stale.into()),
        Err(Refusal::Invalid { field, reason }) => {
            let seen: View = report_at(&state, &staff, &at).await?;
            let mut shown = contribution_page(&state, &staff, &seen);
            for there in shown.acts.iter_mut().flat_map(|act| &mut act.fields) {
                there.value.clone_from(&words.reason);
                there.error = (there.name == field).then(|| reason.clone());
            }
            let fields = shown.acts.iter().flat_map(|act| &act.fields);
            shown.errors = ErrorSummary::of("Chưa mở được bản chỉnh lý", fields);
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Err(other) => Err(other.into()),
    }
}
