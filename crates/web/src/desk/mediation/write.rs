//! Everything that is written down of a group: the form, what was typed, the act.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::mediation::correct::Right;
use pbgdpl_app::mediation::{Outcome, Seen, change, correct, dissolve, take_back};
use pbgdpl_model::id::GroupId;
use pbgdpl_model::mediation::{Body, Group, Problem};
use pbgdpl_pages::desk::activity::Input;
use pbgdpl_pages::desk::mediation::{GroupPart, group_parts};
use pbgdpl_pages::desk::register::RegisterForm;
use pbgdpl_pages::part::Notice;
use serde::Deserialize;

use super::add::known;
use super::work::Work;
use super::{PLACE, communes, found, here, input, one};
use crate::desk::frame;
use crate::desk::register::input::Reading;
use crate::error::Error;
use crate::extract::{FormFields, Path, Query, Staff};
use crate::page;
use crate::state::AppState;

/// Which fact a work is about.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    so: Option<i32>,
}

/// `GET /quan-tri/{agency}/to-hoa-giai/{group}/viec/{step}?so=`
///
/// # Errors
/// Where there is no such group or work, or the store fails.
pub async fn work(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id, step)): Path<(String, GroupId, String)>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let work = Work::read(&step, which.so).ok_or(Error::NotFound)?;
    let group = found(&state, &staff, id).await?;
    if !work.is_open(&group, staff.today()) {
        return Err(closed());
    }
    let fact = work.fact(&group, staff.today());
    let typed = fact.map_or_else(
        || Input::sent(Vec::new()),
        |fact| input::of(fact, matches!(work, Work::Correct(_)), staff.today()),
    );
    page::html(&form(&state, &staff, (&group, group.latest()), work, &typed, &[]).await?)
}

/// `POST /quan-tri/{agency}/to-hoa-giai/{group}/viec/{step}?so=`
///
/// # Errors
/// Where there is no such group or work, the actor may not, or the store fails.
pub async fn do_work(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id, step)): Path<(String, GroupId, String)>,
    Query(which): Query<Which>,
    FormFields(pairs): FormFields,
) -> Result<Response, Error> {
    let work = Work::read(&step, which.so).ok_or(Error::NotFound)?;
    let group = found(&state, &staff, id).await?;
    let typed = Input::sent(pairs);
    let based_on = typed.one("based_on").parse().unwrap_or(0);
    let seen = Seen { group: id, based_on };
    // Whoever saw an older state is told that first, with what they typed.
    if group.latest() == based_on && !work.is_open(&group, staff.today()) {
        return Err(closed());
    }
    let (status, notice, problems) = match carried_out(&state, &staff, &group, seen, work, &typed).await? {
        Outcome::Done(_) => return Ok(page::go(&format!("{}/{id}?xong=ghi", here(&staff)))),
        Outcome::Unmet(problems) => (StatusCode::UNPROCESSABLE_ENTITY, None, problems),
        Outcome::Known(other) => (StatusCode::CONFLICT, Some(known(&staff, other)), Vec::new()),
        Outcome::Stale => {
            let notice = Notice::refused(
                "Có người vừa ghi thêm về tổ này.",
                "Những gì bạn đã nhập vẫn còn trong mẫu dưới đây. Xem lại lịch sử của tổ rồi gửi lại.",
            );
            (StatusCode::CONFLICT, Some(notice), Vec::new())
        }
    };
    let based_on = if status == StatusCode::CONFLICT {
        group.latest()
    } else {
        based_on
    };
    let mut shown = form(&state, &staff, (&group, based_on), work, &typed, &problems).await?;
    shown.stale = notice;
    page::html_with(status, &shown)
}

/// Reads what the work needs and carries it out.
async fn carried_out(
    state: &AppState,
    staff: &Staff,
    group: &Group,
    seen: Seen,
    work: Work,
    typed: &Input,
) -> Result<Outcome<i32>, Error> {
    let (app, ctx) = (&state.app, &staff.ctx);
    let parts = work.parts(group, staff.today());
    let has = |part| parts.contains(&part);
    let mut reading = Reading::of(typed);
    let from = has(GroupPart::From).then(|| reading.day("from"));
    let details = has(GroupPart::Details).then(|| input::details(&mut reading));
    let figures = has(GroupPart::Figures).then(|| input::figures(&mut reading));
    let reason = reading.text("reason");
    // Whoever saw an older state is told so first: what they corrected may hold no more.
    if group.latest() != seen.based_on {
        return Ok(Outcome::Stale);
    }
    if !reading.problems.is_empty() {
        return Ok(Outcome::Unmet(reading.problems));
    }
    Ok(match (work, from) {
        (Work::Figures, Some(from)) => {
            let figures = figures.ok_or(Error::NotFound)?;
            change::figures(app, ctx, seen, figures, from).await?
        }
        (Work::Details, Some(from)) => {
            let details = details.ok_or(Error::NotFound)?;
            change::details(app, ctx, seen, details, from).await?
        }
        (Work::Dissolve, Some(from)) => dissolve::dissolve(app, ctx, seen, from, &reason).await?,
        (Work::Correct(of), Some(from)) => {
            let body = match (details, figures) {
                (Some(details), _) => Body::Details(details),
                (_, Some(figures)) => Body::Figures(figures),
                _ => Body::Dissolved,
            };
            let right = Right { of, body, from };
            correct::correct(app, ctx, seen, right, &reason).await?
        }
        (Work::TakeBack(number), _) => take_back::take_back(app, ctx, seen, number, &reason).await?,
        _ => return Err(Error::NotFound),
    })
}

async fn form(
    state: &AppState,
    staff: &Staff,
    (group, based_on): (&Group, i32),
    work: Work,
    typed: &Input,
    problems: &[Problem],
) -> Result<RegisterForm, Error> {
    let communes = communes(&state.read.tenant(staff.ctx.tenant()).await?, staff).await?;
    let today = staff.today();
    let back = format!("{}/{}", here(staff), group.id);
    let name = group.known_as(today).map_or("", |details| details.name.as_str());
    let lead = match (work, work.fact(group, today)) {
        (Work::Correct(_) | Work::TakeBack(_), Some(fact)) => {
            format!("{} {}", one::said(fact, &communes), work.lead())
        }
        _ => work.lead().to_owned(),
    };
    Ok(RegisterForm {
        frame: frame::staff(state, staff, PLACE),
        heading: format!("{}: {name}", work.heading()),
        lead,
        action: format!("{back}/{}", work.path()),
        based_on,
        stale: None,
        groups: group_parts(work.parts(group, today), &communes, typed, problems),
        problems: problems.to_vec(),
        note: "Người ghi, giờ ghi và lý do được lưu.".into(),
        button: "Ghi".into(),
        back,
    })
}

fn closed() -> Error {
    Error::Conflict(
        "Tổ này không còn ở tình trạng ghi được việc đó. Mở lại trang của tổ để xem việc có thể ghi.".into(),
    )
}
