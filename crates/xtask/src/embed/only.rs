//! Which part of the campaign is asked for; a word that names nothing is a mistake, not an empty success.

use anyhow::{bail, ensure};

use super::WIDTHS;
use super::engine::Engine;

/// The variable: `r=` a word of a row (or `after`), `e=` an engine, `w=` a width; commas between.
pub const ONLY: &str = "PBGDPL_EMBED";
/// The row of what changes after the paste.
const AFTER: &str = "after";

/// The words of the variable, by what they choose among; none chooses everything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Only {
    rows: Vec<String>,
    engines: Vec<String>,
    widths: Vec<String>,
}

impl Only {
    /// Reads the variable.
    ///
    /// # Errors
    /// Where a word cannot be read, or names no engine and no width.
    pub fn read(text: &str) -> anyhow::Result<Self> {
        let mut only = Self::default();
        for word in text.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            let (kind, name) = word.split_once('=').unwrap_or((word, ""));
            let names = match kind.trim() {
                "r" => &mut only.rows,
                "e" => &mut only.engines,
                "w" => &mut only.widths,
                _ => bail!("{ONLY}: «{word}» is none of r=row, e=engine, w=width"),
            };
            let name = name.trim().to_lowercase();
            ensure!(!name.is_empty(), "{ONLY}: «{word}» names nothing");
            names.push(name);
        }
        let engines = Engine::ALL.map(|engine| engine.name().to_owned());
        known("engine", &only.engines, &engines)?;
        known("width", &only.widths, &WIDTHS.map(|width| width.to_string()))?;
        Ok(only)
    }

    /// Compares the rows that are asked for with those there are.
    ///
    /// # Errors
    /// Where a word names no row.
    pub fn check_rows(&self, rows: &[String]) -> anyhow::Result<()> {
        let mut there = rows.to_vec();
        there.push(AFTER.to_owned());
        known("row", &self.rows, &there)
    }

    /// Whether a row is asked for.
    pub fn row(&self, name: &str) -> bool {
        chosen(&self.rows, name)
    }

    /// Whether it is asked what changes after the paste.
    pub fn after(&self) -> bool {
        self.rows.is_empty() || self.rows.iter().any(|word| word == AFTER)
    }

    /// Whether an engine is asked for.
    pub fn engine(&self, engine: Engine) -> bool {
        chosen(&self.engines, engine.name())
    }

    /// Whether a width is asked for.
    pub fn width(&self, width: u32) -> bool {
        chosen(&self.widths, &width.to_string())
    }

    /// Whether every part that is walked is walked whole: a part of one would take the place of the whole in the documentation.
    pub fn is_whole(&self) -> bool {
        self.widths.is_empty() && (self.rows.is_empty() || self.rows.iter().all(|word| word == AFTER))
    }
}

fn chosen(words: &[String], name: &str) -> bool {
    let name = name.to_lowercase();
    words.is_empty() || words.iter().any(|word| name.contains(word))
}

fn known(kind: &str, words: &[String], names: &[String]) -> anyhow::Result<()> {
    for word in words {
        ensure!(
            names.iter().any(|name| name.to_lowercase().contains(word)),
            "{ONLY}: no {kind} is called «{word}»; there are: {}",
            names.join("; ")
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_choose_and_no_word_chooses_everything() {
        let all = Only::read("").unwrap();
        assert!(all.engine(Engine::WebKit) && all.width(390) && all.row("link plain HTML"));
        assert!(all.after() && all.is_whole());
        let some = Only::read("r=static pack, e=webkit,w=390").unwrap();
        assert!(some.row("static pack plain HTML") && !some.row("link plain HTML") && !some.after());
        assert!(some.engine(Engine::WebKit) && !some.engine(Engine::Firefox) && !some.width(1280));
        assert!(!some.is_whole() && Only::read("e=Firefox").unwrap().is_whole());
        let after = Only::read("r=after").unwrap();
        assert!(after.after() && after.is_whole() && !after.row("link plain HTML"));
    }

    #[test]
    fn a_word_that_names_nothing_is_told_the_names() {
        let told = Only::read("e=opera").unwrap_err().to_string();
        assert!(told.contains("Chromium; Firefox; WebKitGTK"), "{told}");
        let told = Only::read("w=1024").unwrap_err().to_string();
        assert!(told.contains("1280; 390"), "{told}");
        for wrong in ["x=1", "r", "r=", "Firefox"] {
            Only::read(wrong).unwrap_err();
        }
        let rows = ["link plain HTML".to_owned()];
        let told = Only::read("r=iframe").unwrap().check_rows(&rows).unwrap_err();
        assert!(told.to_string().contains("link plain HTML; after"), "{told}");
        Only::read("r=after,r=link").unwrap().check_rows(&rows).unwrap();
    }
}
