//! Figures that moved between two looks at them.

use pbgdpl_model::report::Difference;
use pbgdpl_vietnamese::number::grouped;

/// Since when the figures are others: "checked" and "sent" are said of the figures that a person saw, and of no others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Moved {
    /// Since this person opened the page. Nothing was changed.
    SinceRead,
    /// Since they were checked: what differs. The report is a draft again.
    SinceChecked(Vec<Difference>),
}

/// What differs, for the screen and the walk: "Tổng số, cột 4: 410 → 470", the first few cells.
#[must_use]
pub fn in_words(moved: &[Difference]) -> String {
    const SHOWN: usize = 6;
    let figure = |figure: Option<i64>| figure.map_or_else(|| "trống".to_owned(), grouped);
    let one = |cell: &Difference| {
        let (before, now) = (figure(cell.before), figure(cell.now));
        format!("{}, cột {}: {before} → {now}", cell.line, cell.column)
    };
    let mut words: Vec<String> = moved.iter().take(SHOWN).map(one).collect();
    if moved.len() > SHOWN {
        words.push(format!("và {} ô khác", moved.len() - SHOWN));
    }
    words.join("; ")
}
