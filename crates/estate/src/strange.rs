//! Links that somebody else put into a page of the state: to betting, or hidden from whoever reads it (N-15).

use std::collections::BTreeSet;

use pbgdpl_vietnamese::fold;
use scraper::{ElementRef, Html};
use url::Url;

use crate::selected;

/// Words of betting, without marks, as they stand in links and hosts. Kept short: each must be of nothing else.
const WORDS: &str = include_str!("betting.txt");
/// So many hidden links to strangers are no menu any more.
const HIDDEN: usize = 3;
/// Ways to hide a link in the page's own text.
const HIDING: [&str; 8] = [
    "display:none",
    "visibility:hidden",
    "font-size:0",
    "opacity:0",
    "left:-",
    "top:-9",
    "text-indent:-",
    "height:0",
];

/// The hosts that strange links lead to, in order; `ours` are never strange.
pub(crate) fn hosts(html: &Html, page: &Url, ours: &[&str]) -> Vec<String> {
    let mut strange = BTreeSet::new();
    let mut hidden = BTreeSet::new();
    for link in selected(html, "a[href]") {
        let Some(url) = link.attr("href").and_then(|href| page.join(href).ok()) else {
            continue;
        };
        let Some(host) = stranger(&url, page, ours) else {
            continue;
        };
        let words = fold(&format!("{} {}", link.text().collect::<String>(), url.path()));
        if speaks_of_betting(&words) || speaks_of_betting(&fold(&host)) {
            strange.insert(host);
        } else if is_hidden(&link) {
            hidden.insert(host);
        }
    }
    if hidden.len() >= HIDDEN {
        strange.extend(hidden);
    }
    strange.into_iter().collect()
}

/// The host of a link that leads to somebody who is neither the page's site, nor ours, nor the state.
fn stranger(url: &Url, page: &Url, ours: &[&str]) -> Option<String> {
    let host = url.host_str()?;
    let own = ours.iter().any(|our| url.as_str().starts_with(our));
    let same = page.host_str() == Some(host);
    let state = host == "gov.vn" || host.ends_with(".gov.vn");
    (!own && !same && !state).then(|| host.to_owned())
}

fn speaks_of_betting(folded: &str) -> bool {
    let plain: String = folded
        .chars()
        .map(|letter| if letter.is_alphanumeric() { letter } else { ' ' })
        .collect();
    let padded = format!(" {} ", plain.split_whitespace().collect::<Vec<_>>().join(" "));
    WORDS
        .lines()
        .map(str::trim)
        .filter(|word| !word.is_empty() && !word.starts_with('#'))
        .any(|word| padded.contains(&format!(" {word} ")))
}

/// The link or something around it is hidden in the page's own text; style sheets are not read.
fn is_hidden(link: &ElementRef<'_>) -> bool {
    std::iter::once(*link)
        .chain(link.ancestors().filter_map(ElementRef::wrap))
        .any(|element| {
            let style = element.attr("style").unwrap_or_default().to_ascii_lowercase();
            let style: String = style.chars().filter(|letter| !letter.is_whitespace()).collect();
            element.attr("hidden").is_some() || HIDING.iter().any(|way| style.contains(way))
        })
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
        assert_eq!(found(&format!("<div>{links}</div>")), Vec::<String>::new());
    }
}
