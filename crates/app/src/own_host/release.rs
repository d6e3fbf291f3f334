//! Gives a host name back: it shows the section no longer, and for a year leads to no other agency (SECURITY 5.8).

use pbgdpl_model::id::HostId;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::own_host::Standing;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::EmbedWrite;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::HostClaim;
use serde_json::json;

use super::record;
use crate::{App, Error};

/// Gives the name back; twice is as good as once. The record that still leads here is looked for.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "own_host.release", skip_all)]
pub async fn release(app: &App, ctx: &Ctx, id: HostId) -> Result<(), Error> {
    let mut agency = app.open(ctx).await?;
    let old = agency.host_claim_held(id).await?.ok_or(Error::NotFound)?;
    let permit = ctx.permit::<EmbedWrite>(&Nothing)?;
    if old.claim.standing() == Standing::Released {
        return Ok(());
    }
    let new = HostClaim {
        claim: old.claim.released(ctx.now()),
        findings: Vec::new(),
        ..old
    };
    agency.put_host_claim(&permit, &new, ctx.now()).await?;
    let until = new.claim.held_until().map(pbgdpl_model::clock::Moment::rfc3339);
    let detail = json!({ "host": new.host, "held_until": until });
    agency
        .record(
            ctx,
            record(Action::EmbedWrite, "Trả lại tên miền riêng", &new, detail),
        )
        .await?;
    agency.send(ctx, &Message::HostDue { host: id }).await?;
    agency.save().await?;
    Ok(())
}
