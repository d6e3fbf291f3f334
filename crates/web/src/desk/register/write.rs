//! Everything that is written down of a person in the register: the form, what was typed, the act.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::register::{
    Outcome, Seen, ask_dismissal, change, correct, dismiss, recognise, refuse, resume, suspend, take_back,
    transfer,
};
use pbgdpl_model::id::EntryId;
use pbgdpl_model::register::{Entry, Problem, Step};
use pbgdpl_pages::desk::activity::Input;
use pbgdpl_pages::desk::register::{Part, RegisterForm, parts};
use pbgdpl_pages::part::Notice;

use super::input::{self, Reading, decision_of};
use super::words::words;
use super::work::Work;
use super::{found, here};
use crate::desk::frame;
use crate::error::Error;
use crate::extract::{FormFields, Path, Staff};
use crate::page;
use crate::state::AppState;

/// `GET /quan-tri/{agency}/bao-cao-vien/{entry}/viec/{step}`
///
/// # Errors
/// Where there is no such entry or work, or the store fails.
pub async fn work(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id, step)): Path<(String, EntryId, String)>,
) -> Result<Response, Error> {
    opened(&state, &staff, id, Work::read(false, &step)).await
}

/// `GET /quan-tri/{agency}/bao-cao-vien/{entry}/quyet-dinh/{step}`
///
/// # Errors
/// Where there is no such entry or work, or the store fails.
pub async fn decision(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id, step)): Path<(String, EntryId, String)>,
) -> Result<Response, Error> {
    opened(&state, &staff, id, Work::read(true, &step)).await
}

/// `POST /quan-tri/{agency}/bao-cao-vien/{entry}/viec/{step}`
///
/// # Errors
/// Where there is no such entry or work, the actor may not, or the store fails.
pub async fn do_work(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id, step)): Path<(String, EntryId, String)>,
    FormFields(pairs): FormFields,
) -> Result<Response, Error> {
    done(&state, &staff, id, Work::read(false, &step), &Input::sent(pairs)).await
}

/// `POST /quan-tri/{agency}/bao-cao-vien/{entry}/quyet-dinh/{step}`
///
/// # Errors
/// Where there is no such entry or work, the actor may not, or the store fails.
pub async fn do_decision(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id, step)): Path<(String, EntryId, String)>,
    FormFields(pairs): FormFields,
) -> Result<Response, Error> {
    done(&state, &staff, id, Work::read(true, &step), &Input::sent(pairs)).await
}

async fn opened(state: &AppState, staff: &Staff, id: EntryId, work: Option<Work>) -> Result<Response, Error> {
    let work = work.ok_or(Error::NotFound)?;
    let entry = found(state, staff, id).await?;
    if !work.is_open(&entry) {
        return Err(closed());
    }
    let correcting = work == Work::CorrectStanding;
    // What was entered last counts, also where its first day was written down for later than today.
    let now = entry.on(chrono::NaiveDate::MAX);
    let typed = now.map_or_else(|| Input::sent(Vec::new()), |now| input::of(&now, correcting));
    page::html(&form(state, staff, (&entry, entry.latest()), work, &typed, &[]).await?)
}

async fn done(
    state: &AppState,
    staff: &Staff,
    id: EntryId,
    work: Option<Work>,
    typed: &Input,
) -> Result<Response, Error> {
    let work = work.ok_or(Error::NotFound)?;
    let entry = found(state, staff, id).await?;
    let based_on = typed.one("based_on").parse().unwrap_or(0);
    let seen = Seen { entry: id, based_on };
    match carried_out(state, staff, &entry, seen, work, typed).await? {
        Outcome::Done(_) => Ok(page::go(&format!("{}/{id}?xong=ghi", here(staff)))),
        Outcome::Unmet(problems) => {
            let shown = form(state, staff, (&entry, based_on), work, typed, &problems).await?;
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
        }
        Outcome::Stale => {
            let newest = (&entry, entry.latest());
            let mut shown = form(state, staff, newest, work, typed, &[]).await?;
            shown.stale = Some(Notice::refused(
                "Có người vừa ghi thêm về người này.",
                "Những gì bạn đã nhập vẫn còn trong mẫu dưới đây. Xem lại lịch sử của người này rồi gửi lại.",
            ));
            page::html_with(StatusCode::CONFLICT, &shown)
        }
        other @ Outcome::Stands(_) => Err(unexpected(&other)),
    }
}

