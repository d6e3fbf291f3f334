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

/// Whoever acts, now.
fn by(ctx: &ProvinceCtx) -> By {
    By {
        account: ctx.actor().account(),
        name: ctx.actor().name().to_owned(),
        at: ctx.now(),
    }
}

/// Whether the policy of the province has a role that agrees; without one the proposal itself is enough.
fn needs_approval(ctx: &ProvinceCtx) -> bool {
    let policy = ctx.snapshot().province_policy();
    let mut roles = Role::ALL.iter();
    roles.any(|role| policy.could(RoleSet::of(&[*role]), Action::FigureApprove))
}
