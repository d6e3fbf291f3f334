//! Lines of public lists, from what the store gives to what pages show.

use chrono::NaiveDate;
use pbgdpl_model::article::{Document, Validity as Standing};
use pbgdpl_pages::part::{ItemRow, LawRow, Validity};
use pbgdpl_store::public::{KIN, PublicLine};
use pbgdpl_vietnamese::date;

/// The path of an item inside a mount.
#[must_use]
pub fn item_path(line: &PublicLine) -> String {
    format!("bai/{}-{}", line.id, line.slug)
}

/// "và 7 nơi khác": what is not named of `all` places, where `named` are; nothing where all are. `cut`: more may exist than were read.
#[must_use]
pub fn other_places(all: usize, named: usize, cut: bool) -> Option<String> {
    let left = all.saturating_sub(named);
    match (left, cut) {
        (0, _) => None,
        (_, true) => Some("và nhiều nơi khác".to_owned()),
        (left, false) => Some(format!("và {left} nơi khác")),
    }
}

/// Whether the store left off reading what says the same as an item.
#[must_use]
pub fn is_cut(read: usize) -> bool {
    u64::try_from(read).is_ok_and(|read| read >= KIN)
}

/// A line of any kind.
#[must_use]
pub fn item_row(line: &PublicLine, href: String, agency: Option<String>) -> ItemRow {
    ItemRow {
        title: line.title.clone(),
        href,
        kind: line.kind.label().to_owned(),
        summary: line.summary.clone(),
        lang: line.facts.language.foreign(),
        published: date::dmy(line.first_published_at.day()),
        agency,
        state: None,
    }
}

/// A line of a document, by its first day in force.
#[must_use]
pub fn law_row(line: &PublicLine, href: String, agency: Option<String>, today: NaiveDate) -> LawRow {
    let document = line.facts.document.clone().unwrap_or_default();
    LawRow {
        title: line.title.clone(),
        href,
        lang: line.facts.language.foreign(),
        effective: document.effective.map(date::dmy).unwrap_or_default(),
        validity: validity(&document, today),
        summary: line.summary.clone(),
        number: document.number,
        affected: Some(document.affected).filter(|a| !a.is_empty()),
        agency,
    }
}

/// How a document stands today, as pages show it.
#[must_use]
pub fn validity(document: &Document, today: NaiveDate) -> Validity {
    match document.validity_on(today) {
        Standing::Coming(start) => Validity::Coming {
            days: (start - today).num_days(),
        },
        Standing::InForce(_) => Validity::InForce,
        Standing::Ended(last) => Validity::Ended {
            last: date::dmy(last),
        },
        Standing::Unknown => Validity::Unknown,
    }
}
