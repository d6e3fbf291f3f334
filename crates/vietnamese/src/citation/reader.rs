//! Reads one document number at the start of a text, part by part.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::DocumentNumber;
use super::abbreviation::{letters, may_be_a_word, official, split_joined};

/// How much of an unknown symbol is believed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// The text is a field for one number.
    Field,
    /// The number stands among other words.
    Prose,
}

/// What stands between two parts, from the strongest tie to the weakest.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    /// Nothing, as in `QH13`.
    Joined,
    /// A slash or dash alone.
    Tight,
    /// A slash or dash with spaces.
    Spaced,
    /// Spaces alone.
    Blank,
}

/// A run of digits or of letters and the tie in front of it.
struct Part<'a> {
    tie: Tie,
    text: &'a str,
    end: usize,
}

impl Part<'_> {
    fn is_digits(&self) -> bool {
        self.text.starts_with(|sign: char| sign.is_ascii_digit())
    }

    /// Capitals as abbreviations have them: `UBND`, `TTg`, `GDTrH`; not `Bộ`.
    fn looks_official(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
            && self.text.chars().filter(|sign| sign.is_uppercase()).count() > 1
    }
}

/// A symbol being gathered.
#[derive(Default)]
struct Symbol {
    parts: Vec<String>,
    has_kind: bool,
    has_issuer: bool,
    /// Only spaces hold it to the number: what follows must be known.
    is_loose: bool,
}

impl Symbol {
    fn is_whole(&self) -> bool {
        self.has_issuer && !self.parts.is_empty()
    }
}

/// Spaces that a sloppy hand leaves around a dash; more of them begin something else.
const MOST_SPACES: usize = 3;

/// Reads the number at the start of `text` and tells how many bytes it takes.
pub(super) fn read(text: &str, trust: Trust) -> Option<(DocumentNumber, usize)> {
    let first = part_at(text, 0)?;
    let number: u32 = first.text.parse().ok()?;
    if !first.is_digits() || first.text.len() > 6 {
        return None;
    }
    let year = part_at(text, first.end).and_then(|part| Some((year_of(&part)?, part.end)));
    let (year, mut end) = year.map_or((None, first.end), |(year, end)| (Some(year), end));

    let mut symbol = Symbol::default();
    while let Some(part) = part_at(text, end) {
        match accept(&part, &symbol, trust) {
            Some(spelt) => {
                end = with_term(text, &part, spelt, &mut symbol);
            }
            None => break,
        }
    }
    let is_enough = match trust {
        Trust::Field => !symbol.parts.is_empty(),
        Trust::Prose => symbol.is_whole(),
    };
    let symbol = symbol.parts.join(if year.is_none() && is_dashed(&symbol.parts) {
        "/"
    } else {
        "-"
    });
    is_enough.then_some((DocumentNumber { number, year, symbol }, end))
}

/// Documents of the Party (`20-NQ/TW`; Hướng dẫn 36-HD/VPTW of 2018) and laws before 1996 (`18-L/CTN`) have the dash
/// first and the slash second.
fn is_dashed(parts: &[String]) -> bool {
    match parts {
        [kind, issuer] => {
            matches!(kind.as_str(), "L" | "LCT")
                || matches!(issuer.as_str(), "TU" | "HU")
                || issuer.ends_with("TW")
        }
        _ => false,
    }
}

fn year_of(part: &Part<'_>) -> Option<i32> {
    let year = part.text.parse().ok()?;
    (part.is_digits() && part.text.len() == 4 && (1945..=2100).contains(&year)).then_some(year)
}

/// The official spelling of one or two joined parts (`NĐCP`), and what they say.
struct Spelt {
    parts: Vec<String>,
    kind: bool,
    issuer: bool,
}

fn accept(part: &Part<'_>, symbol: &Symbol, trust: Trust) -> Option<Spelt> {
    if part.is_digits() || part.tie == Tie::Joined {
        return None;
    }
    let key = letters(part.text);
    if let Some(known) = official(&key) {
        let parts = vec![known.spelling.to_owned()];
        // Behind a kind another one is an issuer: CT is a directive and, in `QĐ-CT`, the chairman.
        let kind = known.kind && !symbol.has_kind;
        let spelt = Spelt {
            parts,
            kind,
            issuer: !kind,
        };
        return known_fits(part, symbol, known.kind, trust).then_some(spelt);
    }
    if symbol.parts.is_empty()
        && let Some((kind, issuer)) = split_joined(&key)
    {
        let parts = vec![kind.to_owned(), issuer.to_owned()];
        return Some(Spelt {
            parts,
            kind: true,
            issuer: true,
        });
    }
    if !unknown_fits(part, symbol, trust) {
        return None;
    }
    // "05/2020/ABC" alone may be anything: the first unknown part is no issuer yet.
    let issuer = symbol.has_kind || !symbol.parts.is_empty();
    Some(Spelt {
        parts: vec![as_typed(part.text)],
        kind: false,
        issuer,
    })
}

