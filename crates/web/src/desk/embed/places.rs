//! Pages of a site that show the section: the register, and a look at any page (EMB-07, N-30).

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::embed::expect::expected;
use pbgdpl_app::place::{add, change};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::estate::{Finding, Health, Inspection, Weight};
use pbgdpl_model::id::{EmbedId, PlaceId};
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::embed::{Found, Looked, PlaceRow, PlacesPage, place_fields};
use pbgdpl_pages::part::{Shot, State as Shape, Tone};
use pbgdpl_store::tenant::{EmbedRow, Place};
use pbgdpl_vietnamese::date;
use serde::Deserialize;

use super::{found, here};
use crate::desk::frame::{self, Done};
use crate::error::Error;
use crate::extract::{Form, Path, Query, Staff};
use crate::files;
use crate::page;
use crate::state::AppState;

const DONE: [(&str, &str); 2] = [
    (
        "ghi",
        "Đã ghi vào sổ. Trang được xem trong ít phút tới, rồi mỗi ngày.",
    ),
    ("sua", "Đã lưu."),
];

/// What is sent of a page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    address: String,
    contact: String,
    retire: String,
}

/// `GET /quan-tri/{agency}/gan/{embed}/so`
///
/// # Errors
/// Where there is no such site, or the store fails.
pub async fn list(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, embed)): Path<(String, EmbedId)>,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let row = found(&state, &staff, embed).await?;
    let mut page = shown(&state, &staff, &row, &Typed::default()).await?;
    page.frame = page.frame.with_notice(done.notice(&DONE));
    page::html(&page)
}

