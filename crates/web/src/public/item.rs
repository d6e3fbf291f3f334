//! One item, of any kind; also a withdrawn one, under its notice.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use pbgdpl_model::article::{Kind, PublishedItem, Validity};
use pbgdpl_model::id::ArticleId;
use pbgdpl_pages::Frame;
use pbgdpl_pages::linked::{self, Legislation, LinkedData, Sort, Work};
use pbgdpl_pages::part::Link;
use pbgdpl_pages::public::{Basis, Body, Fact, Item, Picture, Sister, Withdrawal};
use pbgdpl_store::public::PublicLine;
use pbgdpl_vietnamese::date;

use crate::error::Error;
use crate::extract::{Path, Visitor};
use crate::page;
use crate::public::{card, rows, surroundings};
use crate::state::AppState;

/// Other places of the same page that a reader is shown by name.
const PLACES: usize = 5;

/// `GET {mount}/bai/{id}-{slug}`; a wrong slug moves to the right one, for ever.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(item): Path<String>,
) -> Result<Response, Error> {
    let (id, slug) = item.split_once('-').unwrap_or((item.as_str(), ""));
    let id: ArticleId = id.parse().map_err(|_| Error::NotFound)?;
    let found = state
        .read
        .public()
        .item(visitor.tenant.id(), id)
        .await?
        .ok_or(Error::NotFound)?;
    if slug != found.slug {
        let path = format!("{}/bai/{id}-{}", visitor.arrival.mount, found.slug);
        return Ok(page::moved(&visitor.arrival.with_query(&path)));
    }
    let path = format!("bai/{id}-{slug}");
    let mut frame = surroundings::section(&state, &visitor, &path).await?;
    let lines = state.read.public().kin(&found).await?;
    let cut = rows::is_cut(lines.len());
    let (family, others): (Vec<PublicLine>, Vec<PublicLine>) =
        lines.into_iter().partition(|line| is_sister(&found, line));
    let sisters = sisters(&state, &visitor, &frame, &family);
    let copied = found.facts.copied.as_ref().filter(|_| found.withdrawn.is_none());
    let verbatim = copied.filter(|copied| copied.verbatim);
    frame.copy_of = verbatim.map(|copied| copied.from.as_str().to_owned());
    if found.withdrawn.is_none() {
        frame.card = Some(card::item_link(
            &state,
            &visitor.tenant,
            &found,
            visitor.now.day(),
        ));
        let original = family.iter().find(|line| Some(line.id) == found.facts.translates);
        let original = original.map(|line| canonical(&state, &visitor, line));
        frame.linked = Some(said(&state, &visitor, &frame, &found, original));
    }
    let files = state.settings.files.as_str();
    let mut whole = shown(frame, &found, files, visitor.now.day());
    whole.sisters = sisters;
    if copied.is_some() {
        whole.origin.extend(copies(&state, &visitor, &others, cut));
    }
    page::html(&whole)
}

/// Of the same family of languages, not merely copied from the same page.
fn is_sister(item: &PublishedItem, line: &PublicLine) -> bool {
    let original = item.facts.translates.unwrap_or(item.id);
    line.tenant == item.tenant && (line.id == original || line.facts.translates == Some(original))
}

/// Where else in the province the same page was copied to: a few places, and how many more there are.
fn copies(state: &AppState, visitor: &Visitor, lines: &[PublicLine], cut: bool) -> Vec<Fact> {
    const LABEL: &str = "Cũng có ở";
    let agencies = state.read.registry().now();
    let place = |line: &PublicLine| {
        let tenant = agencies.by_id(line.tenant)?;
        let address = surroundings::canonical(state, tenant.slug(), &rows::item_path(line));
        let words = format!("{}: {}", tenant.short(visitor.now.day()), line.title);
        Some(Fact::linked(LABEL, words, address))
    };
    let mut facts: Vec<Fact> = lines.iter().filter_map(place).take(PLACES).collect();
    let more = rows::other_places(lines.len(), facts.len(), cut);
    facts.extend(more.map(|words| Fact::new(LABEL, words)));
    facts
}

fn canonical(state: &AppState, visitor: &Visitor, line: &PublicLine) -> String {
    surroundings::canonical(state, visitor.tenant.slug(), &rows::item_path(line))
}

/// The same item in other languages, as its page names them.
fn sisters(state: &AppState, visitor: &Visitor, frame: &Frame, lines: &[PublicLine]) -> Vec<Sister> {
    lines
        .iter()
        .map(|line| {
            let verbatim = line.facts.copied.as_ref().is_some_and(|copied| copied.verbatim);
            Sister {
                lang: line.facts.language.word(),
                label: line.facts.language.label().to_owned(),
                href: frame.link(&rows::item_path(line)),
                address: (!verbatim).then(|| canonical(state, visitor, line)),
            }
        })
        .collect()
}

/// The page of an item as a site would frame it.
///
/// # Errors
/// Where there is no such item, or the store fails.
pub async fn preview(state: &AppState, visitor: &Visitor, id: ArticleId) -> Result<Response, Error> {
    let found = state.read.public().item(visitor.tenant.id(), id).await?;
    let found = found.ok_or(Error::NotFound)?;
    let path = format!("bai/{id}-{}", found.slug);
    let frame = surroundings::section(state, visitor, &path).await?;
    let files = state.settings.files.as_str();
    page::html(&shown(frame, &found, files, visitor.now.day()))
}

