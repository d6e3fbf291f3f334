//! Writing an activity down: the form, new, of a draft, of a correction.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::activity::{Facts, Outcome, draft, record as count};
use pbgdpl_model::activity::{Activity, Content, Problem, Version};
use pbgdpl_model::id::ActivityId;
use pbgdpl_pages::desk::activity::{ActivityForm, Input};
use pbgdpl_pages::part::Notice;

use super::{found, here, input, one};
use crate::desk::frame;
use crate::error::Error;
use crate::extract::{FormFields, Path, Staff};
use crate::page;
use crate::state::AppState;

/// `GET /quan-tri/{agency}/hoat-dong/moi`
///
/// # Errors
/// Where the store fails.
pub async fn new(State(state): State<AppState>, staff: Staff) -> Result<Response, Error> {
    page::html(&form(&state, &staff, None, &Input::empty(), &[]).await?)
}

/// `POST /quan-tri/{agency}/hoat-dong`
///
/// # Errors
/// Where the actor may not, or the store fails.
pub async fn create(
    State(state): State<AppState>,
    staff: Staff,
    FormFields(pairs): FormFields,
) -> Result<Response, Error> {
    let typed = Input::sent(pairs);
    let words = input::words(&state, &staff, input::day_of(&typed)).await?;
    let facts = match input::read(&typed, &words, &Content::default()) {
        Ok(facts) => facts,
        Err(problems) => return refused(&state, &staff, None, &typed, &problems).await,
    };
    match draft::create(&state.app, &staff.ctx, facts).await? {
        Outcome::Done(id) => saved(&state, &staff, id, 1, &typed).await,
        Outcome::Unmet(problems) => refused(&state, &staff, None, &typed, &problems).await,
        other => Err(unexpected(&other)),
    }
}

/// `GET /quan-tri/{agency}/hoat-dong/{activity}/sua`
///
/// # Errors
/// Where there is no such activity, or the store fails.
pub async fn edit(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ActivityId)>,
) -> Result<Response, Error> {
    let activity = found(&state, &staff, id).await?;
    let typed = Input::of(&activity);
    page::html(&form(&state, &staff, Some((id, activity.latest_version)), &typed, &[]).await?)
}

/// `POST /quan-tri/{agency}/hoat-dong/{activity}/sua`
///
/// # Errors
/// Where there is no such activity, the actor may not, or the store fails.
pub async fn save(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ActivityId)>,
    FormFields(pairs): FormFields,
) -> Result<Response, Error> {
    let typed = Input::sent(pairs);
    let based_on = based_on(&typed);
    let at = Some((id, based_on));
    let before = found(&state, &staff, id).await?;
    let words = input::words(&state, &staff, input::day_of(&typed)).await?;
    let facts = match input::read(&typed, &words, &before.content) {
        Ok(facts) => facts,
        Err(problems) => return refused(&state, &staff, at, &typed, &problems).await,
    };
    match draft::save(&state.app, &staff.ctx, id, based_on, facts).await? {
        Outcome::Done(version) => saved(&state, &staff, id, version, &typed).await,
        Outcome::Unmet(problems) => refused(&state, &staff, at, &typed, &problems).await,
        Outcome::Stale(newer) => {
            let shown = form(&state, &staff, at, &typed, &[]).await?;
            page::html_with(StatusCode::CONFLICT, &beside(shown, &before, &newer, &words))
        }
        Outcome::Stands(_) => Err(counted_already()),
    }
}

/// `GET /quan-tri/{agency}/hoat-dong/{activity}/dinh-chinh`
///
/// # Errors
/// Where there is no such activity, or the store fails.
pub async fn correction(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ActivityId)>,
) -> Result<Response, Error> {
    let activity = found(&state, &staff, id).await?;
    let typed = Input::of(&activity);
    let at = (id, activity.latest_version);
    page::html(&correction_form(&state, &staff, at, &typed, &[]).await?)
}

