//! What a person may do with the register of báo cáo viên pháp luật: propose, write decisions into it, keep it right.
//!
//! Every act appends one dated fact and changes nothing; what everybody may know follows in the same transaction.

pub mod ask_dismissal;
mod author;
pub mod change;
pub mod correct;
pub mod dismiss;
pub mod enter;
pub mod propose;
pub mod recognise;
pub mod refuse;
pub mod resume;
pub mod suspend;
pub mod take_back;
pub mod transfer;

use chrono::NaiveDate;
use pbgdpl_model::id::EntryId;
use pbgdpl_model::manifest::TermList;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::register::{
    Body, Decision, Details, Entry, Fact, Level, Problem, PublicEntry, Standing, State, Step, in_form,
};
use pbgdpl_scope::action::{Act, RegisterDecide};
use pbgdpl_scope::{Ctx, Nothing, Permit};
use pbgdpl_store::tenant::{Record, TenantStore};
use serde_json::json;

use crate::{App, Error};

/// What came of an act on the register.
#[derive(Debug)]
pub enum Outcome<T> {
    /// Done.
    Done(T),
    /// Something must be put right first: every field with its reason.
    Unmet(Vec<Problem>),
    /// Somebody wrote into the entry since it was read.
    Stale,
    /// It cannot be done while the person stands so.
    Stands(State),
    /// The person stands in the register already, at this level.
    Known(EntryId),
}

/// Which entry, as whom acts saw it.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// Which.
    pub entry: EntryId,
    /// The newest fact before the person's eyes.
    pub based_on: i32,
}

/// An entry held for an act: nobody else writes into the agency's books until it is saved.
struct Held<A: Act> {
    agency: TenantStore,
    permit: Permit<A>,
    entry: Entry,
}

/// Opens the entry for an act; `None` where somebody wrote into it since it was read.
async fn hold<A: Act>(app: &App, ctx: &Ctx, seen: Seen) -> Result<Option<Held<A>>, Error> {
    let permit = ctx.permit::<A>(&Nothing)?;
    let mut agency = app.open(ctx).await?;
    agency.hold_ledger().await?;
    let entry = agency.registered(seen.entry).await?.ok_or(Error::NotFound)?;
    Ok((entry.latest() == seen.based_on).then_some(Held {
        agency,
        permit,
        entry,
    }))
}

/// A fact about to be written, with how it is told.
struct New<'a> {
    from: NaiveDate,
    body: Body,
    corrects: Option<i32>,
    /// Kept with the fact alone.
    reason: &'a str,
    verb: &'a str,
    /// A decision or a level, and nothing that anybody wrote freely of the person.
    note: String,
    /// The field of the form from which `from` comes, or that stands for it.
    field: &'static str,
}

fn fact(ctx: &Ctx, number: i32, new: &New<'_>) -> Fact {
    Fact {
        number,
        from: new.from,
        body: new.body.clone(),
        corrects: new.corrects,
        reason: new.reason.to_owned(),
        author_name: ctx.actor().name().to_owned(),
        at: ctx.now(),
    }
}

impl<A: Act> Held<A> {
    /// Where the person stands now.
    fn standing(&self) -> Option<Standing> {
        self.entry
            .standings()
            .last()
            .map(|(_, standing)| (*standing).clone())
    }

    /// Appends a fact, tells the public what follows from it, records and saves. Returns the fact's number.
    async fn append(self, ctx: &Ctx, new: New<'_>) -> Result<Outcome<i32>, Error> {
        let number = self.entry.latest() + 1;
        let after = self.entry.with(fact(ctx, number, &new));
        if let Some(problem) = in_form(&after, new.field, ctx.now().day()) {
            return Ok(Outcome::Unmet(vec![problem]));
        }
        write(self.agency, ctx, &self.permit, &after, &[new]).await?;
        Ok(Outcome::Done(number))
    }
}

