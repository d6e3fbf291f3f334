//! Routes of machines: assets, violation reports, the demo's mailbox. Probes (`/healthz`, `/readyz`) answer on any host, before routing.

use super::{Audience, Keep, Route};
use crate::arrival::Table;
use crate::csp::Csp;
use crate::{machine, violation};

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    let mut routes: Vec<Route> = machine::ASSET_TABLES
        .into_iter()
        .map(|table| {
            let route = Route::get(table, "/tai-nguyen/{file}", Audience::Machine, machine::asset)
                .keep(Keep::Immutable)
                .csp(Csp::Locked);
            // The style of a fragment is loaded by the agency's page (SECURITY 5.6).
            if table == Table::Embed {
                route.shared()
            } else {
                route
            }
        })
        .collect();
    routes.push(
        Route::post(Table::Desk, "/csp", Audience::Machine, violation::take)
            .body(4096)
            .csp(Csp::Locked),
    );
    routes.push(Route::get(
        Table::Province,
        "/hop-thu",
        Audience::Visitor,
        machine::mailbox,
    ));
    routes
}
