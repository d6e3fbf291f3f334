//! Letters of Bahnar, Jrai, Xơ Đăng and Giẻ Triêng: each is in a font of ours, drawn from there, and words stay whole.

use std::collections::BTreeSet;
use std::time::Instant;

use pbgdpl_pages::assets;
use pbgdpl_testkit::browser::Window;
use serde_json::json;

use crate::demo::{agency, demo};
use crate::walk::{PATIENCE, Walk};

/// A line a language: its code, then words and letters of its writing.
const LETTERS: &str = include_str!("letters.txt");

/// What is loaded only where such a letter stands.
const RARE: &str = "noto-sans-tay-nguyen-";

/// A face of the style sheet.
struct Face {
    weight: String,
    ranges: Vec<(u32, u32)>,
    font: BTreeSet<u32>,
}

impl Face {
    fn has(&self, letter: char) -> bool {
        let code = u32::from(letter);
        self.ranges.iter().any(|(from, to)| (*from..=*to).contains(&code))
    }
}

fn faces() -> Vec<Face> {
    let sheet = assets::lookup(assets::asset("page.css")).unwrap();
    let sheet = std::str::from_utf8(&sheet.bytes).unwrap();
    let rules = sheet.split("@font-face{").skip(1);
    rules
        .map(|rule| {
            let rule = rule.split('}').next().unwrap();
            let said = |name: &str| {
                let lines: Vec<_> = rule
                    .split(';')
                    .filter_map(|line| line.strip_prefix(name))
                    .collect();
                lines.concat()
            };
            let file = said("src:url(");
            let file = format!("{}{}", assets::FOLDER, file.split(')').next().unwrap());
            Face {
                weight: said("font-weight:"),
                ranges: said("unicode-range:").split(',').map(range).collect(),
                font: in_font(&assets::lookup(&file).unwrap().bytes),
            }
        })
        .collect()
}

fn range(words: &str) -> (u32, u32) {
    let words = words.trim().strip_prefix("U+").unwrap();
    let (from, to) = words.split_once('-').unwrap_or((words, words));
    let number = |digits: &str| u32::from_str_radix(digits, 16).unwrap();
    (number(from), number(to))
}

fn two(bytes: &[u8], at: usize) -> u32 {
    u32::from(u16::from_be_bytes(bytes[at..at + 2].try_into().unwrap()))
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap()
}

/// The letters of a WOFF 2 file: its table `cmap`, which no transformation touches (W3C WOFF 2.0, 4 and 5).
fn in_font(file: &[u8]) -> BTreeSet<u32> {
    assert_eq!(&file[..4], b"wOF2");
    let tables = two(file, 12);
    let mut at = 48;
    let number = |at: &mut usize| {
        let mut value = 0_usize;
        loop {
            let byte = file[*at];
            *at += 1;
            value = (value << 7) | usize::from(byte & 0x7f);
            if byte & 0x80 == 0 {
                return value;
            }
        }
    };
    let (mut start, mut cmap) = (0, None);
    for _ in 0..tables {
        let flags = file[at];
        at += 1;
        let known = flags & 0x3f;
        if known == 63 {
            at += 4;
        }
        let length = number(&mut at);
        // Glyphs and their places (10, 11) are transformed unless they say 3; others where they say anything.
        let transformed = if matches!(known, 10 | 11) {
            flags >> 6 != 3
        } else {
            flags >> 6 != 0
        };
        let length = if transformed { number(&mut at) } else { length };
        if known == 0 {
            cmap = Some(start..start + length);
        }
        start += length;
    }
    let compressed = index((two(file, 20) << 16) | two(file, 22));
    let mut sfnt = Vec::new();
    brotli::BrotliDecompress(&mut &file[at..at + compressed], &mut sfnt).unwrap();
    in_cmap(&sfnt[cmap.unwrap()])
}

/// The letters of a `cmap`, format 4 (OpenType): segments of codes that have a glyph.
fn in_cmap(cmap: &[u8]) -> BTreeSet<u32> {
    let subtables = (0..index(two(cmap, 2))).map(|n| 4 + n * 8);
    let mut tables = subtables.map(|at| {
        let offset = (two(cmap, at + 4) << 16) | two(cmap, at + 6);
        &cmap[index(offset)..]
    });
    let table = tables
        .find(|table| two(table, 0) == 4)
        .expect("a font of ours has a table of format 4");
    let size = index(two(table, 6));
    let mut letters = BTreeSet::new();
    for segment in (0..size).step_by(2) {
        let (end, start) = (two(table, 14 + segment), two(table, 16 + size + segment));
        let delta = two(table, 16 + 2 * size + segment);
        let offset_at = 16 + 3 * size + segment;
        for code in start..=end.min(0xfffe) {
            let offset = index(two(table, offset_at));
            let glyph = if offset == 0 {
                (code + delta) & 0xffff
            } else {
                two(table, offset_at + offset + 2 * index(code - start))
            };
            if glyph != 0 {
                letters.insert(code);
            }
        }
    }
    letters
}

