//! What a request to sign in brings with it: the browser's name, the session it had, the trace.

use axum::extract::FromRequestParts;
use http::header;
use http::request::Parts;
use pbgdpl_app::account::{Device, Visit};
use pbgdpl_scope::RequestId;

use crate::arrival::Arrival;
use crate::error::Error;
use crate::session;
use crate::state::AppState;

/// The visit of this request.
#[derive(Debug, Clone)]
pub struct Visiting {
    /// What acts take.
    pub visit: Visit,
    /// The value of the cookie between the two steps of signing in.
    pub ticket: Option<String>,
}

impl FromRequestParts<AppState> for Visiting {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        let cookie = |name| {
            session::cookie(&parts.headers, name)
                .ok()
                .flatten()
                .map(str::to_owned)
        };
        let agent = parts
            .headers
            .get(header::USER_AGENT)
            .and_then(|value| value.to_str().ok());
        let request = parts.extensions.get::<RequestId>();
        Ok(Self {
            visit: Visit {
                device: Device::of_user_agent(agent.unwrap_or_default()),
                old_session: cookie(session::cookie_name(&state.settings)),
                trace: request.and_then(RequestId::trace).map(str::to_owned),
                client: parts
                    .extensions
                    .get::<Arrival>()
                    .and_then(|arrival| arrival.client),
                request: request.map_or_else(String::new, |request| request.as_str().to_owned()),
            },
            ticket: cookie(session::step_cookie_name(&state.settings)),
        })
    }
}
