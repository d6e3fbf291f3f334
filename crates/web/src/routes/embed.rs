//! Routes of EMBED besides framed sections (those are the table `Section` under `/k/{key}`): the loader.

use super::{Audience, Keep, Route};
use crate::arrival::Table;
use crate::csp::Csp;
use crate::embed;

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get(Table::Embed, "/nhung.js", Audience::Visitor, embed::loader)
            .keep(Keep::Page(&[]))
            .csp(Csp::Locked)
            .shared(),
        Route::get(Table::Embed, "/{file}", Audience::Visitor, embed::twin)
            .keep(Keep::Immutable)
            .csp(Csp::Locked)
            .shared(),
        Route::get(Table::Embed, "/khung.js", Audience::Visitor, embed::inside)
            .keep(Keep::Page(&[]))
            .csp(Csp::Locked),
    ]
}