/// Writes the last facts of an entry, as many as there are `new` ones.
async fn write<A: Act>(
    mut agency: TenantStore,
    ctx: &Ctx,
    permit: &Permit<A>,
    entry: &Entry,
    new: &[New<'_>],
) -> Result<(), Error> {
    let first = entry.facts.len().saturating_sub(new.len());
    for fact in entry.facts.iter().skip(first) {
        agency
            .add_register_fact(permit, entry.id, fact, ctx.actor().account())
            .await?;
    }
    let fields = words(&agency, "fields").await?;
    let told = PublicEntry::of(entry, ctx.now().day(), |id| {
        let term = fields.as_ref().and_then(|list| list.get(id));
        term.map_or(id, |term| term.name()).to_owned()
    });
    let changed = agency
        .publish_entry(permit, entry.id, told.as_ref(), ctx.now())
        .await?;
    let Some(last) = new.last() else {
        return Err(Error::NotFound);
    };
    let standing = entry.standings().last().map(|(_, standing)| (*standing).clone());
    let record = Record {
        action: A::ACTION,
        object_kind: "register",
        object_id: entry.id.0,
        verb: last.verb,
        note: &last.note,
        // No name, no case and no reason: the chain is read over the agencies and outlives the person's request to be
        // forgotten. Why stands in the fact that the record numbers.
        reason: "",
        version: Some(entry.latest()),
        detail: json!({
            "fact": entry.latest(),
            "from": last.from,
            "corrects": last.corrects,
            "state": standing.as_ref().map(|standing| standing.state.word()),
            "level": standing.as_ref().map(|standing| standing.level.word()),
            "public": told.is_some(),
        }),
    };
    agency.record(ctx, record).await?;
    if changed {
        agency.send(ctx, &Message::SectionChanged).await?;
    }
    Ok(agency.save().await?)
}

/// A new entry: who the person is, and how they stand.
async fn begin<A: Act>(
    app: &App,
    ctx: &Ctx,
    permit: &Permit<A>,
    details: Details,
    standing: Standing,
    from: NaiveDate,
    verb: &str,
) -> Result<Outcome<EntryId>, Error> {
    let mut agency = app.open(ctx).await?;
    agency.hold_ledger().await?;
    // Whoever waits for this lock by a second click finds what the first one wrote.
    let today = ctx.now().day();
    let register = agency.register().await?;
    if let Some(known) = register
        .iter()
        .find(|entry| entry.is_of(&details, standing.level, today))
    {
        return Ok(Outcome::Known(known.id));
    }
    let note = standing
        .recognition
        .as_ref()
        .map_or_else(|| standing.level.label().to_owned(), Decision::in_words);
    let of = |body, verb| New {
        from,
        body,
        corrects: None,
        reason: "",
        verb,
        note: note.clone(),
        field: "from",
    };
    let new = [
        of(Body::Details(details), "Ghi thông tin"),
        of(Body::Standing(standing), verb),
    ];
    let entry = Entry {
        id: EntryId::fresh(ctx.now()),
        facts: new
            .iter()
            .zip(1..)
            .map(|(new, number)| fact(ctx, number, new))
            .collect(),
    };
    write(agency, ctx, permit, &entry, &new).await?;
    Ok(Outcome::Done(entry.id))
}

/// The standing after a step; what the step changes beside the state is up to the act.
fn step<A: Act>(held: &Held<A>, step: Step) -> Result<Standing, State> {
    let Some(standing) = held.standing() else {
        return Err(State::Ended);
    };
    standing.after(step).ok_or(standing.state)
}

/// A step that rests on a reason and on no paper: from a day, told by its verb. Returns the number of the fact.
async fn take_step(
    app: &App,
    ctx: &Ctx,
    seen: Seen,
    what: Step,
    (from, reason): (NaiveDate, &str),
    verb: fn(&Standing) -> &'static str,
) -> Result<Outcome<i32>, Error> {
    let reason = reason.trim();
    let Some(held) = hold::<RegisterDecide>(app, ctx, seen).await? else {
        return Ok(Outcome::Stale);
    };
    let standing = match step(&held, what) {
        Ok(standing) => standing,
        Err(state) => return Ok(Outcome::Stands(state)),
    };
    if let Some(problem) = reason_given(reason) {
        return Ok(Outcome::Unmet(vec![problem]));
    }
    let verb = verb(&standing);
    let new = New {
        from,
        body: Body::Standing(standing),
        corrects: None,
        reason,
        verb,
        note: String::new(),
        field: "from",
    };
    held.append(ctx, new).await
}

/// Why somebody is suspended, a group ended, a request not followed, a fact corrected: without a reason it is not done.
pub(crate) fn reason_given(reason: &str) -> Option<Problem> {
    (reason.chars().count() < 5)
        .then(|| Problem::new("reason", "chưa có. Ghi lý do, người đọc sau cần biết."))
}

/// Whether the day a request was received can be believed.
fn received_by(received: NaiveDate, ctx: &Ctx) -> Option<Problem> {
    (received > ctx.now().day()).then(|| Problem::new("received", "ở tương lai. Ghi ngày đã nhận."))
}

/// Nobody is recognised at a level that no longer is. `field`: the one by which the form can put it right.
fn level_is_open(standing: &Standing, from: NaiveDate, field: &'static str) -> Option<Problem> {
    let last = standing.level.last_day().filter(|last| from > *last)?;
    let last = pbgdpl_vietnamese::date::dmy(last);
    let reason = if field == "level" {
        format!("không còn từ sau ngày {last}. Chọn cấp khác.")
    } else {
        format!("sau ngày {last}, ngày cuối cùng còn cấp của người này. Ghi ngày không sau ngày đó.")
    };
    Some(Problem::new(field, reason))
}

/// A list of the province's vocabulary.
async fn words(agency: &TenantStore, list: &str) -> Result<Option<TermList>, Error> {
    let lists = agency.catalogue("vocabulary").await?;
    let body = lists.iter().find(|(code, _)| code == list);
    Ok(body.and_then(|(_, body)| serde_json::from_str(body).ok()))
}

/// The case by which somebody is dismissed is one of the law's, for the level: báo cáo viên Đ.4.1, tuyên truyền viên Đ.6.1.
async fn case_is_known(
    agency: &TenantStore,
    standing: &Standing,
    case: &str,
) -> Result<Option<Problem>, Error> {
    let prefix = match standing.level {
        Level::TtvXa => "ttv-",
        _ => "bcv-",
    };
    let known = words(agency, "dismissal-cases")
        .await?
        .is_some_and(|list| list.get(case).is_some());
    Ok((!known || !case.starts_with(prefix)).then(|| {
        Problem::new(
            "case",
            "chưa chọn. Chọn trường hợp theo quy định ở cấp của người này.",
        )
    }))
}
