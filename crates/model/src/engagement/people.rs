//! How many people, without knowing who (N-17): a HyperLogLog sketch in the form of Apache DataSketches, which can be merged.

use std::fmt;

use datasketches::hll::{HllSketch, HllType, HllUnion};

use super::Mark;

/// 2^16 registers: a standard error of 0.41 %, at most 33 KB stored; below some 6,000 people nearly exact, at 4 bytes a person.
const REGISTERS: u8 = 16;

/// Bytes that are no sketch.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a sketch: {0}")]
pub struct Unreadable(String);

/// A set of marks of which only the size can be read.
#[derive(Clone, Default)]
pub struct People(Option<HllUnion>);

impl fmt::Debug for People {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "People({})", self.estimate())
    }
}

impl People {
    fn union(&mut self) -> Option<&mut HllUnion> {
        if self.0.is_none() {
            self.0 = HllUnion::new(REGISTERS).ok();
        }
        self.0.as_mut()
    }

    /// Adds a visitor; one that is in it already changes nothing.
    pub fn add(&mut self, mark: Mark) {
        if let Some(union) = self.union() {
            union.update_value(u128::from_le_bytes(mark.0));
        }
    }

    /// Adds everybody of another set. Twice is as good as once, and in any order.
    pub fn merge(&mut self, other: &Self) {
        if let (Some(theirs), Some(union)) = (&other.0, self.union()) {
            union.update(&theirs.to_sketch(HllType::Hll8));
        }
    }

    /// How many there are.
    #[must_use]
    pub fn estimate(&self) -> u64 {
        let about = self.0.as_ref().map_or(0.0, HllUnion::estimate);
        // Never negative, and far below what an integer holds.
        format!("{about:.0}").parse().unwrap_or(0)
    }

    /// Whether nobody was ever added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.as_ref().is_none_or(HllUnion::is_empty)
    }

    /// The compact form of Apache DataSketches (HLL_4), to be stored.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0
            .as_ref()
            .map_or_else(Vec::new, |union| union.to_sketch(HllType::Hll4).serialize())
    }

    /// Reads what [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`Unreadable`] with the reason.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut people = Self::default();
        if bytes.is_empty() {
            return Ok(people);
        }
        let sketch = HllSketch::deserialize(bytes).map_err(|error| Unreadable(error.to_string()))?;
        if let Some(union) = people.union() {
            union.update(&sketch);
        }
        Ok(people)
    }
}
