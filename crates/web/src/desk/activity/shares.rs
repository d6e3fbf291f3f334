//! Invitations to confirm a share in other agencies' activities, and the answers.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::activity::{Outcome, answer_share::answer_share};
use pbgdpl_model::activity::{Answer, Share};
use pbgdpl_model::id::ActivityId;
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::activity::{Input, ShareLine, ShareList};
use pbgdpl_pages::form::Field;
use pbgdpl_pages::part::Pager;
use pbgdpl_vietnamese::date::dmy;
use serde::Deserialize;

use super::DONE;
use super::write::unexpected;
use crate::desk::frame::{self, Done};
use crate::error::Error;
use crate::extract::LAST_PAGE;
use crate::extract::{FormFields, Path, Query, Staff};
use crate::page;
use crate::state::AppState;

const PER_PAGE: u64 = 20;

/// Which page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    trang: Option<u64>,
}

/// `GET /quan-tri/{agency}/phoi-hop`
///
/// # Errors
/// Where the store fails.
pub async fn shares(
    State(state): State<AppState>,
    staff: Staff,
    Query(asked): Query<Asked>,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let page = asked.trang.unwrap_or(1).clamp(1, LAST_PAGE);
    let mut shown = share_list(&state, &staff, page, None).await?;
    shown.frame = shown.frame.with_notice(done.notice(&DONE));
    page::html(&shown)
}

/// `POST /quan-tri/{agency}/phoi-hop/{activity}/tra-loi`
///
/// # Errors
/// Where there is no such share, the actor may not, or the store fails.
pub async fn answer(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ActivityId)>,
    FormFields(pairs): FormFields,
) -> Result<Response, Error> {
    let typed = Input::sent(pairs);
    let took_part = match typed.one("act") {
        "xac-nhan" => true,
        "tu-choi" => false,
        _ => {
            let words = "Chọn xác nhận hoặc từ chối trên trang lời mời.";
            return Err(Error::Refused(StatusCode::UNPROCESSABLE_ENTITY, words.into()));
        }
    };
    let reason = typed.one(&reason_name(id));
    match answer_share(&state.app, &staff.ctx, id, took_part, reason).await? {
        Outcome::Done(()) => Ok(page::go(&format!("{}?xong=tra-loi", here(&staff)))),
        Outcome::Unmet(problems) => {
            let why = problems.into_iter().next().map(|problem| problem.reason);
            let shown = share_list(&state, &staff, 1, Some((id, why.unwrap_or_default()))).await?;
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        other => Err(unexpected(&other)),
    }
}

fn here(staff: &Staff) -> String {
    format!("/quan-tri/{}/phoi-hop", staff.ctx.tenant().slug())
}

fn reason_name(id: ActivityId) -> String {
    format!("reason-{id}")
}

async fn share_list(
    state: &AppState,
    staff: &Staff,
    page: u64,
    wrong: Option<(ActivityId, String)>,
) -> Result<ShareList, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let (found, total) = agency.shares(None, page, PER_PAGE).await?;
    drop(agency);
    let may = staff.ctx.could(Action::ActivityConfirmShare);
    let here = here(staff);
    let line = |share: Share| {
        let reason = Field::text(&reason_name(share.activity), "Lý do, nếu từ chối").optional();
        let wrong = wrong
            .as_ref()
            .filter(|(id, _)| *id == share.activity)
            .map(|(_, why)| why.clone());
        let reply = (
            format!("{here}/{}/tra-loi", share.activity),
            reason.with_error(wrong),
        );
        ShareLine {
            id: share.activity.to_string(),
            title: share.title,
            owner: share.owner_name,
            day: dmy(share.day),
            summary: share.summary,
            answer: share.answer,
            reason: share.reason,
            reply: (may && share.answer == Answer::Invited).then_some(reply),
        }
    };
    Ok(ShareList {
        frame: frame::staff(state, staff, "phoi-hop"),
        shares: found.into_iter().map(line).collect(),
        pager: Pager::new(here.clone(), page, total, PER_PAGE),
    })
}
