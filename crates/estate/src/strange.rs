//! Links that somebody else put into a page of the state: to betting, or hidden from whoever reads it (N-15).

use std::collections::BTreeSet;

use pbgdpl_vietnamese::fold;
use scraper::{ElementRef, Html};
use url::Url;

use crate::selected;

/// Words of betting, as people read them. Each must be of nothing else.
const WORDS: &str = include_str!("betting.txt");
/// Phrases that a visible link must hold: news of law speak of betting too, and one of them is no invitation.
const PHRASES: usize = 2;
/// So many hidden links to strangers are no menu any more.
const HIDDEN: usize = 3;
/// Links of a page that are looked at, and elements around a link: a page made to keep us busy is not looked at whole.
const LOOKED_AT: (usize, usize) = (3_000, 64);

/// The hosts that strange links lead to, in order; `ours` are never strange.
pub(crate) fn hosts(html: &Html, page: &Url, ours: &[&str]) -> Vec<String> {
    let words = Words::read();
    let mut strange = BTreeSet::new();
    let mut hidden = BTreeSet::new();
    for link in selected(html, "a[href]").take(LOOKED_AT.0) {
        let Some(url) = link.attr("href").and_then(|href| page.join(href).ok()) else {
            continue;
        };
        let Some(host) = stranger(&url, page, ours) else {
            continue;
        };
        let out_of_sight = is_hidden(&link);
        let phrases = words.in_text(&link.text().collect::<String>()) + words.in_address(url.path());
        let enough = if out_of_sight { 1 } else { PHRASES };
        if phrases >= enough || words.in_address(&host) > 0 {
            strange.insert(host);
        } else if out_of_sight {
            hidden.insert(host);
        }
    }
    if hidden.len() >= HIDDEN {
        strange.extend(hidden);
    }
    strange.into_iter().collect()
}

/// Phrases of betting: as they are read, and without marks as addresses have them. Folding a text would make other words of
/// them: "cả cuộc", "nhà cải tạo".
struct Words {
    read: Vec<String>,
    folded: Vec<String>,
}

impl Words {
    fn read() -> Self {
        let lines = WORDS.lines().map(str::trim);
        let read: Vec<String> = lines
            .filter(|word| !word.is_empty() && !word.starts_with('#'))
            .map(|word| format!(" {word} "))
            .collect();
        let folded = read
            .iter()
            .map(|word| format!(" {} ", fold(word).trim()))
            .collect();
        Self { read, folded }
    }

    fn in_text(&self, text: &str) -> usize {
        let padded = padded(&text.to_lowercase());
        self.read
            .iter()
            .filter(|word| padded.contains(word.as_str()))
            .count()
    }

    fn in_address(&self, address: &str) -> usize {
        let padded = padded(&fold(address));
        self.folded
            .iter()
            .filter(|word| padded.contains(word.as_str()))
            .count()
    }
}

/// Words with one space between them and around them.
fn padded(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .collect();
    format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// The host of a link that leads to somebody who is neither the page's site, nor ours, nor the state.
fn stranger(url: &Url, page: &Url, ours: &[&str]) -> Option<String> {
    let host = url.host_str()?;
    let own = ours.iter().any(|our| url.as_str().starts_with(our));
    let same = page.host_str() == Some(host);
    let state = host == "gov.vn" || host.ends_with(".gov.vn");
    (!own && !same && !state).then(|| host.to_owned())
}

/// The link or something around it is hidden in the page's own text; style sheets are not read.
fn is_hidden(link: &ElementRef<'_>) -> bool {
    std::iter::once(*link)
        .chain(link.ancestors().take(LOOKED_AT.1).filter_map(ElementRef::wrap))
        .any(|element| element.attr("hidden").is_some() || element.attr("style").is_some_and(hides))
}

/// Whether a style hides: by its declarations, not by letters that stand in others ("opacity: 0.9", "margin-left: -15px").
fn hides(style: &str) -> bool {
    let style = style.to_ascii_lowercase();
    let declared: Vec<(&str, &str)> = style
        .split(';')
        .filter_map(|declaration| declaration.split_once(':'))
        .map(|(name, value)| (name.trim(), value.trim().trim_end_matches("!important").trim()))
        .collect();
    let is = |name: &str, wanted: &str| declared.contains(&(name, wanted));
    let number = |name: &str| {
        let (_, value) = declared.iter().find(|(known, _)| *known == name)?;
        let end = value
            .find(|c: char| !(c.is_ascii_digit() || c == '-' || c == '.'))
            .unwrap_or(value.len());
        value.get(..end)?.parse::<f64>().ok()
    };
    let nothing = |name: &str| number(name).is_some_and(|value| value.abs() < f64::EPSILON);
    let far = |name: &str| number(name).is_some_and(|value| value <= -500.0);
    let placed = is("position", "absolute") || is("position", "fixed");
    is("display", "none")
        || is("visibility", "hidden")
        || ["font-size", "opacity", "height", "width"]
            .into_iter()
            .any(nothing)
        || far("text-indent")
        || (placed && (far("left") || far("top")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(body: &str) -> Vec<String> {
        let page = Url::parse("https://so.example.gov.vn/gioi-thieu").unwrap();
        let ours = ["https://nhung.example", "https://pl.example/so-a/"];
        hosts(&Html::parse_document(body), &page, &ours)
    }

    #[test]
    fn betting_is_found_wherever_it_stands() {
        for body in [
            "<a href='https://xyz.example/'>Nhà cái uy tín</a>",
            "<a href='https://casino.example/'>Xem thêm</a>",
            "<a href='//abc.example/tai-xiu-online'>.</a>",
            "<div style='position: absolute; left: -9999px'><a href='https://a.example/'>KÈO NHÀ CÁI</a></div>",
        ] {
            assert_eq!(found(body).len(), 1, "{body}");
        }
    }

    #[test]
    fn law_about_betting_is_not_betting() {
        for body in [
            "<a href='/bai/toi-danh-bac'>Tội đánh bạc, cá cược trái phép bị xử lý thế nào</a>",
            "<a href='https://vbpl.vn.gov.vn/ca-cuoc'>Nghị định về kinh doanh casino, cá cược</a>",
            "<a href='https://nhung.example/k/1/bai/ca-cuoc'>Cá cược bóng đá</a>",
            "<div hidden><a href='https://facebook.com/so'>Trang của Sở</a></div>",
            "<p>nhà cái, casino, tài xỉu</p>",
            "<a href='https://nhandan.example/ca-cuoc-doi'>Cả cuộc đời vì dân</a>",
            "<a href='https://bao.example/bac-cau'>Bắc cầu qua suối, nhà cải tạo xong</a>",
            "<a href='https://bao.example/tin'>Triệt phá đường dây cá cược</a>",
            "<a href='https://poker-chung-chi.example/'>Chúng chí</a>",
        ] {
            assert_eq!(found(body), Vec::<String>::new(), "{body}");
        }
    }

    #[test]
    fn a_hidden_crowd_of_strangers_is_strange() {
        let links: String = (0..4)
            .map(|n| format!("<a href='https://ban-hang-{n}.example/'>giày</a>"))
            .collect();
        assert_eq!(
            found(&format!("<div style='display: none'>{links}</div>")).len(),
            4
        );
        for seen in [
            "",
            "opacity: 0.9",
            "margin-left:-15px",
            "line-height:0.9; font-size: 0.9rem",
            "left: -9999px",
        ] {
            let page = format!("<div style='{seen}'>{links}</div>");
            assert_eq!(found(&page), Vec::<String>::new(), "{seen}");
        }
    }
}
