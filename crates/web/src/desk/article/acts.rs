//! The acts on an item that need no editor: send, send back, publish, withdraw, restore.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_app::Error as Refusal;
use pbgdpl_app::article::{Outcome, approve, restore, send_back, submit, withdraw};
use pbgdpl_model::id::ArticleId;
use serde::Deserialize;

use super::{address, reading};
use crate::error::Error;
use crate::extract::{Form, Path, Staff};
use crate::page;
use crate::state::AppState;

/// What stands at the foot of an item.
#[derive(Debug, Default, Deserialize)]
pub struct Words {
    /// The version that was read.
    ban: Option<i32>,
    #[serde(default)]
    remark: String,
    #[serde(default)]
    public_note: String,
    #[serde(default)]
    notice: String,
}

fn done(staff: &Staff, id: ArticleId, word: &str) -> Response {
    page::go(&format!("{}?xong={word}", address(staff.ctx.tenant(), id)))
}

/// `POST …/bai/{id}/gui-duyet`
///
/// # Errors
/// What the act refuses.
pub async fn send(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ArticleId)>,
) -> Result<Response, Error> {
    match submit::submit(&state.app, &staff.ctx, id).await? {
        Outcome::Done(()) => Ok(done(&staff, id, "gui")),
        Outcome::Unmet(problems) => {
            let troubles = problems.iter().map(|p| (p.field, p.reason.to_owned()));
            reading::stopped(&state, &staff, id, "Chưa gửi duyệt được", troubles.collect()).await
        }
        Outcome::Stale(_) => Err(Refusal::Stale.into()),
    }
}

/// `POST …/bai/{id}/tra-lai`
///
/// # Errors
/// What the act refuses.
pub async fn give_back(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ArticleId)>,
    Form(words): Form<Words>,
) -> Result<Response, Error> {
    match send_back::send_back(&state.app, &staff.ctx, id, &words.remark).await {
        Ok(()) => Ok(done(&staff, id, "tra-lai")),
        Err(Refusal::Invalid { field, reason }) => {
            reading::stopped(&state, &staff, id, "Chưa trả lại được", vec![(field, reason)]).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST …/bai/{id}/cong-bo`
///
/// # Errors
/// What the act refuses.
pub async fn publish(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ArticleId)>,
    Form(words): Form<Words>,
) -> Result<Response, Error> {
    // Version 0 is nobody's: whoever sends none is refused after what everybody is asked first.
    let read = words.ban.unwrap_or(0);
    match approve::approve(&state.app, &staff.ctx, id, read, &words.public_note).await? {
        Outcome::Done(()) => Ok(done(&staff, id, "cong-bo")),
        Outcome::Unmet(problems) => {
            let troubles = problems.iter().map(|p| (p.field, p.reason.to_owned()));
            reading::stopped(&state, &staff, id, "Chưa công bố được", troubles.collect()).await
        }
        Outcome::Stale(_) if words.ban.is_none() => Err(Error::Invalid(
            "ban",
            "Thiếu số bản đã đọc. Mở lại bài rồi duyệt.".into(),
        )),
        Outcome::Stale(newest) => {
            let typed = (words.remark.as_str(), words.public_note.as_str());
            reading::overtaken(&state, &staff, id, (read, newest.number), typed).await
        }
    }
}

/// `POST …/bai/{id}/go`
///
/// # Errors
/// What the act refuses.
pub async fn take_back(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ArticleId)>,
    Form(words): Form<Words>,
) -> Result<Response, Error> {
    match withdraw::withdraw(&state.app, &staff.ctx, id, &words.notice).await {
        Ok(()) => Ok(done(&staff, id, "go")),
        Err(Refusal::Invalid { field, reason }) => {
            reading::stopped(&state, &staff, id, "Chưa gỡ được", vec![(field, reason)]).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST …/bai/{id}/ban/{number}/khoi-phuc`
///
/// # Errors
/// What the act refuses.
pub async fn bring_back(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id, number)): Path<(String, ArticleId, i32)>,
) -> Result<Response, Error> {
    restore::restore(&state.app, &staff.ctx, id, number).await?;
    Ok(done(&staff, id, "khoi-phuc"))
}
