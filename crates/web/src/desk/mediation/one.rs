//! One group: what it is, how many mediators it has today, everything that was written down.

use axum::extract::State;
use axum::response::Response;
use chrono::{Datelike, NaiveDate};
use pbgdpl_model::id::GroupId;
use pbgdpl_model::manifest::MediationFigure;
use pbgdpl_model::mediation::{Body, Fact, Group, shares};
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::mediation::{FactLine, GroupPage, figure, standing};
use pbgdpl_pages::part::Link;
use pbgdpl_vietnamese::date::dmy;

use super::work::Work;
use super::{DONE, PLACE, communes, here, place};
use crate::desk::frame::{self, Done};
use crate::error::Error;
use crate::extract::{Path, Query, Staff};
use crate::page;
use crate::state::AppState;

/// `GET /quan-tri/{agency}/to-hoa-giai/{group}`
///
/// # Errors
/// Where there is no such group, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, GroupId)>,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let group = agency.mediation_group(id).await?.ok_or(Error::NotFound)?;
    let communes = communes(&agency, &staff).await?;
    drop(agency);
    let (here, today) = (here(&staff), staff.today());
    let one = format!("{here}/{id}");
    let now = group.on(today);
    let figures = now
        .filter(|now| now.figures.is_some())
        .map_or_else(Vec::new, |now| {
            let said = MediationFigure::ALL.iter().skip(1);
            said.map(|which| (name(*which, today), figure(shares(&now, *which))))
                .collect()
        });
    let details = group.known_as(today);
    page::html(&GroupPage {
        frame: frame::staff(&state, &staff, PLACE).with_notice(done.notice(&DONE)),
        name: details.map_or_else(String::new, |details| details.name.clone()),
        state: standing(&group, today),
        facts: facts(&group, &communes, today),
        figures,
        since: now
            .and_then(|now| now.since)
            .map_or_else(String::new, |since| format!("Có từ ngày {}.", dmy(since))),
        history: group
            .facts
            .iter()
            .rev()
            .map(|fact| told(&staff, &group, fact, (&one, &communes)))
            .collect(),
        acts: [Work::Figures, Work::Details, Work::Dissolve]
            .into_iter()
            .filter(|work| staff.ctx.could(Action::RegisterWrite) && work.is_open(&group, today))
            .map(|work| Link::new(work.heading(), format!("{one}/{}", work.path())))
            .collect(),
        back: here,
    })
}

fn name(figure: MediationFigure, today: NaiveDate) -> String {
    let name = match figure {
        MediationFigure::Groups => "Tổ",
        MediationFigure::Mediators => "Tổng số",
        MediationFigure::Men => "Nam",
        MediationFigure::Women => "Nữ",
        MediationFigure::Law => "Chuyên môn Luật",
        MediationFigure::NoLaw => "Chưa qua đào tạo chuyên môn Luật",
        MediationFigure::Minority => "Dân tộc thiểu số",
        MediationFigure::Trained => return format!("Được bồi dưỡng năm {}", today.year()),
    };
    name.to_owned()
}

fn facts(group: &Group, communes: &[(String, String)], today: NaiveDate) -> Vec<(String, String)> {
    let Some(details) = group.known_as(today) else {
        return Vec::new();
    };
    let ended = group.dissolved().map_or_else(String::new, |fact| {
        let why = group.why_dissolved().unwrap_or_default();
        format!("từ {}: {why}", dmy(fact.from))
    });
    let all = [
        (
            "Nơi hoạt động",
            place(communes, &details.village, &details.commune),
        ),
        ("Quyết định thành lập", details.decision.in_words()),
        ("Thành lập từ ngày", group.founded().map_or_else(String::new, dmy)),
        ("Giải thể", ended),
    ];
    all.into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn what(fact: &Fact, communes: &[(String, String)]) -> (&'static str, String) {
    match &fact.body {
        Body::Details(details) => (
            "Thông tin",
            format!(
                "{}, {}; quyết định {}",
                details.name,
                place(communes, &details.village, &details.commune),
                details.decision.in_words()
            ),
        ),
        Body::Figures(figures) => ("Số hòa giải viên", figures.in_words()),
        Body::Dissolved => ("Giải thể", String::new()),
        Body::TakenBack => ("Hủy lần ghi", String::new()),
    }
}

/// What a fact says, in a sentence.
pub(super) fn said(fact: &Fact, communes: &[(String, String)]) -> String {
    let (what, note) = what(fact, communes);
    let parts = [what.to_owned(), format!("từ {}", dmy(fact.from))].join(", ");
    if note.is_empty() {
        format!("Lần ghi: {parts}.")
    } else {
        format!("Lần ghi: {parts}: {note}.")
    }
}

fn told(staff: &Staff, group: &Group, fact: &Fact, (one, communes): (&str, &[(String, String)])) -> FactLine {
    let (what, note) = what(fact, communes);
    let reason = match (&fact.body, fact.corrects) {
        (Body::TakenBack, _) | (_, None) => fact.reason.clone(),
        _ => format!("đính chính: {}", fact.reason),
    };
    let note: Vec<String> = [note, reason]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let holds = group.holds(fact);
    let acts = [Work::Correct(fact.number), Work::TakeBack(fact.number)];
    let may = holds && staff.ctx.could(Action::RegisterWrite);
    FactLine {
        from: dmy(fact.from),
        what: what.to_owned(),
        note: note.join("; "),
        by: format!("{}, {}", fact.author_name, dmy(fact.at.day())),
        struck: !holds && fact.body != Body::TakenBack,
        acts: acts
            .into_iter()
            .filter(|_| may)
            .map(|work| Link::new(work.heading(), format!("{one}/{}", work.path())))
            .collect(),
    }
}
