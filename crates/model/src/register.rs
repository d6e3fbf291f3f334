//! The register of báo cáo viên, tuyên truyền viên pháp luật (TT 10/2016/TT-BTP): dated facts, of which none is overwritten.
//!
//! An entry is a row of facts. A fact holds from its day; one that corrects another takes its place. What the register
//! said of a day is read from the facts alone ([`Entry::on`]).

mod check;
mod count;
mod level;
mod standing;

pub use check::{Problem, in_form, of_decision, of_details};
pub use count::{Counted, count, recognised};
pub use level::Level;
pub use standing::{Deadline, Standing, State, Step, deadlines, next};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::dated::{self, Dated, Said};
use crate::id::EntryId;

/// A decision: its number, its day, who made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// "158/QĐ-UBND"
    pub number: String,
    /// The day it was signed.
    pub day: NaiveDate,
    /// Who made it: "Chủ tịch Ủy ban nhân dân tỉnh".
    pub issuer: String,
}

impl Decision {
    /// On the screen: "158/QĐ-UBND ngày 29/12/2020, Chủ tịch Ủy ban nhân dân tỉnh".
    #[must_use]
    pub fn in_words(&self) -> String {
        let day = pbgdpl_vietnamese::date::dmy(self.day);
        format!("{} ngày {day}, {}", self.number, self.issuer)
    }
}

/// Who somebody is: what a request names (Đ.3.5), and what reports break the register down by.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Details {
    /// Họ và tên.
    pub name: String,
    /// Chức vụ, chức danh.
    pub post: String,
    /// Cơ quan, tổ chức, đơn vị công tác.
    pub workplace: String,
    /// Trình độ chuyên môn.
    pub education: String,
    /// Holds a degree in law.
    pub law: bool,
    /// Lĩnh vực pháp luật chuyên môn sâu (ids of the vocabulary).
    pub fields: Vec<String>,
    /// `nam`, `nu`, or nothing said.
    pub gender: String,
    /// Dân tộc, or nothing said.
    pub ethnicity: String,
    /// Languages of ethnic minorities (ids of the vocabulary).
    pub languages: Vec<String>,
}

/// Genders a form may name.
pub const GENDERS: [(&str, &str); 2] = [("nam", "Nam"), ("nu", "Nữ")];

/// What a fact says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Body {
    /// Who the person is.
    Details(Details),
    /// How the person stands in the register.
    Standing(Standing),
    /// Nothing: the fact that this one corrects was written down by mistake.
    TakenBack,
}

impl Said for Body {
    fn is_taken_back(&self) -> bool {
        *self == Self::TakenBack
    }
}

/// One dated fact of an entry.
pub type Fact = dated::Fact<Body>;

/// A person in the register: every fact ever written down, in order.
pub type Entry = Dated<EntryId, Body>;

/// A person as the register had them on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf<'a> {
    /// Who they were.
    pub details: &'a Details,
    /// How they stood.
    pub standing: &'a Standing,
    /// Since when they stood so.
    pub since: NaiveDate,
}

impl Entry {
    /// The standings that hold, in the order in which they came about.
    #[must_use]
    pub fn standings(&self) -> Vec<(&Fact, &Standing)> {
        let mut found: Vec<(&Fact, &Standing)> = self
            .facts
            .iter()
            .filter(|fact| self.holds(fact))
            .filter_map(|fact| match &fact.body {
                Body::Standing(standing) => Some((fact, standing)),
                _ => None,
            })
            .collect();
        found.sort_by_key(|(fact, _)| self.place(fact));
        found
    }

    /// Whether each standing begins no earlier than the one before it.
    #[must_use]
    pub fn is_in_order(&self) -> bool {
        self.standings()
            .windows(2)
            .all(|pair| matches!(pair, [(a, _), (b, _)] if a.from <= b.from))
    }

    /// How the person stood on a day by what is written down; nothing before the first standing, nor where all was taken back.
    /// Whether a recognition still held then says [`Standing::is_recognised_on`]: it ends with its level.
    #[must_use]
    pub fn standing_on(&self, day: NaiveDate) -> Option<(&Fact, &Standing)> {
        let mut standings = self.standings();
        standings.retain(|(fact, _)| fact.from <= day);
        standings.pop()
    }

