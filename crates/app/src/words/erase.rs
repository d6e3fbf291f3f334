//! Lets the words of entries go: those by a person, or all before a moment. Done by the system; an entry of the same chain
//! stands for it, or the chain would not be whole.

use pbgdpl_model::audit::{Erasing, Whose};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::AccountId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::PersonErase;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::Record;
use serde_json::json;

use crate::{App, Error};

/// Lets go of the words of entries by a person. How many had some; harmless to repeat.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "words.erase.person", skip_all)]
pub async fn person(app: &App, ctx: &Ctx, account: AccountId) -> Result<u64, Error> {
    erase(app, ctx, Whose::Account(account)).await
}

/// Lets go of the words of all entries before a moment. How many had some.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "words.erase.older", skip_all)]
pub async fn older(app: &App, ctx: &Ctx, before: Moment) -> Result<u64, Error> {
    ctx.permit::<PersonErase>(&Nothing)?;
    let reader = app.store().read().tenant(ctx.tenant()).await?;
    let Some(last) = reader.last_worded(before).await? else {
        return Ok(0);
    };
    drop(reader);
    erase(app, ctx, Whose::Through(last)).await
}

async fn erase(app: &App, ctx: &Ctx, whose: Whose) -> Result<u64, Error> {
    let permit = ctx.permit::<PersonErase>(&Nothing)?;
    let mut agency = app.open(ctx).await?;
    // Whoever waits for the chain finds what the first one let go.
    agency.hold_ledger().await?;
    let entries = agency.erase_words(&permit, whose).await?;
    if entries == 0 {
        // Names on the timeline went all the same: of acts whose words in the chain went before, or stand in the older layout.
        agency.save().await?;
        return Ok(0);
    }
    let object_id = match whose {
        Whose::Account(account) => account.0,
        Whose::Through(_) => ctx.tenant().id().0,
    };
    let record = Record {
        action: Action::PersonErase,
        object_kind: "audit",
        object_id,
        verb: "Xóa tên người làm và lý do trong nhật ký",
        note: "",
        reason: "",
        version: None,
        detail: json!(Erasing { whose, entries }),
    };
    agency.record(ctx, record).await?;
    agency.save().await?;
    Ok(entries)
}
