//! The matrix as markdown, between two markers of `docs/embedding.md`.

use std::fmt::Write;
use std::path::Path;

use anyhow::Context;

use super::cells::Cell;
use super::engine::Engine;
use super::outcome::{CHECKS, Outcome};
use super::stamp::Stamp;

/// What was asked of one row in one window.
pub struct Row {
    /// The row.
    pub cell: Cell,
    /// What drew it.
    pub engine: Engine,
    /// Which version of it.
    pub version: String,
    /// How wide.
    pub width: u32,
    /// One for each of `CHECKS`.
    pub outcomes: Vec<Outcome>,
}

const BEGIN: &str = "<!-- matrix: written by `cargo xtask campaign embed` -->";
const END: &str = "<!-- end of the matrix -->";

/// A part for each engine and one for the changes: a mark for every width, and below what fails.
pub fn write(rows: &[Row], after: &[(String, Outcome)], stamp: &Stamp) -> String {
    let mut text = String::new();
    for engine in Engine::ALL {
        let mine: Vec<&Row> = rows.iter().filter(|row| row.engine == engine).collect();
        if !mine.is_empty() {
            part(&mut text, engine, &mine, stamp);
        }
    }
    if !after.is_empty() {
        writeln!(
            text,
            "### After the paste, the section changes\n\n{}\n\n| what | |\n|---|:-:|",
            stamp.line(None)
        )
        .ok();
        for (what, outcome) in after {
            writeln!(text, "| {what} | {} |", outcome.mark()).ok();
        }
        let lines = after.iter().filter_map(|(what, outcome)| match outcome {
            Outcome::Fails(why) => Some(format!("- **{what}**: {why}")),
            _ => None,
        });
        failures(&mut text, &lines.collect::<Vec<_>>());
    }
    text
}

fn part(text: &mut String, engine: Engine, mine: &[&Row], stamp: &Stamp) {
    let mut widths: Vec<u32> = mine.iter().map(|row| row.width).collect();
    widths.sort_unstable_by(|a, b| b.cmp(a));
    widths.dedup();
    let shown: Vec<String> = widths.iter().map(ToString::to_string).collect();
    writeln!(text, "### {} ({} px)\n", engine.name(), shown.join(" · ")).ok();
    let version = mine.first().map_or("", |row| row.version.as_str());
    let engine = format!("{} {version}", engine.name());
    writeln!(text, "{}\n", stamp.line(Some(&engine))).ok();
    let heads: Vec<&str> = CHECKS.iter().map(|check| check.title()).collect();
    writeln!(text, "| rung | host | {} |", heads.join(" | ")).ok();
    writeln!(text, "|---|---|{}", ":-:|".repeat(heads.len())).ok();
    let mut done: Vec<&str> = Vec::new();
    let mut lines = Vec::new();
    for row in mine {
        let Cell { rung, host, url, .. } = &row.cell;
        for (check, outcome) in CHECKS.iter().zip(&row.outcomes) {
            if let Outcome::Fails(why) = outcome {
                lines.push(format!(
                    "- {rung}, {host}, {} px: **{}**: {why}",
                    row.width,
                    check.title()
                ));
            }
        }
        if done.contains(&url.as_str()) {
            continue;
        }
        done.push(url);
        write!(text, "| {rung} | {host} |").ok();
        for at in 0..CHECKS.len() {
            let marks = widths.iter().map(|width| {
                let one = mine
                    .iter()
                    .find(|other| other.width == *width && other.cell.url == *url);
                one.and_then(|one| one.outcomes.get(at))
                    .map_or(Outcome::NotAsked.mark(), Outcome::mark)
            });
            write!(text, " {} |", marks.collect::<Vec<_>>().join(" ")).ok();
        }
        text.push('\n');
    }
    failures(text, &lines);
}

fn failures(text: &mut String, lines: &[String]) {
    match lines.len() {
        0 => text.push_str("\nNothing fails.\n\n"),
        count => {
            writeln!(text, "\nFails ({count}):\n\n{}\n", lines.join("\n")).ok();
        }
    }
}

