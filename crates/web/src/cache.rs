//! Rendered public pages, kept per node in a cache bounded in bytes, each with every generation it read.
//!
//! An entry is served only while all of its generations are still the newest this node knows; its agency is compared
//! again on the way out, so that a wrong entry could not be shown.

mod encodings;
mod turn;

use std::sync::Arc;

use bytes::Bytes;
use moka::sync::Cache;
use pbgdpl_store::Generations;
use uuid::Uuid;

pub use encodings::{Coding, Encodings};
pub use turn::{Turn, Turns};

/// What makes a page another page.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// Host with port.
    pub authority: String,
    /// Link prefix.
    pub mount: String,
    /// Prefix of the assets: behind a proxy another than directly, also where the mounts are equal.
    pub assets: String,
    /// Path inside the mount.
    pub path: String,
    /// The listed query keys, in the table's order.
    pub query: String,
    /// The agency; nil for the province's pages.
    pub tenant: Uuid,
    /// The day: validity is a question of the day.
    pub day: chrono::NaiveDate,
    /// The registry that resolved the request: names and accents are of that one.
    pub registry: i64,
}

/// A page as it was made.
#[derive(Debug)]
pub struct Kept {
    /// The agency it was made for; compared on the way out.
    pub tenant: Uuid,
    /// Every generation it read.
    pub generations: Vec<(Uuid, i64)>,
    /// Strong ETag, with its quotes.
    pub etag: String,
    /// Media type.
    pub content_type: String,
    /// The bytes.
    pub bytes: Encodings,
}

impl Kept {
    /// A page with the generations it read.
    #[must_use]
    pub fn new(
        tenant: Uuid,
        generations: Vec<(Uuid, i64)>,
        etag: String,
        content_type: String,
        plain: Bytes,
    ) -> Self {
        Self {
            tenant,
            generations,
            etag,
            bytes: Encodings::of(&content_type, plain),
            content_type,
        }
    }

    /// Whether nothing it read has changed.
    #[must_use]
    pub fn is_current(&self, generations: &Generations) -> bool {
        self.generations
            .iter()
            .all(|(subject, value)| generations.get(*subject) == *value)
    }
}

/// The pages of this node.
#[derive(Debug, Clone)]
pub struct PageCache(Cache<Key, Arc<Kept>>);

impl PageCache {
    /// Bounded in bytes.
    #[must_use]
    pub fn new(bytes: u64) -> Self {
        // Three encodings at most, and some for the key.
        let weigh = |key: &Key, kept: &Arc<Kept>| {
            let words = key.authority.len() + key.mount.len() + key.path.len() + key.query.len();
            u32::try_from(kept.bytes.len() * 2 + words + 512).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().weigher(weigh).max_capacity(bytes).build())
    }

    /// A page that is still current, and was made for this agency.
    #[must_use]
    pub fn get(&self, key: &Key, generations: &Generations) -> Option<Arc<Kept>> {
        let kept = self.0.get(key)?;
        (kept.tenant == key.tenant && kept.is_current(generations)).then_some(kept)
    }

    /// A page that is not current any more: for when the database is away (`stale-if-error`).
    #[must_use]
    pub fn get_stale(&self, key: &Key) -> Option<Arc<Kept>> {
        self.0.get(key).filter(|kept| kept.tenant == key.tenant)
    }

    /// Keeps a page.
    pub fn put(&self, key: Key, kept: Arc<Kept>) {
        self.0.insert(key, kept);
    }
}
