//! The section's facts: responsible person, address, telephone.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::profile::change::{self, Facts, Outcome};
use pbgdpl_pages::desk::profile::Settings;
use pbgdpl_pages::form::Field;
use serde::Deserialize;

use super::frame::{self, Done};
use crate::error::Error;
use crate::extract::{Form, Query, Staff};
use crate::page;
use crate::state::AppState;

const DONE: [(&str, &str); 1] = [("luu", "Đã lưu. Trang công khai đã đổi theo.")];

/// What is sent.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Typed {
    responsible: String,
    address: String,
    phone: String,
    email: String,
    website: String,
}

/// `GET /quan-tri/{agency}/thiet-lap`
///
/// # Errors
/// Where the store fails.
pub async fn form(
    State(state): State<AppState>,
    staff: Staff,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let known = state.read.tenant(staff.ctx.tenant()).await?.profile().await?;
    let values = [
        &known.responsible,
        &known.address,
        &known.phone,
        &known.email,
        &known.website,
    ];
    let fields = Settings::fields(values.map(String::as_str));
    let mut shown = settings(&state, &staff, fields, known.verify.clone());
    shown.frame = shown.frame.with_notice(done.notice(&DONE));
    page::html(&shown)
}

/// `POST /quan-tri/{agency}/thiet-lap`
///
/// # Errors
/// Where the actor may not, or the store fails.
pub async fn change(
    State(state): State<AppState>,
    staff: Staff,
    Form(typed): Form<Typed>,
) -> Result<Response, Error> {
    let values = [
        &typed.responsible,
        &typed.address,
        &typed.phone,
        &typed.email,
        &typed.website,
    ];
    let mut fields = Settings::fields(values.map(String::as_str));
    let facts = Facts {
        responsible: typed.responsible,
        address: typed.address,
        phone: typed.phone,
        email: typed.email,
        website: typed.website,
    };
    match change::change(&state.app, &staff.ctx, facts).await? {
        Outcome::Done => Ok(page::go(&format!(
            "/quan-tri/{}/thiet-lap?xong=luu",
            staff.ctx.tenant().slug()
        ))),
        Outcome::Unmet(problems) => {
            for field in &mut fields {
                let problem = problems.iter().find(|(name, _)| *name == field.name);
                field.error = problem.map(|(_, reason)| reason.clone());
            }
            let known = state.read.tenant(staff.ctx.tenant()).await?.profile().await?;
            let shown = settings(&state, &staff, fields, known.verify);
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
    }
}

fn settings(state: &AppState, staff: &Staff, fields: Vec<Field>, verify: Vec<String>) -> Settings {
    let tenant = staff.ctx.tenant();
    let agencies = state.read.registry().now();
    let scheme = if state.settings.https() { "https" } else { "http" };
    let own = agencies
        .hosts_of(tenant.id())
        .map(|host| format!("{scheme}://{host}/"));
    let path = format!("{}/{}/", state.settings.public.as_str(), tenant.slug());
    Settings {
        frame: frame::staff(state, staff, "thiet-lap"),
        action: format!("/quan-tri/{}/thiet-lap", tenant.slug()),
        fields,
        verify,
        official: tenant.official(staff.today()).to_owned(),
        addresses: std::iter::once(path).chain(own).collect(),
    }
}
