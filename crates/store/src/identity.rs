//! Accounts, sessions, factors, memberships: one person, many agencies. Not inside any agency.

mod account;
mod attempt;
mod erase;
mod invitation;
mod membership;
mod purge;
mod record;
mod session;
mod summary;
mod ticket;
mod totp;
mod view;

use std::ops::Deref;
use std::sync::Arc;

use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::OutboxId;
use sea_orm::DatabaseTransaction;

pub(crate) use membership::{
    count as count_role, grant as grant_role, lock as lock_members, of_domain as members_of,
    revoke as revoke_role,
};

pub use account::{Account, AccountStatus};
pub use invitation::{Addressee, UNSET_PASSWORD};
pub use membership::Membership;
pub use record::{ACCOUNTS_CHAIN, AccountRecord};
pub use session::{Session, SignedIn};
pub use summary::SummaryReader;
pub use ticket::Ticket;
pub use totp::Totp;

use crate::error::StoreError;
use crate::machinery::outbox;
use crate::store::{Inner, Touched};

/// Reads accounts.
#[derive(Debug)]
pub struct IdentityReader {
    tx: DatabaseTransaction,
}

impl IdentityReader {
    pub(crate) async fn open(inner: &Inner) -> Result<Self, StoreError> {
        Ok(Self {
            tx: inner.database.begin_read(None).await?,
        })
    }
}

/// Writes accounts. Nothing is kept unless [`IdentityStore::save`] is called.
#[derive(Debug)]
pub struct IdentityStore {
    reader: IdentityReader,
    inner: Arc<Inner>,
    touched: Touched,
}

impl Deref for IdentityStore {
    type Target = IdentityReader;

    fn deref(&self) -> &IdentityReader {
        &self.reader
    }
}

impl IdentityStore {
    pub(crate) async fn open(inner: Arc<Inner>) -> Result<Self, StoreError> {
        let tx = inner.database.begin_write(None).await?;
        Ok(Self {
            reader: IdentityReader { tx },
            inner,
            touched: Touched::default(),
        })
    }

    /// Commits.
    ///
    /// # Errors
    /// Where the commit fails: nothing was kept, but for [`StoreError::InDoubt`].
    pub async fn save(self) -> Result<(), StoreError> {
        self.reader.tx.commit().await.map_err(StoreError::of_commit)?;
        self.inner.tell(self.touched);
        Ok(())
    }

    /// Leaves a message about an account to be carried out after the commit. `subject` holds ids only.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn send(
        &mut self,
        kind: &'static str,
        subject: &str,
        trace: Option<&str>,
        now: Moment,
    ) -> Result<(), StoreError> {
        let header = outbox::NewHeader {
            id: OutboxId::fresh(now),
            tenant: None,
            kind,
            subject,
            due_at: now,
            trace,
            now,
        };
        outbox::add(&self.reader.tx, header).await?;
        self.touched.work = true;
        Ok(())
    }
}
