//! Items of one kind, newest first; documents by their first day in force.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::article::Kind;
use pbgdpl_pages::linked;
use pbgdpl_pages::part::Pager;
use pbgdpl_pages::public::{List, Rows};
use serde::Deserialize;

use crate::error::Error;
use crate::extract::{Path, Query, Visitor};
use crate::page;
use crate::public::{rows, surroundings};
use crate::state::AppState;

/// Lines on one page.
pub const PER_PAGE: u64 = 20;

/// `?trang=`
#[derive(Debug, Default, Deserialize)]
pub struct Paged {
    /// 1, 2, 3 …
    pub trang: Option<u32>,
}

impl Paged {
    /// The page asked for.
    #[must_use]
    pub fn page(&self) -> u64 {
        u64::from(self.trang.unwrap_or(1).clamp(1, 10_000))
    }
}

/// `GET {mount}/loai/{kind}`
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(kind): Path<String>,
    Query(paged): Query<Paged>,
) -> Result<Response, Error> {
    let kind: Kind = kind.parse().map_err(|_| Error::NotFound)?;
    let tenant = Some(visitor.tenant.id());
    let path = format!("loai/{}", kind.word());
    let mut frame = surroundings::section(&state, &visitor, &path).await?.at(&path);
    let who = surroundings::organization(&state, &visitor, &frame);
    frame.linked = Some(linked::list(&who, kind.label(), &frame.canonical));
    let public = state.read.public();
    let total = public.count(tenant, Some(kind)).await?;
    let lines = public.latest(tenant, Some(kind), paged.page(), PER_PAGE).await?;
    if lines.is_empty() && paged.page() > 1 {
        return Err(Error::NotFound);
    }
    let href = |l: &pbgdpl_store::public::PublicLine| frame.link(&rows::item_path(l));
    let rows = match kind {
        Kind::VanBanMoi => Rows::Laws(
            lines
                .iter()
                .map(|l| rows::law_row(l, href(l), None, visitor.now.day()))
                .collect(),
        ),
        Kind::Tin | Kind::ToGap => {
            Rows::Items(lines.iter().map(|l| rows::item_row(l, href(l), None)).collect())
        }
    };
    let page = List {
        kind: kind.label().to_owned(),
        intro: intro(kind).to_owned(),
        total,
        rows,
        pager: Pager::new(frame.link(&path), paged.page(), total, PER_PAGE),
        path,
        frame,
    };
    page::html(&page)
}

const fn intro(kind: Kind) -> &'static str {
    match kind {
        Kind::Tin => "Tin và bài giải thích pháp luật cho người dân.",
        Kind::VanBanMoi => "Văn bản mới, ai cần biết, và từ ngày nào.",
        Kind::ToGap => "Nội dung ngắn, in được trên giấy A4 gấp ba.",
    }
}
