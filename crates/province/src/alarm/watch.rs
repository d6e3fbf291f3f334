//! Looks through the new entries of all chains and raises alarms. An entry raises a rule once: looking again, on any node, changes
//! nothing; what goes on joins the alarm that nobody answered yet. Of the agencies' chains only those are opened that grew (`seen.rs`).

use std::collections::BTreeMap;

use pbgdpl_model::alarm::{Alarm, AlarmsFile, Fact, Found, Rule, find};
use pbgdpl_model::audit::Entry;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::{AccountId, AlarmId};
use pbgdpl_model::policy::{Action, Role};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::AlarmRaise;
use pbgdpl_store::province::{ProvinceReader, ProvinceRecord, ProvinceStore};
use serde::Deserialize;
use serde_json::json;

use super::seen::Seen;
use crate::manifest::ALARMS;
use crate::{Error, Province};

/// The letter to one of those in charge; its subject is `account/alarm`.
pub const LETTER: &str = "letter-alarm-raised";
/// Who is in charge of alarms.
pub const IN_CHARGE: [Role; 2] = [Role::ProvinceAdmin, Role::Auditor];

/// Entries may be written down so much later than they say: an act takes its time when it begins.
const SLACK_SECONDS: i64 = 3600;

/// What an entry's details say that rules look at.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Detail {
    role: String,
    domain: String,
    count: Option<u32>,
    /// How many logs were taken out at once.
    chains: Option<u32>,
}

/// Looks through what is new; answers which alarms were raised. Without rules it looks at nothing. Of one who looks again and again
/// with the same `seen`, chains that did not grow cost nothing.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store: then the same entries are looked at the next time.
#[tracing::instrument(name = "province.alarm.watch", skip_all)]
pub async fn watch(province: &Province, ctx: &ProvinceCtx, seen: &mut Seen) -> Result<Vec<AlarmId>, Error> {
    let warrant = ctx.warrant::<AlarmRaise>()?;
    let reader = province.store().province_reader(&warrant).await?;
    let rules = rules(&reader).await?;
    let Some(longest) = rules.iter().map(Rule::within_millis).max() else {
        drop(reader);
        // Rules that come later begin then.
        let mut store = province.store().province(&warrant).await?;
        store.put_looked_at(ctx.now()).await?;
        store.save().await?;
        return Ok(Vec::new());
    };
    let looked = reader.looked_at().await?.unwrap_or(ctx.now()).min(ctx.now());
    let since = looked.plus_millis(-longest).plus_seconds(-SLACK_SECONDS);
    let facts = facts(province, ctx, reader, &rules, since, seen).await?;
    let found = find(&rules, &facts);
    let readers = in_charge(province, ctx).await?;

    let mut store = province.store().province(&warrant).await?;
    // One node after the other: what another one raised meanwhile is seen.
    store.hold().await?;
    let mut raised = Vec::new();
    for rule in &rules {
        let known = store.alarms_of(&rule.id, since).await?;
        for odd in found.iter().filter(|odd| odd.rule.id == rule.id) {
            raised.extend(take(&mut store, ctx, odd, &known).await?);
        }
    }
    for alarm in &raised {
        for reader in readers.iter().filter(|reader| !alarm.about.contains(reader)) {
            let subject = format!("{reader}/{}", alarm.id);
            store.send_out(LETTER, &subject, None, ctx.now()).await?;
        }
        let record = ProvinceRecord {
            action: Action::AlarmRaise,
            object_kind: "alarm",
            object_id: alarm.id.0,
            reason: "",
            detail: json!({ "rule": alarm.rule, "from": alarm.first_at.rfc3339(), "to": alarm.last_at.rfc3339() }),
        };
        store.record(ctx, record).await?;
    }
    store.put_looked_at(ctx.now()).await?;
    store.save().await?;
    Ok(raised.into_iter().map(|alarm| alarm.id).collect())
}

/// Whether nobody looked within this time: every node has the schedule, one of them looks.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.alarm.watch.is_due", skip_all)]
pub async fn is_due(province: &Province, ctx: &ProvinceCtx, every_seconds: i64) -> Result<bool, Error> {
    let warrant = ctx.warrant::<AlarmRaise>()?;
    let reader = province.store().province_reader(&warrant).await?;
    let looked = reader.looked_at().await?;
    Ok(looked.is_none_or(|at| at.plus_seconds(every_seconds) <= ctx.now()))
}

/// The rules of the province; none where it has no file of them.
pub(super) async fn rules(reader: &ProvinceReader) -> Result<Vec<Rule>, Error> {
    let files = reader.catalogue(ALARMS).await?;
    let file = files
        .first()
        .map(|(_, body)| serde_json::from_str::<AlarmsFile>(body));
    Ok(file.transpose()?.unwrap_or_default().rules)
}

