//! Ties an uploaded file to an activity as evidence.

use pbgdpl_model::activity::Stage;
use pbgdpl_model::id::{ActivityId, MediaId};
use pbgdpl_model::policy::Action;
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::ActivityWrite;
use pbgdpl_store::tenant::Record;
use serde_json::json;

use crate::activity::Outcome;
use crate::{App, Error};

/// Longest label, in characters.
const LABEL_MAX: usize = 200;

/// Adds evidence, before or after the activity is counted. `label`: what the file is, in the reporter's words.
///
/// # Errors
/// [`Error::NotFound`] also for a file of another agency or another purpose, [`Error::Denied`], [`Error::Suspended`],
/// or a fault of the store.
#[tracing::instrument(name = "activity.add_evidence", skip_all)]
pub async fn add_evidence(
    app: &App,
    ctx: &Ctx,
    activity: ActivityId,
    media: MediaId,
    label: &str,
) -> Result<Outcome<()>, Error> {
    let label: String = label.trim().chars().take(LABEL_MAX).collect();
    let mut agency = app.open(ctx).await?;
    let found = agency.activity(activity).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<ActivityWrite>(&found)?;
    if found.stage == Stage::Reversed {
        return Ok(Outcome::Stands(found.stage));
    }
    let file = agency
        .media(media)
        .await?
        .filter(|file| file.purpose == "evidence")
        .ok_or(Error::NotFound)?;
    agency
        .add_evidence(&permit, activity, media, &label, ctx.actor().account(), ctx.now())
        .await?;
    let note = if label.is_empty() { &file.file_name } else { &label };
    let record = Record {
        action: Action::ActivityWrite,
        object_kind: "activity",
        object_id: activity.0,
        verb: "Thêm minh chứng",
        note,
        reason: "",
        version: Some(found.latest_version),
        detail: json!({ "media": media.to_string(), "sha256": file.sha256 }),
    };
    agency.record(ctx, record).await?;
    agency.save().await?;
    Ok(Outcome::Done(()))
}
