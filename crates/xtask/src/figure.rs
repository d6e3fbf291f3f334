//! Measured figures beside their bounds, as a markdown table: what a bench or a campaign prints.

use std::fmt::Write;

/// What a figure must satisfy.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Bound {
    /// Less is better: this much is still good.
    AtMost(f64),
    /// More is better: this much is already good.
    AtLeast(f64),
}

/// One measured figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What was measured.
    pub name: String,
    /// What came out.
    pub measured: f64,
    /// What was promised.
    pub bound: Bound,
    /// The unit of both.
    pub unit: &'static str,
}

impl Figure {
    /// Makes a figure.
    pub fn new(name: impl Into<String>, measured: f64, bound: Bound, unit: &'static str) -> Self {
        Self {
            name: name.into(),
            measured,
            bound,
            unit,
        }
    }

    /// Says whether the promise is kept. What is not a number keeps no promise.
    #[must_use]
    pub fn ok(&self) -> bool {
        match self.bound {
            Bound::AtMost(bound) => self.measured <= bound,
            Bound::AtLeast(bound) => self.measured >= bound,
        }
    }
}

/// Says whether every promise is kept; a run that measured nothing kept none.
#[must_use]
pub fn all_ok(figures: &[Figure]) -> bool {
    !figures.is_empty() && figures.iter().all(Figure::ok)
}

/// Writes the figures as a markdown table.
#[must_use]
pub fn table(figures: &[Figure]) -> String {
    let mut text = String::from("| what | measured | bound | |\n|---|---:|---:|---|\n");
    for figure in figures {
        let (sign, bound) = match figure.bound {
            Bound::AtMost(bound) => ('≤', bound),
            Bound::AtLeast(bound) => ('≥', bound),
        };
        let name = figure.name.replace('|', "\\|");
        let unit = figure.unit;
        let verdict = if figure.ok() { "ok" } else { "**falls short**" };
        writeln!(
            text,
            "| {name} | {} {unit} | {sign} {} {unit} | {verdict} |",
            short(figure.measured),
            short(bound)
        )
        .ok();
    }
    text
}

/// Three digits that matter, without needless zeros.
fn short(value: f64) -> String {
    let digits = match value.abs() {
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => 4,
    };
    let text = format!("{value:.digits$}");
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_names_what_falls_short() {
        let figures = [
            Figure::new("cached page", 83.14, Bound::AtLeast(80.0), "%"),
            Figure::new("search", 512.0, Bound::AtMost(500.0), "x"),
        ];
        assert_eq!(
            table(&figures),
            "| what | measured | bound | |\n|---|---:|---:|---|\n\
             | cached page | 83.1 % | ≥ 80 % | ok |\n\
             | search | 512 x | ≤ 500 x | **falls short** |\n"
        );
        assert!(!all_ok(&figures) && all_ok(&figures[..1]));
    }

    #[test]
    fn nothing_and_no_number_keep_no_promise() {
        assert!(!all_ok(&[]));
        assert!(!Figure::new("ratio", f64::NAN, Bound::AtMost(1.0), "").ok());
    }

    #[test]
    fn small_and_large_values_read_well() {
        assert_eq!(
            ["0.0123", "1.5", "120", "0"],
            [0.0123, 1.5, 120.4, 0.0]
                .map(short)
                .each_ref()
                .map(String::as_str)
        );
    }
}
