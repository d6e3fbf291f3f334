//! Takes a role from a person; the last administrator of an agency stays (AUZ-14).

use pbgdpl_model::id::AccountId;
use pbgdpl_model::policy::{Action, Role};
use pbgdpl_scope::action::MemberRevoke;
use pbgdpl_scope::{Ctx, Nothing};
use pbgdpl_store::tenant::Record;
use serde_json::json;

use super::grantable;
use crate::{App, Error};

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Taken; holds with the person's next click.
    Done,
    /// Nobody would be left to administer the agency: nothing changed.
    LastAdministrator,
}

/// Takes the role.
///
/// # Errors
/// [`Error::NotFound`] where it is not held; [`Error::Denied`]; [`Error::Invalid`] of `role` the actor may not take; or a
/// fault of the store.
#[tracing::instrument(name = "member.revoke", skip_all)]
pub async fn revoke(app: &App, ctx: &Ctx, account: AccountId, role: Role) -> Result<Outcome, Error> {
    let permit = ctx.permit::<MemberRevoke>(&Nothing)?;
    if !grantable(ctx).any(|allowed| allowed == role) {
        return Err(Error::invalid("role", "không thuộc quyền của bạn."));
    }
    let mut agency = app.open(ctx).await?;
    // The record locks the agency's chain: of two administrators who remove each other at once, the second sees the first.
    let record = Record {
        action: Action::MemberRevoke,
        object_kind: "member",
        object_id: account.0,
        verb: "Thôi vai trò",
        note: role.label(),
        reason: "",
        version: None,
        detail: json!({ "role": role.word() }),
    };
    agency.record(ctx, record).await?;
    if !agency.revoke(&permit, account, role).await? {
        return Err(Error::NotFound);
    }
    let administered = agency
        .members()
        .await?
        .iter()
        .any(|member| member.role == Role::AgencyAdmin);
    if role == Role::AgencyAdmin && !administered {
        return Ok(Outcome::LastAdministrator);
    }
    agency.save().await?;
    Ok(Outcome::Done)
}
