//! The audience of a route, checked before its handler runs. What it finds out travels to the extractors.

use axum::body::Body;
use http::{Request, header};
use pbgdpl_app::account::session::{Cookie, actor_in, renew};
use pbgdpl_model::id::AccountId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::{Ctx, Found, ProvinceCtx, RequestId};
use pbgdpl_store::identity::SignedIn;

use crate::arrival::Arrival;
use crate::error::Error;
use crate::extract::{Officer, Person, Staff};
use crate::routes::{Audience, Route};
use crate::session;
use crate::state::AppState;

/// `renewed` gets the new value of a session whose person's roles changed, `who` gets the person.
pub(super) async fn check(
    state: &AppState,
    route: &Route,
    request: &mut Request<Body>,
    renewed: &mut Option<Cookie>,
    who: &mut Option<AccountId>,
) -> Result<(), Error> {
    let person = match route.audience {
        Audience::Visitor | Audience::Machine | Audience::SigningIn => return Ok(()),
        Audience::Person | Audience::Staff(_) | Audience::Officer(_) => {
            signed_in(state, request, renewed).await?
        }
    };
    *who = Some(person.session.account);
    if !person.memberships.is_empty() {
        note_staff(state, request);
    }
    match route.audience {
        Audience::Visitor | Audience::Machine | Audience::SigningIn => Ok(()),
        Audience::Person => {
            let id = request_id(request);
            request.extensions_mut().insert(Person {
                person,
                now: state.now(),
                request: id,
            });
            Ok(())
        }
        Audience::Staff(action) => staff(state, action, request, person),
        Audience::Officer(action) => officer(state, action, request, person),
    }
}

/// What this browser reads in public today is no citizen's reading (N-16).
fn note_staff(state: &AppState, request: &Request<Body>) {
    let arrival = request.extensions().get::<Arrival>();
    let client = arrival.and_then(|arrival| arrival.client);
    let agent = request.headers().get(header::USER_AGENT);
    let agent = agent.and_then(|agent| agent.to_str().ok()).unwrap_or_default();
    state
        .counting
        .note_staff(&state.settings.signing_key, state.now().day(), client, agent);
}

async fn signed_in(
    state: &AppState,
    request: &mut Request<Body>,
    renewed: &mut Option<Cookie>,
) -> Result<SignedIn, Error> {
    // A body cannot be shared between threads, so the headers are looked at apart from it.
    let headers = request.headers().clone();
    let person = session::find(state, &headers).await?.ok_or(Error::SignIn)?;
    if person.roles_changed {
        *renewed = renew(&state.app, &person).await?;
    }
    Ok(person)
}

fn request_id(request: &Request<Body>) -> RequestId {
    request
        .extensions()
        .get::<RequestId>()
        .cloned()
        .unwrap_or_else(|| RequestId::new(String::new()))
}

/// `/quan-tri/{agency}/…`: somebody without a role there learns nothing, not even that the agency exists (AUZ-11).
fn staff(
    state: &AppState,
    action: Action,
    request: &mut Request<Body>,
    person: SignedIn,
) -> Result<(), Error> {
    let slug = request.uri().path().split('/').nth(2).unwrap_or_default();
    let agencies = state.read.registry().now();
    let (Found::Here(tenant) | Found::Moved(tenant)) = agencies.by_slug(slug).ok_or(Error::NotFound)?;
    let roles = person.roles_in(tenant.id().into());
    if roles.is_empty() {
        return Err(Error::NotFound);
    }
    let actor = actor_in(&person, tenant.id().into(), state.settings.demo, state.now());
    let ctx = Ctx::of_person(tenant, actor, state.now(), request_id(request));
    if !ctx.could(action) {
        let needed = ctx.tenant().policy().rows_for(action);
        return Err(Error::Denied(pbgdpl_scope::Denied {
            action,
            needed,
            failed: None,
            step_up: false,
        }));
    }
    request.extensions_mut().insert(Staff { ctx, person });
    Ok(())
}

fn officer(
    state: &AppState,
    action: Action,
    request: &mut Request<Body>,
    person: SignedIn,
) -> Result<(), Error> {
    let officer = officer_of(state, action, request_id(request), person)?;
    request.extensions_mut().insert(officer);
    Ok(())
}

/// A person as an officer of the province who could do an action: also for pages of the own account that are about the province.
pub(crate) fn officer_of(
    state: &AppState,
    action: Action,
    request: RequestId,
    person: SignedIn,
) -> Result<Officer, Error> {
    let agencies = state.read.registry().now();
    let roles = person.roles_in(agencies.province().id.into());
    if roles.is_empty() {
        return Err(Error::NotFound);
    }
    let domain = agencies.province().id.into();
    let actor = actor_in(&person, domain, state.settings.demo, state.now());
    let ctx = ProvinceCtx::of_person(agencies, actor, state.now(), request);
    let ctx = if person.only_looks() {
        ctx.who_only_looks()
    } else {
        ctx
    };
    if !ctx.could(action) {
        let needed = ctx.snapshot().province_policy().rows_for(action);
        return Err(Error::Denied(pbgdpl_scope::Denied {
            action,
            needed,
            failed: None,
            step_up: false,
        }));
    }
    Ok(Officer { ctx, person })
}
