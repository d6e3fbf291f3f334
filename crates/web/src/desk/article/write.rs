//! Writing: the editor for a new item and for one that exists; save, send, preview; a newer version beside one's own.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::Error as Refusal;
use pbgdpl_app::article::{Outcome, create, save, submit};
use pbgdpl_model::article::{Article, Content, Kind, Step, Version, next};
use pbgdpl_model::id::ArticleId;
use pbgdpl_pages::part::{Link, Notice};
use pbgdpl_scope::Ctx;
use pbgdpl_store::tenant::TenantReader;
use serde::Deserialize;

use super::draft::{Draft, Pressed};
use super::editor::{self, Editing, Side};
use super::{address, item_with_text};
use crate::error::Error;
use crate::extract::{FormFields, Path, Query, Staff};
use crate::page;
use crate::state::AppState;

const NOT_SAVED: &str = "Chưa lưu được";
const NOT_SENT: &str = "Đã lưu nháp, chưa gửi duyệt được";

/// Which kind is to be written.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    #[serde(default)]
    loai: String,
}

/// `GET …/bai/moi?loai=`
///
/// # Errors
/// Where the store fails.
pub async fn blank(
    State(state): State<AppState>,
    staff: Staff,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Error> {
    let kind = wanted.loai.parse().unwrap_or(Kind::Tin);
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let editing = Editing::new(kind, None, Draft::default());
    page::html(&editor::page(&state, &staff, &agency, editing).await?)
}

/// `POST …/bai`
///
/// # Errors
/// What the act refuses besides fields.
pub async fn add(
    State(state): State<AppState>,
    staff: Staff,
    FormFields(fields): FormFields,
) -> Result<Response, Error> {
    let draft = Draft::sent(fields);
    let kind = draft.get("kind").parse().unwrap_or(Kind::Tin);
    let editing = Editing::new(kind, None, draft.clone());
    let content = match examined(&state, &staff, &draft, editing).await? {
        Examined::Fit(content) => *content,
        Examined::Answered(answer) => return Ok(answer),
    };
    match create::create(&state.app, &staff.ctx, kind, content).await? {
        Outcome::Done(id) => kept(&state, &staff, id, &draft).await,
        Outcome::Unmet(problems) => {
            let editing = Editing::new(kind, None, draft).refused(NOT_SAVED, editor::troubles(&problems));
            again(&state, &staff, StatusCode::UNPROCESSABLE_ENTITY, editing).await
        }
        Outcome::Stale(_) => Err(Refusal::Stale.into()),
    }
}

/// `GET …/bai/{id}/sua`
///
/// # Errors
/// [`Error::NotFound`], or where the store fails.
pub async fn form(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ArticleId)>,
) -> Result<Response, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let (item, version) = item_with_text(&agency, id).await?;
    if next(item.stage, Step::Save, item.is_live()).is_err() {
        // While it waits for approval it is read, not edited.
        return Ok(page::go(&address(staff.ctx.tenant(), id)));
    }
    let mut draft = Draft::of(&version.content);
    draft.set("based_on", &version.number.to_string());
    let editing = Editing::new(item.kind, Some((item, version)), draft);
    page::html(&editor::page(&state, &staff, &agency, editing).await?)
}

/// `POST …/bai/{id}/sua`
///
/// # Errors
/// What the act refuses besides fields.
pub async fn change(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ArticleId)>,
    FormFields(fields): FormFields,
) -> Result<Response, Error> {
    let draft = Draft::sent(fields);
    let found = read(&state, &staff, id).await?;
    let kind = found.0.kind;
    let editing = Editing::new(kind, Some(found), draft.clone());
    let content = match examined(&state, &staff, &draft, editing).await? {
        Examined::Fit(content) => *content,
        Examined::Answered(answer) => return Ok(answer),
    };
    let order = save::Save {
        article: id,
        based_on: draft.based_on(),
        content,
        note: draft.get("note").trim().to_owned(),
    };
    match save::save(&state.app, &staff.ctx, order).await {
        Ok(Outcome::Done(_)) => kept(&state, &staff, id, &draft).await,
        Ok(Outcome::Unmet(problems)) => {
            let found = read(&state, &staff, id).await?;
            let editing =
                Editing::new(kind, Some(found), draft).refused(NOT_SAVED, editor::troubles(&problems));
            again(&state, &staff, StatusCode::UNPROCESSABLE_ENTITY, editing).await
        }
        Ok(Outcome::Stale(_)) | Err(Refusal::Stale) => beside_the_newest(&state, &staff, id, draft).await,
        Err(Refusal::Illegal(_)) => locked(&state, &staff, id, draft).await,
        Err(other) => Err(other.into()),
    }
}

