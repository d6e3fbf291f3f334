//! The own account, and the choice of a place to work.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_app::account::session::idle_seconds;
use pbgdpl_app::account::summary::choose as choose_summary;
use pbgdpl_model::agency::Status;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::policy::{Action, Role, RoleSet};
use pbgdpl_pages::desk::account::Account;
use pbgdpl_pages::desk::home::{Chooser, WorkPlace};
use pbgdpl_pages::part::{Empty, State as Shown, Tone};
use pbgdpl_store::identity::SignedIn;
use pbgdpl_vietnamese::date;
use serde::Deserialize;

use crate::desk::frame::{self, Done};
use crate::error::Error;
use crate::extract::{Form, Person, Query};
use crate::page;
use crate::state::AppState;

const DONE: [(&str, &str); 4] = [
    (
        "nhan-thu",
        "Đã ghi. Thư tóm tắt đến vào ngày làm việc khi có việc cần nói.",
    ),
    ("thoi-thu", "Đã ghi. Từ nay không có thư tóm tắt nữa."),
    ("mat-khau", "Đã đổi mật khẩu. Mọi phiên ở máy khác đã kết thúc."),
    (
        "hai-lop",
        "Đã bật mã xác thực. Từ lần sau, đăng nhập cần thêm mã 6 số trên điện thoại.",
    ),
];

/// `GET /tai-khoan`
///
/// # Errors
/// Where the store fails.
pub async fn show(
    State(state): State<AppState>,
    person: Person,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let who = &person.person;
    let factor = state.read.identity().await?.totp(who.session.account).await?;
    let on_since = factor.and_then(|factor| factor.confirmed_at);
    let needed = who
        .memberships
        .iter()
        .any(|(_, roles)| roles.iter().any(Role::needs_second_factor));
    page::html(&Account {
        frame: frame::person(&state, &person).with_notice(done.notice(&DONE)),
        name: who.display_name.clone(),
        email: who.email.clone(),
        factor: factor_state(on_since, needed),
        set_up: on_since.is_none().then(|| "/tai-khoan/hai-lop".to_owned()),
        change_password: "/tai-khoan/mat-khau".into(),
        session: format!(
            "{}, từ {}",
            who.session.device,
            clock_and_day(who.session.created_at)
        ),
        session_ends: clock_and_day(who.session.ends_at),
        idle_minutes: idle_seconds(who) / 60,
        places: places(&state, who, person.now),
        summary: summary_of(&state, who).await?,
    })
}

/// What is sent to choose.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    nhan: String,
}

/// `POST /tai-khoan/thu-tom-tat`
///
/// # Errors
/// For somebody without a role in the province, or where the store fails.
pub async fn summary(
    State(state): State<AppState>,
    person: Person,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Error> {
    let place = state.read.registry().now().province().id.into();
    let wants = chosen.nhan == "co";
    choose_summary(&state.app, &person.person, place, wants, person.request.as_str()).await?;
    let word = if wants { "nhan-thu" } else { "thoi-thu" };
    Ok(page::go(&format!("/tai-khoan?xong={word}#thu-tom-tat")))
}

/// Whether they get the summary; none for somebody who may not read the province's figures.
async fn summary_of(state: &AppState, who: &SignedIn) -> Result<Option<bool>, Error> {
    let agencies = state.read.registry().now();
    let place = agencies.province().id.into();
    if !agencies
        .province_policy()
        .could(who.roles_in(place), Action::OversightRead)
    {
        return Ok(None);
    }
    let identity = state.read.identity().await?;
    let chosen = identity.summary_reader(place, who.session.account).await?;
    Ok(Some(chosen.is_some()))
}

/// `GET /quan-tri`: straight on where there is one place only.
///
/// # Errors
/// Where the template fails.
pub async fn choose(State(state): State<AppState>, person: Person) -> Result<Response, Error> {
    let places = places(&state, &person.person, person.now);
    if let [only] = places.as_slice() {
        return Ok(page::go(&only.href));
    }
    page::html(&Chooser {
        frame: frame::person(&state, &person),
        places,
        empty: Empty {
            title: "Tài khoản chưa được giao vai trò nào.".into(),
            text: "Nhờ quản trị của cơ quan bạn, hoặc Sở Tư pháp, giao vai trò cho thư điện tử này.".into(),
            links: Vec::new(),
        },
    })
}

fn factor_state(on_since: Option<Moment>, needed: bool) -> Shown {
    match (on_since, needed) {
        (Some(since), _) => Shown::new(Tone::Ok, format!("Đang bật, từ {}", date::dmy(since.day()))),
        (None, true) => Shown::new(Tone::Late, "Chưa bật; vai trò của bạn bắt buộc phải có"),
        (None, false) => Shown::new(Tone::Wait, "Chưa bật"),
    }
}

/// The places where a person has roles: the province's first, then agencies in the order of their names.
fn places(state: &AppState, who: &SignedIn, now: Moment) -> Vec<WorkPlace> {
    let agencies = state.read.registry().now();
    let of_province = who.roles_in(agencies.province().id.into());
    let mut all = Vec::new();
    if of_province.has(Role::ProvinceAdmin) || of_province.has(Role::ProvinceReporter) {
        all.push(place(
            format!("Tổng hợp: {}", agencies.province().name),
            "/tinh".into(),
            of_province,
        ));
    }
    if of_province.has(Role::Auditor) {
        all.push(place(
            format!("Giám sát: {}", agencies.province().name),
            "/giam-sat".into(),
            of_province,
        ));
    }
    let mut own: Vec<WorkPlace> = who
        .memberships
        .iter()
        .filter_map(|(domain, roles)| {
            let tenant = agencies
                .tenants()
                .find(|tenant| pbgdpl_model::id::DomainId::from(tenant.id()) == *domain)?;
            let resting =
                (tenant.status() != Status::Open).then(|| Shown::new(Tone::Wait, tenant.status().label()));
            let name = tenant.short(now.day()).to_owned();
            Some(WorkPlace {
                state: resting,
                ..place(name, format!("/quan-tri/{}", tenant.slug()), *roles)
            })
        })
        .collect();
    own.sort_by(|a, b| pbgdpl_vietnamese::compare(&a.name, &b.name));
    all.extend(own);
    all
}

fn place(name: String, href: String, roles: RoleSet) -> WorkPlace {
    let labels: Vec<&str> = roles.iter().map(Role::label).collect();
    WorkPlace {
        name,
        href,
        roles: labels.join(", "),
        state: None,
    }
}

fn clock_and_day(at: Moment) -> String {
    let local = date::local_datetime(at.utc());
    format!(
        "{} ngày {}",
        date::hour_minute(&local),
        date::dmy(local.date_naive())
    )
}
