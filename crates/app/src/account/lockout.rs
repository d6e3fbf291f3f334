//! Wrong tries close a door for a while: five at one name in fifteen minutes, also at names nobody has; fifty from one network.

use std::net::IpAddr;

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::AccountId;
use pbgdpl_store::identity::IdentityStore;
use uuid::Uuid;

use crate::{App, Error};

/// Wrong tries at one name before its door closes.
pub(super) const MOST_TRIES: u64 = 5;
/// Wrong tries from one network before its door closes: ten names that are locked, or a whole office that forgot.
pub(super) const MOST_OF_NETWORK: u64 = 50;
/// How long tries count, in seconds.
pub(super) const WINDOW: i64 = 15 * 60;

/// What is guessed at. The kinds cannot be mistaken for each other, whatever is typed as an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Door {
    key: String,
    most: u64,
}

impl Door {
    /// The password of an address, whether anybody has it or not.
    pub(super) fn address(email: &str) -> Self {
        Self {
            key: format!("email:{}", email.trim().to_lowercase()),
            most: MOST_TRIES,
        }
    }

    /// A person's code, over all their tickets and sessions, or a new ticket would mean new tries.
    pub(super) fn code(account: AccountId) -> Self {
        Self {
            key: format!("code:{account}"),
            most: MOST_TRIES,
        }
    }

    /// The network a request comes from: a /24, or a /56.
    pub(super) fn network(client: IpAddr) -> Self {
        let key = match client.to_canonical() {
            IpAddr::V4(ip) => {
                let [a, b, c, _] = ip.octets();
                format!("net:{a}.{b}.{c}.0/24")
            }
            IpAddr::V6(ip) => {
                let [a, b, c, d, ..] = ip.segments();
                format!("net:{a:x}:{b:x}:{c:x}:{:x}::/56", d & 0xff00)
            }
        };
        Self {
            key,
            most: MOST_OF_NETWORK,
        }
    }
}

/// Tries that were noted, in the order of their doors.
#[derive(Debug)]
pub(super) struct Noted {
    ids: Vec<Uuid>,
}

/// Whether a try may be looked at.
#[derive(Debug)]
pub(super) enum Answer {
    /// It is noted as failed, until it succeeds.
    Go(Noted),
    /// Not before this moment; nothing was noted.
    Closed(Moment),
}

/// Notes a try at every door before it is looked at, and says whether it may be: of many at once, so many are.
///
/// A door that is closed notes nothing at the others: one name that is locked does not close its network, and a network
/// that is closed does not lock names.
pub(super) async fn knock(app: &App, doors: &[Door], now: Moment) -> Result<Answer, Error> {
    let since = now.plus_seconds(-WINDOW);
    let mut identity = app.store().identity().await?;
    let mut ids = Vec::with_capacity(doors.len());
    for door in doors {
        let Some(id) = identity.note_try(&door.key, since, door.most, now).await? else {
            let counted = identity.failed_at(&door.key, since, door.most).await?;
            return Ok(Answer::Closed(counted.unwrap_or(now).plus_seconds(WINDOW)));
        };
        ids.push(id);
    }
    identity.save().await?;
    Ok(Answer::Go(Noted { ids }))
}

/// The try succeeded: earlier ones at the first door count no more, and the other doors were not to be blamed.
pub(super) async fn succeeded(
    identity: &mut IdentityStore,
    door: &Door,
    noted: &Noted,
    now: Moment,
) -> Result<(), Error> {
    for id in noted.ids.iter().skip(1) {
        identity.forget_try(*id).await?;
    }
    identity.add_attempt(&door.key, true, now).await?;
    Ok(())
}

/// The try was never looked at.
pub(super) async fn forget(app: &App, noted: &Noted) -> Result<(), Error> {
    let mut identity = app.store().identity().await?;
    for id in &noted.ids {
        identity.forget_try(*id).await?;
    }
    identity.save().await?;
    Ok(())
}

/// Tries left at a door after a wrong one.
pub(super) async fn tries_left(app: &App, door: &Door, now: Moment) -> Result<u64, Error> {
    let failed = app
        .store()
        .read()
        .identity()
        .await?
        .failed_attempts(&door.key, now.plus_seconds(-WINDOW))
        .await?;
    Ok(door.most.saturating_sub(failed))
}

/// When a door that just closed opens again.
pub(super) async fn opens_at(app: &App, door: &Door, now: Moment) -> Result<Moment, Error> {
    let identity = app.store().read().identity().await?;
    let counted = identity
        .failed_at(&door.key, now.plus_seconds(-WINDOW), door.most)
        .await?;
    Ok(counted.unwrap_or(now).plus_seconds(WINDOW))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_are_as_wide_as_one_provider_gives_to_one_place() {
        let key = |ip: &str| Door::network(ip.parse().unwrap()).key;
        assert_eq!(key("203.0.113.7"), "net:203.0.113.0/24");
        assert_eq!(key("::ffff:203.0.113.9"), key("203.0.113.7"));
        assert_eq!(key("2001:db8:1:1234::1"), "net:2001:db8:1:1200::/56");
        assert_eq!(key("2001:db8:1:12ff::1"), key("2001:db8:1:1200::9"));
        assert_ne!(key("2001:db8:1:1300::1"), key("2001:db8:1:12ff::1"));
    }

    #[test]
    fn an_address_is_never_the_door_of_a_code_or_a_network() {
        let account = AccountId(Uuid::from_u128(7));
        assert_ne!(Door::address(&format!("code:{account}")), Door::code(account));
        assert_eq!(Door::address(" A@B.vn "), Door::address("a@b.vn"));
        assert!(Door::address("net:203.0.113.0/24").key.starts_with("email:"));
    }
}
