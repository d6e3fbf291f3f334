//! Saved views of the province's figures (DSH-09): acts of a person with the own account, recorded in the accounts' chain. Whoever
//! may read the figures may keep a view of them, auditors too; sharing one with the others is an action of its own.

pub mod change;
pub mod list;
pub mod remove;
pub mod save;

use pbgdpl_model::id::{AccountId, DomainId, ViewId};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{OversightRead, ViewShare};
use pbgdpl_store::identity::{AccountRecord, IdentityStore};
use serde_json::json;

use crate::Error;

/// Longest name of a view, in characters.
pub const LONGEST: usize = 120;

/// The place and the person of a view.
fn place(ctx: &ProvinceCtx) -> (DomainId, AccountId) {
    (ctx.snapshot().province().id.into(), ctx.actor().account())
}

/// A name that can be taken, by somebody who may keep views, and share them where asked.
fn allowed<'a>(ctx: &ProvinceCtx, title: &'a str, shared: bool) -> Result<&'a str, Error> {
    ctx.warrant::<OversightRead>()?;
    if shared {
        ctx.warrant::<ViewShare>()?;
    }
    let title = title.trim();
    if title.is_empty() {
        return Err(Error::invalid("ten", "còn trống; đặt một tên để tìm lại"));
    }
    if title.chars().count() > LONGEST {
        return Err(Error::invalid(
            "ten",
            format!("dài quá; nhiều nhất {LONGEST} chữ"),
        ));
    }
    Ok(title)
}

/// Writes down what a person did to an own view: its id, never its name.
async fn record(
    identity: &mut IdentityStore,
    ctx: &ProvinceCtx,
    action: &'static str,
    view: ViewId,
    detail: serde_json::Value,
) -> Result<(), Error> {
    let account = ctx.actor().account();
    let record = AccountRecord {
        actor: account,
        system: "",
        action,
        account,
        detail: json!({ "view": view, "what": detail }),
        request: ctx.request().as_str(),
        at: ctx.now(),
    };
    Ok(identity.record(record).await?)
}
