//! The matrix as markdown, between two markers of `docs/embedding.md`.

use std::fmt::Write;
use std::path::Path;

use anyhow::Context;

use super::cells::Cell;
use super::engine::Engine;
use super::outcome::{CHECKS, Outcome};

/// What was asked of one row in one window.
pub struct Row {
    /// The row.
    pub cell: Cell,
    /// What drew it.
    pub engine: Engine,
    /// How wide.
    pub width: u32,
    /// One for each of `CHECKS`.
    pub outcomes: Vec<Outcome>,
}

const BEGIN: &str = "<!-- matrix: written by `cargo xtask campaign embed` -->";
const END: &str = "<!-- end of the matrix -->";

/// One table for each engine: a mark for every width, and below what fails.
pub fn write(rows: &[Row], after: &[(String, Outcome)]) -> String {
    let mut text = String::new();
    for engine in Engine::ALL {
        let mine: Vec<&Row> = rows.iter().filter(|row| row.engine == engine).collect();
        if mine.is_empty() {
            continue;
        }
        let mut widths: Vec<u32> = mine.iter().map(|row| row.width).collect();
        widths.dedup();
        widths.sort_unstable();
        widths.dedup();
        let shown: Vec<String> = widths.iter().rev().map(ToString::to_string).collect();
        writeln!(text, "### {} ({} px)\n", engine.name(), shown.join(" · ")).ok();
        let heads: Vec<&str> = CHECKS.iter().map(|check| check.title()).collect();
        writeln!(text, "| rung | host | {} |", heads.join(" | ")).ok();
        writeln!(text, "|---|---|{}", ":-:|".repeat(heads.len())).ok();
        let mut done: Vec<&str> = Vec::new();
        for row in &mine {
            if done.contains(&row.cell.url.as_str()) {
                continue;
            }
            done.push(&row.cell.url);
            write!(text, "| {} | {} |", row.cell.rung, row.cell.host).ok();
            for at in 0..CHECKS.len() {
                let marks = widths.iter().rev().map(|width| {
                    let one = mine
                        .iter()
                        .find(|other| other.width == *width && other.cell.url == row.cell.url);
                    one.and_then(|one| one.outcomes.get(at))
                        .map_or(" ", Outcome::mark)
                });
                write!(text, " {} |", marks.collect::<Vec<_>>().join(" ")).ok();
            }
            text.push('\n');
        }
        text.push('\n');
    }
    if !after.is_empty() {
        text.push_str("### The snippet stays, the section changes\n\n| what | |\n|---|:-:|\n");
        for (what, outcome) in after {
            writeln!(text, "| {what} | {} |", outcome.mark()).ok();
        }
        text.push('\n');
    }
    text.push_str(&failures(rows, after));
    text
}

fn failures(rows: &[Row], after: &[(String, Outcome)]) -> String {
    let mut lines = Vec::new();
    for row in rows {
        for (check, outcome) in CHECKS.iter().zip(&row.outcomes) {
            if let Outcome::Fails(why) = outcome {
                let Cell { rung, host, .. } = &row.cell;
                let place = format!("{rung}, {host}, {} {}", row.engine.name(), row.width);
                lines.push(format!("- {place}: **{}**: {why}", check.title()));
            }
        }
    }
    for (what, outcome) in after {
        if let Outcome::Fails(why) = outcome {
            lines.push(format!("- **{what}**: {why}"));
        }
    }
    if lines.is_empty() {
        return "Nothing fails.\n".to_owned();
    }
    format!("{} fail:\n\n{}\n", lines.len(), lines.join("\n"))
}

/// Puts the matrix between its markers.
pub fn put(page: &Path, matrix: &str) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(page).with_context(|| page.display().to_string())?;
    std::fs::write(page, between(&text, matrix).context("the page has no markers")?)?;
    Ok(())
}

fn between(text: &str, matrix: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{}\n{END}{after}", matrix.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::super::cells::Kind;
    use super::*;

    fn row(engine: Engine, width: u32, last: Outcome) -> Row {
        let cell = Cell {
            rung: "frame",
            host: "plain HTML",
            url: "http://a/1".into(),
            kind: Kind::Link,
        };
        let mut outcomes = vec![Outcome::Holds; CHECKS.len() - 1];
        outcomes.push(last);
        Row {
            cell,
            engine,
            width,
            outcomes,
        }
    }

    #[test]
    fn both_widths_stand_in_one_cell_and_failures_below() {
        let rows = [
            row(Engine::Firefox, 1280, Outcome::Holds),
            row(Engine::Firefox, 390, Outcome::Fails("sid (1 in all)".into())),
        ];
        let text = write(&rows, &[]);
        assert!(text.contains("### Firefox (1280 · 390 px)"), "{text}");
        assert!(text.contains("| ✓ ✓ | ✓ ✗ |\n"), "{text}");
        assert!(
            text.contains("- frame, plain HTML, Firefox 390: **cookies**: sid (1 in all)"),
            "{text}"
        );
        assert!(write(&rows[..1], &[]).ends_with("Nothing fails.\n"));
    }

    #[test]
    fn the_matrix_goes_between_its_markers() {
        let page = format!("a\n{BEGIN}\nold\n{END}\nb");
        let new = between(&page, "new\n").unwrap();
        assert_eq!(new, format!("a\n{BEGIN}\n\nnew\n{END}\nb"));
        assert_eq!(between(&new, "new\n").unwrap(), new);
        assert!(between("a", "new").is_none());
    }
}