/// The entries that rules speak of, of all chains.
async fn facts(
    province: &Province,
    ctx: &ProvinceCtx,
    reader: ProvinceReader,
    rules: &[Rule],
    since: Moment,
    seen: &mut Seen,
) -> Result<Vec<Fact>, Error> {
    let acts = rules.iter().flat_map(|rule| rule.acts.iter().chain(&rule.then));
    let mut acts: Vec<String> = acts.cloned().collect();
    acts.sort();
    acts.dedup();
    let mut facts = Vec::new();
    let of_province = reader.audit_acts(&acts, since, None).await?;
    facts.extend(of_province.iter().map(|entry| fact("province", entry)));
    let of_accounts = reader.account_audit_acts(&acts, since).await?;
    facts.extend(of_accounts.iter().map(|entry| fact("accounts", entry)));
    seen.begin(acts, since);
    // The newest entry of a chain may say an earlier time than the one before it.
    let grown = reader
        .chains_grown(seen.looked_from().plus_seconds(-SLACK_SECONDS))
        .await?;
    drop(reader);
    for (agency, reaches) in grown {
        if seen.reached(agency, reaches) {
            continue;
        }
        let Some(tenant) = ctx.snapshot().by_id(agency) else {
            // This node does not know the agency yet.
            seen.put_off();
            continue;
        };
        let chain = tenant.id().to_string();
        let opened = province.store().audit(&ctx.audit_warrant(&tenant)?).await?;
        let entries = match seen.after(agency) {
            Some(seq) => opened.audit_acts_after(seen.acts(), seq).await?,
            None => opened.audit_acts(seen.acts(), since).await?,
        };
        drop(opened);
        let new = entries.iter().map(|entry| fact(&chain, entry));
        seen.take(agency, reaches, new.filter(|fact| fact.at >= since));
    }
    seen.end(ctx.now());
    facts.extend(seen.facts());
    Ok(facts)
}

fn fact(chain: &str, entry: &Entry) -> Fact {
    let detail: Detail = serde_json::from_str(&entry.detail).unwrap_or_default();
    let place = if detail.domain.is_empty() {
        chain
    } else {
        &detail.domain
    };
    Fact {
        chain: chain.to_owned(),
        seq: entry.seq,
        at: entry.at,
        actor: entry.actor,
        action: entry.action.clone(),
        person: matches!(entry.object_kind.as_str(), "account" | "member")
            .then_some(AccountId(entry.object_id)),
        object: entry.object_id,
        mark: if detail.role.is_empty() {
            String::new()
        } else {
            format!("{place}/{}", detail.role)
        },
        count: detail.count.or(detail.chains).unwrap_or(1).max(1),
    }
}

/// Those who hear of alarms.
async fn in_charge(province: &Province, ctx: &ProvinceCtx) -> Result<Vec<AccountId>, Error> {
    let place = ctx.snapshot().province().id;
    let identity = province.store().read().identity().await?;
    let members = identity.members(place.into()).await?;
    let mut readers: Vec<AccountId> = members
        .into_iter()
        .filter(|member| IN_CHARGE.contains(&member.role))
        .map(|member| member.account)
        .collect();
    readers.sort_unstable();
    readers.dedup();
    Ok(readers)
}

/// Raises what was found, or adds it to the alarm that it goes on from.
async fn take(
    store: &mut ProvinceStore,
    ctx: &ProvinceCtx,
    odd: &Found<'_>,
    known: &BTreeMap<(String, i64), AlarmId>,
) -> Result<Vec<Alarm>, Error> {
    let of = |fact: &Fact| known.get(&(fact.chain.clone(), fact.seq)).copied();
    let new: Vec<&Fact> = odd
        .facts
        .iter()
        .copied()
        .filter(|fact| of(fact).is_none())
        .collect();
    if new.is_empty() {
        return Ok(Vec::new());
    }
    // The newest one that these entries belong to already.
    let goes_on = odd.facts.iter().rev().find_map(|fact| of(fact));
    let Some(goes_on) = goes_on else {
        return Ok(vec![raise(store, ctx, odd.rule, odd.subject, &new).await?]);
    };
    let alarm = store.alarm(goes_on).await?.ok_or(Error::NotFound)?;
    if alarm.answer.is_none() {
        store.extend_alarm(&alarm, &new).await?;
        return Ok(Vec::new());
    }
    // Somebody answered; what came since is odd by itself, or it is nothing.
    let rest: Vec<Fact> = new.into_iter().cloned().collect();
    let mut raised = Vec::new();
    for again in find(std::slice::from_ref(odd.rule), &rest) {
        raised.push(raise(store, ctx, again.rule, again.subject, &again.facts).await?);
    }
    Ok(raised)
}

async fn raise(
    store: &mut ProvinceStore,
    ctx: &ProvinceCtx,
    rule: &Rule,
    subject: uuid::Uuid,
    facts: &[&Fact],
) -> Result<Alarm, Error> {
    let people = facts.iter().flat_map(|fact| [Some(fact.actor), fact.person]);
    let mut about: Vec<AccountId> = people.flatten().filter(|id| !id.0.is_nil()).collect();
    about.sort_unstable();
    about.dedup();
    let alarm = Alarm {
        id: AlarmId::fresh(ctx.now()),
        rule: rule.id.clone(),
        title: rule.title.clone(),
        subject,
        first_at: facts.iter().map(|fact| fact.at).min().unwrap_or(ctx.now()),
        last_at: facts.iter().map(|fact| fact.at).max().unwrap_or(ctx.now()),
        raised_at: ctx.now(),
        about,
        answer: None,
    };
    store.raise_alarm(&alarm, facts).await?;
    Ok(alarm)
}