/// A letter with the marks that stand on it.
fn clusters(words: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for letter in words.chars() {
        match found.last_mut() {
            Some(last) if ('\u{300}'..='\u{36f}').contains(&letter) => last.push(letter),
            _ => found.push(letter.to_string()),
        }
    }
    found
}

#[test]
fn every_letter_is_in_a_font_with_its_marks() {
    let faces = faces();
    assert_eq!(faces.len(), 6);
    for face in faces.iter().filter(|face| face.has('\u{306}')) {
        let promised = face.ranges.iter().flat_map(|(from, to)| *from..=*to);
        let lacking: Vec<u32> = promised.filter(|code| !face.font.contains(code)).collect();
        assert!(lacking.is_empty(), "the style sheet promises {lacking:x?}");
    }
    let codes: Vec<&str> = LETTERS.lines().map(|line| &line[..3]).collect();
    assert_eq!(codes, ["bdq", "jra", "sed", "jeh"]);
    for line in LETTERS.lines() {
        let (code, words) = line.split_once(": ").unwrap();
        for weight in ["400", "600"] {
            for cluster in clusters(words) {
                let whole = faces.iter().any(|face| {
                    let mut letters = cluster.chars();
                    face.weight == weight
                        && letters.all(|letter| face.has(letter) && face.font.contains(&u32::from(letter)))
                });
                assert!(whole, "{code}: {cluster:?} is in no font of weight {weight}");
            }
        }
    }
}

/// Puts a heading and a paragraph on a page that is there, in a language; words are elements of their own.
const PUT: &str = "
    const main = document.querySelector('main .in');
    for (const name of ['h2', 'p']) {
        const put = document.createElement(name);
        put.id = `chu-${name}`;
        put.lang = arguments[0];
        for (const word of arguments[1].split(' ')) {
            const span = document.createElement('span');
            span.textContent = word;
            put.append(span, ' ');
        }
        main.append(put);
    }
    return document.fonts.ready.then(() => true);";

/// In a box as narrow as the widest word, no word stands on two lines.
const BROKEN: &str = "
    const put = document.querySelector('#chu-p');
    const words = [...put.querySelectorAll('span')];
    const widest = Math.max(...words.map(word => word.getBoundingClientRect().width));
    put.style.width = `${Math.ceil(widest)}px`;
    return words.filter(word => word.getClientRects().length !== 1).map(word => word.textContent);";

/// Whether the page has a font of the rare letters.
const LOADED: &str = "
    return performance.getEntriesByType('resource').some(entry => entry.name.includes(arguments[0]));";

/// Whether it came over the network: what a browser has kept costs nothing.
const FETCHED: &str = "
    return performance.getEntriesByType('resource')
        .some(entry => entry.name.includes(arguments[0]) && entry.transferSize > 0);";

#[tokio::test]
async fn the_browser_draws_them_with_our_fonts() {
    for window in Window::BOTH {
        let section = format!("{}/{}/", demo().public(), agency(window));
        let walk = Walk::begin("letters", window).await;
        for line in LETTERS.lines() {
            let (code, words) = line.split_once(": ").unwrap();
            // Once as an item of this language, once as words that a Vietnamese page quotes: there marks of their own are the system's.
            let alone = |word: &&str| clusters(word).iter().all(|cluster| cluster.chars().count() == 1);
            let quoted: Vec<&str> = words.split(' ').filter(alone).collect();
            for (lang, words) in [(code, words.to_owned()), ("vi", quoted.join(" "))] {
                walk.go(&section).await;
                let rare = walk.browser.execute(FETCHED, vec![json!(RARE)]).await;
                assert_eq!(rare.unwrap(), false, "a Vietnamese page loads nothing more");
                let put = vec![json!(lang), json!(words)];
                walk.browser.execute(PUT, put).await.unwrap();
                for css in ["#chu-h2", "#chu-p"] {
                    drawn_with_ours(&walk, css, code).await;
                }
                let rare = walk.browser.execute(LOADED, vec![json!(RARE)]).await;
                assert_eq!(rare.unwrap(), true, "{code}");
                if lang == code {
                    walk.look(code).await;
                }
                let broken = walk.browser.execute(BROKEN, vec![]).await.unwrap();
                assert_eq!(broken, json!([]), "{code}: words on two lines");
            }
        }
        walk.end().await;
    }
}

/// A font that is still on its way is waited for.
async fn drawn_with_ours(walk: &Walk, css: &str, code: &str) {
    let end = Instant::now() + PATIENCE;
    loop {
        let fonts = walk.browser.fonts_of(css).await.unwrap();
        assert!(!fonts.is_empty(), "{css} has no letters");
        if fonts.iter().all(|font| font.ours) {
            return;
        }
        assert!(Instant::now() < end, "{code}, {css}: {fonts:#?}");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}
