//! Who serves an agency, in which roles.

pub mod grant;
pub mod revoke;

use pbgdpl_model::policy::Role;
use pbgdpl_scope::Ctx;

/// Roles the actor may give here: those of an agency, all of them to its administrator, to others only what they hold.
pub fn grantable(ctx: &Ctx) -> impl Iterator<Item = Role> {
    let roles = ctx.actor().roles();
    let all = ctx.actor().is_system() || roles.has(Role::AgencyAdmin);
    Role::ALL
        .iter()
        .copied()
        .filter(move |role| !role.of_province() && (all || roles.has(*role)))
}