    /// Who the person was on a day: before the first day that is known, as they were then.
    #[must_use]
    pub fn details_on(&self, day: NaiveDate) -> Option<(&Fact, &Details)> {
        let mut found: Vec<(&Fact, &Details)> = self
            .facts
            .iter()
            .filter(|fact| self.holds(fact))
            .filter_map(|fact| match &fact.body {
                Body::Details(details) => Some((fact, details)),
                _ => None,
            })
            .collect();
        found.sort_by_key(|(fact, _)| (fact.from, self.place(fact)));
        let then = found.iter().rfind(|(fact, _)| fact.from <= day);
        then.or_else(|| found.first()).copied()
    }

    /// The person as the register has them on a day.
    #[must_use]
    pub fn on(&self, day: NaiveDate) -> Option<AsOf<'_>> {
        let (fact, standing) = self.standing_on(day)?;
        let (_, details) = self.details_on(day)?;
        Some(AsOf {
            details,
            standing,
            since: fact.from,
        })
    }

    /// Whether the person was recognised on a day.
    #[must_use]
    pub fn is_recognised_on(&self, day: NaiveDate) -> bool {
        self.standing_on(day)
            .is_some_and(|(_, standing)| standing.is_recognised_on(day))
    }

    /// Whether the person was recognised on a day and might be sent: not while suspended (Đ.8.1e).
    #[must_use]
    pub fn may_speak_on(&self, day: NaiveDate) -> bool {
        self.standing_on(day)
            .is_some_and(|(_, standing)| standing.is_recognised_on(day) && !standing.may_not_be_sent())
    }

    /// Whether this is the same person at the same level, not refused and not dismissed: nobody stands in the register twice.
    #[must_use]
    pub fn is_of(&self, person: &Details, level: Level, today: NaiveDate) -> bool {
        let stands = self.standings().last().is_some_and(|(_, standing)| {
            standing.level == level && !matches!(standing.state, State::Refused | State::Ended)
        });
        let folded = |text: &str| text.trim().to_lowercase();
        let who =
            |details: &Details| [&details.name, &details.post, &details.workplace].map(|text| folded(text));
        stands
            && self
                .details_on(today)
                .is_some_and(|(_, known)| who(known) == who(person))
    }
}

/// What everybody may know of somebody recognised (TT 10/2016/TT-BTP Đ.8.2b): the list and the decision, and no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicEntry {
    /// Họ và tên.
    pub name: String,
    /// Chức vụ, chức danh.
    pub post: String,
    /// Cơ quan, đơn vị.
    pub workplace: String,
    /// At which level.
    pub level: Level,
    /// Fields of law, in words.
    pub fields: Vec<String>,
    /// The decision of recognition.
    pub decision: Option<Decision>,
}

impl PublicEntry {
    /// What everybody may know of the entry on a day; nothing where the person is not recognised then. `name_of`: a field
    /// of law in words.
    #[must_use]
    pub fn of(entry: &Entry, day: NaiveDate, name_of: impl Fn(&str) -> String) -> Option<Self> {
        let now = entry.on(day).filter(|now| now.standing.is_recognised_on(day))?;
        Some(Self {
            name: now.details.name.clone(),
            post: now.details.post.clone(),
            workplace: now.details.workplace.clone(),
            level: now.standing.level,
            fields: now.details.fields.iter().map(|id| name_of(id)).collect(),
            decision: now.standing.recognition.clone(),
        })
    }

    /// The fields of a form about the person in which another entry of theirs differs.
    #[must_use]
    pub fn differs(&self, other: &Self) -> Vec<&'static str> {
        let compared = [
            ("name", self.name == other.name),
            ("post", self.post == other.post),
            ("workplace", self.workplace == other.workplace),
            ("fields", self.fields == other.fields),
        ];
        let differing = compared.into_iter().filter(|(_, same)| !same);
        differing.map(|(field, _)| field).collect()
    }
}

#[cfg(test)]
mod tests;
