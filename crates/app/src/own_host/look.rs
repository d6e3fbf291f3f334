//! Asks for a look at a host name now: whoever has just added the record does not wait for the next turn.

use pbgdpl_model::id::HostId;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::EmbedWrite;
use pbgdpl_scope::{Ctx, Nothing};
use serde_json::json;

use super::record;
use crate::{App, Error};

/// What was looked at within so many seconds is not looked at again.
const AGAIN_SECONDS: i64 = 60;

/// Asks for the look; it is made in the background.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "own_host.look", skip_all)]
pub async fn look(app: &App, ctx: &Ctx, id: HostId) -> Result<(), Error> {
    let mut agency = app.open(ctx).await?;
    let claim = agency.host_claim_held(id).await?.ok_or(Error::NotFound)?;
    ctx.permit::<EmbedWrite>(&Nothing)?;
    // Somebody else's servers are asked: not for every press of a button.
    if claim
        .looked_at
        .is_some_and(|at| ctx.now() < at.plus_seconds(AGAIN_SECONDS))
    {
        return Ok(());
    }
    let detail = json!({ "host": claim.host });
    agency
        .record(
            ctx,
            record(Action::EmbedWrite, "Yêu cầu kiểm tra tên miền", &claim, detail),
        )
        .await?;
    agency.send(ctx, &Message::HostDue { host: id }).await?;
    agency.save().await?;
    Ok(())
}
