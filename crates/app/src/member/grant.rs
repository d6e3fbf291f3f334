//! Gives a person a role in this agency, by e-mail address; somebody without an account is invited (TEN-02, IDN-04).

use pbgdpl_model::id::AccountId;
use pbgdpl_model::policy::{Action, Role, RoleSet};
use pbgdpl_scope::action::MemberGrant;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::Record;
use serde_json::json;

use super::grantable;
use crate::account::create::checked_email;
use crate::{App, Error};

/// A role that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Granted {
    /// To whom.
    pub account: AccountId,
    /// Their name.
    pub display_name: String,
    /// The person now writes and approves here: allowed, for nobody approves what they wrote; but say it.
    pub writes_and_approves: bool,
    /// A letter with a one-time link is on its way: the person has not chosen a password yet.
    pub invited: bool,
}

/// Gives the role. Where it is held already, nothing changes, but whoever waits for an invitation gets it again.
///
/// # Errors
/// [`Error::Denied`]; [`Error::Invalid`] of `role` the actor may not give, or of `email` that cannot be one or may not sign in;
/// or a fault of the store.
#[tracing::instrument(name = "member.grant", skip_all)]
pub async fn grant(app: &App, ctx: &Ctx, email: &str, role: Role) -> Result<Granted, Error> {
    let permit = ctx.permit::<MemberGrant>(&Nothing)?;
    if !grantable(ctx).any(|allowed| allowed == role) {
        return Err(Error::invalid(
            "role",
            "không thuộc quyền của bạn. Chỉ giao được vai trò trong cơ quan này.",
        ));
    }
    let email = checked_email(email)?;
    let mut agency = app.open(ctx).await?;
    let Some(person) = agency.addressee(&permit, ctx, &email).await? else {
        let reason = "của một tài khoản đã khoá. Kiểm tra lại, hoặc nhờ Sở Tư pháp.";
        return Err(Error::invalid("email", reason));
    };
    let account = person.account;
    let held: Vec<Role> = agency
        .members()
        .await?
        .into_iter()
        .filter(|member| member.account == account)
        .map(|member| member.role)
        .collect();
    let roles = RoleSet::of(&held).with(role);
    let granted = Granted {
        account,
        display_name: person.display_name,
        invited: person.invited,
        writes_and_approves: roles.has(Role::Editor) && roles.has(Role::Approver),
    };
    if held.contains(&role) {
        if granted.invited {
            agency.save().await?;
        }
        return Ok(granted);
    }
    agency
        .grant(&permit, account, role, ctx.actor().account(), ctx.now())
        .await?;
    let record = Record {
        action: Action::MemberGrant,
        object_kind: "member",
        object_id: account.0,
        verb: "Giao vai trò",
        note: role.label(),
        reason: "",
        version: None,
        detail: json!({ "role": role.word(), "writes_and_approves": granted.writes_and_approves }),
    };
    agency.record(ctx, record).await?;
    agency.save().await?;
    Ok(granted)
}
