//! One file per thing a person may do: inside one agency (`app/<noun>/`), or with the own account (`app/account/`).
//!
//! An act reads aloud: open the agency, find the thing, ask the permit, change, record, save. Effects (letters, cache
//! generations, roll-ups) run after the commit, from the outbox. `docs/how-to/add-an-act.md` says how to add one.

pub mod account;
pub mod activity;
pub mod article;
pub mod embed;
pub mod engagement;
mod error;
pub mod extension;
pub mod media;
pub mod mediation;
pub mod member;
pub mod own_host;
pub mod place;
pub mod plan;
pub mod profile;
pub mod register;
pub mod report;
pub mod words;

use std::sync::Arc;

use pbgdpl_model::agency::Status;
use pbgdpl_model::clock::{Clock, Moment};
use pbgdpl_scope::Ctx;
use pbgdpl_store::Store;
use pbgdpl_store::tenant::TenantStore;

pub use error::Error;

/// What acts need: the store and the clock.
#[derive(Debug, Clone)]
pub struct App {
    store: Store,
    clock: Arc<dyn Clock>,
}

impl App {
    /// With its store and clock.
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self { store, clock }
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The clock, for what works beside the acts.
    #[must_use]
    pub fn clock(&self) -> Arc<dyn Clock> {
        Arc::clone(&self.clock)
    }

    /// The store.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// Opens the agency of this act for writing. Nobody but the system writes where the section is suspended.
    ///
    /// # Errors
    /// [`Error::Suspended`], or a fault of the store.
    pub async fn open(&self, ctx: &Ctx) -> Result<TenantStore, Error> {
        if ctx.tenant().status() != Status::Open && !ctx.actor().is_system() {
            return Err(Error::Suspended);
        }
        Ok(self.store.tenant(ctx.tenant()).await?)
    }
}
