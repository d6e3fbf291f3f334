//! How long what is kept of people stays, and what went so far.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::retention::RetentionClass;
use pbgdpl_pages::oversight::{RetentionPage, RetentionRow, WentRow};
use pbgdpl_province::oversight::retention::{Went, retention};
use pbgdpl_vietnamese::number;

use super::when;
use crate::desk::frame;
use crate::error::Error;
use crate::extract::Officer;
use crate::page;
use crate::state::AppState;

const HERE: &str = "/giam-sat/luu-giu";

/// `GET /giam-sat/luu-giu`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn show(State(state): State<AppState>, officer: Officer) -> Result<Response, Error> {
    let found = retention(&state.province, &officer.ctx).await?;
    page::html(&RetentionPage {
        frame: frame::officer(&state, &officer, HERE),
        classes: found.file.classes.iter().map(class).collect(),
        went: found.went.iter().map(went).collect(),
    })
}

fn class(class: &RetentionClass) -> RetentionRow {
    RetentionRow {
        title: class.title.clone(),
        holds: class.holds.clone(),
        term: class.term(),
        by_itself: class.keeps.is_some(),
        after: class.after.clone(),
        basis: class.basis.clone(),
        verify: class.verify,
    }
}

fn went(went: &Went) -> WentRow {
    WentRow {
        at: when(went.at),
        why: if went.asked {
            "Theo đề nghị của người có dữ liệu"
        } else {
            "Hết thời hạn lưu giữ"
        },
        entries: number::grouped(i64::try_from(went.entries).unwrap_or(i64::MAX)),
        href: format!("/giam-sat/nhat-ky?muc={}", went.seq),
    }
}
