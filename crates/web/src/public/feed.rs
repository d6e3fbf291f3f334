//! Feeds and the calendar of law: only what is published, with absolute addresses.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use http::StatusCode;
use pbgdpl_model::article::{Kind, Language, PublishedItem};
use pbgdpl_pages::feed::{Calendar, CalendarDay, Feed, FeedEntry, Format};
use pbgdpl_scope::Tenant;
use pbgdpl_store::public::PublicLine;
use pbgdpl_vietnamese::date;
use serde::Deserialize;
use uuid::Uuid;

use crate::error::Error;
use crate::extract::{Citizen, Path, Query, Visitor};
use crate::page;
use crate::public::rows;
use crate::public::surroundings::canonical;
use crate::state::AppState;

/// Entries of a feed.
const ENTRIES: u64 = 50;
/// Days of a calendar: the coming ones first, then those that passed last.
const DAYS: u64 = 300;
/// The calendar's last segment.
const CALENDAR: &str = "lich.ics";

/// Query keys that make it another feed.
pub const KEYS: &[&str] = &["tieng"];

/// `?tieng=`: entries in this language only.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    tieng: String,
}

impl Asked {
    fn language(&self) -> Result<Option<Language>, Error> {
        if self.tieng.is_empty() {
            return Ok(None);
        }
        let language = self.tieng.parse();
        language.map(Some).map_err(|_| Error::NotFound)
    }
}

/// `GET {mount}/feed.atom`, `feed.rss`, `feed.json`
///
/// # Errors
/// Where there is no such language, or the store fails.
pub async fn section(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    of_section(&state, &visitor, None, asked.language()?).await
}

/// `GET {mount}/loai/{kind}/feed.atom`, `feed.rss`, `feed.json`
///
/// # Errors
/// Where there is no such kind or language, or the store fails.
pub async fn kind(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(kind): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let kind: Kind = kind.parse().map_err(|_| Error::NotFound)?;
    of_section(&state, &visitor, Some(kind), asked.language()?).await
}

async fn of_section(
    state: &AppState,
    visitor: &Visitor,
    kind: Option<Kind>,
    language: Option<Language>,
) -> Result<Response, Error> {
    let format = Format::of_path(&visitor.arrival.path).ok_or(Error::NotFound)?;
    let tenant = &visitor.tenant;
    let day = visitor.now.day();
    let public = state.read.public();
    let items = public
        .latest_whole(Some(tenant.id()), kind, language, ENTRIES)
        .await?;
    let path = kind.map_or_else(String::new, |kind| format!("loai/{}", kind.word()));
    let home = canonical(state, tenant.slug(), &path);
    let file = if path.is_empty() {
        format.file().to_owned()
    } else {
        format!("{path}/{}", format.file())
    };
    let title = match kind {
        None => format!("{}: phổ biến, giáo dục pháp luật", tenant.short(day)),
        Some(kind) => format!("{}: {}", tenant.short(day), kind.label()),
    };
    let feed = Feed {
        title: titled(title, language),
        subtitle: tenant.official(day).to_owned(),
        id: id(tenant.id().0, &format!("{path}{}", key(language))),
        address: format!("{}{}", canonical(state, tenant.slug(), &file), key(language)),
        language: language.unwrap_or_default().word(),
        home,
        updated: newest(&items, &visitor.now.rfc3339()),
        entries: items.iter().map(|item| entry(state, tenant, item, day)).collect(),
    };
    written(format, &feed)
}

/// `GET /feed.atom`, `/feed.rss`, `/feed.json`: the province's latest, each entry with the agency that speaks.
///
/// # Errors
/// Where there is no such language, or the store fails.
pub async fn province(
    State(state): State<AppState>,
    citizen: Citizen,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let language = asked.language()?;
    let format = Format::of_path(&citizen.arrival.path).ok_or(Error::NotFound)?;
    let agencies = state.read.registry().now();
    let public = state.read.public();
    let items = public.latest_whole(None, None, language, ENTRIES).await?;
    let day = citizen.now.day();
    let entries = items
        .iter()
        .filter_map(|item| Some(entry(&state, &agencies.by_id(item.tenant)?, item, day)))
        .collect();
    let home = format!("{}/", state.settings.public.as_str());
    let title = format!("Phổ biến, giáo dục pháp luật: {}", agencies.province().name);
    let feed = Feed {
        title: titled(title, language),
        subtitle: "Bài mới của mọi cơ quan".into(),
        id: id(agencies.province().id.0, &key(language)),
        address: format!("{home}{}{}", format.file(), key(language)),
        language: language.unwrap_or_default().word(),
        home,
        updated: newest(&items, &citizen.now.rfc3339()),
        entries,
    };
    written(format, &feed)
}

