//! What a person may do with the register of tổ hòa giải: enter groups, write their figures down, keep it right (ADR 0029).
//!
//! Every act appends dated facts and changes nothing. No fact names a mediator.

pub mod change;
pub mod correct;
pub mod dissolve;
pub mod enter;
pub mod import;
pub mod take_back;

use chrono::NaiveDate;
use pbgdpl_model::agency::{Agency, ReportRow};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::GroupId;
use pbgdpl_model::mediation::{
    Body, Details, Fact, Figures, Group, Problem, in_form, of_details, of_figures,
};
use pbgdpl_model::report::Place;
use pbgdpl_scope::action::{Act, RegisterWrite};
use pbgdpl_scope::{Ctx, Nothing, Permit};
use pbgdpl_store::tenant::{Record, TenantReader, TenantStore};
use serde_json::json;

use crate::register::reason_given;
use crate::{App, Error};

/// What came of an act on a group.
#[derive(Debug)]
pub enum Outcome<T> {
    /// Done.
    Done(T),
    /// Something must be put right first: every field with its reason.
    Unmet(Vec<Problem>),
    /// Somebody wrote into the group since it was read.
    Stale,
    /// The group stands in the register already.
    Known(GroupId),
}

/// Which group, as whoever acts saw it.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// Which.
    pub group: GroupId,
    /// The newest fact before the person's eyes.
    pub based_on: i32,
}

/// The communes below an agency, in the order of the alphabet: one that does not stand for a district has none.
///
/// # Errors
/// Where the store fails.
pub async fn communes(reader: &TenantReader, agency: &Agency) -> Result<Vec<Place>, Error> {
    if agency.report_row != ReportRow::DiaBan {
        return Ok(Vec::new());
    }
    let mut places = reader.communes().await?;
    pbgdpl_vietnamese::collate::sort_by_name(&mut places, |place| place.name.as_str());
    Ok(places)
}

/// A group held for an act: nobody else writes into the agency's books until it is saved.
struct Held {
    agency: TenantStore,
    permit: Permit<RegisterWrite>,
    group: Group,
    /// Since when the books are held: when what is written now is written down.
    at: Moment,
}

/// Opens the group for an act; `None` where somebody wrote into it since it was read.
async fn hold(app: &App, ctx: &Ctx, seen: Seen) -> Result<Option<Held>, Error> {
    let permit = ctx.permit::<RegisterWrite>(&Nothing)?;
    let mut agency = app.open(ctx).await?;
    agency.hold_ledger().await?;
    let at = app.now();
    let group = agency.mediation_group(seen.group).await?.ok_or(Error::NotFound)?;
    Ok((group.latest() == seen.based_on).then_some(Held {
        agency,
        permit,
        group,
        at,
    }))
}

/// Nothing more is written of a group that never stood or has ended, before that itself is put right.
fn closed(group: &Group) -> Option<Problem> {
    let is_open = group.founded().is_some() && group.dissolved().is_none();
    (!is_open).then(|| {
        let reason = "không ghi được vì tổ đã giải thể hoặc đã hủy lần ghi. Nếu ghi nhầm thì đính chính hoặc hủy lần ghi ấy trước.";
        Problem::new("from", reason)
    })
}

/// A fact about to be written, with how it is told.
struct New<'a> {
    from: NaiveDate,
    body: Body,
    corrects: Option<i32>,
    reason: &'a str,
    verb: &'a str,
    /// The field of the form from which `from` comes, or that stands for it.
    field: &'static str,
}

fn fact(ctx: &Ctx, at: Moment, number: i32, new: &New<'_>) -> Fact {
    Fact {
        number,
        from: new.from,
        body: new.body.clone(),
        corrects: new.corrects,
        reason: new.reason.to_owned(),
        author_name: ctx.actor().name().to_owned(),
        at,
    }
}

