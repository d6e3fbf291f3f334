//! Somebody new in the register: a request as it was received, or a recognition that stands already.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::register::Outcome;
use pbgdpl_app::register::enter::{Enter, enter};
use pbgdpl_app::register::propose::{Propose, propose};
use pbgdpl_model::id::EntryId;
use pbgdpl_model::policy::Action;
use pbgdpl_model::register::Problem;
use pbgdpl_pages::desk::activity::Input;
use pbgdpl_pages::desk::register::{Part, RegisterForm, parts};

use super::here;
use super::input::{self, Reading};
use super::words::words;
use super::write::unexpected;
use crate::desk::frame;
use crate::error::Error;
use crate::extract::{FormFields, Staff};
use crate::page;
use crate::state::AppState;

/// `GET /quan-tri/{agency}/bao-cao-vien/moi`
///
/// # Errors
/// Where the store fails.
pub async fn new(State(state): State<AppState>, staff: Staff) -> Result<Response, Error> {
    page::html(&new_form(&state, &staff, &input::empty(), &[]).await?)
}

/// `POST /quan-tri/{agency}/bao-cao-vien`
///
/// # Errors
/// Where the actor may not, or the store fails.
pub async fn add(
    State(state): State<AppState>,
    staff: Staff,
    FormFields(pairs): FormFields,
) -> Result<Response, Error> {
    let typed = Input::sent(pairs);
    match begun(&state, &staff, &typed).await? {
        Outcome::Done(id) => Ok(page::go(&format!("{}/{id}?xong=them", here(&staff)))),
        Outcome::Unmet(problems) => {
            let shown = new_form(&state, &staff, &typed, &problems).await?;
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        other => Err(unexpected(&other)),
    }
}

async fn begun(state: &AppState, staff: &Staff, typed: &Input) -> Result<Outcome<EntryId>, Error> {
    let words = words(&state.read.tenant(staff.ctx.tenant()).await?, None).await?;
    let mut reading = Reading::of(typed);
    let recognised = typed.one("beginning") == "da-cong-nhan";
    let level = reading.level();
    if recognised {
        let (decision, from) = (reading.decision(), reading.day("from"));
        let details = reading.details(&words);
        let order = Enter {
            details,
            level,
            decision,
            from,
        };
        return if reading.problems.is_empty() {
            Ok(enter(&state.app, &staff.ctx, order).await?)
        } else {
            Ok(Outcome::Unmet(reading.problems))
        };
    }
    let received = reading.day("received");
    let details = reading.details(&words);
    let order = Propose {
        details,
        level,
        received,
    };
    if reading.problems.is_empty() {
        Ok(propose(&state.app, &staff.ctx, order).await?)
    } else {
        Ok(Outcome::Unmet(reading.problems))
    }
}

async fn new_form(
    state: &AppState,
    staff: &Staff,
    typed: &Input,
    problems: &[Problem],
) -> Result<RegisterForm, Error> {
    let words = words(&state.read.tenant(staff.ctx.tenant()).await?, None).await?;
    let decides = staff.ctx.could(Action::RegisterDecide);
    let of: &[Part] = if decides {
        &[
            Part::Beginning,
            Part::Details,
            Part::Level,
            Part::Received,
            Part::Decision,
            Part::From,
        ]
    } else {
        &[Part::Details, Part::Level, Part::Received]
    };
    let mut groups = parts(of, &words, typed, problems);
    if decides {
        // What the other way needs may stay empty.
        for field in groups.iter_mut().flat_map(|group| &mut group.fields) {
            let of_one_way =
                field.name.starts_with("decision") || ["received", "from"].contains(&field.name.as_str());
            if of_one_way {
                (field.required, field.quiet) = (false, true);
            }
        }
    }
    Ok(RegisterForm {
        frame: frame::staff(state, staff, "bao-cao-vien"),
        heading: "Thêm người vào danh sách".into(),
        lead: if decides {
            "Với đề nghị công nhận, ghi ngày nhận đề nghị. Với người đã được công nhận, ghi quyết định và ngày có hiệu lực.".into()
        } else {
            "Ghi đề nghị công nhận như đã nhận. Người duyệt của cơ quan ghi quyết định sau.".into()
        },
        action: here(staff),
        based_on: 0,
        stale: None,
        groups,
        note: "Họ tên, chức vụ, lĩnh vực và quyết định được công khai; thông tin khác thì không.".into(),
        button: "Ghi vào danh sách".into(),
        back: here(staff),
    })
}
