//! Search, in a section and in the whole province: with or without Vietnamese marks.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_pages::Frame;
use pbgdpl_pages::part::{Link, Pager};
use pbgdpl_pages::public::{Hit, Piece, Search};
use pbgdpl_scope::Snapshot;
use pbgdpl_store::public::{PublicLine, SearchPage};
use pbgdpl_vietnamese::{date, fold};
use serde::Deserialize;

use crate::error::Error;
use crate::extract::{Citizen, Query, Visitor};
use crate::page;
use crate::public::{rows, surroundings};
use crate::state::AppState;

/// Lines on one page.
const PER_PAGE: u64 = 20;
/// Longest query, in characters.
const LONGEST: usize = 200;

/// `?q=&trang=`
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    q: Option<String>,
    trang: Option<u32>,
}

impl Asked {
    fn words(&self) -> &str {
        self.q.as_deref().unwrap_or_default().trim()
    }

    fn folded(&self) -> Vec<String> {
        self.words().split_whitespace().map(fold).collect()
    }

    fn page(&self) -> u64 {
        u64::from(self.trang.unwrap_or(1).clamp(1, 100))
    }

    fn problem(&self) -> Option<String> {
        (self.words().chars().count() > LONGEST)
            .then(|| "câu tìm dài quá 200 ký tự; hãy dùng vài từ chính".to_owned())
    }
}

/// `GET {mount}/tim-kiem?q=`
pub async fn section(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let frame = surroundings::section(&state, &visitor, "tim-kiem")
        .await?
        .at("tim-kiem");
    let found = find(&state, Some(visitor.tenant.id()), &asked).await?;
    let elsewhere = Link::new(
        "Tìm trong toàn tỉnh",
        format!(
            "{}/tim-kiem?q={}",
            state.settings.public.as_str(),
            encoded(asked.words())
        ),
    );
    let scope = format!("chuyên mục của {}", frame.speaker.short);
    let words = asked.folded();
    let hits = found
        .lines
        .iter()
        .map(|l| hit(l, frame.link(&rows::item_path(l)), None, &words))
        .collect();
    page::html(&shown(frame, &asked, scope, found.total, hits, Some(elsewhere)))
}

/// `GET /tim-kiem?q=`
pub async fn province(
    State(state): State<AppState>,
    citizen: Citizen,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let agencies = state.read.registry().now();
    let frame = surroundings::province(&state, &citizen, "tim-kiem").at("tim-kiem");
    let found = find(&state, None, &asked).await?;
    let today = citizen.now.day();
    let words = asked.folded();
    let hits = found
        .lines
        .iter()
        .map(|l| province_hit(l, &agencies, today, &words))
        .collect();
    page::html(&shown(frame, &asked, "toàn tỉnh".into(), found.total, hits, None))
}

async fn find(
    state: &AppState,
    tenant: Option<pbgdpl_model::id::TenantId>,
    asked: &Asked,
) -> Result<SearchPage, Error> {
    if asked.words().is_empty() || asked.problem().is_some() {
        return Ok(SearchPage::default());
    }
    Ok(state
        .read
        .public()
        .search(tenant, asked.words(), asked.page(), PER_PAGE)
        .await?)
}

fn shown(
    frame: Frame,
    asked: &Asked,
    scope: String,
    total: u64,
    hits: Vec<Hit>,
    elsewhere: Option<Link>,
) -> Search {
    let base = format!("{}?q={}", frame.link("tim-kiem"), encoded(asked.words()));
    Search {
        query: asked.words().chars().take(LONGEST).collect(),
        scope,
        total,
        hits,
        pager: Pager::new(base, asked.page(), total, PER_PAGE),
        elsewhere,
        problem: asked.problem(),
        frame,
    }
}

fn province_hit(line: &PublicLine, agencies: &Snapshot, today: chrono::NaiveDate, asked: &[String]) -> Hit {
    let owner = agencies.by_id(line.tenant);
    let slug = owner.as_ref().map(|t| t.slug().to_owned()).unwrap_or_default();
    let name = owner.map(|t| t.short(today).to_owned());
    hit(line, format!("/{slug}/{}", rows::item_path(line)), name, asked)
}

fn hit(line: &PublicLine, href: String, agency: Option<String>, asked: &[String]) -> Hit {
    Hit {
        title: pieces(&line.title, asked),
        href,
        excerpt: pieces(&line.summary, asked),
        kind: line.kind.label().to_owned(),
        number: line.facts.document.as_ref().map(|d| d.number.clone()),
        published: date::dmy(line.first_published_at.day()),
        agency,
        state: None,
    }
}

/// Cuts a text into what was asked for and what was not, word by word, whatever the marks. `asked`: folded words.
fn pieces(text: &str, asked: &[String]) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (i, word) in text.split(' ').enumerate() {
        let bare = fold(word.trim_matches(|c: char| !c.is_alphanumeric()));
        let hit = !bare.is_empty() && asked.contains(&bare);
        let space = if i == 0 { "" } else { " " };
        match pieces.last_mut() {
            Some(last) if last.hit == hit => last.text.push_str(&format!("{space}{word}")),
            // The space before a hit is not part of what is marked.
            Some(last) if hit => {
                last.text.push_str(space);
                pieces.push(Piece {
                    text: word.to_owned(),
                    hit,
                });
            }
            _ => pieces.push(Piece {
                text: format!("{space}{word}"),
                hit,
            }),
        }
    }
    pieces
}

fn encoded(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hits_are_shown_whatever_the_marks() {
        let got = pieces("Luật Đất đai mới", &["dat".into(), "dai".into()]);
        let hits: Vec<&str> = got.iter().filter(|p| p.hit).map(|p| p.text.trim()).collect();
        assert_eq!(hits, ["Đất đai"]);
        assert_eq!(
            got.iter().map(|p| p.text.as_str()).collect::<String>(),
            "Luật Đất đai mới"
        );
    }
}
