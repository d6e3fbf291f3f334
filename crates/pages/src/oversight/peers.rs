//! Agencies beside their peers: a dot plot a group, a table behind it, what is measured and by what it is divided in words.

use askama::Template;

use super::{Freshness, SaveView, Station};
use crate::desk::DeskFrame;
use crate::part::{Link, Table, prints_itself};
use crate::{CachePolicy, Page};

/// One agency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dot {
    /// Its name, with its rank where it has one: "1. Huyện Ia H'Drai".
    pub name: String,
    /// Where its figure leads.
    pub href: String,
    /// What its place is taken from.
    pub value: i64,
    /// The figure as it is printed.
    pub figure: String,
}

/// Values on one line from zero to the largest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "oversight/dots.html")]
pub struct DotPlot {
    /// What the plot shows, for who cannot see it.
    pub label: String,
    /// The agencies, the largest first.
    pub dots: Vec<Dot>,
    /// The value in the middle; none where it would say nothing.
    pub middle: Option<i64>,
}

/// Width of the line; the figure stands right of it.
const WIDTH: i64 = 290;
/// From one agency to the next.
const PITCH: i64 = 38;

impl DotPlot {
    fn x(&self, value: i64) -> i64 {
        let largest = self.dots.iter().map(|dot| dot.value).max().unwrap_or(0).max(1);
        6 + value.clamp(0, largest) * WIDTH / largest
    }

    /// Height of the whole.
    #[must_use]
    pub fn height(&self) -> i64 {
        i64::try_from(self.dots.len()).unwrap_or(0) * PITCH + 4
    }

    /// Each agency with the height of its line and the place of its dot.
    #[must_use]
    pub fn placed(&self) -> Vec<(i64, i64, &Dot)> {
        self.dots
            .iter()
            .zip(0..)
            .map(|(dot, at): (&Dot, i64)| (at * PITCH + 26, self.x(dot.value), dot))
            .collect()
    }

    /// Where the middle stands.
    #[must_use]
    pub fn middle_x(&self) -> Option<i64> {
        self.middle.map(|value| self.x(value))
    }
}

/// Agencies that can be compared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PeerBlock {
    /// "Huyện, thành phố có từ 11 xã, phường, thị trấn".
    pub name: String,
    /// By what the figure is divided, or why by nothing.
    pub denominator: String,
    /// Who leads, or why nobody is ranked.
    pub answer: String,
    /// The plot; none where nobody is ranked.
    pub plot: Option<DotPlot>,
    /// The figures.
    pub table: Table,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "oversight/peers.html")]
pub struct PeersPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// What is compared.
    pub measure: String,
    /// In which year.
    pub year: i32,
    /// The way down so far.
    pub trail: Vec<Station>,
    /// What exactly is counted.
    pub definition: String,
    /// As of when.
    pub fresh: Freshness,
    /// The groups.
    pub groups: Vec<PeerBlock>,
    /// The file.
    pub csv: String,
    /// Other years and measures.
    pub others: Vec<Link>,
    /// The form that saves this view.
    pub save: Option<SaveView>,
}

impl Page for PeersPage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}

prints_itself!(DotPlot);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dots_stand_on_one_scale_from_zero() {
        let dot = |value| Dot {
            value,
            ..Dot::default()
        };
        let plot = DotPlot {
            dots: vec![dot(253), dot(126), dot(0)],
            middle: Some(126),
            ..DotPlot::default()
        };
        let places: Vec<i64> = plot.placed().iter().map(|(_, x, _)| *x).collect();
        assert_eq!(places, [296, 150, 6]);
        assert_eq!(plot.middle_x(), Some(150));
    }
}