impl Held {
    /// Appends a fact, records and saves. Returns the fact's number.
    async fn append(self, ctx: &Ctx, new: New<'_>) -> Result<Outcome<i32>, Error> {
        let mut problems = match &new.body {
            Body::Details(details) => {
                let communes = codes(&self.agency, ctx).await?;
                of_details(details, &communes, ctx.now().day())
            }
            Body::Figures(figures) => of_figures(figures),
            Body::Dissolved | Body::TakenBack => Vec::new(),
        };
        let number = self.group.latest() + 1;
        let after = self.group.with(fact(ctx, self.at, number, &new));
        problems.extend(in_form(&after, new.field, ctx.now().day()));
        if new.corrects.is_some() || new.body == Body::Dissolved {
            problems.extend(reason_given(new.reason.trim()));
        }
        if !problems.is_empty() {
            return Ok(Outcome::Unmet(problems));
        }
        // Renamed, or standing again, it might be one that was entered meanwhile.
        let today = ctx.now().day();
        if let Some(now) = after.on(today).filter(|_| !matches!(new.body, Body::Figures(_))) {
            let groups = self.agency.mediation_groups().await?;
            let others = groups.iter().filter(|group| group.id != self.group.id);
            if let Some(known) = same(others, now.details, today) {
                return Ok(Outcome::Known(known));
            }
        }
        let Self {
            mut agency, permit, ..
        } = self;
        write(&mut agency, ctx, &permit, &after, &[new]).await?;
        agency.save().await?;
        Ok(Outcome::Done(number))
    }
}

/// The codes of the communes below the agency.
async fn codes(agency: &TenantStore, ctx: &Ctx) -> Result<Vec<String>, Error> {
    let places = communes(agency, ctx.tenant().agency()).await?;
    Ok(places.into_iter().map(|place| place.code).collect())
}

/// The group of these that is the same, standing today.
fn same<'a>(
    groups: impl IntoIterator<Item = &'a Group>,
    details: &Details,
    today: NaiveDate,
) -> Option<GroupId> {
    let mut groups = groups.into_iter();
    groups
        .find(|group| group.is_same(details, today))
        .map(|group| group.id)
}

/// Writes the last facts of a group, as many as there are `new` ones, with one record.
async fn write(
    agency: &mut TenantStore,
    ctx: &Ctx,
    permit: &Permit<RegisterWrite>,
    group: &Group,
    new: &[New<'_>],
) -> Result<(), Error> {
    let first = group.facts.len().saturating_sub(new.len());
    for fact in group.facts.iter().skip(first) {
        agency
            .add_mediation_fact(permit, group.id, fact, ctx.actor().account())
            .await?;
    }
    let Some(last) = new.last() else {
        return Err(Error::NotFound);
    };
    let told = group.known_as(ctx.now().day());
    let figures = match &last.body {
        Body::Figures(figures) => Some(figures),
        _ => None,
    };
    let record = Record {
        action: RegisterWrite::ACTION,
        object_kind: "mediation-group",
        object_id: group.id.0,
        verb: last.verb,
        note: told.map_or("", |details| details.name.as_str()),
        reason: last.reason,
        version: Some(group.latest()),
        detail: json!({
            "fact": group.latest(),
            "from": last.from,
            "corrects": last.corrects,
            "figures": figures,
        }),
    };
    Ok(agency.record(ctx, record).await?)
}

/// A new group: what it is, from its first day, and its mediators from a day on.
#[derive(Debug, Clone)]
pub struct NewGroup {
    /// What it is.
    pub details: Details,
    /// Its first day.
    pub founded: NaiveDate,
    /// Its mediators.
    pub figures: Figures,
    /// The first day of these figures.
    pub from: NaiveDate,
}

/// What is wrong with a new group by itself. `communes`: codes of the agency's communes.
fn problems(new: &NewGroup, communes: &[String], today: NaiveDate) -> Vec<Problem> {
    let mut problems = of_details(&new.details, communes, today);
    problems.extend(of_figures(&new.figures));
    for (field, day) in [("founded", new.founded), ("from", new.from)] {
        if day > today {
            problems.push(Problem::new(field, "ở tương lai. Ghi ngày không sau hôm nay."));
        }
    }
    if new.from < new.founded {
        let reason = "trước ngày thành lập. Ghi từ ngày thành lập trở đi.";
        problems.push(Problem::new("from", reason));
    }
    problems
}

/// The group with its two first facts, and how they are told. `at`: since when the books are held.
fn begun<'a>(ctx: &Ctx, at: Moment, new: &NewGroup, verb: &'a str) -> (Group, [New<'a>; 2]) {
    let of = |from, body, field| New {
        from,
        body,
        corrects: None,
        reason: "",
        verb,
        field,
    };
    let new = [
        of(new.founded, Body::Details(new.details.clone()), "founded"),
        of(new.from, Body::Figures(new.figures), "from"),
    ];
    let facts = new
        .iter()
        .zip(1..)
        .map(|(new, number)| fact(ctx, at, number, new));
    let group = Group {
        id: GroupId::fresh(ctx.now()),
        facts: facts.collect(),
    };
    (group, new)
}
