//! Alarms as they are read: whom they are about, which entries raised them. No record of an agency is opened for it.

use std::collections::BTreeMap;

use pbgdpl_model::alarm::{Alarm, Fact, Rule};
use pbgdpl_model::id::{AccountId, AlarmId};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::AlarmRead;

use super::watch::rules;
use crate::{Error, Province};

/// Alarms a page.
pub const PER_PAGE: u64 = 50;
/// Entries a page.
pub const ENTRIES: u64 = 100;

/// A page of alarms.
#[derive(Debug, Clone)]
pub struct Alarms {
    /// Those without an answer first, then the newest.
    pub alarms: Vec<Alarm>,
    /// On all pages.
    pub count: u64,
    /// Of them without an answer.
    pub open: u64,
    /// The names of whom they are about.
    pub names: BTreeMap<AccountId, String>,
    /// The rules that hold today.
    pub rules: Vec<Rule>,
    /// Up to when entries were looked at.
    pub looked_at: Option<pbgdpl_model::clock::Moment>,
}

/// One alarm with what raised it.
#[derive(Debug, Clone)]
pub struct Read {
    /// The alarm.
    pub alarm: Alarm,
    /// Its rule, while it still holds.
    pub rule: Option<Rule>,
    /// This page of its entries, oldest first.
    pub entries: Vec<Fact>,
    /// Entries on all pages.
    pub count: u64,
    /// The names of whom it is about.
    pub names: BTreeMap<AccountId, String>,
}

/// Reads a page of alarms.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.alarm.list", skip_all)]
pub async fn list(province: &Province, ctx: &ProvinceCtx, page: u64) -> Result<Alarms, Error> {
    let warrant = ctx.warrant::<AlarmRead>()?;
    let store = province.store().province_reader(&warrant).await?;
    let (alarms, count, open) = store.alarms(page, PER_PAGE).await?;
    let (rules, looked_at) = (rules(&store).await?, store.looked_at().await?);
    drop(store);
    let people = alarms.iter().flat_map(|alarm| alarm.about.iter().copied());
    Ok(Alarms {
        names: names(province, people.collect()).await?,
        alarms,
        count,
        open,
        rules,
        looked_at,
    })
}

/// Reads one alarm.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.alarm.list.one", skip_all)]
pub async fn one(province: &Province, ctx: &ProvinceCtx, id: AlarmId, page: u64) -> Result<Read, Error> {
    let warrant = ctx.warrant::<AlarmRead>()?;
    let store = province.store().province_reader(&warrant).await?;
    let alarm = store.alarm(id).await?.ok_or(Error::NotFound)?;
    let (entries, count) = store.alarm_entries(id, page, ENTRIES).await?;
    let rule = rules(&store)
        .await?
        .into_iter()
        .find(|rule| rule.id == alarm.rule);
    drop(store);
    Ok(Read {
        names: names(province, alarm.about.clone()).await?,
        alarm,
        rule,
        entries,
        count,
    })
}

/// The names of these people today.
async fn names(province: &Province, people: Vec<AccountId>) -> Result<BTreeMap<AccountId, String>, Error> {
    let identity = province.store().read().identity().await?;
    let mut names = BTreeMap::new();
    for id in people {
        if !names.contains_key(&id)
            && let Some(account) = identity.account(id).await?
        {
            names.insert(id, account.display_name);
        }
    }
    Ok(names)
}
