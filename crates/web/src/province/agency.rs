//! The agencies as the province sees them: list, one with its people, a new one, suspending and opening again.

mod form;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::agency::Status;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::UnitKind;
use pbgdpl_model::policy::Action;
use pbgdpl_pages::form::{Choice, Field};
use pbgdpl_pages::part::{Link, State as Shape, Tone};
use pbgdpl_pages::province::{Agencies, AgencyGroup, AgencyPage, AgencyRow};
use pbgdpl_province::Error as ProvinceError;
use pbgdpl_province::agency::list::{self, Listed, Shown};
use pbgdpl_province::agency::suspend::Rest;
use pbgdpl_province::agency::{reactivate, suspend};
use pbgdpl_province::member::Place;
use pbgdpl_scope::Found;
use pbgdpl_vietnamese::number;
use serde::Deserialize;

use super::home::{self, RoleForm};
use crate::desk::frame::{self, Done};
use crate::error::Error;
use crate::extract::{Form, Officer, Path, Query};
use crate::page;
use crate::state::AppState;

pub use form::{create, new};

const HERE: &str = "/tinh/co-quan";

const DONE: [(&str, &str); 5] = [
    (
        "lap",
        "Đã lập cơ quan. Chuyên mục đọc được và nhúng được ngay; giao vai trò cho người làm việc ở đây.",
    ),
    ("tam-dung", "Đã tạm dừng chuyên mục."),
    ("mo-lai", "Đã mở lại chuyên mục."),
    (
        "giao",
        "Đã giao vai trò. Có hiệu lực ngay với lần bấm tiếp theo của người đó.",
    ),
    (
        "thoi",
        "Đã thôi vai trò. Có hiệu lực ngay với lần bấm tiếp theo của người đó.",
    ),
];

/// What is sent to suspend a section.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct RestForm {
    /// read-only | hidden.
    #[serde(rename = "cach-dung")]
    pub rest: String,
    /// Why.
    #[serde(rename = "ly-do")]
    pub reason: String,
}

/// The agency that the word in the address means, also an old one.
pub(crate) fn found(officer: &Officer, slug: &str) -> Result<TenantId, Error> {
    match officer.ctx.snapshot().by_slug(slug) {
        Some(Found::Here(tenant) | Found::Moved(tenant)) => Ok(tenant.id()),
        None => Err(Error::NotFound),
    }
}

/// Whether this officer is told what is yet to be checked against an official source: administrators only.
pub(super) fn sees_unverified(officer: &Officer) -> bool {
    officer.ctx.could(Action::AgencyCreate)
}

/// `GET /tinh/co-quan`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn all(State(state): State<AppState>, officer: Officer) -> Result<Response, Error> {
    let agencies = list::list(&state.province, &officer.ctx).await?;
    let day = officer.ctx.now().day();
    let count = i64::try_from(agencies.len()).unwrap_or(0);
    let verify = sees_unverified(&officer);
    let groups = UnitKind::ALL.iter().filter_map(|kind| {
        let of_kind = agencies
            .iter()
            .filter(|agency| agency.file.kind_on(day) == Some(*kind));
        let rows: Vec<AgencyRow> = of_kind
            .map(|agency| AgencyRow {
                name: agency.short(day),
                href: format!("{HERE}/{}", agency.file.slug),
                section: section(&state, agency),
                state: shape(agency.status),
                unverified: verify.then(|| agency.file.unverified().len()),
            })
            .collect();
        (!rows.is_empty()).then(|| AgencyGroup {
            name: kind.label().into(),
            agencies: rows,
        })
    });
    page::html(&Agencies {
        count: format!("{} cơ quan", number::grouped(count)),
        groups: groups.collect(),
        verify,
        create: officer
            .ctx
            .could(Action::AgencyCreate)
            .then(|| Link::new("Lập cơ quan", "/tinh/co-quan/moi")),
        frame: frame::officer(&state, &officer, HERE),
    })
}

/// `GET /tinh/co-quan/{agency}`
///
/// # Errors
/// Where there is none, the officer may not, or the store fails.
pub async fn one(
    State(state): State<AppState>,
    officer: Officer,
    Path(slug): Path<String>,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let id = found(&officer, &slug)?;
    let mut shown = agency_page(&state, &officer, id).await?;
    shown.frame = shown.frame.with_notice(done.notice(&DONE));
    page::html(&shown)
}

/// `POST /tinh/co-quan/{agency}/tam-dung`
///
/// # Errors
/// Where there is none, the officer may not, or the store fails.
pub async fn rest(
    State(state): State<AppState>,
    officer: Officer,
    Path(slug): Path<String>,
    Form(sent): Form<RestForm>,
) -> Result<Response, Error> {
    let id = found(&officer, &slug)?;
    let how = match sent.rest.as_str() {
        "read-only" => Ok(Rest::ReadOnly),
        "hidden" => Ok(Rest::Hidden),
        _ => Err(ProvinceError::invalid("cach-dung", "chưa chọn")),
    };
    let outcome = match how {
        Ok(how) => suspend::suspend(&state.province, &officer.ctx, id, how, &sent.reason).await,
        Err(error) => Err(error),
    };
    let typed = [("cach-dung", sent.rest), ("ly-do", sent.reason)];
    answer(
        &state,
        &officer,
        id,
        &slug,
        outcome.map(|()| "tam-dung"),
        &typed,
        |page| &mut page.suspend_fields,
    )
    .await
}

