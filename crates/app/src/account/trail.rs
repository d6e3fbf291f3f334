//! What acts on accounts leave in the accounts' audit chain (AUD-01): who, what, whose; never a name or an address.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::AccountId;
use pbgdpl_store::identity::{AccountRecord, IdentityStore};
use serde_json::json;
use uuid::Uuid;

use super::Visit;
use crate::Error;

/// An act on an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trace {
    /// Created whole, for the demo.
    Create,
    /// Invited, or invited again.
    Invite,
    /// Disabled.
    Disable,
    /// The first password, by an invitation.
    FirstPassword,
    /// The password was changed.
    ChangePassword,
    /// A second factor was begun.
    BeginFactor,
    /// A second factor is on.
    ConfirmFactor,
    /// The second factor was taken away: the person is invited anew.
    ResetFactor,
    /// A sign-in from a device not seen before.
    NewDevice,
}

impl Trace {
    const fn word(self) -> &'static str {
        match self {
            Self::Create => "account-create",
            Self::Invite => "account-invite",
            Self::Disable => "account-disable",
            Self::FirstPassword => "account-first-password",
            Self::ChangePassword => "account-change-password",
            Self::BeginFactor => "account-begin-factor",
            Self::ConfirmFactor => "account-confirm-factor",
            Self::ResetFactor => "account-reset-factor",
            Self::NewDevice => "account-new-device",
        }
    }
}

/// Who acts on somebody else's account.
#[derive(Debug, Clone, Copy)]
pub struct By<'a> {
    actor: AccountId,
    system: &'a str,
    request: &'a str,
}

impl<'a> By<'a> {
    /// The system, by the name of what it does.
    #[must_use]
    pub const fn system(name: &'a str, request: &'a str) -> Self {
        Self {
            actor: AccountId(Uuid::nil()),
            system: name,
            request,
        }
    }

    /// A person, in a request.
    #[must_use]
    pub const fn person(actor: AccountId, request: &'a str) -> Self {
        Self {
            actor,
            system: "",
            request,
        }
    }
}

/// Records what somebody did to an account.
pub(super) async fn record(
    identity: &mut IdentityStore,
    by: By<'_>,
    what: Trace,
    account: AccountId,
    at: Moment,
) -> Result<(), Error> {
    let record = AccountRecord {
        actor: by.actor,
        system: by.system,
        action: what.word(),
        account,
        detail: json!({}),
        request: by.request,
        at,
    };
    Ok(identity.record(record).await?)
}

/// Records what a person did to the own account.
pub(super) async fn own(
    identity: &mut IdentityStore,
    visit: &Visit,
    what: Trace,
    account: AccountId,
    at: Moment,
) -> Result<(), Error> {
    record(identity, By::person(account, &visit.request), what, account, at).await
}
