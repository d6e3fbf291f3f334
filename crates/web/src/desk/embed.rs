//! Sites that embed the section: the list, what to paste, the origins, the keys.

pub mod configure;
pub mod keys;
pub mod places;
pub mod preview;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::embed::{add, change, replace};
use pbgdpl_model::id::EmbedId;
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::embed::{Site, SitePage, Sites, fields, open_field, overlap_field};
use pbgdpl_pages::form::Field;
use pbgdpl_store::tenant::EmbedRow;
use serde::Deserialize;

use self::configure::{Wanted, configured};
use super::frame::{self, Done};
use crate::error::Error;
use crate::extract::{Form, Path, Query, Staff};
use crate::page;
use crate::state::AppState;

const DONE: [(&str, &str); 4] = [
    (
        "doi-ma",
        "Đã tạo mã mới. Chép mã dưới đây và dán thay mã cũ trên trang.",
    ),
    (
        "ngung-ma",
        "Đã ngừng mã cũ. Trang còn dán mã đó hiện lời giải thích.",
    ),
    ("them", "Đã thêm trang. Chép mã dưới đây vào trang đó."),
    ("luu", "Đã lưu. Khung trên trang kia đổi theo trong vài giây."),
];

/// What is sent for a site.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    site: String,
    origins: String,
    open: String,
}

/// `GET /quan-tri/{agency}/gan`
///
/// # Errors
/// Where the store fails.
pub async fn list(State(state): State<AppState>, staff: Staff) -> Result<Response, Error> {
    page::html(&sites(&state, &staff, fields("", "")).await?)
}

/// `POST /quan-tri/{agency}/gan`
///
/// # Errors
/// Where the actor may not, or the store fails.
pub async fn add(
    State(state): State<AppState>,
    staff: Staff,
    Form(typed): Form<Typed>,
) -> Result<Response, Error> {
    match add::add(&state.app, &staff.ctx, &typed.site, &typed.origins).await {
        Ok(embed) => Ok(page::go(&format!("{}/{}?xong=them", here(&staff), embed.id))),
        Err(pbgdpl_app::Error::Invalid { field, reason }) => {
            let shown = sites(&state, &staff, refused(&typed, field, reason)).await?;
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /quan-tri/{agency}/gan/{embed}`
///
/// # Errors
/// Where there is no such site, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, embed)): Path<(String, EmbedId)>,
    Query(done): Query<Done>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Error> {
    let row = found(&state, &staff, embed).await?;
    let mut shown = shown(&state, &staff, &row).await?;
    shown.configured = configured(&state, &staff, &row, (&wanted, &shown.action));
    shown.frame = shown.frame.with_notice(done.notice(&DONE));
    page::html(&shown)
}

/// `POST /quan-tri/{agency}/gan/{embed}`
///
/// # Errors
/// Where there is no such site, the actor may not, or the store fails.
pub async fn change(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, embed)): Path<(String, EmbedId)>,
    Form(typed): Form<Typed>,
) -> Result<Response, Error> {
    let open = typed.open != "0";
    let order = change::Change {
        embed,
        site: typed.site.clone(),
        origins: typed.origins.clone(),
        open,
    };
    match change::change(&state.app, &staff.ctx, order).await {
        Ok(()) => Ok(page::go(&format!("{}/{embed}?xong=luu", here(&staff)))),
        Err(pbgdpl_app::Error::Invalid { field, reason }) => {
            let row = found(&state, &staff, embed).await?;
            let mut shown = shown(&state, &staff, &row).await?;
            (shown.name, shown.origins) = refused(&typed, field, reason);
            shown.open = open_field(open);
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Err(error) => Err(error.into()),
    }
}

async fn found(state: &AppState, staff: &Staff, embed: EmbedId) -> Result<EmbedRow, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    agency.embed(embed).await?.ok_or(Error::NotFound)
}

fn refused(typed: &Typed, field: &str, reason: String) -> (Field, Field) {
    let (mut name, mut origins) = fields(&typed.site, &typed.origins);
    let wrong = if field == "site" { &mut name } else { &mut origins };
    wrong.error = Some(reason);
    (name, origins)
}

async fn sites(state: &AppState, staff: &Staff, (name, origins): (Field, Field)) -> Result<Sites, Error> {
    let rows = state.read.tenant(staff.ctx.tenant()).await?.embeds().await?;
    Ok(Sites {
        frame: frame::staff(state, staff, "gan"),
        sites: rows.iter().map(|row| site(staff, row)).collect(),
        action: here(staff),
        may_change: staff.ctx.could(Action::EmbedWrite),
        name,
        origins,
    })
}

fn site(staff: &Staff, row: &EmbedRow) -> Site {
    Site {
        name: row.site.clone(),
        href: format!("{}/{}", here(staff), row.id),
        origins: row.origins.clone(),
        open: row.open,
    }
}

/// The page of a site as it is kept, with the usual choices.
async fn shown(state: &AppState, staff: &Staff, row: &EmbedRow) -> Result<SitePage, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let former = agency.former_keys(row.id).await?;
    let action = format!("{}/{}", here(staff), row.id);
    let (name, origins) = fields(&row.site, &row.origins.join("\n"));
    Ok(SitePage {
        frame: frame::staff(state, staff, "gan"),
        site: site(staff, row),
        configured: configured(state, staff, row, (&Wanted::default(), &action)),
        back: here(staff),
        places: format!("{action}/so"),
        action,
        may_change: staff.ctx.could(Action::EmbedWrite),
        name,
        origins,
        open: open_field(row.open),
        former: keys::former(staff, &former),
        overlap: overlap_field(&replace::OVERLAPS),
    })
}

fn here(staff: &Staff) -> String {
    format!("/quan-tri/{}/gan", staff.ctx.tenant().slug())
}
