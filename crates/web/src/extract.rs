//! Who asks and what was sent, as arguments of handlers. A handler that takes [`Staff`] cannot have skipped the check.

mod input;

use axum::extract::FromRequestParts;
use chrono::NaiveDate;
use http::request::Parts;
use pbgdpl_model::clock::Moment;
use pbgdpl_scope::{Ctx, ProvinceCtx, RequestId, Tenant};
use pbgdpl_store::identity::SignedIn;

pub use input::{Form, FormFields, Path, Query, SentFields, Upload};

use crate::arrival::Arrival;
use crate::cache::Coding;
use crate::error::Error;
use crate::state::AppState;

/// The last page of a list that can be asked for: nobody turns so many, and no database counts past its own integers.
pub const LAST_PAGE: u64 = 10_000;

/// A citizen in a section, however they reached it. No cookie, no account.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// The agency.
    pub tenant: Tenant,
    /// Where the request arrived.
    pub arrival: Arrival,
    /// Now.
    pub now: Moment,
}

/// A citizen on the province's own pages.
#[derive(Debug, Clone)]
pub struct Citizen {
    /// Where the request arrived.
    pub arrival: Arrival,
    /// Now.
    pub now: Moment,
}

/// Somebody of an agency, checked against the route's action.
#[derive(Debug, Clone)]
pub struct Staff {
    /// Agency, actor, time, request: what acts take.
    pub ctx: Ctx,
    /// The person and everything they are.
    pub person: SignedIn,
}

/// An officer of the province or an auditor, checked against the route's action.
#[derive(Debug, Clone)]
pub struct Officer {
    /// Actor, time, request: what acts of the province take.
    pub ctx: ProvinceCtx,
    /// The person and everything they are.
    pub person: SignedIn,
}

/// Anybody signed in.
#[derive(Debug, Clone)]
pub struct Person {
    /// The person and everything they are.
    pub person: SignedIn,
    /// Now.
    pub now: Moment,
    /// The request.
    pub request: RequestId,
}

/// The best encoding that the client takes, of those that we make: nothing else of its headers is seen.
#[derive(Debug, Clone, Copy)]
pub struct Taken(pub Option<Coding>);

impl Staff {
    /// The day of the province.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.ctx.now().day()
    }
}

impl FromRequestParts<AppState> for Visitor {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        let arrival = parts
            .extensions
            .get::<Arrival>()
            .cloned()
            .ok_or(Error::NotFound)?;
        let tenant = arrival.tenant.clone().ok_or(Error::NotFound)?;
        Ok(Self {
            tenant,
            arrival,
            now: state.now(),
        })
    }
}

impl FromRequestParts<AppState> for Citizen {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        let arrival = parts
            .extensions
            .get::<Arrival>()
            .cloned()
            .ok_or(Error::NotFound)?;
        Ok(Self {
            arrival,
            now: state.now(),
        })
    }
}

impl FromRequestParts<AppState> for Taken {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        Ok(Self(Coding::taken(&parts.headers)))
    }
}

impl FromRequestParts<AppState> for Staff {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        // Put there by the audience check; a route of another audience has none.
        parts.extensions.get::<Self>().cloned().ok_or(Error::SignIn)
    }
}

impl FromRequestParts<AppState> for Officer {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        parts.extensions.get::<Self>().cloned().ok_or(Error::SignIn)
    }
}

impl FromRequestParts<AppState> for Person {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, _: &AppState) -> Result<Self, Error> {
        parts.extensions.get::<Self>().cloned().ok_or(Error::SignIn)
    }
}