/// What the address of a feed in one language ends with.
fn key(language: Option<Language>) -> String {
    language.map_or_else(String::new, |language| format!("?tieng={}", language.word()))
}

fn titled(title: String, language: Option<Language>) -> String {
    match language {
        None => title,
        Some(language) => format!("{title} ({})", language.label()),
    }
}

/// `GET {mount}/lich.ics`: the days on which documents come into force.
///
/// # Errors
/// Where the store fails.
pub async fn calendar(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Error> {
    let tenant = &visitor.tenant;
    let lines = state
        .read
        .public()
        .by_effective_date(Some(tenant.id()), DAYS)
        .await?;
    let name = format!("Ngày văn bản có hiệu lực – {}", tenant.short(visitor.now.day()));
    let days = lines.iter().filter_map(|line| day_of(&state, tenant, line));
    let days = days.collect();
    Ok(calendar_of(
        name,
        canonical(&state, tenant.slug(), CALENDAR),
        days,
    ))
}

/// `GET /lich.ics`: those of all agencies.
///
/// # Errors
/// Where the store fails.
pub async fn province_calendar(State(state): State<AppState>, _citizen: Citizen) -> Result<Response, Error> {
    let agencies = state.read.registry().now();
    let lines = state.read.public().by_effective_date(None, DAYS).await?;
    let days = lines
        .iter()
        .filter_map(|line| day_of(&state, &agencies.by_id(line.tenant)?, line))
        .collect();
    let name = format!("Ngày văn bản có hiệu lực – {}", agencies.province().name);
    let address = format!("{}/{CALENDAR}", state.settings.public.as_str());
    Ok(calendar_of(name, address, days))
}

fn calendar_of(name: String, address: String, days: Vec<CalendarDay>) -> Response {
    let file = pbgdpl_pages::feed::calendar(&Calendar { name, address, days });
    page::bytes(StatusCode::OK, "text/calendar; charset=utf-8", file)
}

fn day_of(state: &AppState, tenant: &Tenant, line: &PublicLine) -> Option<CalendarDay> {
    let document = line.facts.document.as_ref()?;
    let day = document.effective?;
    Some(CalendarDay {
        id: line.id.0.to_string(),
        day,
        title: format!("Có hiệu lực: {}", line.title),
        text: format!(
            "{}\nVăn bản số {}, có hiệu lực từ ngày {}.",
            line.summary,
            document.number,
            date::dmy(day)
        ),
        address: canonical(state, tenant.slug(), &rows::item_path(line)),
        changed: line.published_at.rfc3339(),
    })
}

fn entry(state: &AppState, tenant: &Tenant, item: &PublishedItem, day: NaiveDate) -> FeedEntry {
    let address = canonical(state, tenant.slug(), &format!("bai/{}-{}", item.id, item.slug));
    FeedEntry {
        // The id survives a change of slug and of host.
        id: format!("urn:uuid:{}", item.id.0),
        title: item.title.clone(),
        address,
        summary: item.summary.clone(),
        html: Some(item.html.clone()),
        published: item.first_published_at.rfc3339(),
        updated: item.published_at.rfc3339(),
        author: tenant.official(day).to_owned(),
        categories: vec![item.kind.label().to_owned()],
        language: item.facts.language.word(),
    }
}

/// The permanent id of a feed: made of whose it is and of which list, because addresses change with names.
fn id(of: Uuid, list: &str) -> String {
    format!(
        "urn:uuid:{}",
        Uuid::new_v5(&of, format!("feed/{list}").as_bytes())
    )
}

fn newest(items: &[PublishedItem], otherwise: &str) -> String {
    items
        .iter()
        .map(|i| i.published_at)
        .max()
        .map_or_else(|| otherwise.to_owned(), |at| at.rfc3339())
}

fn written(format: Format, feed: &Feed) -> Result<Response, Error> {
    let body = format.write(feed).map_err(|e| Error::Internal(Box::new(e)))?;
    let media_type = format!("{}; charset=utf-8", format.media_type());
    Ok(page::bytes(StatusCode::OK, &media_type, body))
}
