//! Sessions: the hash of a random value, whose it is, how long it lives, and whether it showed a second factor.

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, DomainId};
use pbgdpl_model::policy::{Role, RoleSet};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, QueryFilter, Set};

use crate::convert::moment;
use crate::entity::{account, account_session};
use crate::error::StoreError;
use crate::identity::{IdentityReader, IdentityStore};

/// A session. The value itself is only in the person's cookie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of the cookie's value.
    pub token_hash: [u8; 32],
    /// Whose.
    pub account: AccountId,
    /// When it began.
    pub created_at: Moment,
    /// Last use, to the minute.
    pub seen_at: Moment,
    /// When a second factor was shown.
    pub second_factor_at: Option<Moment>,
    /// The end, whatever happens.
    pub ends_at: Moment,
    /// Device label.
    pub device: String,
    /// Whether its second factor counts for its whole life: of the demo's one-time links only.
    pub lasting: bool,
}

/// A living session with the person and everything they are.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// The session.
    pub session: Session,
    /// Name on the screen.
    pub display_name: String,
    /// E-mail address.
    pub email: String,
    /// Roles in every place.
    pub memberships: Vec<(DomainId, RoleSet)>,
    /// Whether roles were given or taken since the session's value was made: it gets a new one.
    pub roles_changed: bool,
}

impl SignedIn {
    /// Whether no role of theirs, anywhere, acts: an auditor and nothing else.
    #[must_use]
    pub fn only_looks(&self) -> bool {
        let looking = RoleSet::of(&[Role::Auditor]);
        self.memberships.iter().all(|(_, roles)| *roles == looking)
    }

    /// The roles held in one place.
    #[must_use]
    pub fn roles_in(&self, domain: DomainId) -> RoleSet {
        self.memberships
            .iter()
            .find(|(place, _)| *place == domain)
            .map(|(_, roles)| *roles)
            .unwrap_or_default()
    }
}

impl IdentityReader {
    /// The person behind a session that has not ended. Idle time is the caller's question.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn signed_in(
        &self,
        token_hash: &[u8; 32],
        now: Moment,
    ) -> Result<Option<SignedIn>, StoreError> {
        let found = account_session::Entity::find_by_id(token_hash.to_vec())
            .one(&self.tx)
            .await?;
        let Some(row) = found.filter(|row| row.ends_at > now.millis()) else {
            return Ok(None);
        };
        let person = account::Entity::find_by_id(row.account_id).one(&self.tx).await?;
        let Some(person) = person.filter(|person| person.status == "active") else {
            return Ok(None);
        };
        let memberships = self.memberships(AccountId(row.account_id)).await?;
        let roles_changed = row.roles_version != person.roles_version;
        Ok(Some(SignedIn {
            roles_changed,
            session: read(*token_hash, row),
            display_name: person.display_name,
            email: person.email,
            memberships,
        }))
    }
}

impl IdentityStore {
    /// Begins a session.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn add_session(&mut self, session: &Session) -> Result<(), StoreError> {
        let person = account::Entity::find_by_id(session.account.0)
            .one(&self.reader.tx)
            .await?;
        account_session::ActiveModel {
            token_hash: Set(session.token_hash.to_vec()),
            account_id: Set(session.account.0),
            created_at: Set(session.created_at.millis()),
            seen_at: Set(session.seen_at.millis()),
            second_factor_at: Set(session.second_factor_at.map(Moment::millis)),
            ends_at: Set(session.ends_at.millis()),
            device: Set(session.device.clone()),
            roles_version: Set(person.map_or(0, |person| person.roles_version)),
            lasting: Set(session.lasting),
        }
        .insert(&self.reader.tx)
        .await?;
        Ok(())
    }

    /// Says that a session was used.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn touch_session(&mut self, token_hash: &[u8; 32], now: Moment) -> Result<(), StoreError> {
        account_session::Entity::update_many()
            .set(account_session::ActiveModel {
                seen_at: Set(now.millis()),
                ..Default::default()
            })
            .filter(account_session::Column::TokenHash.eq(token_hash.to_vec()))
            .exec(&self.reader.tx)
            .await?;
        Ok(())
    }

    /// Lets a session that was replaced live on for a moment, for requests that are under way with its old value; `false`
    /// where it is gone, or was replaced already.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn outdate_session(
        &mut self,
        token_hash: &[u8; 32],
        ends_at: Moment,
    ) -> Result<bool, StoreError> {
        let Some(row) = account_session::Entity::find_by_id(token_hash.to_vec())
            .one(&self.reader.tx)
            .await?
        else {
            return Ok(false);
        };
        let person = account::Entity::find_by_id(row.account_id)
            .one(&self.reader.tx)
            .await?;
        let version = person.map_or(0, |person| person.roles_version);
        let changed = account_session::Entity::update_many()
            .set(account_session::ActiveModel {
                ends_at: Set(ends_at.millis().min(row.ends_at)),
                roles_version: Set(version),
                ..Default::default()
            })
            .filter(account_session::Column::TokenHash.eq(token_hash.to_vec()))
            .filter(account_session::Column::RolesVersion.ne(version))
            .exec(&self.reader.tx)
            .await?;
        Ok(changed.rows_affected == 1)
    }

    /// Ends a session.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn end_session(&mut self, token_hash: &[u8; 32]) -> Result<(), StoreError> {
        account_session::Entity::delete_by_id(token_hash.to_vec())
            .exec(&self.reader.tx)
            .await?;
        Ok(())
    }

    /// Ends all sessions of a person.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn end_sessions(&mut self, account: AccountId) -> Result<u64, StoreError> {
        let gone = account_session::Entity::delete_many()
            .filter(account_session::Column::AccountId.eq(account.0))
            .exec(&self.reader.tx)
            .await?;
        Ok(gone.rows_affected)
    }
}

fn read(token_hash: [u8; 32], row: account_session::Model) -> Session {
    Session {
        token_hash,
        account: AccountId(row.account_id),
        created_at: moment(row.created_at),
        seen_at: moment(row.seen_at),
        second_factor_at: row.second_factor_at.map(moment),
        ends_at: moment(row.ends_at),
        device: row.device,
        lasting: row.lasting,
    }
}
