//! What the peers found, as a markdown table between two markers of `docs/reference/open-interfaces.md`.

use std::fmt::Write;
use std::path::Path;

use anyhow::Context;

use super::ask::Row;

const BEGIN: &str = "<!-- peers: written by `cargo xtask campaign open` -->";
const END: &str = "<!-- end of the peers -->";

/// The table.
pub fn write(rows: &[Row]) -> String {
    let mut text = String::from("| what | peer | result | |\n|---|---|---|---|\n");
    for row in rows {
        let [what, peer, result] = [&row.what, &row.peer, &row.result].map(|cell| one_line(cell));
        let verdict = if row.ok { "ok" } else { "**fails**" };
        writeln!(text, "| {what} | {peer} | {result} | {verdict} |").ok();
    }
    text
}

/// A cell of a table: one line, no bars, not endless.
fn one_line(cell: &str) -> String {
    let words: Vec<&str> = cell.split_whitespace().collect();
    words.join(" ").replace('|', "\\|").chars().take(600).collect()
}

/// Puts the table between the markers of a page.
pub fn put(page: &Path, table: &str) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(page).with_context(|| page.display().to_string())?;
    std::fs::write(page, between(&text, table).context("the page has no markers")?)?;
    Ok(())
}

fn between(text: &str, table: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n\n{table}\n{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_one_line_and_stands_between_the_markers() {
        let row = Row {
            what: "RSS".into(),
            peer: "feedparser 6".into(),
            result: "bozo:\n a|b".into(),
            ok: false,
        };
        let table = write(&[row]);
        assert!(
            table.ends_with("| RSS | feedparser 6 | bozo: a\\|b | **fails** |\n"),
            "{table}"
        );
        let page = format!("a\n{BEGIN}\nold\n{END}\nb");
        let written = between(&page, &table).unwrap();
        assert_eq!(written, format!("a\n{BEGIN}\n\n{table}\n{END}\nb"));
        assert_eq!(between(&written, &table).unwrap(), written);
        assert!(between("a", &table).is_none());
    }
}
