//! How good the work behind the figures is (DSH-03): what was published unread by another person, what was counted without evidence, who
//! read records of whom, and when the logs were verified last. Sums are counted by the machine; the rows behind them are a logged reading.

use std::collections::BTreeMap;

use pbgdpl_model::audit::Entry;
use pbgdpl_model::audit::NAME_GONE;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::policy::Action;
use pbgdpl_scope::action::AuditRead;
use pbgdpl_scope::{ProvinceCtx, Recency};
use pbgdpl_store::province::ProvinceReader;
use pbgdpl_store::tenant::{Publication, TenantReader, Unproved};
use serde::Deserialize;
use serde_json::json;
use uuid::Uuid;

use super::dashboard::{opened, years};
use super::reading::{self, Reading};
use super::same_days::days_of_year;
use crate::{Error, Province};

/// Rows a page.
pub const PER_PAGE: u64 = 100;

/// One agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencyQuality {
    /// Which.
    pub agency: TenantId,
    /// Its address word.
    pub slug: String,
    /// Its short name.
    pub name: String,
    /// Approvals in the year.
    pub published: usize,
    /// Of them by somebody who wrote in the item too.
    pub alone: usize,
    /// Recorded activities of the year.
    pub recorded: u64,
    /// Of them proved by a file.
    pub proved: u64,
}

impl AgencyQuality {
    /// Activities that no file proves.
    #[must_use]
    pub const fn unproved(&self) -> u64 {
        self.recorded.saturating_sub(self.proved)
    }
}

/// How often somebody read records of an agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readings {
    /// Whose name stands in the log.
    pub reader: String,
    /// Of which agency; none for takings of all.
    pub agency: Option<(String, String)>,
    /// How often.
    pub count: usize,
}

/// The year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quality {
    /// Which.
    pub year: i32,
    /// Years that figures speak of, newest first.
    pub years: Vec<i32>,
    /// By name.
    pub agencies: Vec<AgencyQuality>,
    /// The most first.
    pub readings: Vec<Readings>,
    /// When all chains were verified last, and whether they were whole.
    pub verified: Option<(Moment, bool)>,
}

/// What stands behind an agency's line.
#[derive(Debug, Clone)]
pub struct Rows {
    /// Approvals by somebody who wrote in the item too.
    pub alone: Vec<Publication>,
    /// This page of the activities that no file proves.
    pub unproved: Vec<Unproved>,
    /// On all pages.
    pub count: u64,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Detail {
    agency: Option<TenantId>,
    broken: Vec<String>,
}

/// Counts a year; the newest one in which anybody met anybody where none is named.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.quality", skip_all)]
pub async fn quality(province: &Province, ctx: &ProvinceCtx, year: Option<i32>) -> Result<Quality, Error> {
    let warrant = ctx.warrant::<AuditRead>()?;
    let today = ctx.now().day();
    let looked = async |store: ProvinceReader| logs(&store, ctx, year).await;
    let Logs {
        year,
        years,
        read,
        verified,
    } = province.store().look_over(&warrant, Recency::Now, looked).await?;
    let (from, until) = moments(year);
    // Whoever reads the sums opens no agency: the machine counts.
    let snapshot = province.store().registry().now();
    let machine = ProvinceCtx::of_system(snapshot, "Chất lượng", ctx.now(), ctx.request().clone());
    let mut agencies = Vec::new();
    for tenant in ctx.snapshot().tenants() {
        let count = async |reader: TenantReader| -> Result<_, Error> {
            Ok((
                reader.publications(from, until).await?,
                reader.evidenced(year).await?,
            ))
        };
        let agency = machine.audit_warrant(tenant)?;
        let (published, (proved, recorded)) =
            province.store().look_into(&agency, Recency::Now, count).await?;
        agencies.push(AgencyQuality {
            agency: tenant.id(),
            slug: tenant.slug().to_owned(),
            name: tenant.short(today).to_owned(),
            alone: published.iter().filter(|one| one.alone).count(),
            published: published.len(),
            recorded,
            proved,
        });
    }
    pbgdpl_vietnamese::sort_by_name(&mut agencies, |agency| &agency.name);
    let mut readings: Vec<Readings> = read
        .into_iter()
        .map(|((reader, agency), count)| {
            let tenant = agency.and_then(|id| ctx.snapshot().by_id(TenantId(id)));
            Readings {
                reader,
                agency: tenant.map(|tenant| (tenant.slug().to_owned(), tenant.short(today).to_owned())),
                count,
            }
        })
        .collect();
    readings.sort_by_key(|line| std::cmp::Reverse(line.count));
    Ok(Quality {
        year,
        years,
        agencies,
        readings,
        verified: verified.map(|entry| {
            let said: Detail = serde_json::from_str(&entry.detail).unwrap_or_default();
            (entry.at, said.broken.is_empty())
        }),
    })
}

/// What the province's own tables say of a year.
struct Logs {
    year: i32,
    years: Vec<i32>,
    read: BTreeMap<(String, Option<Uuid>), usize>,
    verified: Option<Entry>,
}

async fn logs(store: &ProvinceReader, ctx: &ProvinceCtx, year: Option<i32>) -> Result<Logs, Error> {
    let today = ctx.now().day();
    let years = years(store, today).await?;
    let year = match year {
        Some(year) => year,
        None => opened(store, &years, today).await?,
    };
    let (from, until) = moments(year);
    let acts = [Action::EvidenceRead, Action::AuditRead, Action::AuditExport];
    let acts = acts.map(|act| act.word().to_owned());
    let mut read: BTreeMap<(String, Option<Uuid>), usize> = BTreeMap::new();
    for entry in store.audit_acts(&acts, from, Some(until)).await? {
        if !entry.actor.0.is_nil() {
            let said: Detail = serde_json::from_str(&entry.detail).unwrap_or_default();
            // Before it stood in the details, the thing that was read was the agency.
            let agency = said.agency.map_or(entry.object_id, |agency| agency.0);
            let known = ctx.snapshot().by_id(TenantId(agency)).map(|_| agency);
            let name = match entry.actor_name.as_str() {
                "" => NAME_GONE.to_owned(),
                _ => entry.actor_name,
            };
            *read.entry((name, known)).or_default() += 1;
        }
    }
    let verified = store
        .audit_last(Action::AuditVerify, ctx.now().plus_millis(1))
        .await?;
    Ok(Logs {
        year,
        years,
        read,
        verified,
    })
}

/// Opens what stands behind an agency's line; the reading is logged first.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.quality.rows", skip_all)]
pub async fn rows(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    year: i32,
    page: u64,
) -> Result<Rows, Error> {
    ctx.warrant::<AuditRead>()?;
    let about = Reading {
        action: Action::EvidenceRead,
        object_kind: "ledger",
        object_id: agency.0,
        detail: json!({ "quality": year, "page": page }),
    };
    let (from, until) = moments(year);
    let read = async |reader: TenantReader| {
        let mut alone = reader.publications(from, until).await?;
        alone.retain(|one| one.alone);
        let (unproved, count) = reader.unproved(year, page, PER_PAGE).await?;
        Ok(Rows {
            alone,
            unproved,
            count,
        })
    };
    reading::read(province, ctx, agency, about, read).await
}

fn moments(year: i32) -> (Moment, Moment) {
    let (first, last) = days_of_year(year);
    (Moment::start_of(first), Moment::after(last))
}
