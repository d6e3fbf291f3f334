//! Feeds and sitemaps: only what is published, with absolute addresses.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::agency::Status;
use pbgdpl_model::article::PublishedItem;
use pbgdpl_pages::feed::{Feed, FeedEntry, SitemapEntry};
use pbgdpl_scope::Tenant;

use crate::error::Error;
use crate::extract::{Citizen, Visitor};
use crate::page;
use crate::public::surroundings::canonical;
use crate::state::AppState;

const ENTRIES: u64 = 50;
const ADDRESSES: u64 = 50_000;

/// `GET {mount}/feed.atom` (RFC 4287)
pub async fn atom(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Error> {
    let feed = section_feed(&state, &visitor, "feed.atom").await?;
    answer(
        "application/atom+xml; charset=utf-8",
        pbgdpl_pages::feed::atom(&feed),
    )
}

/// `GET {mount}/feed.json` (JSON Feed 1.1)
pub async fn json(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Error> {
    let feed = section_feed(&state, &visitor, "feed.json").await?;
    answer(
        "application/feed+json; charset=utf-8",
        Ok(pbgdpl_pages::feed::json(&feed)),
    )
}

/// `GET /feed.atom`: the province's latest, each entry with the agency that speaks.
pub async fn province_atom(State(state): State<AppState>, citizen: Citizen) -> Result<Response, Error> {
    let agencies = state.read.registry().now();
    let items = state.read.public().latest_whole(None, ENTRIES).await?;
    let entries = items
        .iter()
        .filter_map(|item| {
            Some(entry(
                &state,
                &agencies.by_id(item.tenant)?,
                item,
                citizen.now.day(),
            ))
        })
        .collect();
    let home = format!("{}/", state.settings.public.as_str());
    let feed = Feed {
        title: format!("Phổ biến, giáo dục pháp luật: {}", agencies.province().name),
        subtitle: "Bài mới của mọi cơ quan".into(),
        id: home.clone(),
        address: format!("{home}feed.atom"),
        home,
        updated: newest(&items, &citizen.now.rfc3339()),
        entries,
    };
    answer(
        "application/atom+xml; charset=utf-8",
        pbgdpl_pages::feed::atom(&feed),
    )
}

/// `GET {mount}/sitemap.xml`
pub async fn sitemap(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Error> {
    let slug = visitor.tenant.slug();
    let rows = state
        .read
        .public()
        .addresses(Some(visitor.tenant.id()), ADDRESSES)
        .await?;
    let listed = state.read.public().register_count(visitor.tenant.id()).await?;
    let register = (listed > 0).then_some("bao-cao-vien");
    let pages = ["", "gioi-thieu", "lien-he"]
        .into_iter()
        .chain(register)
        .map(|p| SitemapEntry {
            address: canonical(&state, slug, p),
            changed: None,
        });
    let items = rows.into_iter().map(|(_, id, item, at)| SitemapEntry {
        address: canonical(&state, slug, &format!("bai/{id}-{item}")),
        changed: Some(at.rfc3339()),
    });
    answer(
        "application/xml; charset=utf-8",
        pbgdpl_pages::feed::sitemap(&pages.chain(items).collect::<Vec<_>>()),
    )
}

/// `GET /sitemap.xml`: the front page, every section, every item.
pub async fn province_sitemap(State(state): State<AppState>, _citizen: Citizen) -> Result<Response, Error> {
    let agencies = state.read.registry().now();
    let rows = state.read.public().addresses(None, ADDRESSES).await?;
    let mut entries = vec![SitemapEntry {
        address: format!("{}/", state.settings.public.as_str()),
        changed: None,
    }];
    let mut slugs: Vec<&str> = agencies
        .tenants()
        .filter(|t| t.status() != Status::Hidden)
        .map(Tenant::slug)
        .collect();
    slugs.sort_unstable();
    entries.extend(slugs.into_iter().map(|slug| SitemapEntry {
        address: canonical(&state, slug, ""),
        changed: None,
    }));
    entries.extend(rows.into_iter().filter_map(|(tenant, id, item, at)| {
        let slug = agencies.by_id(tenant)?.slug().to_owned();
        Some(SitemapEntry {
            address: canonical(&state, &slug, &format!("bai/{id}-{item}")),
            changed: Some(at.rfc3339()),
        })
    }));
    answer(
        "application/xml; charset=utf-8",
        pbgdpl_pages::feed::sitemap(&entries),
    )
}

/// `GET /robots.txt`
pub async fn province_robots(State(state): State<AppState>, _citizen: Citizen) -> Response {
    let address = format!("{}/sitemap.xml", state.settings.public.as_str());
    page::bytes(
        StatusCode::OK,
        "text/plain; charset=utf-8",
        pbgdpl_pages::feed::robots(Some(&address)),
    )
}

/// `GET {mount}/robots.txt`: of use on an agency's own host.
pub async fn robots(State(state): State<AppState>, visitor: Visitor) -> Response {
    let address = canonical(&state, visitor.tenant.slug(), "sitemap.xml");
    page::bytes(
        StatusCode::OK,
        "text/plain; charset=utf-8",
        pbgdpl_pages::feed::robots(Some(&address)),
    )
}

async fn section_feed(state: &AppState, visitor: &Visitor, file: &str) -> Result<Feed, Error> {
    let tenant = &visitor.tenant;
    let day = visitor.now.day();
    let items = state
        .read
        .public()
        .latest_whole(Some(tenant.id()), ENTRIES)
        .await?;
    let home = canonical(state, tenant.slug(), "");
    Ok(Feed {
        title: format!("{}: phổ biến, giáo dục pháp luật", tenant.short(day)),
        subtitle: tenant.official(day).to_owned(),
        id: home.clone(),
        address: canonical(state, tenant.slug(), file),
        home,
        updated: newest(&items, &visitor.now.rfc3339()),
        entries: items.iter().map(|item| entry(state, tenant, item, day)).collect(),
    })
}

fn entry(state: &AppState, tenant: &Tenant, item: &PublishedItem, day: chrono::NaiveDate) -> FeedEntry {
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
    }
}

fn newest(items: &[PublishedItem], otherwise: &str) -> String {
    items
        .iter()
        .map(|i| i.published_at)
        .max()
        .map_or_else(|| otherwise.to_owned(), |at| at.rfc3339())
}

fn answer(content_type: &str, body: std::io::Result<Vec<u8>>) -> Result<Response, Error> {
    let body = body.map_err(|e| Error::Internal(Box::new(e)))?;
    Ok(page::bytes(StatusCode::OK, content_type, body))
}
