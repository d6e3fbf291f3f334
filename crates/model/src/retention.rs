//! How long what is kept of people stays, class by class, with what the class rests on, as data of `retention.toml` (AUD-06).

use serde::{Deserialize, Serialize};

use crate::clock::Moment;

/// `retention.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionFile {
    /// `[[class]]`, in the order of the screen.
    #[serde(rename = "class", default)]
    pub classes: Vec<RetentionClass>,
}

/// What is kept for the same time, on the same ground.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionClass {
    /// Its word.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// What it holds.
    pub holds: String,
    /// What carries the term out; none where the term is words only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub keeps: Option<Kept>,
    /// The term in years, where the program carries it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<u16>,
    /// The term in words, where it is none of years.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub term: String,
    /// What becomes of it after the term.
    pub after: String,
    /// What the term rests on.
    pub basis: String,
    /// Whether the basis must still be compared with its source ("cần đối chiếu").
    #[serde(default)]
    pub verify: bool,
}

/// What the program lets go by itself after a term of years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kept {
    /// Names and reasons in audit chains.
    AuditWords,
}

impl RetentionFile {
    /// Since when words of audit chains are kept, as of now; none where they have no term.
    #[must_use]
    pub fn audit_words_since(&self, now: Moment) -> Option<Moment> {
        let mut classes = self.classes.iter();
        let class = classes.find(|class| class.keeps == Some(Kept::AuditWords))?;
        let months = u32::from(class.years?) * 12;
        let day = now.day().checked_sub_months(chrono::Months::new(months))?;
        Some(Moment::start_of(day))
    }
}

impl RetentionClass {
    /// The term on the screen.
    #[must_use]
    pub fn term(&self) -> String {
        self.years
            .map_or_else(|| self.term.clone(), |years| format!("{years} năm"))
    }
}
