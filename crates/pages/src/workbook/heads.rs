//! The heads over the columns, merged where neighbours stand under the same words.

use pbgdpl_model::manifest::FormFile;

/// One head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head<'a> {
    /// Its words.
    pub(super) label: &'a str,
    /// Its first row, from 0.
    pub(super) top: usize,
    /// Rows it fills.
    pub(super) high: usize,
    /// Its first column, from 0.
    pub(super) left: usize,
    /// Columns below it.
    pub(super) wide: usize,
}

/// Rows of heads.
pub(super) fn depth(form: &FormFile) -> usize {
    let longest = form.columns.iter().map(|column| column.path.len()).max();
    longest.unwrap_or(0) + 1
}

/// The heads of a form: groups from the outermost, then each column's own label down to the last row.
pub(super) fn heads(form: &FormFile) -> Vec<Head<'_>> {
    let depth = depth(form);
    let mut heads: Vec<Head<'_>> = Vec::new();
    let mut before: &[String] = &[];
    for (at, column) in form.columns.iter().enumerate() {
        for (level, label) in column.path.iter().enumerate() {
            let goes_on = before.get(..=level) == column.path.get(..=level);
            let open = heads
                .iter_mut()
                .rev()
                .find(|head| head.top == level && head.left + head.wide == at);
            match open {
                Some(head) if goes_on => head.wide += 1,
                _ => heads.push(Head {
                    label,
                    top: level,
                    high: 1,
                    left: at,
                    wide: 1,
                }),
            }
        }
        let top = column.path.len();
        heads.push(Head {
            label: &column.label,
            top,
            high: depth - top,
            left: at,
            wide: 1,
        });
        before = &column.path;
    }
    heads
}
