//! What every node shares and what holds no content: registry, generations, policies, outbox, due list, keys.

pub mod due;
pub mod generation;
mod key;
pub mod outbox;
pub mod policy;
mod purge;
pub mod registry;
mod visitor;
mod year;

use std::sync::Arc;

use crate::store::Inner;

/// The door to the machinery, for jobs and wiring.
#[derive(Debug, Clone)]
pub struct Machinery {
    pub(crate) inner: Arc<Inner>,
}

impl Machinery {
    pub(crate) const fn new(inner: Arc<Inner>) -> Self {
        Self { inner }
    }
}
