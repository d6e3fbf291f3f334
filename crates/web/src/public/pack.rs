//! A section as files (EMB-12): what a host that allows nothing else fetches every night.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::article::Kind;
use pbgdpl_pages::pack::{Drawn, MOUNT, Source, pack};
use pbgdpl_vietnamese::date;

use crate::arrival::Arrival;
use crate::error::Error;
use crate::extract::{Path, Query, Visitor};
use crate::page;
use crate::public::surroundings::canonical;
use crate::public::{about, item, list, rows, section};
use crate::state::AppState;

/// Items of one pack, the newest; older ones lead to the section itself.
const ITEMS: u64 = 100;
/// Largest page that is taken in, in bytes.
const LARGEST: usize = 1024 * 1024;

/// `GET /k/{key}/goi.zip`: drawn once a publication and day, as every kept answer.
///
/// # Errors
/// Where the store fails.
pub async fn show(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Error> {
    let visitor = Visitor {
        arrival: Arrival {
            mount: MOUNT.into(),
            assets: MOUNT.into(),
            embed: None,
            still: true,
            ..visitor.arrival.clone()
        },
        ..visitor
    };
    let drawn = drawn(&state, &visitor).await?;
    let day = visitor.now.day();
    let source = Source {
        section: canonical(&state, visitor.tenant.slug(), ""),
        agency: visitor.tenant.official(day).to_owned(),
        day: date::dmy(day),
    };
    let archive =
        page::aside(move || pack(&drawn, &source).map_err(|error| Error::Internal(Box::new(error)))).await?;
    Ok(page::bytes(StatusCode::OK, "application/zip", archive))
}

async fn drawn(state: &AppState, visitor: &Visitor) -> Result<Drawn, Error> {
    let mut drawn = Drawn::new();
    let again = || (State(state.clone()), visitor.clone());
    let (app, reader) = again();
    drawn.insert(String::new(), html(section::show(app, reader).await?).await?);
    let (app, reader) = again();
    drawn.insert("gioi-thieu".into(), html(about::about(app, reader).await?).await?);
    let (app, reader) = again();
    drawn.insert("lien-he".into(), html(about::contact(app, reader).await?).await?);
    for kind in [Kind::Tin, Kind::VanBanMoi, Kind::ToGap] {
        let (app, reader) = again();
        let word = Path(kind.word().to_owned());
        let page = list::show(app, reader, word, Query(list::Paged::default())).await?;
        drawn.insert(format!("loai/{}", kind.word()), html(page).await?);
    }
    let public = state.read.public();
    for line in public.latest(Some(visitor.tenant.id()), None, 1, ITEMS).await? {
        let page = item::preview(state, visitor, line.id).await?;
        drawn.insert(rows::item_path(&line), html(page).await?);
    }
    Ok(drawn)
}

async fn html(response: Response) -> Result<String, Error> {
    let bytes = axum::body::to_bytes(response.into_body(), LARGEST)
        .await
        .map_err(|error| Error::Internal(Box::new(error)))?;
    String::from_utf8(bytes.into()).map_err(|error| Error::Internal(Box::new(error)))
}
