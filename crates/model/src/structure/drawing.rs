//! Figures drawn by a structure: one line for each unit that stands, with the parts it is made of.

use std::collections::BTreeMap;

use super::{Structure, View};
use crate::id::TenantId;
use crate::ledger::Measure;
use crate::report::{Cells, add_cells};

/// Figures that can be added up over units.
pub trait Adds: Clone + Default {
    /// Adds another one.
    fn add(&mut self, other: &Self);
}

impl Adds for i64 {
    fn add(&mut self, other: &Self) {
        *self += other;
    }
}

impl Adds for [i64; 12] {
    fn add(&mut self, other: &Self) {
        for (to, from) in self.iter_mut().zip(other) {
            *to += from;
        }
    }
}

impl Adds for BTreeMap<Measure, i64> {
    fn add(&mut self, other: &Self) {
        for (measure, quantity) in other {
            *self.entry(*measure).or_default() += quantity;
        }
    }
}

/// Empty adds nothing, and two empties stay empty.
impl Adds for Cells {
    fn add(&mut self, other: &Self) {
        *self = add_cells([&*self, other]);
    }
}

/// One line of a drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn<V> {
    /// The unit that stands.
    pub unit: TenantId,
    /// Its figures, of all its parts.
    pub figures: V,
    /// The units that made them, each with its own figures, by id.
    pub parts: Vec<(TenantId, V)>,
}

impl<V> Drawn<V> {
    /// Whether any of it was made by another unit than the one that stands for it.
    #[must_use]
    pub fn is_gathered(&self) -> bool {
        self.parts.iter().any(|(unit, _)| *unit != self.unit)
    }
}

impl Structure {
    /// Gathers facts under the units that stand for those that made them, by id. The order of the facts does not matter.
    #[must_use]
    pub fn draw<V: Adds>(&self, view: View, facts: impl IntoIterator<Item = (TenantId, V)>) -> Vec<Drawn<V>> {
        let mut made: BTreeMap<TenantId, V> = BTreeMap::new();
        for (unit, figures) in facts {
            made.entry(unit).or_default().add(&figures);
        }
        let mut drawn: BTreeMap<TenantId, Drawn<V>> = BTreeMap::new();
        for (maker, figures) in made {
            let unit = self.stands_for(maker, view);
            let line = drawn.entry(unit).or_insert_with(|| Drawn {
                unit,
                figures: V::default(),
                parts: Vec::new(),
            });
            line.figures.add(&figures);
            line.parts.push((maker, figures));
        }
        drawn.into_values().collect()
    }
}
