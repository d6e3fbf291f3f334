//! The picture of a page in other people's messages: drawn here once a version, kept, at an address that names its drawing.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::response::Response;
use bytes::Bytes;
use chrono::NaiveDate;
use http::StatusCode;
use moka::sync::Cache;
use pbgdpl_model::article::PublishedItem;
use pbgdpl_model::id::ArticleId;
use pbgdpl_pages::card::Card;
use pbgdpl_pages::part::Link;
use pbgdpl_scope::Tenant;
use tokio::sync::Semaphore;

use crate::error::Error;
use crate::extract::{Citizen, Path, Visitor};
use crate::page;
use crate::public::surroundings::canonical;
use crate::state::AppState;

/// Bound of the pictures kept on a node, in bytes: some five hundred.
const LARGEST: u64 = 16 * 1024 * 1024;
/// How long somebody waits for another picture to be drawn.
const PATIENCE: Duration = Duration::from_secs(2);
/// The section's own picture, where an item has its id.
const SECTION: &str = "chuyen-muc";
/// The picture of the province's own pages, in the same place.
const PROVINCE: &str = "tinh";

/// Pictures that were drawn, and the place to draw one: each node draws one at a time.
#[derive(Debug, Clone)]
pub struct Cards {
    kept: Cache<Card, Bytes>,
    place: Arc<Semaphore>,
}

impl Default for Cards {
    fn default() -> Self {
        let weigh = |_: &Card, file: &Bytes| u32::try_from(file.len() + 512).unwrap_or(u32::MAX);
        Self {
            kept: Cache::builder().weigher(weigh).max_capacity(LARGEST).build(),
            place: Arc::new(Semaphore::new(1)),
        }
    }
}

impl Cards {
    async fn png(&self, card: Card) -> Result<Bytes, Error> {
        if let Some(file) = self.kept.get(&card) {
            return Ok(file);
        }
        let place = tokio::time::timeout(PATIENCE, Arc::clone(&self.place).acquire_owned());
        let place = place.await.map_err(|_| Error::Busy)?.map_err(|_| Error::Busy)?;
        // Who waited finds it drawn.
        if let Some(file) = self.kept.get(&card) {
            return Ok(file);
        }
        let drawing = card.clone();
        let file = page::aside(move || {
            let file = drawing.png().map_err(|e| Error::Internal(Box::new(e)));
            drop(place);
            file
        });
        let file = Bytes::from(file.await?);
        self.kept.insert(card, file.clone());
        Ok(file)
    }
}

fn of_item(tenant: &Tenant, item: &PublishedItem, day: NaiveDate) -> Card {
    Card {
        kind: item.kind.label().to_owned(),
        title: item.title.clone(),
        agency: tenant.official(day).to_owned(),
        accent: tenant.agency().accent.clone(),
    }
}

fn of_section(tenant: &Tenant, day: NaiveDate) -> Card {
    Card {
        kind: "Chuyên mục".to_owned(),
        title: format!("Pháp luật cùng {}", tenant.short(day)),
        agency: tenant.official(day).to_owned(),
        accent: tenant.agency().accent.clone(),
    }
}

fn of_province(name: &str) -> Card {
    Card {
        kind: "Trang thông tin".to_owned(),
        title: "Pháp luật dễ hiểu cho mọi người".to_owned(),
        agency: name.to_owned(),
        accent: "son".to_owned(),
    }
}

fn path(name: &str, card: &Card) -> String {
    format!("anh/{name}-{}.png", card.hash())
}

/// The picture of an item: what it shows, and where it is.
#[must_use]
pub fn item_link(state: &AppState, tenant: &Tenant, item: &PublishedItem, day: NaiveDate) -> Link {
    let card = of_item(tenant, item, day);
    let path = path(&item.id.to_string(), &card);
    Link::new(&card.title, canonical(state, tenant.slug(), &path))
}

/// The picture of a section's own pages.
#[must_use]
pub fn section_link(state: &AppState, tenant: &Tenant, day: NaiveDate) -> Link {
    let card = of_section(tenant, day);
    let path = path(SECTION, &card);
    Link::new(&card.title, canonical(state, tenant.slug(), &path))
}

/// The picture of the province's own pages.
#[must_use]
pub fn province_link(state: &AppState) -> Link {
    let card = of_province(&state.read.registry().now().province().name);
    let path = path(PROVINCE, &card);
    Link::new(&card.title, format!("{}/{path}", state.settings.public.as_str()))
}

/// `GET /anh/tinh-{hash}.png`; an older drawing moves to the present one.
///
/// # Errors
/// Where it is no picture of the province, or too many wait for pictures.
pub async fn province(
    State(state): State<AppState>,
    _citizen: Citizen,
    Path(asked): Path<String>,
) -> Result<Response, Error> {
    if asked.split('-').next() != Some(PROVINCE) {
        return Err(Error::NotFound);
    }
    let card = of_province(&state.read.registry().now().province().name);
    drawn(&state, "", &asked, PROVINCE, card).await
}

/// The picture that was asked for by its present address; else where that is. `mount`: before the path.
async fn drawn(
    state: &AppState,
    mount: &str,
    asked: &str,
    name: &str,
    card: Card,
) -> Result<Response, Error> {
    let path = path(name, &card);
    if path != format!("anh/{asked}") {
        return Ok(page::moved(&format!("{mount}/{path}")));
    }
    let file = state.cards.png(card).await?;
    Ok(page::bytes(StatusCode::OK, "image/png", file))
}

/// `GET {mount}/anh/{id}-{hash}.png`; an older drawing moves to the present one. What was withdrawn has none.
///
/// # Errors
/// Where there is no such item, or too many wait for pictures.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(asked): Path<String>,
) -> Result<Response, Error> {
    let (tenant, day) = (&visitor.tenant, visitor.now.day());
    let (name, card) = if asked.starts_with(SECTION) {
        (SECTION.to_owned(), of_section(tenant, day))
    } else {
        let id = asked.split('-').next().unwrap_or_default();
        let id: ArticleId = id.parse().map_err(|_| Error::NotFound)?;
        let item = state.read.public().item(tenant.id(), id).await?;
        let item = item
            .filter(|item| item.withdrawn.is_none())
            .ok_or(Error::NotFound)?;
        (id.to_string(), of_item(tenant, &item, day))
    };
    drawn(&state, &visitor.arrival.mount, &asked, &name, card).await
}
