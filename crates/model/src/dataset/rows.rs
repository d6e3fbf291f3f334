//! Records from what the house keeps: a person or a group of a register, an activity, a plan, the money of an agency.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Dataset, Row, Value};
use crate::activity::{Activity, Answer, Funding, Kind, form_label, mode_label};
use crate::manifest::{MediationFigure, PlanFile};
use crate::mediation::{Group, shares};
use crate::register::{Decision, Entry, GENDERS, Level};

/// The labels of a vocabulary's terms, by their ids.
pub type Words = BTreeMap<String, BTreeMap<String, String>>;

/// An agency as a record names it.
#[derive(Debug, Clone, Copy)]
pub struct Named<'a> {
    /// Slug.
    pub slug: &'a str,
    /// Official name on the day of the record.
    pub name: &'a str,
}

impl Dataset {
    /// The type that a person of this level is a record of.
    #[must_use]
    pub const fn of_level(level: Level) -> Self {
        match level {
            Level::BcvTinh | Level::BcvHuyen => Self::Reporters,
            Level::TtvXa => Self::Communicators,
        }
    }

    /// The type that an activity of this kind is a record of.
    #[must_use]
    pub const fn of_kind(kind: Kind) -> Self {
        match kind {
            Kind::LopTapHuan => Self::Training,
            Kind::CuocThi => Self::Contests,
            Kind::HoiNghi | Kind::PhatTaiLieu | Kind::PhatThanh => Self::Sessions,
        }
    }
}

fn text(words: &str) -> Value {
    if words.is_empty() {
        Value::Unknown
    } else {
        Value::Text(words.to_owned())
    }
}

fn day(day: NaiveDate) -> Value {
    Value::Text(day.to_string())
}

/// Terms by their labels; an id that the vocabulary does not know stands as it is.
fn terms(words: &Words, list: &str, ids: &[String]) -> Value {
    let labels = words.get(list);
    let label = |id: &String| labels.and_then(|labels| labels.get(id)).unwrap_or(id).clone();
    Value::List(ids.iter().map(label).collect())
}

/// A person as the register has them on a day; nothing where they were not recognised then.
#[must_use]
pub fn reporter(agency: Named<'_>, entry: &Entry, on: NaiveDate, words: &Words) -> Option<(Dataset, Row)> {
    if !entry.is_recognised_on(on) {
        return None;
    }
    let person = entry.on(on)?;
    let (details, standing) = (person.details, person.standing);
    let gender = GENDERS.iter().find(|(id, _)| *id == details.gender);
    let decision = standing.recognition.as_ref();
    let of = |part: fn(&Decision) -> Value| decision.map_or(Value::Unknown, part);
    let row = vec![
        text(&entry.id.to_string()),
        text(agency.slug),
        text(agency.name),
        text(standing.level.label()),
        text(&details.name),
        text(&details.post),
        text(&details.workplace),
        text(&details.education),
        Value::Flag(details.law),
        terms(words, "fields", &details.fields),
        text(gender.map_or("", |(_, label)| label)),
        text(&details.ethnicity),
        terms(words, "languages", &details.languages),
        text(standing.state.label()),
        day(person.since),
        of(|decision| text(&decision.number)),
        of(|decision| day(decision.day)),
        of(|decision| text(&decision.issuer)),
    ];
    Some((Dataset::of_level(standing.level), row))
}

/// A recorded activity.
#[must_use]
pub fn session(agency: Named<'_>, activity: &Activity, words: &Words) -> Row {
    let content = &activity.content;
    let partners = activity.partners.iter();
    let confirmed = partners.filter(|partner| partner.answer == Answer::Confirmed);
    let language = std::slice::from_ref(&content.language);
    let language = match terms(words, "languages", language) {
        Value::List(mut labels) => text(&labels.pop().unwrap_or_default()),
        other => other,
    };
    let known = |figure: Option<i64>| figure.map_or(Value::Unknown, Value::Number);
    vec![
        text(&activity.id.to_string()),
        Value::Number(i64::from(activity.latest_version)),
        text(agency.slug),
        text(agency.name),
        Value::List(confirmed.map(|partner| partner.name.clone()).collect()),
        day(activity.day),
        text(activity.kind.label()),
        text(&content.title),
        text(&content.topic),
        text(form_label(&content.form)),
        text(mode_label(&content.mode)),
        terms(words, "fields", &content.fields),
        terms(words, "audiences", &content.audiences),
        text(&content.place),
        language,
        Value::Number(content.sessions),
        Value::Number(content.attendees),
        known(content.women),
        known(content.ethnic_minorities),
        Value::Number(content.materials),
        Value::Number(content.broadcasts),
        Value::Number(content.funding.regular),
        Value::Number(content.funding.programme),
        Value::Number(content.funding.other),
    ]
}

/// A plan, in one wording.
#[must_use]
pub fn plan(plan: &PlanFile) -> Row {
    vec![
        text(&plan.id),
        text(&plan.title),
        Value::List(plan.basis.clone()),
        day(plan.valid_from),
        day(plan.valid_to),
        Value::Number(i64::try_from(plan.tasks.len()).unwrap_or(i64::MAX)),
        Value::Flag(plan.verify),
    ]
}

/// A tổ hòa giải as the register has it on a day; nothing where it did not stand then. `commune`: name of its commune.
#[must_use]
pub fn mediation_group(agency: Named<'_>, group: &Group, on: NaiveDate, commune: &str) -> Option<Row> {
    let then = group.on(on)?;
    let (details, decision) = (then.details, &then.details.decision);
    let of = |figure: MediationFigure| shares(&then, figure).map_or(Value::Unknown, Value::Number);
    let date = |known: Option<NaiveDate>| known.map_or(Value::Unknown, day);
    Some(vec![
        text(&group.id.to_string()),
        text(agency.slug),
        text(agency.name),
        text(&details.name),
        text(&details.village),
        text(&details.commune),
        text(commune),
        date(group.founded()),
        text(&decision.number),
        day(decision.day),
        text(&decision.issuer),
        date(then.since),
        of(MediationFigure::Mediators),
        of(MediationFigure::Men),
        of(MediationFigure::Women),
        of(MediationFigure::Law),
        of(MediationFigure::NoLaw),
        of(MediationFigure::Minority),
        of(MediationFigure::Trained),
    ])
}

/// What an agency spent in a year; nothing where it recorded no money.
#[must_use]
pub fn funding(agency: Named<'_>, year: i32, spent: impl IntoIterator<Item = Funding>) -> Option<Row> {
    let sum = spent.into_iter().fold(Funding::default(), |sum, one| Funding {
        regular: sum.regular + one.regular,
        programme: sum.programme + one.programme,
        other: sum.other + one.other,
    });
    if sum == Funding::default() {
        return None;
    }
    Some(vec![
        text(agency.slug),
        text(agency.name),
        Value::Number(i64::from(year)),
        Value::Number(sum.regular),
        Value::Number(sum.programme),
        Value::Number(sum.other),
        Value::Number(sum.regular + sum.programme + sum.other),
    ])
}
