//! The province's first page, and the roles held in the province.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::policy::{Action, Role};
use pbgdpl_model::structure::View;
use pbgdpl_pages::form::{Choice, Field};
use pbgdpl_pages::part::{Link, Notice};
use pbgdpl_pages::province::{Home, PersonRow};
use pbgdpl_province::member::{self, Place, grant, revoke};
use pbgdpl_province::oversight::dashboard::dashboard;
use pbgdpl_province::{Error as ProvinceError, agency};
use pbgdpl_store::identity::Membership;
use pbgdpl_vietnamese::{date, number};
use serde::Deserialize;

use crate::desk::frame::{self, Done};
use crate::error::Error;
use crate::extract::{Form, Officer, Query};
use crate::oversight::exceptions;
use crate::page;
use crate::state::AppState;

const HERE: &str = "/tinh";

/// What an act on roles says when it is done.
pub(super) const DONE: [(&str, &str); 3] = [
    (
        "giao",
        "Đã giao vai trò. Có hiệu lực ngay với lần bấm tiếp theo của người đó.",
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

/// What is sent to give or to take a role.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub struct RoleForm {
    /// giao | thoi.
    pub act: String,
    /// To whom.
    #[serde(rename = "thu-dien-tu")]
    pub email: String,
    /// From whom.
    #[serde(rename = "tai-khoan")]
    pub account: String,
    /// What.
    #[serde(rename = "vai-tro")]
    pub role: String,
}

/// `GET /tinh`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let mut shown = home(&state, &officer).await?;
    shown.frame = shown.frame.with_notice(done.notice(&DONE));
    page::html(&shown)
}

/// `POST /tinh/vai-tro`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn roles(
    State(state): State<AppState>,
    officer: Officer,
    Form(sent): Form<RoleForm>,
) -> Result<Response, Error> {
    match change(&state, &officer, Place::Province, &sent).await {
        Ok(word) => Ok(page::go(&format!("{HERE}?xong={word}"))),
        Err(ProvinceError::Invalid { field, reason }) => {
            let mut shown = home(&state, &officer).await?;
            if sent.act == "thoi" {
                shown.frame = shown
                    .frame
                    .with_notice(Some(Notice::refused("Chưa thôi được.", sentence(&reason))));
            } else {
                refused(&mut shown.fields, &sent, field, reason);
            }
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Err(error) => Err(error.into()),
    }
}

/// Gives or takes the role; the word of what was done.
pub(super) async fn change(
    state: &AppState,
    officer: &Officer,
    place: Place,
    sent: &RoleForm,
) -> Result<&'static str, ProvinceError> {
    let role: Role = sent
        .role
        .parse()
        .map_err(|_| ProvinceError::invalid("vai-tro", "chưa chọn; chọn một vai trò"))?;
    if sent.act == "thoi" {
        let account = sent.account.parse().map_err(|_| ProvinceError::NotFound)?;
        revoke::revoke(&state.province, &officer.ctx, place, account, role).await?;
        return Ok("thoi");
    }
    let invited = grant::grant(&state.province, &officer.ctx, place, &sent.email, role).await?;
    Ok(if invited { "moi" } else { "giao" })
}

/// The fields of the form that gives a role of the province, or of an agency.
pub(super) fn role_fields(of_province: bool) -> Vec<Field> {
    let roles = Role::ALL.iter().filter(|role| role.of_province() == of_province);
    let choices = roles.map(|role| Choice {
        value: role.word().into(),
        label: role.label().into(),
        ..Choice::default()
    });
    let none = Choice {
        label: "Chưa chọn".into(),
        ..Choice::default()
    };
    vec![
        Field::line("thu-dien-tu", "Thư điện tử của người nhận", "email"),
        Field::select(
            "vai-tro",
            "Vai trò",
            std::iter::once(none).chain(choices).collect(),
        ),
    ]
}

/// Puts what was typed and what is wrong back into the fields.
pub(super) fn refused(fields: &mut [Field], sent: &RoleForm, wrong: &str, reason: String) {
    for field in fields {
        field.value = match field.name.as_str() {
            "thu-dien-tu" => sent.email.clone(),
            _ => sent.role.clone(),
        };
        if field.name == wrong {
            field.error = Some(reason.clone());
        }
    }
}

/// A reason as a sentence of its own.
pub(super) fn sentence(reason: &str) -> String {
    let mut letters = reason.chars();
    let first = letters
        .next()
        .map(|letter| letter.to_uppercase().collect::<String>());
    format!("{}{}.", first.unwrap_or_default(), letters.as_str())
}

/// People as the pages show them. `revoke`: where taking a role goes.
pub(super) fn people(held: Vec<Membership>, revoke: Option<&str>) -> Vec<PersonRow> {
    let mut rows: Vec<PersonRow> = held
        .into_iter()
        .map(|held| PersonRow {
            name: held.display_name,
            email: held.email,
            role: held.role.label().into(),
            role_word: held.role.word().into(),
            account: held.account.to_string(),
            since: date::dmy(held.granted_at.day()),
            revoke: revoke.map(str::to_owned),
        })
        .collect();
    pbgdpl_vietnamese::sort_by_name(&mut rows, |row| &row.name);
    rows
}

async fn home(state: &AppState, officer: &Officer) -> Result<Home, Error> {
    let ctx = &officer.ctx;
    let today = ctx.now().day();
    let agencies = agency::list::list(&state.province, ctx).await?;
    let held = member::list::list(&state.province, ctx).await?;
    let year = dashboard(&state.province, ctx, None, View::AsWas).await?;
    let count = |counts: &dyn Fn(&agency::list::Listed) -> bool| {
        number::grouped(i64::try_from(agencies.iter().filter(|agency| counts(agency)).count()).unwrap_or(0))
    };
    let open = pbgdpl_model::agency::Status::Open;
    let revoke = ctx.could(Action::ProvinceMemberRevoke).then_some("/tinh/vai-tro");
    let mut facts = vec![
        ("Cơ quan".into(), count(&|_| true)),
        (
            "Chuyên mục đang mở".into(),
            count(&|agency| agency.status == open),
        ),
        ("Đang tạm dừng".into(), count(&|agency| agency.status != open)),
    ];
    if super::agency::sees_unverified(officer) {
        facts.push((
            "Còn thông tin cần đối chiếu".into(),
            count(&|agency| !agency.file.unverified().is_empty()),
        ));
    }
    Ok(Home {
        frame: frame::officer(state, officer, HERE),
        today: format!("{}, {}", date::weekday(today), date::dmy(today)),
        exceptions: exceptions::table(&year, ctx),
        facts,
        links: links(officer),
        people: people(held, revoke),
        grant: ctx
            .could(Action::ProvinceMemberGrant)
            .then(|| "/tinh/vai-tro".to_owned()),
        fields: role_fields(true),
    })
}

fn links(officer: &Officer) -> Vec<Link> {
    [
        (Action::AgencyList, "Xem các cơ quan", "/tinh/co-quan"),
        (Action::AgencyCreate, "Lập cơ quan", "/tinh/co-quan/moi"),
        (Action::OversightRead, "Xem số liệu toàn tỉnh", "/giam-sat"),
    ]
    .into_iter()
    .filter(|(action, ..)| officer.ctx.could(*action))
    .map(|(_, label, href)| Link::new(label, href))
    .collect()
}