/// `POST /tinh/co-quan/{agency}/mo-lai`
///
/// # Errors
/// Where there is none, the officer may not, or the store fails.
pub async fn reopen(
    State(state): State<AppState>,
    officer: Officer,
    Path(slug): Path<String>,
    Form(sent): Form<RestForm>,
) -> Result<Response, Error> {
    let id = found(&officer, &slug)?;
    let outcome = reactivate::reactivate(&state.province, &officer.ctx, id, &sent.reason).await;
    let typed = [("ly-do", sent.reason)];
    answer(
        &state,
        &officer,
        id,
        &slug,
        outcome.map(|()| "mo-lai"),
        &typed,
        |page| &mut page.reactivate_fields,
    )
    .await
}

/// `POST /tinh/co-quan/{agency}/vai-tro`
///
/// # Errors
/// Where there is none, the officer may not, or the store fails.
pub async fn roles(
    State(state): State<AppState>,
    officer: Officer,
    Path(slug): Path<String>,
    Form(sent): Form<RoleForm>,
) -> Result<Response, Error> {
    let id = found(&officer, &slug)?;
    let outcome = home::change(&state, &officer, Place::Agency(id), &sent).await;
    let typed = [("thu-dien-tu", sent.email), ("vai-tro", sent.role)];
    answer(&state, &officer, id, &slug, outcome, &typed, |page| {
        &mut page.grant_fields
    })
    .await
}

/// Back to the agency's page: with a notice, or with what is wrong beside what was typed.
async fn answer(
    state: &AppState,
    officer: &Officer,
    id: TenantId,
    slug: &str,
    outcome: Result<&str, ProvinceError>,
    typed: &[(&str, String)],
    fields: impl FnOnce(&mut AgencyPage) -> &mut Vec<Field>,
) -> Result<Response, Error> {
    match outcome {
        Ok(word) => Ok(page::go(&format!("{HERE}/{slug}?xong={word}"))),
        Err(ProvinceError::Invalid { field: wrong, reason }) => {
            let mut shown = agency_page(state, officer, id).await?;
            for field in fields(&mut shown) {
                if let Some((_, value)) = typed.iter().find(|(name, _)| *name == field.name) {
                    field.value.clone_from(value);
                }
                field.error = (field.name == wrong).then(|| reason.clone());
            }
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Err(error) => Err(error.into()),
    }
}

async fn agency_page(state: &AppState, officer: &Officer, id: TenantId) -> Result<AgencyPage, Error> {
    let Shown { agency, people } = list::show(&state.province, &officer.ctx, id).await?;
    let could = |action| officer.ctx.could(action);
    let own = |verb: &str| format!("{HERE}/{}/{verb}", agency.file.slug);
    let revoke = could(Action::ProvinceMemberRevoke).then(|| own("vai-tro"));
    let open = agency.status == Status::Open;
    Ok(AgencyPage {
        frame: frame::officer(state, officer, HERE),
        back: HERE.into(),
        name: agency
            .file
            .official_on(officer.ctx.now().day())
            .unwrap_or(&agency.file.slug)
            .to_owned(),
        state: shape(agency.status),
        facts: form::facts(&agency, officer),
        unverified: if sees_unverified(officer) {
            agency.file.unverified()
        } else {
            Vec::new()
        },
        links: vec![Link::new("Mở chuyên mục", section(state, &agency))],
        people: home::people(people, revoke.as_deref()),
        grant: could(Action::ProvinceMemberGrant).then(|| own("vai-tro")),
        grant_fields: home::role_fields(false),
        suspend: (open && could(Action::AgencySuspend)).then(|| own("tam-dung")),
        suspend_fields: if open { suspend_fields() } else { vec![] },
        reactivate: (!open && could(Action::AgencyReactivate)).then(|| own("mo-lai")),
        reactivate_fields: if open {
            vec![]
        } else {
            vec![Field::text("ly-do", "Lý do").optional()]
        },
    })
}

fn suspend_fields() -> Vec<Field> {
    let choice = |status: Status, label: &str, hint: &str| Choice {
        value: status.word().into(),
        label: label.into(),
        hint: hint.into(),
        chosen: false,
    };
    vec![
        Field::radios(
            "cach-dung",
            "Tạm dừng thế nào",
            vec![
                choice(
                    Status::ReadOnly,
                    "Chỉ đọc",
                    "Mọi người vẫn đọc được; không ai sửa hay công bố thêm.",
                ),
                choice(
                    Status::Hidden,
                    "Ẩn khỏi công chúng",
                    "Người đọc thấy thông báo tạm nghỉ.",
                ),
            ],
        ),
        Field::text("ly-do", "Căn cứ, lý do").with_hint("Ghi vào nhật ký của tỉnh."),
    ]
}

fn shape(status: Status) -> Shape {
    match status {
        Status::Open => Shape::new(Tone::Ok, "đang hoạt động"),
        Status::ReadOnly => Shape::new(Tone::Soon, "tạm dừng, chỉ đọc"),
        Status::Hidden => Shape::new(Tone::Late, "tạm dừng, đang ẩn"),
    }
}

fn section(state: &AppState, agency: &Listed) -> String {
    format!("{}/{}/", state.settings.public.as_str(), agency.file.slug)
}
