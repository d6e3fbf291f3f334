//! Routes of FILES.

use super::{Audience, Keep, Route};
use crate::arrival::Table;
use crate::files;

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    vec![
        Route::get(Table::Files, "/t/{id}", Audience::Visitor, files::published).keep(Keep::Immutable),
        Route::get(Table::Files, "/r/{id}", Audience::Visitor, files::signed),
    ]
}
