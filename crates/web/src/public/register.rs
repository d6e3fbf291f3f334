//! The public list of báo cáo viên, tuyên truyền viên pháp luật.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::register::{Decision, PublicEntry};
use pbgdpl_pages::part::Pager;
use pbgdpl_pages::public::{PublicRegister, RegisteredRow};

use crate::error::Error;
use crate::extract::{Query, Visitor};
use crate::page;
use crate::public::list::Paged;
use crate::public::surroundings;
use crate::state::AppState;

/// People on one page.
const PER_PAGE: usize = 50;

/// `GET {mount}/bao-cao-vien`
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(paged): Query<Paged>,
) -> Result<Response, Error> {
    let frame = surroundings::section(&state, &visitor, "bao-cao-vien")
        .await?
        .at("gioi-thieu");
    let mut listed = state.read.public().register(visitor.tenant.id()).await?;
    pbgdpl_vietnamese::sort_by_name(&mut listed, |entry| entry.name.as_str());
    listed.sort_by_key(|entry| entry.level);
    let number = usize::try_from(paged.page()).unwrap_or(1);
    let rows: Vec<RegisteredRow> = listed
        .iter()
        .skip((number - 1).saturating_mul(PER_PAGE))
        .take(PER_PAGE)
        .map(row)
        .collect();
    if rows.is_empty() && number > 1 {
        return Err(Error::NotFound);
    }
    let (total, size) = (listed.len(), u64::try_from(PER_PAGE).unwrap_or(1));
    page::html(&PublicRegister {
        total,
        rows,
        pager: Pager::new(
            frame.link("bao-cao-vien"),
            paged.page(),
            u64::try_from(total).unwrap_or(0),
            size,
        ),
        frame,
    })
}

fn row(entry: &PublicEntry) -> RegisteredRow {
    RegisteredRow {
        name: entry.name.clone(),
        work: format!("{}, {}", entry.post, entry.workplace),
        level: entry.level.label().to_owned(),
        fields: entry.fields.join("; "),
        decision: entry
            .decision
            .as_ref()
            .map_or_else(String::new, Decision::in_words),
    }
}
