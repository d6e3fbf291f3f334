//! The register of tổ hòa giải ở cơ sở: groups by their figures, no person by name (ADR 0029); dated facts, none overwritten.
//!
//! A fact holds from its day until the next of its kind; one that corrects another takes its place. What the register said of
//! a day is read from the facts alone ([`Group::on`]).

mod check;
mod count;
#[cfg(test)]
mod tests;

pub use check::{Problem, in_form, of_details, of_figures};
pub use count::{Counted, by_commune, count, shares};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use crate::dated::{self, Dated, Said};
use crate::id::GroupId;
use crate::register::Decision;

/// What a group is, and where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// "Tổ hòa giải thôn Kon Đào".
    pub name: String,
    /// Thôn, làng, tổ dân phố.
    pub village: String,
    /// Official code of its commune; empty where the agency has no communes below it.
    pub commune: String,
    /// The decision that founded it.
    pub decision: Decision,
}

/// How many mediators a group has from a day on. People are counted, never named.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Men.
    pub men: i64,
    /// Women.
    pub women: i64,
    /// Of all, with an education in law.
    pub law: i64,
    /// Of all, of an ethnic minority.
    pub minority: i64,
    /// Of all, trained in the year of the day; nothing where nothing was said. Empty is not zero.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trained: Option<i64>,
}

impl Figures {
    /// All mediators.
    #[must_use]
    pub const fn all(&self) -> i64 {
        self.men.saturating_add(self.women)
    }

    /// In words: "7 hòa giải viên: 4 nam, 3 nữ; 1 chuyên môn Luật; 5 dân tộc thiểu số; 6 được bồi dưỡng trong năm".
    #[must_use]
    pub fn in_words(&self) -> String {
        let trained = self.trained.map_or_else(
            || "chưa ghi số được bồi dưỡng trong năm".to_owned(),
            |trained| format!("{trained} được bồi dưỡng trong năm"),
        );
        format!(
            "{} hòa giải viên: {} nam, {} nữ; {} chuyên môn Luật; {} dân tộc thiểu số; {trained}",
            self.all(),
            self.men,
            self.women,
            self.law,
            self.minority
        )
    }
}

/// What a fact says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// What the group is; fact number 1 is its founding, the others change what it is.
    Details(Details),
    /// How many mediators it has.
    Figures(Figures),
    /// It is no more.
    Dissolved,
    /// Nothing: the fact that this one corrects was written down by mistake.
    TakenBack,
}

/// The number of the fact that founds a group.
const FOUNDING: i32 = 1;

impl Said for Body {
    fn is_taken_back(&self) -> bool {
        *self == Self::TakenBack
    }
}

/// One dated fact of a group.
pub type Fact = dated::Fact<Body>;

/// A group: every fact ever written down, in order.
pub type Group = Dated<GroupId, Body>;

/// A group as the register had it on a day on which it stood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf<'a> {
    /// What it was.
    pub details: &'a Details,
    /// How many mediators it had; nothing where none were written down for that day.
    pub figures: Option<&'a Figures>,
    /// Since when these figures hold.
    pub since: Option<NaiveDate>,
    /// How many were trained in the year of the day; nothing where nothing was said in it.
    pub trained: Option<i64>,
}

impl Group {
    /// The facts that hold, in the order of their days.
    pub fn holding(&self) -> impl Iterator<Item = &Fact> {
        let mut holding: Vec<&Fact> = self.facts.iter().filter(|fact| self.holds(fact)).collect();
        holding.sort_by_key(|fact| (fact.from, fact.number));
        holding.into_iter()
    }

    fn all_details(&self) -> impl Iterator<Item = (&Fact, &Details)> {
        self.holding().filter_map(|fact| match &fact.body {
            Body::Details(details) => Some((fact, details)),
            _ => None,
        })
    }

    /// The first day of the group; nothing where its founding was taken back.
    #[must_use]
    pub fn founded(&self) -> Option<NaiveDate> {
        let mut all = self.all_details();
        let founding = all.find(|(fact, _)| self.place(fact) == FOUNDING);
        founding.map(|(fact, _)| fact.from)
    }

    /// The fact that ended it.
    #[must_use]
    pub fn dissolved(&self) -> Option<&Fact> {
        self.holding().find(|fact| fact.body == Body::Dissolved)
    }

    /// Why it ended: the reason given first; a later correction says why it was corrected, not why the group ended.
    #[must_use]
    pub fn why_dissolved(&self) -> Option<&str> {
        let ended = self.dissolved()?;
        self.fact(self.place(ended)).map(|fact| fact.reason.as_str())
    }

    /// Whether it stood on a day: founded, and not dissolved from that day or before.
    #[must_use]
    pub fn stands_on(&self, day: NaiveDate) -> bool {
        self.founded().is_some_and(|founded| founded <= day)
            && self.dissolved().is_none_or(|fact| day < fact.from)
    }

    /// What the group was on a day; before its first day, as it began.
    #[must_use]
    pub fn details_on(&self, day: NaiveDate) -> Option<(&Fact, &Details)> {
        let then = self.all_details().filter(|(fact, _)| fact.from <= day).last();
        then.or_else(|| self.all_details().next())
    }

    /// What it is called on a day, also where its founding was taken back.
    #[must_use]
    pub fn known_as(&self, day: NaiveDate) -> Option<&Details> {
        let ever = self.facts.iter().rev().find_map(|fact| match &fact.body {
            Body::Details(details) => Some(details),
            _ => None,
        });
        self.details_on(day).map(|(_, details)| details).or(ever)
    }

    /// How many mediators it had on a day; nothing before the first figures.
    #[must_use]
    pub fn figures_on(&self, day: NaiveDate) -> Option<(&Fact, &Figures)> {
        let said = self.holding().filter_map(|fact| match &fact.body {
            Body::Figures(figures) => Some((fact, figures)),
            _ => None,
        });
        said.filter(|(fact, _)| fact.from <= day).last()
    }

    /// The group as the register has it on a day; nothing where it did not stand then.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Option<AsOf<'_>> {
        if !self.stands_on(day) {
            return None;
        }
        let (_, details) = self.details_on(day)?;
        let figures = self.figures_on(day);
        Some(AsOf {
            details,
            figures: figures.map(|(_, figures)| figures),
            since: figures.map(|(fact, _)| fact.from),
            trained: figures
                .filter(|(fact, _)| fact.from.year() == day.year())
                .and_then(|(_, figures)| figures.trained),
        })
    }

    /// Whether this is the same group, standing on a day: no group is entered twice.
    #[must_use]
    pub fn is_same(&self, other: &Details, day: NaiveDate) -> bool {
        let folded = |text: &str| text.trim().to_lowercase();
        let which =
            |details: &Details| [&details.name, &details.village, &details.commune].map(|text| folded(text));
        self.on(day)
            .is_some_and(|known| which(known.details) == which(other))
    }
}
