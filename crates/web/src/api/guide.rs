//! `GET /api`: the interface for people: what there is, how to ask, how much.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_pages::public::{ApiGuide, ApiOperation, ApiParameter};

use crate::dispatch::rate::{BURST, WINDOW};
use crate::error::Error;
use crate::extract::Citizen;
use crate::page;
use crate::public::surroundings;
use crate::routes;
use crate::state::AppState;

/// `GET /api`
///
/// # Errors
/// Where the template fails.
pub async fn show(State(state): State<AppState>, citizen: Citizen) -> Result<Response, Error> {
    let operations = routes::all().into_iter().filter_map(|route| {
        let operation = route.operation?;
        Some(ApiOperation {
            path: route.path.to_owned(),
            example: (!route.path.contains('{')).then(|| route.path.to_owned()),
            summary: operation.summary.to_owned(),
            description: operation.description.to_owned(),
            parameters: operation
                .parameters
                .iter()
                .map(|parameter| ApiParameter {
                    name: parameter.name.to_owned(),
                    meaning: parameter.meaning.to_owned(),
                    shape: parameter.shape.words(),
                })
                .collect(),
        })
    });
    page::html(&ApiGuide {
        frame: surroundings::province(&state, &citizen, "api"),
        server: state.settings.public.as_str().to_owned(),
        operations: operations.collect(),
        most: BURST,
        seconds: WINDOW,
        dataset: routes::DATASET,
    })
}
