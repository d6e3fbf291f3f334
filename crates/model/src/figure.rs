//! Figures that the province chose to make public (DSH-11): what was proposed and who agreed, and what everybody reads of it.

mod hide;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::id::{AccountId, FigureId, TenantId};
use crate::ledger::Measure;
use crate::policy::UnknownWord;

pub use hide::{LEAST_SHOWN, hidden};

/// Whose figures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Scope {
    /// The province's, month by month.
    Province,
    /// These agencies', each beside the others of its kind.
    Agencies {
        /// Which.
        agencies: Vec<TenantId>,
    },
}

/// How far a figure has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Somebody proposes it; nobody outside reads it.
    Proposed,
    /// Everybody may read it.
    Public,
    /// Nobody outside reads it any more.
    Revoked,
}

impl Stage {
    /// The word in tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Public => "public",
            Self::Revoked => "revoked",
        }
    }
}

impl std::str::FromStr for Stage {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        [Self::Proposed, Self::Public, Self::Revoked]
            .into_iter()
            .find(|stage| stage.word() == word)
            .ok_or_else(|| UnknownWord {
                list: "stage",
                word: word.to_owned(),
            })
    }
}

/// Who did a step, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct By {
    /// Who.
    pub account: AccountId,
    /// Their name then.
    pub name: String,
    /// When.
    pub at: Moment,
}

/// A figure that somebody proposes to make public. What it counts and its words are never changed: another one is proposed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicFigure {
    /// Which.
    pub id: FigureId,
    /// What is counted.
    pub measure: Measure,
    /// Whose.
    pub scope: Scope,
    /// Of which year; of the present one, whichever it is, without one.
    pub year: Option<i32>,
    /// What it is called.
    pub title: String,
    /// A word beside it; may be empty.
    pub note: String,
    /// The first day on which it is shown.
    pub from: NaiveDate,
    /// How far it has come.
    pub stage: Stage,
    /// Who proposed it.
    pub proposed: By,
    /// Who agreed, where somebody did: without a role that may, the proposal itself is enough.
    pub approved: Option<By>,
    /// Who took it back.
    pub revoked: Option<By>,
    /// Why it was taken back.
    pub reason: String,
}

/// One line of a public figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureLine {
    /// "Tháng 5", "Sở Y tế".
    pub label: String,
    /// How much; none where it is too small to be told.
    pub value: Option<i64>,
}

/// Lines that stand together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FigureGroup {
    /// The kind of the agencies; empty for months.
    pub name: String,
    /// In the order of the year, or of names: nobody is ranked.
    pub lines: Vec<FigureLine>,
}

/// What everybody reads of a public figure: drawn from the copies of days by the province, kept where everybody may read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublishedFigure {
    /// Which.
    pub id: FigureId,
    /// What is counted.
    pub measure: Measure,
    /// What it is called.
    pub title: String,
    /// A word beside it.
    pub note: String,
    /// The first day on which it is shown.
    pub from: NaiveDate,
    /// Of which year.
    pub year: i32,
    /// Its last day that is told.
    pub until: NaiveDate,
    /// The sum of all lines; none where it is too small, or would tell what is hidden.
    pub total: Option<i64>,
    /// The lines.
    pub groups: Vec<FigureGroup>,
    /// When these figures were drawn.
    pub drawn_at: Moment,
}

impl PublishedFigure {
    /// Whether both say the same, whenever they were drawn.
    #[must_use]
    pub fn says_as(&self, other: &Self) -> bool {
        let at = other.drawn_at;
        Self {
            drawn_at: at,
            ..self.clone()
        } == *other
    }

    /// Whether anything of it is too small to be told.
    #[must_use]
    pub fn hides(&self) -> bool {
        let mut lines = self.groups.iter().flat_map(|group| &group.lines);
        self.total.is_none() || lines.any(|line| line.value.is_none())
    }
}
