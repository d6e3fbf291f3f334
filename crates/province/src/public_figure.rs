//! Public figures (DSH-11): an officer proposes one, another agrees where the policy has a role for it, either takes it back. What
//! everybody reads is a copy that stands apart from the province's own tables.

pub mod approve;
pub mod draw;
pub mod list;
pub mod propose;
pub mod revoke;

use pbgdpl_model::figure::By;
use pbgdpl_model::policy::{Action, Role, RoleSet};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_store::province::ProvinceStore;

use crate::Error;

/// What the public reads is about to change: its pages are made anew, and one act comes after the other. Always in this order, as the
/// schedule does, so that nobody waits for each other.
async fn opened(store: &mut ProvinceStore, ctx: &ProvinceCtx) -> Result<(), Error> {
    store
        .touch_public(ctx.snapshot().province().id.0, ctx.now())
        .await?;
    Ok(store.hold().await?)
}

/// Whoever acts, now.
fn by(ctx: &ProvinceCtx) -> By {
    By {
        account: ctx.actor().account(),
        name: ctx.actor().name().to_owned(),
        at: ctx.now(),
    }
}

/// Whether the policy of the province has a role that agrees; without one the proposal itself is enough.
#[must_use]
pub fn needs_approval(ctx: &ProvinceCtx) -> bool {
    let policy = ctx.snapshot().province_policy();
    let mut roles = Role::ALL.iter();
    roles.any(|role| policy.could(RoleSet::of(&[*role]), Action::FigureApprove))
}
