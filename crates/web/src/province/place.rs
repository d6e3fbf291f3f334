//! Every page of every agency that shows a section, and how it stands.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::agency::Status;
use pbgdpl_model::estate::Health;
use pbgdpl_model::id::PlaceId;
use pbgdpl_pages::part::Shot;
use pbgdpl_pages::province::{ProvincePlaceRow, ProvincePlacesPage};
use pbgdpl_province::oversight::places;
use pbgdpl_store::province::ProvincePlace;
use pbgdpl_vietnamese::{compare, date};

use crate::desk::embed::places::{shape, when};
use crate::desk::frame;
use crate::error::Error;
use crate::extract::{Officer, Path};
use crate::files;
use crate::page;
use crate::province::agency::found;
use crate::state::AppState;

/// `GET /tinh/trang-gan`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn all(State(state): State<AppState>, officer: Officer) -> Result<Response, Error> {
    let all = places::places(&state.province, &officer.ctx).await?;
    let snapshot = officer.ctx.snapshot();
    let day = officer.ctx.now().day();
    let owner = |place: &ProvincePlace| {
        let owner = snapshot.by_id(place.tenant);
        owner
            .map(|tenant| (tenant.short(day).to_owned(), tenant.slug().to_owned()))
            .unwrap_or_default()
    };
    let mut rows: Vec<(Health, ProvincePlaceRow)> = all
        .iter()
        .map(|place| (place.health, row(place, owner(place))))
        .collect();
    rows.sort_by(|a, b| {
        grave(b.0)
            .cmp(&grave(a.0))
            .then_with(|| compare(&a.1.agency, &b.1.agency))
    });
    let (troubled, well): (Vec<_>, Vec<_>) = rows.into_iter().partition(|(health, _)| grave(*health) > 0);
    let mut without: Vec<String> = snapshot
        .tenants()
        .filter(|tenant| {
            tenant.status() == Status::Open && all.iter().all(|place| place.tenant != tenant.id())
        })
        .map(|tenant| tenant.short(day).to_owned())
        .collect();
    without.sort_by(|a, b| compare(a, b));
    let only = |rows: Vec<(Health, ProvincePlaceRow)>| rows.into_iter().map(|(_, row)| row).collect();
    page::html(&ProvincePlacesPage {
        frame: frame::officer(&state, &officer, "/tinh/trang-gan"),
        troubled: only(troubled),
        well: only(well),
        pictures: state.settings.pictures,
        without,
    })
}

/// `GET /tinh/trang-gan/{agency}/{place}/anh`: goes on to the last picture of a page, at a signed address that is good for minutes.
///
/// # Errors
/// Where there is no such page or no picture of it, the officer may not, or the store fails.
pub async fn picture(
    State(state): State<AppState>,
    officer: Officer,
    Path((slug, place)): Path<(String, PlaceId)>,
) -> Result<Response, Error> {
    let agency = found(&officer, &slug)?;
    let file = places::picture(&state.province, &officer.ctx, agency, place).await?;
    let reader = officer.ctx.actor().account();
    files::open(&state, (agency, file), reader, officer.ctx.now())
}

/// What needs somebody, and how soon.
const fn grave(health: Health) -> u8 {
    match health {
        Health::Tampered => 3,
        Health::Broken => 2,
        Health::Poor => 1,
        Health::Good | Health::Unknown => 0,
    }
}

fn row(place: &ProvincePlace, (agency, slug): (String, String)) -> ProvincePlaceRow {
    ProvincePlaceRow {
        agency,
        picture: place.picture.map(|(_, at)| Shot {
            src: format!("/tinh/trang-gan/{slug}/{}/anh", place.id),
            of: place.address.clone(),
            at: when(at),
        }),
        address: place.address.clone(),
        site: place.site.clone(),
        state: shape(place.health),
        shows: place.shows.label().to_owned(),
        trouble: place.trouble.clone(),
        since: date::dmy(place.added_at.day()),
        looked: place.looked_at.map(when),
        good: place.good_at.map(when),
    }
}