/// What became of a form before its act.
enum Examined {
    Fit(Box<Content>),
    Answered(Response),
}

/// Previews and fields that cannot be read are answered at once; nothing is kept.
async fn examined(
    state: &AppState,
    staff: &Staff,
    draft: &Draft,
    editing: Editing,
) -> Result<Examined, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let own = editing.item.as_ref().map(|(item, _)| item.id);
    let (content, troubles) = draft.content(state, &agency, own, editing.kind).await?;
    if draft.pressed() == Pressed::Preview {
        let page = editor::page(state, staff, &agency, editing.beside(Side::Preview)).await?;
        return Ok(Examined::Answered(page::html(&page)?));
    }
    if troubles.is_empty() {
        return Ok(Examined::Fit(Box::new(content)));
    }
    let page = editor::page(state, staff, &agency, editing.refused(NOT_SAVED, troubles)).await?;
    let answer = page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?;
    Ok(Examined::Answered(answer))
}

/// The version is kept; where it was to be sent, it is sent now.
async fn kept(state: &AppState, staff: &Staff, id: ArticleId, draft: &Draft) -> Result<Response, Error> {
    let to = address(staff.ctx.tenant(), id);
    if draft.pressed() != Pressed::Submit {
        return Ok(page::go(&format!("{to}?xong=luu")));
    }
    // An act of its own, after the save: the timeline tells them in this order.
    let ctx = Ctx::of_person(
        staff.ctx.tenant().clone(),
        staff.ctx.actor().clone(),
        state.now(),
        staff.ctx.request().clone(),
    );
    match submit::submit(&state.app, &ctx, id).await? {
        Outcome::Done(()) => Ok(page::go(&format!("{to}?xong=gui"))),
        Outcome::Unmet(problems) => {
            let (item, version) = read(state, staff, id).await?;
            let mut draft = Draft::of(&version.content);
            draft.set("based_on", &version.number.to_string());
            let mut editing = Editing::new(item.kind, Some((item, version)), draft)
                .refused(NOT_SENT, editor::troubles(&problems));
            editing.unsaved = false;
            again(state, staff, StatusCode::UNPROCESSABLE_ENTITY, editing).await
        }
        Outcome::Stale(_) => Err(Refusal::Stale.into()),
    }
}

/// Somebody saved in between (PUB-10): both texts on one page; saving again is based on theirs.
async fn beside_the_newest(
    state: &AppState,
    staff: &Staff,
    id: ArticleId,
    mut draft: Draft,
) -> Result<Response, Error> {
    let (item, newest) = read(state, staff, id).await?;
    draft.set("based_on", &newest.number.to_string());
    let side = Side::Newest(Box::new(newest.clone()));
    let mut editing = Editing::new(item.kind, Some((item, newest)), draft).beside(side);
    editing.notice = Some(Notice::warning(
        "Có người đã lưu bản mới hơn trong lúc bạn sửa.",
        "Bên trái là bản của bạn, còn nguyên; bên phải là bản mới nhất. Chép phần cần giữ sang bản của bạn rồi lưu.",
    ));
    again(state, staff, StatusCode::CONFLICT, editing).await
}

/// The item was sent to be approved in between: nothing can be saved, and nothing typed is lost.
async fn locked(state: &AppState, staff: &Staff, id: ArticleId, draft: Draft) -> Result<Response, Error> {
    let (item, version) = read(state, staff, id).await?;
    let side = Side::Newest(Box::new(version.clone()));
    let mut editing = Editing::new(item.kind, Some((item, version)), draft).beside(side);
    let to = address(staff.ctx.tenant(), id);
    editing.notice = Some(
        Notice::refused(
            "Chưa lưu được: bài đã được gửi duyệt trong lúc bạn sửa.",
            "Chữ bạn đã nhập vẫn ở đây. Khi bài được trả lại hoặc công bố, bấm lưu lần nữa.",
        )
        .with_link(Link::new("Xem bài đang chờ duyệt", to)),
    );
    again(state, staff, StatusCode::CONFLICT, editing).await
}

async fn read(state: &AppState, staff: &Staff, id: ArticleId) -> Result<(Article, Version), Error> {
    let agency: TenantReader = state.read.tenant(staff.ctx.tenant()).await?;
    item_with_text(&agency, id).await
}

/// The form again, with everything typed.
pub(super) async fn again(
    state: &AppState,
    staff: &Staff,
    status: StatusCode,
    editing: Editing,
) -> Result<Response, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    page::html_with(status, &editor::page(state, staff, &agency, editing).await?)
}
