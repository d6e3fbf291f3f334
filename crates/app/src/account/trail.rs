//! What acts on accounts leave in the accounts' audit chain (AUD-01): who, what, whose; never a name or an address.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::AccountId;
use pbgdpl_store::identity::{AccountRecord, IdentityStore};
use serde_json::{Value, json};
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
    /// What is kept of the person was erased.
    Erase,
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
    /// The door closed for a while, after too many wrong tries.
    Locked,
    /// What was asked for was refused: no role of the person allows it.
    Denied,
    /// Whether they get the summary of the province was chosen.
    Summary,
}

impl Trace {
    const fn word(self) -> &'static str {
        match self {
            Self::Create => "account-create",
            Self::Invite => "account-invite",
            Self::Disable => "account-disable",
            Self::Erase => "account-erase",
            Self::FirstPassword => "account-first-password",
            Self::ChangePassword => "account-change-password",
            Self::BeginFactor => "account-begin-factor",
            Self::ConfirmFactor => "account-confirm-factor",
            Self::ResetFactor => "account-reset-factor",
            Self::NewDevice => "account-new-device",
            Self::Locked => "account-locked",
            Self::Denied => "account-denied",
            Self::Summary => "account-summary",
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
    record_with(identity, by, what, account, json!({}), at).await
}

/// The same with details.
pub(super) async fn record_with(
    identity: &mut IdentityStore,
    by: By<'_>,
    what: Trace,
    account: AccountId,
    detail: Value,
    at: Moment,
) -> Result<(), Error> {
    let record = AccountRecord {
        actor: by.actor,
        system: by.system,
        action: what.word(),
        account,
        detail,
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

#[cfg(test)]
mod tests {
    use pbgdpl_model::audit::account_act_label;

    use super::Trace;

    #[test]
    fn every_word_is_on_the_list_that_screens_and_alarms_read() {
        use Trace::{
            BeginFactor, ChangePassword, ConfirmFactor, Create, Denied, Disable, Erase, FirstPassword,
            Invite, Locked, NewDevice, ResetFactor, Summary,
        };
        let all = [
            BeginFactor,
            ChangePassword,
            ConfirmFactor,
            Create,
            Denied,
            Disable,
            Erase,
            FirstPassword,
            Invite,
            Locked,
            NewDevice,
            ResetFactor,
            Summary,
        ];
        for trace in all {
            assert!(account_act_label(trace.word()).is_some(), "{trace:?}");
        }
        // Views are saved and removed by `province::view`.
        assert_eq!(all.len() + 2, pbgdpl_model::audit::ACCOUNT_ACTS.len());
    }
}
