//! Small frames: the newest items, or a field to search in (EMB-11).

use axum::extract::State;
use axum::response::Response;
use pbgdpl_pages::part::Link;
use pbgdpl_pages::public::{ListWidget, SearchWidget};
use serde::Deserialize;

use crate::error::Error;
use crate::extract::{Query, Visitor};
use crate::page;
use crate::public::surroundings::canonical;
use crate::public::{fragment, rows, surroundings};
use crate::state::AppState;

/// Query keys that make it another list.
pub const KEYS: &[&str] = &["loai", "so"];

/// `?loai=&so=`
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Items of this kind only.
    #[serde(default)]
    pub loai: String,
    /// How many.
    pub so: Option<u64>,
}

/// `GET /k/{key}/o/danh-sach`
///
/// # Errors
/// Where there is no such kind, or the store fails.
pub async fn list(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let kind = fragment::kind(&asked.loai)?;
    let slug = visitor.tenant.slug();
    let (path, words) = kind.map_or((String::new(), "Xem cả chuyên mục".to_owned()), |kind| {
        (
            format!("loai/{}", kind.word()),
            format!("Xem tất cả {}", kind.label().to_lowercase()),
        )
    });
    let frame = surroundings::section(&state, &visitor, &path).await?;
    let most = fragment::lines(asked.so);
    let public = state.read.public();
    let lines = public.latest(Some(visitor.tenant.id()), kind, 1, most).await?;
    page::html(&ListWidget {
        heading: fragment::heading(kind).to_owned(),
        items: lines
            .iter()
            .map(|line| rows::item_row(line, canonical(&state, slug, &rows::item_path(line)), None))
            .collect(),
        all: Link::new(words, canonical(&state, slug, &path)),
        frame,
    })
}

/// `GET /k/{key}/o/tim-kiem`
///
/// # Errors
/// Where the store fails.
pub async fn search(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Error> {
    let frame = surroundings::section(&state, &visitor, "tim-kiem").await?;
    page::html(&SearchWidget { frame })
}
