//! Bringing a picture to an item: uploaded at once, attached by the next save. The rest of the form comes along and stays.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::Error as Refusal;
use pbgdpl_app::media::upload::{Purpose, Upload as Order, upload};
use pbgdpl_model::id::ArticleId;
use pbgdpl_pages::part::Notice;

use super::draft::Draft;
use super::editor::Editing;
use super::{item_with_text, write};
use crate::error::Error;
use crate::extract::{Path, Staff, Upload};
use crate::state::AppState;

const NOT_TAKEN: &str = "Chưa tải ảnh lên được";

/// `POST …/bai/{id}/anh`
///
/// # Errors
/// What the act refuses besides fields.
pub async fn bring(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ArticleId)>,
    sent: Upload,
) -> Result<Response, Error> {
    let found = item_with_text(&state.read.tenant(staff.ctx.tenant()).await?, id).await?;
    let mut draft = Draft::sent(sent.fields);
    let kind = found.0.kind;
    let refused = |draft: Draft, field: &'static str, reason: String| {
        Editing::new(kind, Some(found.clone()), draft).refused(NOT_TAKEN, vec![(field, reason)])
    };
    let Some((file_name, bytes)) = sent.file else {
        let editing = refused(draft, "file", "chưa chọn tệp. Chọn một ảnh rồi tải lên.".into());
        return write::again(&state, &staff, StatusCode::UNPROCESSABLE_ENTITY, editing).await;
    };
    let order = Order {
        purpose: Purpose::Picture,
        file_name,
        bytes,
        alt: draft.get("alt").to_owned(),
    };
    match upload(&state.app, &staff.ctx, order).await {
        Ok(file) => {
            draft.set("picture", &file.id.to_string());
            draft.set("no_picture", "");
            draft.set("file", "");
            let mut editing = Editing::new(kind, Some(found), draft);
            editing.unsaved = true;
            let notice = "Ảnh được gắn vào bài khi bạn lưu.";
            editing.notice = Some(Notice::done("Đã tải ảnh lên.", notice));
            write::again(&state, &staff, StatusCode::OK, editing).await
        }
        Err(Refusal::Invalid { field, reason }) => {
            let editing = refused(draft, field, reason);
            write::again(&state, &staff, StatusCode::UNPROCESSABLE_ENTITY, editing).await
        }
        Err(other) => Err(other.into()),
    }
}
