//! Reports on plans as the province handles them: the plans, one report, one text of it, one contribution, paper and file.

pub mod contribution;
pub mod list;
pub mod paper;
pub mod part;
pub mod report;

use pbgdpl_model::plan::{Changed, Contributed};
use pbgdpl_pages::paper::paragraphs;
use pbgdpl_pages::part::{Column, Link, Row, Table};
use pbgdpl_pages::province::plan::Voice;

use crate::desk::plan::figures_of;

/// Plan and year: how a report is addressed.
pub type Address = (String, i32);

/// The address of a report.
pub(crate) fn address(plan: &str, year: i32) -> String {
    format!("/tinh/ke-hoach/{plan}/{year}")
}

/// What differs from the version before; nothing where nothing does.
pub(crate) fn differences(changes: &[Changed]) -> Option<Table> {
    let words = |text: &str| {
        if text.is_empty() {
            "trống".to_owned()
        } else {
            text.to_owned()
        }
    };
    let row = |change: &Changed| Row {
        cells: vec![
            change.place.clone().into(),
            words(&change.before).into(),
            words(&change.now).into(),
        ],
    };
    (!changes.is_empty()).then(|| Table {
        caption: "Khác bản trước".into(),
        caption_hidden: true,
        columns: ["Chỗ khác", "Bản trước", "Bản này"].map(Column::words).into(),
        rows: changes.iter().map(row).collect(),
        total: None,
    })
}

/// What agencies wrote; `href` of an agency's contribution.
pub(crate) fn voices(contributions: &[Contributed], href: impl Fn(&str) -> String) -> Vec<Voice> {
    let voice = |one: &Contributed| Voice {
        agency: Link::new(one.name.clone(), href(&one.slug)),
        charge: one.charge.label().to_owned(),
        paragraphs: paragraphs(&one.text),
        figures: figures_of(&one.figures),
    };
    contributions.iter().map(voice).collect()
}
