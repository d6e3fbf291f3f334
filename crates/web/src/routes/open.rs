//! Routes for programs: the read interface, harvesting, open datasets. Each caller may ask so much and no more.

use super::{Audience, Keep, Route};
use crate::api::{agency, document, figure, guide, item};
use crate::arrival::Table;
use crate::csp::Csp;
use crate::oai;
use crate::public::open_data;

/// What a dataset takes of a caller's requests.
pub(crate) const DATASET: u16 = 5;

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    let page = Keep::Page(&[]);
    vec![
        Route::get(Table::Province, "/api", Audience::Visitor, guide::show).keep(page),
        Route::get(Table::Province, "/api/", Audience::Visitor, guide::show).keep(page),
        api("/api/openapi.json", document::show, &document::ITSELF, &[]),
        api("/api/v1/co-quan", agency::list, &agency::LIST, agency::KEYS),
        api("/api/v1/bai", item::list, &item::LIST, item::KEYS),
        api("/api/v1/bai/{item}", item::one, &item::ONE, &[]),
        api("/api/v1/so-lieu", figure::list, &figure::LIST, &[]),
        api("/api/v1/so-lieu/{figure}", figure::one, &figure::ONE, &[]),
        open(Route::get(Table::Province, "/oai", Audience::Visitor, oai::get)),
        // A form that asks, as the protocol has it: nothing is written.
        open(Route::post(Table::Province, "/oai", Audience::Visitor, oai::post).body(4096)),
        Route::get(Table::Province, "/du-lieu", Audience::Visitor, open_data::show).keep(page),
        open(Route::get(
            Table::Province,
            "/du-lieu/dcat.jsonld",
            Audience::Visitor,
            open_data::dcat,
        ))
        .keep(page),
        // A whole dataset, read anew each time.
        open(Route::get(
            Table::Province,
            "/du-lieu/{file}",
            Audience::Visitor,
            open_data::file,
        ))
        .limited(DATASET),
    ]
}

fn api<H, T>(
    path: &'static str,
    handler: H,
    operation: &'static crate::api::Operation,
    keys: &'static [&'static str],
) -> Route
where
    H: axum::handler::Handler<T, crate::state::AppState>,
    T: 'static,
{
    open(Route::get(Table::Province, path, Audience::Visitor, handler))
        .keep(Keep::Page(keys))
        .operation(operation)
}

/// For programs of every origin, so many requests a caller.
fn open(route: Route) -> Route {
    route.csp(Csp::Locked).shared().limited(1)
}
