//! Lets the words of entries go: those by a person, or all before a moment. Done by the system; an entry of the same chain
//! stands for it, or the chain would not be whole.

use pbgdpl_model::audit::{Erasing, Whose};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::AccountId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::PersonErase;
use pbgdpl_store::province::ProvinceRecord;
use serde_json::json;

use crate::{Error, Province};

/// Lets go of the words of entries by a person. How many had some; harmless to repeat.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.words.erase.person", skip_all)]
pub async fn person(province: &Province, ctx: &ProvinceCtx, account: AccountId) -> Result<u64, Error> {
    erase(province, ctx, Whose::Account(account)).await
}

/// Lets go of the words of all entries before a moment. How many had some.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.words.erase.older", skip_all)]
pub async fn older(province: &Province, ctx: &ProvinceCtx, before: Moment) -> Result<u64, Error> {
    let warrant = ctx.warrant::<PersonErase>()?;
    let store = province.store().province_reader(&warrant).await?;
    let Some(last) = store.last_worded(before).await? else {
        return Ok(0);
    };
    drop(store);
    erase(province, ctx, Whose::Through(last)).await
}

async fn erase(province: &Province, ctx: &ProvinceCtx, whose: Whose) -> Result<u64, Error> {
    let warrant = ctx.warrant::<PersonErase>()?;
    let mut store = province.store().province(&warrant).await?;
    store.hold().await?;
    let entries = store.erase_words(whose).await?;
    if entries == 0 {
        return Ok(0);
    }
    let object_id = match whose {
        Whose::Account(account) => account.0,
        Whose::Through(_) => ctx.snapshot().province().id.0,
    };
    let record = ProvinceRecord {
        action: Action::PersonErase,
        object_kind: "audit",
        object_id,
        reason: "",
        detail: json!(Erasing { whose, entries }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(entries)
}
