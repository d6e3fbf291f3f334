//! The only code that looks across agencies: forms, consolidation, more time, the way from a figure to its records, oversight.
//!
//! An act of the province asks a warrant, opens the province's tables, changes, records in the province's own audit
//! chain, saves. It never writes inside an agency: what an agency must know goes to it through the outbox.

pub mod agency;
pub mod alarm;
pub mod csv_file;
pub mod dataset;
mod engagement;
mod error;
pub mod exchange;
pub mod extension;
pub mod manifest;
pub mod member;
pub mod oversight;
pub mod plan;
pub mod public_figure;
pub mod report;
pub mod request;
mod structure;
pub mod trace;
pub mod view;
pub mod words;

use std::sync::Arc;

use pbgdpl_model::clock::{Clock, Moment};
use pbgdpl_store::Store;
use tokio::sync::Mutex;

use crate::oversight::verify::Verification;

pub use error::Error;

/// What acts of the province need: the store and the clock.
#[derive(Debug, Clone)]
pub struct Province {
    store: Store,
    clock: Arc<dyn Clock>,
    /// The last verification on this node: looking at it again walks no chain and writes no mark.
    verified: Arc<Mutex<Option<Verification>>>,
}

impl Province {
    /// With its store and clock.
    #[must_use]
    pub fn new(store: Store, clock: Arc<dyn Clock>) -> Self {
        Self {
            store,
            clock,
            verified: Arc::default(),
        }
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// The store.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }
}