/// What the page says to programs.
fn said(
    state: &AppState,
    visitor: &Visitor,
    frame: &Frame,
    item: &PublishedItem,
    translates: Option<String>,
) -> LinkedData {
    let today = visitor.now.day();
    let card = frame.card.as_ref().map(|card| card.href.clone());
    let picture = item.facts.picture.as_ref();
    let picture = picture.map(|picture| format!("{}/t/{}", state.settings.files.as_str(), picture.media));
    let list = surroundings::canonical(
        state,
        visitor.tenant.slug(),
        &format!("loai/{}", item.kind.word()),
    );
    let work = Work {
        sort: match item.kind {
            Kind::Tin => Sort::News,
            Kind::VanBanMoi => Sort::Law,
            Kind::ToGap => Sort::Leaflet,
        },
        id: format!("urn:uuid:{}", item.id.0),
        address: frame.canonical.clone(),
        title: item.title.clone(),
        summary: item.summary.clone(),
        kind: (item.kind.label().to_owned(), list),
        published: item.first_published_at.rfc3339(),
        changed: item.published_at.rfc3339(),
        pictures: picture.into_iter().chain(card).collect(),
        law: item.facts.document.as_ref().map(|document| Legislation {
            number: document.number.clone(),
            kind: document.kind.clone(),
            issuer: document.issuer.clone(),
            issued: document.issued,
            effective: document.effective,
            expires: document.expires,
            in_force: match document.validity_on(today) {
                Validity::InForce(_) => Some(true),
                Validity::Coming(_) | Validity::Ended(_) => Some(false),
                Validity::Unknown => None,
            },
            source: document.source_url.clone(),
        }),
        language: item.facts.language.word(),
        translates,
        copied: item
            .facts
            .copied
            .as_ref()
            .map(|copied| (copied.from.as_str().to_owned(), copied.verbatim)),
    };
    linked::item(&surroundings::organization(state, visitor, frame), &work)
}

/// The page of an item: also what an editor sees as a preview.
#[must_use]
pub fn shown(frame: Frame, item: &PublishedItem, files: &str, today: NaiveDate) -> Item {
    let kind_path = format!("loai/{}", item.kind.word());
    let withdrawal = item.withdrawn.as_ref().map(|(at, reason)| Withdrawal {
        since: date::dmy(at.day()),
        reason: reason.clone(),
        instead: None,
    });
    let body = match (&withdrawal, item.kind) {
        (Some(_), _) => Body::None,
        (None, Kind::ToGap) => Body::leaflet(&item.html),
        (None, _) => Body::text(&item.html),
    };
    let body = if frame.embed { body.framed() } else { body };
    let picture = item
        .facts
        .picture
        .as_ref()
        .filter(|_| withdrawal.is_none())
        .map(|p| Picture {
            src: format!("{files}/t/{}", p.media),
            alt: p.alt.clone(),
            width: u32::try_from(p.width).unwrap_or(0),
            height: u32::try_from(p.height).unwrap_or(0),
        });
    Item {
        kind: Link::new(item.kind.label(), frame.link(&kind_path)),
        title: item.title.clone(),
        summary: item.summary.clone(),
        published: date::dmy(item.first_published_at.day()),
        facts: facts(item, today),
        change: item
            .facts
            .changes
            .first()
            .map(|(day, note)| (date::dmy(*day), note.clone())),
        withdrawal,
        picture,
        body,
        bases: item
            .facts
            .bases
            .iter()
            .map(|b| Basis {
                title: format!("{} số {}", b.title, b.number),
                articles: b.articles.clone(),
                href: None,
            })
            .collect(),
        as_of: item.facts.checked_on.map(date::dmy),
        origin: origin(item, &frame),
        lang: item.facts.language.word(),
        sisters: Vec::new(),
        frame: frame.at(&kind_path),
    }
}

fn facts(item: &PublishedItem, today: NaiveDate) -> Vec<Fact> {
    let mut facts = Vec::new();
    if item.facts.language.foreign().is_some() {
        facts.push(Fact::new("Ngôn ngữ", item.facts.language.label()));
    }
    let Some(document) = &item.facts.document else {
        return facts;
    };
    facts.push(Fact::new("Số, ký hiệu", &document.number));
    facts.push(Fact::new("Cơ quan ban hành", &document.issuer));
    if let Some(day) = document.issued {
        facts.push(Fact::new("Ngày ban hành", date::dmy(day)));
    }
    if let Some(day) = document.effective {
        facts.push(Fact::new("Có hiệu lực từ", date::dmy(day)));
    }
    facts.push(Fact::state(
        format!("Hiệu lực, tính đến ngày {}", date::dmy(today)),
        rows::validity(document, today).fact(),
    ));
    if !document.affected.is_empty() {
        facts.push(Fact::new("Liên quan đến", &document.affected));
    }
    facts
}

fn origin(item: &PublishedItem, frame: &Frame) -> Vec<Fact> {
    let mut facts = vec![Fact::new("Cơ quan công bố", &frame.speaker.official)];
    if !item.facts.source.is_empty() {
        facts.push(Fact::new("Nguồn", &item.facts.source));
    }
    if let Some(copied) = &item.facts.copied {
        let how = if copied.verbatim {
            " (sao nguyên văn)"
        } else {
            ""
        };
        let words = format!("{}{how}", copied.from.host());
        facts.push(Fact::linked("Bản gốc ở", words, copied.from.as_str()));
    }
    facts.push(Fact::new("Người soạn", &item.facts.author));
    facts.push(Fact::new("Người duyệt", &item.facts.approver));
    facts.push(Fact::new("Công bố", date::dmy(item.first_published_at.day())));
    if item.published_at != item.first_published_at {
        facts.push(Fact::new("Cập nhật", date::dmy(item.published_at.day())));
    }
    facts
}
