//! One person of the register: who, how they stand, terms, history, where they spoke, what may be written down.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::id::EntryId;
use pbgdpl_model::policy::Action;
use pbgdpl_model::register::{Body, Decision, Details, Entry, Fact, Standing, deadlines};
use pbgdpl_pages::desk::register::{HistoryLine, RegisterPerson, RegisterWords, SessionLine, Term};
use pbgdpl_pages::part::Link;
use pbgdpl_store::tenant::Session;
use pbgdpl_vietnamese::date::dmy;
use pbgdpl_vietnamese::number::grouped;

use super::list::gender;
use super::words::{calendar, named, words};
use super::work::Work;
use super::{DONE, here};
use crate::desk::frame::{self, Done};
use crate::error::Error;
use crate::extract::{Path, Query, Staff};
use crate::page;
use crate::state::AppState;

/// Most sessions shown; the sums count all.
const SHOWN: usize = 50;

/// `GET /quan-tri/{agency}/bao-cao-vien/{entry}`
///
/// # Errors
/// Where there is no such entry, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, EntryId)>,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let entry = agency.registered(id).await?.ok_or(Error::NotFound)?;
    let sessions = agency.sessions_of(id).await?;
    let standing = entry
        .standings()
        .last()
        .map(|(fact, standing)| (fact.from, (*standing).clone()));
    let words = words(&agency, standing.as_ref().map(|(_, standing)| standing.level)).await?;
    let calendar = calendar(&agency).await?;
    drop(agency);
    let (here, today) = (here(&staff), staff.today());
    let details = entry.details_on(today).map(|(_, details)| details.clone());
    let details = details.unwrap_or_default();
    let terms = standing
        .iter()
        .flat_map(|(_, standing)| deadlines(standing, &calendar));
    page::html(&RegisterPerson {
        frame: frame::staff(&state, &staff, "bao-cao-vien").with_notice(done.notice(&DONE)),
        name: details.name.clone(),
        line: standing.as_ref().map_or_else(
            || "Lần ghi đã bị hủy".to_owned(),
            |(from, standing)| format!("{}, từ {}", standing.level.label(), dmy(*from)),
        ),
        state: standing.as_ref().map(|(_, standing)| standing.state),
        facts: facts(&details, standing.as_ref().map(|(_, standing)| standing), &words),
        // What only informs is of no use once it is over.
        terms: terms
            .filter(|term| term.decides || today <= term.last)
            .map(|term| Term {
                what: term.what.to_owned(),
                last: dmy(term.last),
                over: term.last < today,
            })
            .collect(),
        history: entry
            .facts
            .iter()
            .rev()
            .map(|fact| happened(&entry, fact, &words))
            .collect(),
        spoken: spoken(&sessions),
        sessions: sessions
            .iter()
            .take(SHOWN)
            .map(|session| line(&staff, session))
            .collect(),
        acts: acts(&staff, &entry, &here),
        back: here,
    })
}

fn facts(details: &Details, standing: Option<&Standing>, words: &RegisterWords) -> Vec<(String, String)> {
    let decision = |decision: Option<&Decision>| decision.map_or_else(String::new, Decision::in_words);
    let education = if details.law {
        format!("{} (chuyên môn Luật)", details.education)
    } else {
        details.education.clone()
    };
    let all = [
        ("Chức vụ, chức danh", details.post.clone()),
        ("Cơ quan, đơn vị công tác", details.workplace.clone()),
        ("Trình độ chuyên môn", education),
        ("Lĩnh vực chuyên môn sâu", named(&details.fields, &words.fields)),
        ("Giới tính", gender(&details.gender).to_owned()),
        ("Dân tộc", details.ethnicity.clone()),
        (
            "Biết tiếng dân tộc thiểu số",
            named(&details.languages, &words.languages),
        ),
        (
            "Quyết định công nhận",
            decision(standing.and_then(|standing| standing.recognition.as_ref())),
        ),
        (
            "Quyết định miễn nhiệm, cho thôi",
            decision(standing.and_then(|standing| standing.ending.as_ref())),
        ),
        (
            "Trường hợp",
            standing.map_or_else(String::new, |standing| case(standing, words)),
        ),
    ];
    all.into_iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn case(standing: &Standing, words: &RegisterWords) -> String {
    if standing.case.is_empty() {
        return String::new();
    }
    named(std::slice::from_ref(&standing.case), &words.cases)
}

fn happened(entry: &Entry, fact: &Fact, words: &RegisterWords) -> HistoryLine {
    let (what, said) = match &fact.body {
        Body::Details(details) => (
            "Thông tin".to_owned(),
            format!("{}, {}, {}", details.name, details.post, details.workplace),
        ),
        Body::Standing(standing) => {
            let decision = super::input::decision_of(standing).map(Decision::in_words);
            let parts = [decision, Some(case(standing, words))].into_iter().flatten();
            let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
            (
                format!("{}, {}", standing.state.label(), standing.level.label()),
                parts.join("; "),
            )
        }
        Body::TakenBack => ("Hủy lần ghi nhầm".to_owned(), String::new()),
    };
    let corrected = fact.corrects.is_some() && fact.body != Body::TakenBack;
    let reason = if corrected {
        format!("đính chính: {}", fact.reason)
    } else {
        fact.reason.clone()
    };
    let note = [said, reason].into_iter().filter(|part| !part.is_empty());
    HistoryLine {
        from: dmy(fact.from),
        what,
        note: note.collect::<Vec<_>>().join("; "),
        by: format!("{}, {}", fact.author_name, dmy(fact.at.day())),
        struck: !entry.holds(fact) && fact.body != Body::TakenBack,
    }
}

fn spoken(sessions: &[Session]) -> String {
    let (count, people) = sessions.iter().fold((0_i64, 0_i64), |(count, people), session| {
        (
            count.saturating_add(session.sessions),
            people.saturating_add(session.attendees),
        )
    });
    format!("{} cuộc, {} lượt người nghe", grouped(count), grouped(people))
}

fn line(staff: &Staff, session: &Session) -> SessionLine {
    SessionLine {
        title: session.title.clone(),
        href: format!(
            "/quan-tri/{}/hoat-dong/{}",
            staff.ctx.tenant().slug(),
            session.activity
        ),
        day: dmy(session.day),
        sessions: grouped(session.sessions),
        attendees: grouped(session.attendees),
    }
}

fn acts(staff: &Staff, entry: &Entry, here: &str) -> Vec<Link> {
    let may = |work: &Work| {
        staff.ctx.could(if work.decides() {
            Action::RegisterDecide
        } else {
            Action::RegisterWrite
        })
    };
    Work::open(entry)
        .into_iter()
        .filter(may)
        .map(|work| Link::new(work.heading(), format!("{here}/{}/{}", entry.id, work.path())))
        .collect()
}
