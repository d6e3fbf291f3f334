//! A new group: what it is, the decision that founded it, the mediators it has.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::mediation::enter::enter;
use pbgdpl_app::mediation::{NewGroup, Outcome};
use pbgdpl_model::id::GroupId;
use pbgdpl_model::mediation::Problem;
use pbgdpl_pages::desk::activity::Input;
use pbgdpl_pages::desk::mediation::{GroupPart, group_parts};
use pbgdpl_pages::desk::register::RegisterForm;
use pbgdpl_pages::part::{Link, Notice};

use super::{PLACE, communes, here, input};
use crate::desk::frame;
use crate::desk::register::input::Reading;
use crate::error::Error;
use crate::extract::{FormFields, Staff};
use crate::page;
use crate::state::AppState;

const PARTS: [GroupPart; 5] = [
    GroupPart::Details,
    GroupPart::Decision,
    GroupPart::Founded,
    GroupPart::Figures,
    GroupPart::From,
];

/// `GET /quan-tri/{agency}/to-hoa-giai/moi`
///
/// # Errors
/// Where the store fails.
pub async fn new(State(state): State<AppState>, staff: Staff) -> Result<Response, Error> {
    page::html(&form(&state, &staff, &Input::sent(Vec::new()), &[]).await?)
}

/// `POST /quan-tri/{agency}/to-hoa-giai`
///
/// # Errors
/// Where the actor may not, or the store fails.
pub async fn add(
    State(state): State<AppState>,
    staff: Staff,
    FormFields(pairs): FormFields,
) -> Result<Response, Error> {
    let typed = Input::sent(pairs);
    let mut reading = Reading::of(&typed);
    let group = NewGroup {
        details: input::details(&mut reading),
        founded: reading.day("founded"),
        figures: input::figures(&mut reading),
        from: reading.day("from"),
    };
    let outcome = if reading.problems.is_empty() {
        enter(&state.app, &staff.ctx, group).await?
    } else {
        Outcome::Unmet(reading.problems)
    };
    match outcome {
        Outcome::Done(id) => Ok(page::go(&format!("{}/{id}?xong=them", here(&staff)))),
        Outcome::Unmet(problems) => {
            let shown = form(&state, &staff, &typed, &problems).await?;
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Outcome::Known(id) => {
            let mut shown = form(&state, &staff, &typed, &[]).await?;
            shown.stale = Some(known(&staff, id));
            page::html_with(StatusCode::CONFLICT, &shown)
        }
        Outcome::Stale => Err(Error::NotFound),
    }
}

/// The group is there already.
pub(super) fn known(staff: &Staff, id: GroupId) -> Notice {
    Notice {
        link: Some(Link::new("Mở tổ đã có", format!("{}/{id}", here(staff)))),
        ..Notice::refused(
            "Tổ hòa giải này đã có trong sổ.",
            "Tên, thôn và xã trùng với một tổ đang hoạt động; không ghi thêm lần nữa. Nếu là tổ khác, ghi tên để phân biệt.",
        )
    }
}

async fn form(
    state: &AppState,
    staff: &Staff,
    typed: &Input,
    problems: &[Problem],
) -> Result<RegisterForm, Error> {
    let communes = communes(&state.read.tenant(staff.ctx.tenant()).await?, staff).await?;
    let mut groups = group_parts(&PARTS, &communes, typed, problems);
    for field in groups.iter_mut().flat_map(|group| &mut group.fields) {
        if field.name == "from" {
            field.label = "Số hòa giải viên trên có từ ngày".into();
        }
    }
    Ok(RegisterForm {
        frame: frame::staff(state, staff, PLACE),
        heading: "Thêm tổ hòa giải".into(),
        lead: "Ghi quyết định thành lập và số hòa giải viên. Khi số người thay đổi thì ghi thêm lần mới, số cũ vẫn giữ.".into(),
        action: here(staff),
        based_on: 0,
        stale: None,
        groups,
        problems: problems.to_vec(),
        note: "Sổ này không công khai và không ghi họ tên hòa giải viên.".into(),
        button: "Ghi vào sổ".into(),
        back: here(staff),
    })
}