fn known_fits(part: &Part<'_>, symbol: &Symbol, is_kind: bool, trust: Trust) -> bool {
    let begins = symbol.parts.is_empty();
    match (trust, part.tie) {
        // Spaces alone hold together a kind and its issuer, nothing more: "35/KH-UBND TT".
        (_, Tie::Blank) if is_kind != begins || symbol.is_whole() => false,
        (Trust::Field, _) => true,
        (Trust::Prose, Tie::Tight) => !(begins && may_be_a_word(part.text)),
        (Trust::Prose, _) => is_kind == begins && !may_be_a_word(part.text),
    }
}

fn unknown_fits(part: &Part<'_>, symbol: &Symbol, trust: Trust) -> bool {
    let fits = match (trust, part.tie) {
        (_, Tie::Blank) => false,
        (Trust::Field, _) => true,
        (Trust::Prose, Tie::Spaced) => part.looks_official() && !symbol.parts.is_empty() && !symbol.is_loose,
        (Trust::Prose, _) if symbol.is_loose => false,
        (Trust::Prose, _) if symbol.has_kind && !symbol.has_issuer => true,
        (Trust::Prose, _) => part.looks_official(),
    };
    fits && part.text.chars().count() <= 12
}

/// Adds the part, and the term of the National Assembly that may follow it (`QH13`, also typed `QH 13`).
fn with_term(text: &str, part: &Part<'_>, spelt: Spelt, symbol: &mut Symbol) -> usize {
    symbol.is_loose |= part.tie == Tie::Blank;
    symbol.has_kind |= spelt.kind;
    symbol.has_issuer |= spelt.issuer;
    symbol.parts.extend(spelt.parts);
    let Some(last) = symbol.parts.last_mut() else {
        return part.end;
    };
    let term = part_at(text, part.end).filter(|term| term.is_digits() && term.text.len() <= 2);
    match term {
        Some(term) if matches!(last.as_str(), "QH" | "UBTVQH") || term.tie == Tie::Joined => {
            last.push_str(term.text);
            term.end
        }
        _ => part.end,
    }
}

/// Abbreviations unknown to us keep their mixture of cases; in small letters only they were typed in haste.
fn as_typed(text: &str) -> String {
    let text: String = text.nfc().collect();
    if text.contains(char::is_uppercase) {
        text
    } else {
        text.to_uppercase()
    }
}

/// The part behind that byte with its tie; nothing where something else than spaces and one sign stands between.
fn part_at(text: &str, from: usize) -> Option<Part<'_>> {
    let rest = text.get(from..)?;
    let body = rest.trim_start_matches(is_tie);
    let tie = tie_of(rest.get(..rest.len() - body.len())?)?;
    let is_digits = body.starts_with(|sign: char| sign.is_ascii_digit());
    let belongs = |sign: char| {
        if is_digits {
            sign.is_ascii_digit()
        } else {
            sign.is_alphabetic() || is_combining_mark(sign)
        }
    };
    let length = body.find(|sign| !belongs(sign)).unwrap_or(body.len());
    let run = body.get(..length).filter(|run| !run.is_empty())?;
    Some(Part {
        tie,
        text: run,
        end: text.len() - body.len() + length,
    })
}

fn is_tie(sign: char) -> bool {
    sign.is_whitespace() || is_dash_or_slash(sign)
}

/// Slash, fraction slash, hyphens and dashes of all lengths, minus, underscore (names of files).
fn is_dash_or_slash(sign: char) -> bool {
    matches!(
        sign,
        '/' | '\u{2044}' | '-' | '_' | '\u{2010}'..='\u{2015}' | '\u{2212}'
    )
}

fn tie_of(between: &str) -> Option<Tie> {
    let spaces = between.chars().filter(|sign| sign.is_whitespace()).count();
    let signs = between.chars().filter(|sign| is_dash_or_slash(*sign)).count();
    match (signs, spaces) {
        (0, 0) => Some(Tie::Joined),
        (1, 0) => Some(Tie::Tight),
        (1, spaces) if spaces <= 2 * MOST_SPACES => Some(Tie::Spaced),
        (0, spaces) if spaces <= MOST_SPACES => Some(Tie::Blank),
        _ => None,
    }
}