/// Reads what the work needs and carries it out.
async fn carried_out(
    state: &AppState,
    staff: &Staff,
    entry: &Entry,
    seen: Seen,
    work: Work,
    typed: &Input,
) -> Result<Outcome<i32>, Error> {
    let (app, ctx) = (&state.app, &staff.ctx);
    let mut reading = Reading::of(typed);
    let has = |part| work.parts().contains(&part);
    let level = has(Part::Level).then(|| reading.level());
    let decides = entry
        .standings()
        .last()
        .is_some_and(|(_, s)| decision_of(s).is_some());
    let asks = has(Part::Decision) && (work != Work::CorrectStanding || decides);
    let decision = asks.then(|| reading.decision());
    let from = has(Part::From).then(|| reading.day("from"));
    let received = has(Part::Received).then(|| reading.day("received"));
    let details = if has(Part::Details) {
        let words = words(&state.read.tenant(ctx.tenant()).await?, None).await?;
        Some(reading.details(&words))
    } else {
        None
    };
    let (case, reason) = (reading.text("case"), reading.text("reason"));
    if !reading.problems.is_empty() {
        return Ok(Outcome::Unmet(reading.problems));
    }
    Ok(match (work, decision, from, details) {
        (Work::Step(Step::Recognise), Some(decision), Some(from), _) => {
            recognise::recognise(app, ctx, seen, decision, from).await?
        }
        (Work::Step(Step::Refuse), _, Some(from), _) => refuse::refuse(app, ctx, seen, from, &reason).await?,
        (Work::Step(Step::Suspend), _, Some(from), _) => {
            suspend::suspend(app, ctx, seen, from, &reason).await?
        }
        (Work::Step(Step::Resume), _, Some(from), _) => resume::resume(app, ctx, seen, from, &reason).await?,
        (Work::Step(Step::AskDismissal), ..) => {
            let received = received.ok_or(Error::NotFound)?;
            ask_dismissal::ask_dismissal(app, ctx, seen, received, &case, &reason).await?
        }
        (Work::Step(Step::Dismiss), Some(decision), Some(from), _) => {
            dismiss::dismiss(app, ctx, seen, decision, from, &case).await?
        }
        (Work::Step(Step::Transfer), Some(decision), Some(from), _) => {
            let level = level.ok_or(Error::NotFound)?;
            transfer::transfer(app, ctx, seen, level, decision, from).await?
        }
        (Work::Change, _, Some(from), Some(details)) => change::change(app, ctx, seen, details, from).await?,
        (Work::CorrectDetails, _, _, Some(details)) => {
            correct::details(app, ctx, seen, details, &reason).await?
        }
        (Work::CorrectStanding, decision, Some(from), _) => {
            correct::standing(app, ctx, seen, decision, from, &reason).await?
        }
        (Work::TakeBack, ..) => take_back::take_back(app, ctx, seen, &reason).await?,
        _ => return Err(Error::NotFound),
    })
}

async fn form(
    state: &AppState,
    staff: &Staff,
    (entry, based_on): (&Entry, i32),
    work: Work,
    typed: &Input,
    problems: &[Problem],
) -> Result<RegisterForm, Error> {
    let standings = entry.standings();
    let standing = standings.last().map(|(_, standing)| *standing);
    let level = standing.map(|standing| standing.level);
    let words = words(&state.read.tenant(staff.ctx.tenant()).await?, level).await?;
    let decides = standing.is_some_and(|standing| decision_of(standing).is_some());
    let of: Vec<Part> = work
        .parts()
        .iter()
        .copied()
        .filter(|part| *part != Part::Decision || work != Work::CorrectStanding || decides)
        .collect();
    let back = format!("{}/{}", here(staff), entry.id);
    let name = entry
        .details_on(staff.today())
        .map_or("", |(_, details)| details.name.as_str());
    Ok(RegisterForm {
        frame: frame::staff(state, staff, "bao-cao-vien"),
        heading: format!("{}: {name}", work.heading()),
        lead: work.lead().into(),
        action: format!("{back}/{}", work.path()),
        based_on,
        stale: None,
        groups: parts(&of, &words, typed, problems),
        note: "Người ghi, giờ ghi và lý do được lưu.".into(),
        button: "Ghi".into(),
        back,
    })
}

fn closed() -> Error {
    Error::Conflict("Với tình trạng hiện nay của người này chưa ghi được việc đó. Mở lại trang của người này để xem việc có thể ghi.".into())
}

pub(super) fn unexpected<T>(outcome: &Outcome<T>) -> Error {
    match outcome {
        Outcome::Stands(state) => Error::Conflict(format!(
            "Người này đang ở tình trạng “{}”, chưa ghi được việc đó.",
            state.label()
        )),
        _ => closed(),
    }
}
