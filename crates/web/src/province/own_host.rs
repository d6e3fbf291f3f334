//! Every host name of an agency's own, and how it stands (TEN-22).

use axum::extract::State;
use axum::response::Response;
use pbgdpl_pages::province::{ProvinceHostRow, ProvinceHostsPage};
use pbgdpl_province::oversight::own_hosts::own_hosts;
use pbgdpl_store::province::ProvinceHost;

use crate::desk::embed::places::when;
use crate::desk::frame;
use crate::desk::own_host::shape;
use crate::error::Error;
use crate::extract::Officer;
use crate::page;
use crate::state::AppState;

/// `GET /tinh/ten-mien`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn all(State(state): State<AppState>, officer: Officer) -> Result<Response, Error> {
    let all = own_hosts(&state.province, &officer.ctx).await?;
    let snapshot = officer.ctx.snapshot();
    let day = officer.ctx.now().day();
    let row = |one: &ProvinceHost| {
        let owner = snapshot.by_id(one.tenant);
        ProvinceHostRow {
            agency: owner.map_or_else(String::new, |tenant| tenant.short(day).to_owned()),
            host: one.host.clone(),
            state: shape(one.standing),
            trouble: one.trouble.clone(),
            proved: one.proved_at.map(when),
            looked: one.looked_at.map(when),
        }
    };
    let (troubled, well): (Vec<_>, Vec<_>) = all.iter().partition(|one| one.gravity > 0);
    page::html(&ProvinceHostsPage {
        frame: frame::officer(&state, &officer, "/tinh/ten-mien"),
        troubled: troubled.into_iter().map(row).collect(),
        well: well.into_iter().map(row).collect(),
    })
}
