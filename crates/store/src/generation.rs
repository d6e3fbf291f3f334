//! Generations: a number an agency (and the province) that grows with every public change. Pages made from an older
//! one are not served. In memory on each node, kept current by its own acts, by hints, and by polling.

use std::collections::HashMap;
use std::sync::RwLock;
use std::sync::atomic::{AtomicI64, Ordering};

use uuid::Uuid;

/// The newest generation this node knows of each subject.
#[derive(Debug, Default)]
pub struct Generations {
    newest: RwLock<HashMap<Uuid, i64>>,
    polled_at: AtomicI64,
}

impl Generations {
    /// The generation of an agency or of the province; 0 before the first change.
    #[must_use]
    pub fn get(&self, subject: Uuid) -> i64 {
        self.newest
            .read()
            .map_or(0, |map| map.get(&subject).copied().unwrap_or(0))
    }

    /// Takes a newer value; an older one is ignored.
    pub fn put(&self, subject: Uuid, value: i64) {
        if let Ok(mut map) = self.newest.write() {
            let known = map.entry(subject).or_insert(value);
            *known = (*known).max(value);
        }
    }

    /// When this node last read all changes, in milliseconds: a node that could not poll for a while looks back so far.
    pub(crate) fn polled_at(&self) -> i64 {
        self.polled_at.load(Ordering::Acquire)
    }

    /// All changes up to here were read.
    pub(crate) fn polled(&self, at: i64) {
        self.polled_at.store(at, Ordering::Release);
    }
}
