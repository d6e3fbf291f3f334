//! Who serves the agency: seen, given roles, relieved of them.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::member::{grant, grantable, revoke};
use pbgdpl_model::policy::{Action, Role};
use pbgdpl_pages::desk::member::{HeldRole, Member, Members};
use pbgdpl_pages::part::Notice;
use pbgdpl_store::identity::Membership;
use pbgdpl_vietnamese::date;
use serde::Deserialize;

use super::frame::{self, Done};
use crate::error::Error;
use crate::extract::{Form, Query, Staff};
use crate::page;
use crate::state::AppState;

const DONE: [(&str, &str); 4] = [
    (
        "giao",
        "Đã giao vai trò. Có hiệu lực ngay với lần bấm tiếp theo của người đó.",
    ),
    (
        "giao-ca-hai",
        "Đã giao vai trò. Người này vừa soạn vừa duyệt ở đây: họ không duyệt được bài mình đã sửa, nên cần thêm người khác.",
    ),
    (
        "moi",
        "Đã giao vai trò và gửi thư mời: người này đặt mật khẩu bằng đường dẫn trong thư, trong bảy ngày. Giao lại để gửi lại thư.",
    ),
    (
        "thoi",
        "Đã thôi vai trò. Có hiệu lực ngay với lần bấm tiếp theo của người đó.",
    ),
];

/// What is sent to give a role.
#[derive(Debug, Deserialize)]
pub struct Given {
    /// To whom.
    #[serde(default)]
    pub email: String,
    /// What.
    #[serde(default)]
    pub role: String,
}

/// What is sent to take a role.
#[derive(Debug, Deserialize)]
pub struct Taken {
    /// From whom.
    pub account: String,
    /// What.
    pub role: String,
}

/// `GET /quan-tri/{agency}/thanh-vien`
///
/// # Errors
/// Where the store fails.
pub async fn show(
    State(state): State<AppState>,
    staff: Staff,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let mut shown = members(&state, &staff).await?;
    shown.frame = shown.frame.with_notice(done.notice(&DONE));
    page::html(&shown)
}

/// `POST /quan-tri/{agency}/thanh-vien`
///
/// # Errors
/// Where the actor may not, or the store fails.
pub async fn grant(
    State(state): State<AppState>,
    staff: Staff,
    Form(given): Form<Given>,
) -> Result<Response, Error> {
    let outcome = match given.role.parse::<Role>() {
        Ok(role) => grant::grant(&state.app, &staff.ctx, &given.email, role).await,
        Err(_) => Err(pbgdpl_app::Error::invalid("role", "chưa chọn. Chọn một vai trò.")),
    };
    match outcome {
        Ok(granted) => {
            let word = match (granted.invited, granted.writes_and_approves) {
                (true, _) => "moi",
                (false, true) => "giao-ca-hai",
                (false, false) => "giao",
            };
            Ok(page::go(&format!("{}?xong={word}", here(&staff))))
        }
        Err(pbgdpl_app::Error::Invalid { field, reason }) => {
            let mut shown = members(&state, &staff).await?;
            shown.email.value = given.email;
            shown.role.value = given.role;
            let wrong = if field == "role" {
                &mut shown.role
            } else {
                &mut shown.email
            };
            wrong.error = Some(reason);
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /quan-tri/{agency}/thanh-vien/thoi`
///
/// # Errors
/// Where the actor may not, the role is not held, or the store fails.
pub async fn revoke(
    State(state): State<AppState>,
    staff: Staff,
    Form(taken): Form<Taken>,
) -> Result<Response, Error> {
    let account = taken.account.parse().map_err(|_| Error::NotFound)?;
    let role = taken.role.parse().map_err(|_| Error::NotFound)?;
    match revoke::revoke(&state.app, &staff.ctx, account, role).await? {
        revoke::Outcome::Done => Ok(page::go(&format!("{}?xong=thoi", here(&staff)))),
        revoke::Outcome::LastAdministrator => {
            let mut shown = members(&state, &staff).await?;
            shown.frame = shown.frame.with_notice(Some(Notice::refused(
                "Chưa thôi được.",
                "Đây là quản trị cuối cùng của cơ quan. Giao vai trò quản trị cho người khác trước.",
            )));
            page::html_with(StatusCode::CONFLICT, &shown)
        }
    }
}

async fn members(state: &AppState, staff: &Staff) -> Result<Members, Error> {
    let held = state.read.tenant(staff.ctx.tenant()).await?.members().await?;
    let roles: Vec<(String, String, String)> = grantable(&staff.ctx)
        .map(|role| (role.word().into(), role.label().into(), what_it_does(role).into()))
        .collect();
    let (email, role) = Members::fields(&roles);
    Ok(Members {
        frame: frame::staff(state, staff, "thanh-vien"),
        people: people(held),
        grant: here(staff),
        revoke: format!("{}/thoi", here(staff)),
        may_change: staff.ctx.could(Action::MemberGrant),
        email,
        role,
    })
}

fn people(held: Vec<Membership>) -> Vec<Member> {
    let mut people: Vec<Member> = Vec::new();
    for membership in held {
        let account = membership.account.to_string();
        let role = HeldRole {
            label: membership.role.label().into(),
            value: membership.role.word().into(),
            since: date::dmy(membership.granted_at.day()),
        };
        match people.iter_mut().find(|person| person.account == account) {
            Some(person) => person.roles.push(role),
            None => people.push(Member {
                account,
                name: membership.display_name,
                email: membership.email,
                roles: vec![role],
                both: false,
            }),
        }
    }
    for person in &mut people {
        let holds = |role: Role| person.roles.iter().any(|held| held.value == role.word());
        person.both = holds(Role::Editor) && holds(Role::Approver);
    }
    people.sort_by(|a, b| pbgdpl_vietnamese::compare(&a.name, &b.name));
    people
}

const fn what_it_does(role: Role) -> &'static str {
    match role {
        Role::AgencyAdmin => "Giao vai trò, thiết lập chuyên mục, cho trang khác nhúng. Cần mã xác thực.",
        Role::Editor => "Soạn, sửa và gửi duyệt bài.",
        Role::Approver => "Duyệt, trả lại, gỡ bài. Cần mã xác thực.",
        Role::Reporter => "Ghi hoạt động, lập và gửi biểu. Cần mã xác thực.",
        Role::ProvinceAdmin | Role::ProvinceReporter | Role::Auditor => "",
    }
}

fn here(staff: &Staff) -> String {
    format!("/quan-tri/{}/thanh-vien", staff.ctx.tenant().slug())
}
