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
use crate::public::{fragment, oembed, rows, surroundings};
use crate::state::AppState;

/// The list, inside the mount.
pub const LIST: &str = "o/danh-sach";
/// The field to search in, inside the mount.
const SEARCH: &str = "o/tim-kiem";
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

impl Asked {
    /// Where this very list is, inside the mount.
    ///
    /// # Errors
    /// Where there is no such kind.
    pub fn path(&self) -> Result<String, Error> {
        let kind = fragment::kind(&self.loai)?.map(|kind| format!("loai={}", kind.word()));
        let count = self.so.map(|_| format!("so={}", fragment::lines(self.so)));
        let query: Vec<String> = kind.into_iter().chain(count).collect();
        Ok(if query.is_empty() {
            LIST.to_owned()
        } else {
            format!("{LIST}?{}", query.join("&"))
        })
    }
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
    let mut frame = surroundings::section(&state, &visitor, &path).await?;
    // Whoever embeds this list by its address gets this list, not the page that it leads to.
    let own = oembed::address(&state, &visitor.arrival, &frame.canonical, &asked.path()?);
    frame.oembed = Some(own);
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
    let mut frame = surroundings::section(&state, &visitor, "tim-kiem").await?;
    let own = oembed::address(&state, &visitor.arrival, &frame.canonical, SEARCH);
    frame.oembed = Some(own);
    page::html(&SearchWidget { frame })
}