/// `POST /quan-tri/{agency}/gan/{embed}/so`
///
/// # Errors
/// Where there is no such site, the actor may not, or the store fails.
pub async fn enter(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, embed)): Path<(String, EmbedId)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Error> {
    match add::add(&state.app, &staff.ctx, embed, (&typed.address, &typed.contact)).await {
        Ok(_) => Ok(page::go(&format!("{}/{embed}/so?xong=ghi", here(&staff)))),
        Err(pbgdpl_app::Error::Invalid { field, reason }) => {
            let row = found(&state, &staff, embed).await?;
            refused(&state, &staff, &row, (&typed, field, reason)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /quan-tri/{agency}/gan/{embed}/so/{place}`
///
/// # Errors
/// Where there is no such page, the actor may not, or the store fails.
pub async fn change(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, embed, place)): Path<(String, EmbedId, PlaceId)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Error> {
    let row = found(&state, &staff, embed).await?;
    let retire = typed.retire == "1";
    match change::change(&state.app, &staff.ctx, place, &typed.contact, retire).await {
        Ok(()) => Ok(page::go(&format!("{}/{embed}/so?xong=sua", here(&staff)))),
        Err(pbgdpl_app::Error::Invalid { field, reason }) => {
            refused(&state, &staff, &row, (&typed, field, reason)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /quan-tri/{agency}/gan/{embed}/so/{place}/anh`: goes on to the last picture, at a signed address that is good for minutes.
///
/// # Errors
/// Where there is no such page, or no picture of it, or the store fails.
pub async fn picture(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, embed, place)): Path<(String, EmbedId, PlaceId)>,
) -> Result<Response, Error> {
    found(&state, &staff, embed).await?;
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let place = agency.place(place).await?.filter(|place| place.embed == embed);
    drop(agency);
    let picture = place.and_then(|place| place.picture).ok_or(Error::NotFound)?;
    let account = staff.ctx.actor().account();
    files::open(
        &state,
        (staff.ctx.tenant().id(), picture.file),
        account,
        staff.ctx.now(),
    )
}

/// `POST /quan-tri/{agency}/gan/{embed}/kiem-tra`: looks at a page now and keeps nothing.
///
/// # Errors
/// Where there is no such site, or the store fails.
pub async fn look(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, embed)): Path<(String, EmbedId)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Error> {
    let row = found(&state, &staff, embed).await?;
    let address = typed.address.trim();
    if address.is_empty() {
        let reason = "chưa có. Dán địa chỉ của trang có gắn chuyên mục.".to_owned();
        return refused(&state, &staff, &row, (&typed, "address", reason)).await;
    }
    let former = {
        let agency = state.read.tenant(staff.ctx.tenant()).await?;
        agency.former_keys(row.id).await?
    };
    let now = staff.ctx.now();
    let section = format!(
        "{}/{}/",
        state.settings.public.as_str(),
        staff.ctx.tenant().slug()
    );
    let expected = expected((state.settings.embed.as_str(), &section), &row, &former, now);
    let inspection = state.settings.pages.look(address, &expected, now).await;
    let mut page = shown(&state, &staff, &row, &typed).await?;
    page.looked = Some(looked(address, &inspection));
    page::html(&page)
}

async fn refused(
    state: &AppState,
    staff: &Staff,
    row: &EmbedRow,
    (typed, field, reason): (&Typed, &str, String),
) -> Result<Response, Error> {
    let mut page = shown(state, staff, row, typed).await?;
    let wrong = if field == "contact" {
        &mut page.contact
    } else {
        &mut page.address
    };
    wrong.error = Some(reason);
    page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn shown(state: &AppState, staff: &Staff, row: &EmbedRow, typed: &Typed) -> Result<PlacesPage, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let mut places = agency.places(row.id).await?;
    places.sort_by_key(|place| place.retired_at.is_some());
    let site = format!("{}/{}", here(staff), row.id);
    let (address, contact) = place_fields(&typed.address, &typed.contact);
    Ok(PlacesPage {
        frame: frame::staff(state, staff, "gan"),
        site: row.site.clone(),
        action: format!("{site}/so"),
        look: format!("{site}/kiem-tra"),
        may_change: staff.ctx.could(Action::EmbedWrite),
        pictures: state.settings.pictures,
        address,
        contact,
        looked: None,
        places: places.iter().map(|place| place_row(place, &site)).collect(),
        back: site,
    })
}

fn place_row(place: &Place, site: &str) -> PlaceRow {
    PlaceRow {
        id: place.id.to_string(),
        address: place.address.clone(),
        state: shape(place.health),
        shows: place.shows.label().to_owned(),
        since: date::dmy(place.added_at.day()),
        looked: place.looked_at.map(when),
        good: place.good_at.map(when),
        contact: place.contact.clone(),
        found: place.findings.iter().map(one).collect(),
        picture: place.picture.as_ref().map(|picture| Shot {
            src: format!("{site}/so/{}/anh", place.id),
            of: place.address.clone(),
            at: when(picture.at),
        }),
        no_picture: place.no_picture.clone(),
        action: format!("{site}/so/{}", place.id),
        retired: place.retired_at.is_some(),
    }
}

fn looked(address: &str, inspection: &Inspection) -> Looked {
    Looked {
        address: address.to_owned(),
        state: shape(inspection.health()),
        shows: inspection.shows.label().to_owned(),
        found: inspection.findings.iter().map(one).collect(),
    }
}

fn one(finding: &Finding) -> Found {
    let (tone, word) = match finding.weight() {
        Weight::Fine => (Tone::Ok, "đúng"),
        Weight::Mend => (Tone::Soon, "nên chỉnh"),
        Weight::Broken => (Tone::Late, "phải chỉnh"),
        Weight::Alarm => (Tone::Late, "báo động"),
    };
    Found {
        state: Shape::new(tone, word),
        says: finding.says(),
        advises: finding.advises(),
    }
}

/// How a page stands, as word and shape.
pub(crate) fn shape(health: Health) -> Shape {
    let tone = match health {
        Health::Good => Tone::Ok,
        Health::Poor => Tone::Soon,
        Health::Broken | Health::Tampered => Tone::Late,
        Health::Unknown => Tone::Wait,
    };
    Shape::new(tone, health.label())
}

/// "08:15 ngày 01/02/2026".
pub(crate) fn when(at: Moment) -> String {
    let local = date::local_datetime(at.utc());
    format!(
        "{} ngày {}",
        date::hour_minute(&local),
        date::dmy(local.date_naive())
    )
}
