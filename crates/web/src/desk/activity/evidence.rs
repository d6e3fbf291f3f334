//! Evidence of an activity: attaching a file, opening one.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_app::activity::{Outcome, add_evidence::add_evidence};
use pbgdpl_app::media::upload::{self, Purpose};
use pbgdpl_model::activity::Problem;
use pbgdpl_model::id::{ActivityId, MediaId};

use super::write::unexpected;
use super::{found, here, one};
use crate::error::Error;
use crate::extract::{Path, Staff, Upload};
use crate::files;
use crate::page;
use crate::state::AppState;

/// `POST /quan-tri/{agency}/hoat-dong/{activity}/minh-chung`
///
/// # Errors
/// Where there is no such activity, the actor may not, or the store fails.
pub async fn attach(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ActivityId)>,
    sent: Upload,
) -> Result<Response, Error> {
    // Asked before the file is taken: nothing is kept for an activity that does not exist.
    found(&state, &staff, id).await?;
    let label = sent.field("label").to_owned();
    let Some((file_name, bytes)) = sent.file else {
        let problem = Problem::new("file", "chưa chọn. Chọn một tệp rồi gửi lại.");
        return one::refused(&state, &staff, id, &[problem]).await;
    };
    let order = upload::Upload {
        purpose: Purpose::Evidence,
        file_name,
        bytes,
        alt: String::new(),
    };
    let file = match upload::upload(&state.app, &staff.ctx, order).await {
        Ok(file) => file,
        Err(pbgdpl_app::Error::Invalid { reason, .. }) => {
            return one::refused(&state, &staff, id, &[Problem::new("file", reason)]).await;
        }
        Err(error) => return Err(error.into()),
    };
    match add_evidence(&state.app, &staff.ctx, id, file.id, &label).await? {
        Outcome::Done(()) => Ok(page::go(&format!("{}/{id}?xong=tep", here(&staff)))),
        other => Err(unexpected(&other)),
    }
}

/// `GET /quan-tri/{agency}/hoat-dong/{activity}/minh-chung/{media}`: goes on to a signed address, good for minutes.
///
/// # Errors
/// Where the file is no evidence of this activity, or the store fails.
pub async fn open(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id, media)): Path<(String, ActivityId, MediaId)>,
) -> Result<Response, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let sources = agency.sources(&[id.0], None).await?;
    let known = sources
        .get(&id.0)
        .is_some_and(|source| source.evidence.iter().any(|file| file.media == media));
    drop(agency);
    if !known {
        return Err(Error::NotFound);
    }
    let account = staff.ctx.actor().account();
    files::open(&state, (staff.ctx.tenant().id(), media), account, staff.ctx.now())
}
