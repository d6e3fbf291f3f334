//! All audit chains verified, anew once a minute: on screen and as the checkpoint to be kept elsewhere.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::policy::Action;
use pbgdpl_pages::oversight::{ChainRow, VerificationPage};
use pbgdpl_pages::part::{State as Shape, Tone};
use pbgdpl_province::oversight::verify::{ChainReport, recent};
use pbgdpl_vietnamese::number;

use super::{signed, when};
use crate::desk::frame;
use crate::error::Error;
use crate::extract::Officer;
use crate::page;
use crate::state::AppState;

const HERE: &str = "/giam-sat/kiem-chung";

/// `GET /giam-sat/kiem-chung`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn verification(State(state): State<AppState>, officer: Officer) -> Result<Response, Error> {
    let found = recent(&state.province, &officer.ctx).await?;
    let reads = officer.ctx.could(Action::AuditRead);
    let mut chains: Vec<&ChainReport> = found.chains.iter().collect();
    chains.sort_by_key(|chain| chain.fault.is_none());
    page::html(&VerificationPage {
        frame: frame::officer(&state, &officer, HERE),
        whole: found.is_whole(),
        sentence: format!(
            "Đã kiểm lại toàn bộ {} mục của {} chuỗi lúc {}.",
            number::grouped(found.entries()),
            number::grouped(signed(found.chains.len())),
            when(found.at)
        ),
        chains: chains
            .into_iter()
            .map(|chain| row(&officer, chain, reads))
            .collect(),
        checkpoint: format!("{HERE}/dau-moc.json"),
    })
}

/// `GET /giam-sat/kiem-chung/dau-moc.json`: the ends of all whole chains, to be kept outside the machine.
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn checkpoint(State(state): State<AppState>, officer: Officer) -> Result<Response, Error> {
    let found = recent(&state.province, &officer.ctx).await?;
    let text = serde_json::to_string_pretty(&found.checkpoint())
        .map_err(|error| Error::Internal(Box::new(error)))?;
    Ok(page::bytes(StatusCode::OK, "application/json", text))
}

fn row(officer: &Officer, chain: &ChainReport, reads: bool) -> ChainRow {
    let tenant = chain
        .agency
        .and_then(|agency| officer.ctx.snapshot().by_id(agency));
    ChainRow {
        name: match &chain.agency {
            Some(_) => chain.name.clone(),
            None if chain.accounts => "Nhật ký của các tài khoản".to_owned(),
            None => "Nhật ký của tỉnh".to_owned(),
        },
        href: match (reads, tenant) {
            (true, Some(tenant)) => format!("/giam-sat/nhat-ky?co-quan={}", tenant.slug()),
            (true, None) if chain.agency.is_none() && !chain.accounts => "/giam-sat/nhat-ky".to_owned(),
            _ => String::new(),
        },
        entries: number::grouped(chain.entries),
        hash: hex::encode(chain.hash).chars().take(16).collect(),
        state: match &chain.fault {
            None if chain.erased > 0 => Shape::new(
                Tone::Ok,
                format!(
                    "liền mạch; {} mục đã xóa tên",
                    number::grouped(i64::try_from(chain.erased).unwrap_or(i64::MAX))
                ),
            ),
            None => Shape::new(Tone::Ok, "liền mạch"),
            Some(fault) => Shape::new(Tone::Late, fault.words()),
        },
    }
}