/// Saved: counted too, where that was the button.
async fn saved(
    state: &AppState,
    staff: &Staff,
    id: ActivityId,
    version: i32,
    typed: &Input,
) -> Result<Response, Error> {
    let at = format!("{}/{id}", here(staff));
    if typed.one("act") != "ghi" {
        return Ok(page::go(&format!("{at}?xong=luu")));
    }
    match count::record(&state.app, &staff.ctx, id, version).await? {
        Outcome::Done(_) => Ok(page::go(&format!("{at}?xong=ghi"))),
        Outcome::Unmet(problems) => refused(state, staff, Some((id, version)), typed, &problems).await,
        other => Err(unexpected(&other)),
    }
}

/// The form again: everything typed stays.
pub(super) async fn refused(
    state: &AppState,
    staff: &Staff,
    at: Option<(ActivityId, i32)>,
    typed: &Input,
    problems: &[Problem],
) -> Result<Response, Error> {
    let shown = form(state, staff, at, typed, problems).await?;
    page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

async fn form(
    state: &AppState,
    staff: &Staff,
    at: Option<(ActivityId, i32)>,
    typed: &Input,
    problems: &[Problem],
) -> Result<ActivityForm, Error> {
    let words = input::words(state, staff, input::day_of(typed)).await?;
    let frame = frame::staff(state, staff, "hoat-dong");
    let here = here(staff);
    let shown = ActivityForm::filled(frame, &words, typed, problems);
    Ok(match at {
        None => ActivityForm {
            action: here.clone(),
            back: here,
            ..shown
        },
        Some((id, version)) => ActivityForm {
            heading: "Sửa hoạt động chưa ghi sổ".into(),
            action: format!("{here}/{id}/sua"),
            based_on: version,
            back: format!("{here}/{id}"),
            ..shown
        },
    })
}

pub(super) async fn correction_form(
    state: &AppState,
    staff: &Staff,
    at: (ActivityId, i32),
    typed: &Input,
    problems: &[Problem],
) -> Result<ActivityForm, Error> {
    let shown = form(state, staff, Some(at), typed, problems).await?;
    Ok(ActivityForm {
        action: format!("{}/{}/dinh-chinh", here(staff), at.0),
        ..shown.correcting(typed, problems)
    })
}

/// What somebody else saved, beside what was typed; the next attempt builds on theirs.
pub(super) fn beside(
    shown: ActivityForm,
    before: &Activity,
    newer: &Version,
    words: &pbgdpl_pages::desk::activity::Words,
) -> ActivityForm {
    let theirs = Activity {
        kind: newer.kind,
        day: newer.day,
        content: newer.content.clone(),
        ..before.clone()
    };
    let mut facts = vec![("Tên hoạt động".to_owned(), newer.content.title.clone())];
    facts.extend(one::facts(&theirs, words));
    ActivityForm {
        based_on: newer.number,
        stale: Some(Notice::refused(
            format!("{} vừa lưu bản {}.", newer.author_name, newer.number),
            "Những gì bạn đã nhập vẫn còn trong mẫu dưới đây. Đối chiếu rồi gửi lại.",
        )),
        newer: facts,
        ..shown
    }
}

pub(super) fn based_on(typed: &Input) -> i32 {
    typed.one("based_on").parse().unwrap_or(0)
}

fn counted_already() -> Error {
    Error::Conflict("Hoạt động đã ghi sổ. Muốn sửa, dùng đính chính.".into())
}

pub(super) fn unexpected<T>(outcome: &Outcome<T>) -> Error {
    match outcome {
        Outcome::Stands(stage) => Error::Conflict(format!(
            "Hoạt động đang ở tình trạng “{}”, chưa làm được việc đó.",
            stage.label()
        )),
        _ => Error::Conflict("Có người vừa sửa trước bạn. Mở lại hoạt động để xem bản mới.".into()),
    }
}

/// What a correction says.
pub(super) fn facts_of(
    typed: &Input,
    words: &pbgdpl_pages::desk::activity::Words,
    before: &Activity,
) -> Result<Facts, Vec<Problem>> {
    input::read(typed, words, &before.content)
}
