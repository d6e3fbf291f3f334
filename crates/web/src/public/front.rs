//! The province's front page: search, new law by effective date, every agency by kind, the latest items.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::agency::Status;
use pbgdpl_model::manifest::UnitKind;
use pbgdpl_pages::linked::{self, Organization};
use pbgdpl_pages::public::{AgencyGroup, AgencyLink, ProvinceFront};
use pbgdpl_scope::Snapshot;
use pbgdpl_store::public::PublicLine;
use pbgdpl_vietnamese::sort_by_name;

use crate::error::Error;
use crate::extract::Citizen;
use crate::page;
use crate::public::{rows, surroundings};
use crate::state::AppState;

/// `GET /`
pub async fn show(State(state): State<AppState>, citizen: Citizen) -> Result<Response, Error> {
    let agencies = state.read.registry().now();
    let today = citizen.now.day();
    let public = state.read.public();
    let name = |line: &PublicLine| agencies.by_id(line.tenant).map(|t| t.short(today).to_owned());
    let href = |line: &PublicLine| {
        let slug = agencies
            .by_id(line.tenant)
            .map(|t| t.slug().to_owned())
            .unwrap_or_default();
        format!("/{slug}/{}", rows::item_path(line))
    };
    let laws = public.by_effective_date(None, 5).await?;
    let items = public.latest(None, None, 1, 8).await?;
    let mut frame = surroundings::province(&state, &citizen, "");
    frame.linked = Some(linked::home(&Organization {
        of_state: true,
        name: agencies.province().name.clone(),
        short: frame.speaker.official.clone(),
        home: frame.canonical.clone(),
        ..Organization::default()
    }));
    let page = ProvinceFront {
        frame,
        heading: "Pháp luật dễ hiểu cho mọi người".into(),
        description: format!(
            "Tài liệu phổ biến, giáo dục pháp luật của {} cơ quan, đoàn thể và địa phương.",
            agencies
                .tenants()
                .filter(|t| t.status() != Status::Hidden)
                .count()
        ),
        laws: laws
            .iter()
            .map(|l| rows::law_row(l, href(l), name(l), today))
            .collect(),
        items: items
            .iter()
            .map(|l| rows::item_row(l, href(l), name(l)))
            .collect(),
        groups: groups(&agencies, today),
        year: None,
    };
    page::html(&page)
}

/// Agencies by kind, in Vietnamese order.
fn groups(agencies: &Snapshot, today: chrono::NaiveDate) -> Vec<AgencyGroup> {
    UnitKind::ALL
        .iter()
        .filter_map(|kind| {
            let mut links: Vec<AgencyLink> = agencies
                .tenants()
                .filter(|t| t.agency().kind_on(today) == kind.word() && t.status() != Status::Hidden)
                .map(|t| AgencyLink {
                    name: t.short(today).to_owned(),
                    href: format!("/{}/", t.slug()),
                    accent: t.agency().accent.clone(),
                })
                .collect();
            sort_by_name(&mut links, |link| link.name.as_str());
            (!links.is_empty()).then(|| AgencyGroup {
                label: kind.label().to_owned(),
                agencies: links,
            })
        })
        .collect()
}