/// Puts the parts between the markers of a page; parts that were not asked for stay as they are.
pub fn put(page: &Path, matrix: &str) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(page).with_context(|| page.display().to_string())?;
    std::fs::write(page, between(&text, matrix).context("the page has no markers")?)?;
    Ok(())
}

fn between(text: &str, matrix: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (old, after) = rest.split_once(END)?;
    let parts = |text: &str| -> Vec<String> {
        let texts = text.split("### ").skip(1);
        texts.map(|part| format!("### {}", part.trim_end())).collect()
    };
    let title = |part: &String| part.split(' ').nth(1).unwrap_or_default().to_owned();
    let new = parts(matrix);
    let mut kept = parts(old);
    for part in new {
        match kept.iter_mut().find(|old| title(old) == title(&part)) {
            Some(old) => *old = part,
            None => kept.push(part),
        }
    }
    // The engines first, what changed after the paste last.
    kept.sort_by_key(|part| title(part) == "After");
    Some(format!(
        "{before}{BEGIN}\n\n{}\n\n{END}{after}",
        kept.join("\n\n")
    ))
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
            broken: None,
        };
        let mut outcomes = vec![Outcome::Holds; CHECKS.len() - 1];
        outcomes.push(last);
        Row {
            cell,
            engine,
            version: "140.5".into(),
            width,
            outcomes,
        }
    }

    fn stamp() -> Stamp {
        Stamp {
            day: "2026-11-27".into(),
            commit: "abc1234".into(),
            hosts: "nginx 1.22.1".into(),
        }
    }

    #[test]
    fn both_widths_stand_in_one_cell_and_failures_below() {
        let rows = [
            row(Engine::Firefox, 1280, Outcome::Holds),
            row(Engine::Firefox, 390, Outcome::Fails("sid (1 in all)".into())),
        ];
        let text = write(&rows, &[], &stamp());
        assert!(text.contains("### Firefox (1280 · 390 px)"), "{text}");
        assert!(
            text.contains("\n2026-11-27, commit abc1234; Firefox 140.5; nginx 1.22.1.\n"),
            "{text}"
        );
        assert!(text.contains("| ✓ ✓ | ✓ ✗ |\n"), "{text}");
        assert!(
            text.contains("- frame, plain HTML, 390 px: **cookies**: sid (1 in all)"),
            "{text}"
        );
        assert!(write(&rows[..1], &[], &stamp()).ends_with("Nothing fails.\n\n"));
    }

    #[test]
    fn what_was_not_asked_is_not_what_holds() {
        let mut other = row(Engine::Firefox, 390, Outcome::NotAsked);
        other.cell.url = "http://a/2".into();
        let text = write(
            &[row(Engine::Firefox, 1280, Outcome::Holds), other],
            &[],
            &stamp(),
        );
        let lines: Vec<&str> = text.lines().filter(|line| line.starts_with("| frame")).collect();
        assert!(lines[0].ends_with("| ✓ · |"), "{text}");
        assert!(lines[1].ends_with("| · · |"), "{text}");
        let after = write(&[], &[("service back".into(), Outcome::Holds)], &stamp());
        assert!(
            after.contains("\n2026-11-27, commit abc1234; nginx 1.22.1.\n")
                && after.contains("| service back | ✓ |"),
            "{after}"
        );
    }

    #[test]
    fn parts_go_between_the_markers_and_others_stay() {
        let page = format!("a\n{BEGIN}\n\n{END}\nb");
        let first = between(
            &page,
            "### Chromium (1280 px)\n\nx\n\n### Firefox (1280 px)\n\ny\n\n",
        )
        .unwrap();
        let second = between(&first, "### Firefox (390 px)\n\nz\n").unwrap();
        let matrix = "### Chromium (1280 px)\n\nx\n\n### Firefox (390 px)\n\nz";
        assert_eq!(second, format!("a\n{BEGIN}\n\n{matrix}\n\n{END}\nb"));
        assert_eq!(between(&second, matrix).unwrap(), second);
        let late = between(&format!("{BEGIN}\n### After x\n{END}"), "### Firefox y\n").unwrap();
        assert!(late.find("Firefox") < late.find("After"), "{late}");
        assert!(between("a", "new").is_none());
    }
}
