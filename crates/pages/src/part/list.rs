//! Rows of lists: an item, and a legal document by its first day in force.

use crate::part::State;
use crate::part::state::Tone;

/// One item in a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ItemRow {
    /// Title.
    pub title: String,
    /// Where it is read (ready to print, already under the mount or absolute).
    pub href: String,
    /// Kind of item: "Tờ gấp".
    pub kind: String,
    /// One sentence.
    pub summary: String,
    /// The language of title and summary, where it is not Vietnamese.
    pub lang: Option<&'static str>,
    /// Day of publication, dd/mm/yyyy.
    pub published: String,
    /// The agency, where the list mixes several.
    pub agency: Option<String>,
    /// Set when the item was withdrawn or has ended.
    pub state: Option<State>,
}

/// How a document stands on the day that the page was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Validity {
    /// Not yet in force; days to go.
    Coming {
        /// Days until the first day in force.
        days: i64,
    },
    /// In force.
    InForce,
    /// No longer; last day.
    Ended {
        /// Last day in force, dd/mm/yyyy.
        last: String,
    },
    /// The day is not known.
    Unknown,
}

impl Validity {
    /// Word and shape beside a date.
    #[must_use]
    pub fn state(&self) -> State {
        match self {
            Self::Coming { days } => State::new(Tone::Soon, format!("còn {days} ngày")),
            Self::InForce => State::new(Tone::Ok, "đang có hiệu lực"),
            Self::Ended { last } => State::new(Tone::Late, format!("hết hiệu lực sau {last}")),
            Self::Unknown => State::new(Tone::Wait, "chưa rõ ngày hiệu lực"),
        }
    }

    /// The same as a fact of its own, with a capital.
    #[must_use]
    pub fn fact(&self) -> State {
        match self {
            Self::Coming { days } => State::new(Tone::Soon, format!("Chưa có hiệu lực, còn {days} ngày")),
            Self::InForce => State::new(Tone::Ok, "Đang có hiệu lực"),
            Self::Ended { last } => State::new(Tone::Late, format!("Hết hiệu lực, ngày cuối cùng {last}")),
            Self::Unknown => State::new(Tone::Wait, "Chưa rõ ngày hiệu lực"),
        }
    }

    /// In force and nothing more to say: lists leave the shape out.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        matches!(self, Self::InForce)
    }
}

/// A new document of law in a list, hung by its first day in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LawRow {
    /// What the document is called.
    pub title: String,
    /// The item that introduces it.
    pub href: String,
    /// The language of title and summary, where it is not Vietnamese.
    pub lang: Option<&'static str>,
    /// First day in force, dd/mm/yyyy; empty when unknown.
    pub effective: String,
    /// How it stands.
    pub validity: Validity,
    /// One sentence.
    pub summary: String,
    /// Number: "31/2024/QH15".
    pub number: String,
    /// Who is concerned.
    pub affected: Option<String>,
    /// Who introduces it, where the list mixes several.
    pub agency: Option<String>,
}
