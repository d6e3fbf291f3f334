//! Sitemaps: the one address of every page, whichever mount is asked; and robots.txt.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::agency::Status;
use pbgdpl_model::id::{ArticleId, TenantId};
use pbgdpl_pages::feed::{ADDRESSES, SitemapEntry};
use pbgdpl_scope::{Snapshot, Tenant};
use pbgdpl_store::public::Address;

use crate::error::Error;
use crate::extract::{Citizen, Query, Visitor};
use crate::page;
use crate::public::list::Paged;
use crate::public::surroundings::canonical;
use crate::state::AppState;

/// `GET {mount}/sitemap.xml`; a list of `?trang=1`, `?trang=2` … where one file cannot hold all addresses.
///
/// # Errors
/// Where there is no such page, or the store fails.
pub async fn section(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(paged): Query<Paged>,
) -> Result<Response, Error> {
    let tenant = &visitor.tenant;
    let public = state.read.public();
    let total = public.address_count(Some(tenant.id())).await?;
    let itself = canonical(&state, tenant.slug(), "sitemap.xml");
    let Some(page) = page_of(&paged, total)? else {
        return index(&itself, total);
    };
    let mut entries = Vec::new();
    if page == 1 {
        let listed = public.register_count(tenant.id(), visitor.now.day()).await?;
        let register = (listed > 0).then_some("bao-cao-vien");
        entries.extend(
            ["", "gioi-thieu", "lien-he"]
                .into_iter()
                .chain(register)
                .map(|path| fixed(canonical(&state, tenant.slug(), path))),
        );
    }
    let rows = public.addresses(Some(tenant.id()), page, ADDRESSES).await?;
    let agencies = state.read.registry().now();
    let families = if total > ADDRESSES {
        families(&state, &agencies, &public.translated(Some(tenant.id())).await?)
    } else {
        families(&state, &agencies, &rows)
    };
    entries.extend(rows.iter().map(|row| item(&state, tenant, row, &families)));
    xml(pbgdpl_pages::feed::sitemap(&entries))
}

/// `GET /sitemap.xml`: the front page, every section, every item.
///
/// # Errors
/// Where there is no such page, or the store fails.
pub async fn province(
    State(state): State<AppState>,
    _citizen: Citizen,
    Query(paged): Query<Paged>,
) -> Result<Response, Error> {
    let agencies = state.read.registry().now();
    let home = state.settings.public.as_str();
    let public = state.read.public();
    let total = public.address_count(None).await?;
    let Some(page) = page_of(&paged, total)? else {
        return index(&format!("{home}/sitemap.xml"), total);
    };
    let mut entries = Vec::new();
    if page == 1 {
        entries.extend(["", "so-lieu", "du-lieu", "api"].map(|path| fixed(format!("{home}/{path}"))));
        let mut slugs: Vec<&str> = agencies
            .tenants()
            .filter(|t| t.status() != Status::Hidden)
            .map(Tenant::slug)
            .collect();
        slugs.sort_unstable();
        entries.extend(slugs.into_iter().map(|slug| fixed(canonical(&state, slug, ""))));
    }
    let rows = public.addresses(None, page, ADDRESSES).await?;
    let families = if total > ADDRESSES {
        families(&state, &agencies, &public.translated(None).await?)
    } else {
        families(&state, &agencies, &rows)
    };
    entries.extend(
        rows.iter()
            .filter_map(|row| Some(item(&state, &agencies.by_id(row.tenant)?, row, &families))),
    );
    xml(pbgdpl_pages::feed::sitemap(&entries))
}

fn fixed(address: String) -> SitemapEntry {
    SitemapEntry {
        address,
        ..SitemapEntry::default()
    }
}

/// Languages and addresses of items, by their original; one file's own rows say all where there is but one file.
type Families = HashMap<(TenantId, ArticleId), Vec<(&'static str, String)>>;

fn families(state: &AppState, agencies: &Snapshot, rows: &[Address]) -> Families {
    let mut families = Families::new();
    for row in rows {
        let Some(tenant) = agencies.by_id(row.tenant) else {
            continue;
        };
        let original = row.translates.unwrap_or(row.id);
        let family = families.entry((row.tenant, original)).or_default();
        family.push((row.language.word(), address(state, &tenant, row)));
    }
    families.retain(|_, family| family.len() > 1);
    families
}

fn address(state: &AppState, tenant: &Tenant, row: &Address) -> String {
    canonical(state, tenant.slug(), &format!("bai/{}-{}", row.id, row.slug))
}

fn item(state: &AppState, tenant: &Tenant, row: &Address, families: &Families) -> SitemapEntry {
    let original = row.translates.unwrap_or(row.id);
    let family = families.get(&(row.tenant, original));
    SitemapEntry {
        address: address(state, tenant, row),
        changed: Some(row.changed.rfc3339()),
        languages: family.cloned().unwrap_or_default(),
    }
}

/// Which page is asked for; none where the list of pages is meant.
fn page_of(paged: &Paged, total: u64) -> Result<Option<u64>, Error> {
    let pages = total.div_ceil(ADDRESSES).max(1);
    match paged.trang {
        None if pages > 1 => Ok(None),
        None => Ok(Some(1)),
        Some(page) if (1..=pages).contains(&u64::from(page)) => Ok(Some(u64::from(page))),
        Some(_) => Err(Error::NotFound),
    }
}

fn index(itself: &str, total: u64) -> Result<Response, Error> {
    let pages = 1..=total.div_ceil(ADDRESSES);
    let sitemaps: Vec<String> = pages.map(|page| format!("{itself}?trang={page}")).collect();
    xml(pbgdpl_pages::feed::sitemap_index(&sitemaps))
}

fn xml(body: std::io::Result<Vec<u8>>) -> Result<Response, Error> {
    let body = body.map_err(|e| Error::Internal(Box::new(e)))?;
    Ok(page::bytes(
        StatusCode::OK,
        "application/xml; charset=utf-8",
        body,
    ))
}

/// `GET /robots.txt`
pub async fn province_robots(State(state): State<AppState>, _citizen: Citizen) -> Response {
    let address = format!("{}/sitemap.xml", state.settings.public.as_str());
    text(pbgdpl_pages::feed::robots(Some(&address)))
}

/// `GET {mount}/robots.txt`: of use on an agency's own host, where it vouches for the sitemap of the section on PUBLIC
/// (sitemaps.org, "Sitemaps & Cross Submits").
pub async fn robots(State(state): State<AppState>, visitor: Visitor) -> Response {
    let address = canonical(&state, visitor.tenant.slug(), "sitemap.xml");
    text(pbgdpl_pages::feed::robots(Some(&address)))
}

fn text(text: String) -> Response {
    page::bytes(StatusCode::OK, "text/plain; charset=utf-8", text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_file_holds_what_it_can_and_a_list_leads_to_the_rest() {
        let at = |trang, total| page_of(&Paged { trang }, total).ok().flatten();
        assert_eq!(at(None, 0), Some(1));
        assert_eq!(at(None, ADDRESSES), Some(1));
        assert_eq!(at(None, ADDRESSES + 1), None);
        assert_eq!(at(Some(2), ADDRESSES + 1), Some(2));
        for (asked, total) in [(0, 5), (2, ADDRESSES), (4, ADDRESSES * 3)] {
            assert!(
                page_of(&Paged { trang: Some(asked) }, total).is_err(),
                "{asked} of {total}"
            );
        }
    }
}
