//! Draws the report of now: the texts of the open version, what was accepted, and every ledger as far as its days are copied.

use std::collections::BTreeMap;

use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::PlanFile;
use pbgdpl_model::plan::{
    Absence, Book, Contribution, Document, Gathered, Texts, counted_days, document, is_asked, may_contribute,
};
use pbgdpl_model::report::{Amendment, hash_of};
use pbgdpl_scope::{ProvinceCtx, Tenant};
use pbgdpl_store::province::{Decision, PlanReport, ProvinceReader, SentContribution};
use pbgdpl_vietnamese::collate::sort_by_name;

use super::{Of, plan};
use crate::Error;

/// One agency that the plan asks.
#[derive(Debug, Clone)]
pub struct Contributor {
    /// Which.
    pub tenant: TenantId,
    /// Slug.
    pub slug: String,
    /// Official name.
    pub name: String,
    /// The newest version that it sent.
    pub newest: Option<SentContribution>,
}

/// The report of now, with what is around it.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// The plan, in the wording of the year.
    pub plan: PlanFile,
    /// The report.
    pub document: Document,
    /// Its canonical text.
    pub body: String,
    /// SHA-256 of it.
    pub hash: String,
    /// The agencies that the plan asks, in the order of their names.
    pub contributors: Vec<Contributor>,
    /// All versions, newest first.
    pub versions: Vec<PlanReport>,
    /// Days that are counted and not copied yet: the figures are not whole.
    pub waiting: u64,
}

impl Drawn {
    /// The version that is open; nothing where the newest one is frozen, or none was begun.
    #[must_use]
    pub fn open(&self) -> Option<&PlanReport> {
        self.versions.first().filter(|newest| newest.frozen.is_none())
    }

    /// Whether texts can be written: a version is open, or none was ever begun.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.versions.first().is_none_or(|newest| newest.frozen.is_none())
    }
}

/// Draws it.
pub(super) async fn draw(store: &ProvinceReader, ctx: &ProvinceCtx, of: Of<'_>) -> Result<Drawn, Error> {
    let plan = plan(store, of).await?;
    let (_, year) = of;
    let today = ctx.now().day();
    let days = counted_days(&plan, year, today)
        .filter(|(from, _)| *from <= today)
        .ok_or(Error::NotFound)?;
    let versions = store.plan_reports(&plan.id, year).await?;
    let newest = versions.first();
    let sent = store.contributions(&plan.id, year).await?;
    let mut tenants: Vec<Tenant> = ctx.snapshot().tenants().cloned().collect();
    sort_by_name(&mut tenants, |tenant| tenant.official(days.1));
    let (mut gathered, mut contributors) = (Vec::new(), Vec::new());
    for tenant in &tenants {
        let mut own = sent.iter().filter(|sent| sent.tenant == tenant.id()).peekable();
        let agency = tenant.agency();
        // One that ended within the year is not expected; what it sent counts all the same.
        let counts = may_contribute(&plan, agency, year) && own.peek().is_some();
        if !counts && !is_asked(&plan, agency, year) {
            continue;
        }
        let own: Vec<&SentContribution> = own.collect();
        contributors.push(Contributor {
            tenant: tenant.id(),
            slug: tenant.slug().to_owned(),
            name: tenant.official(days.1).to_owned(),
            newest: own.first().map(|sent| (*sent).clone()),
        });
        gathered.push(Gathered {
            slug: tenant.slug().to_owned(),
            name: tenant.official(days.1).to_owned(),
            charges: plan
                .tasks_of(agency)
                .map(|(task, charge)| (task.number.clone(), charge))
                .collect(),
            contribution: accepted(&own)?,
        });
    }
    // Asked before the books: a day that is copied in between is then said to wait, never taken for whole.
    let waiting = store.days_waiting_between(days.0, days.1).await?;
    let nothing = Texts::new();
    let version = newest.map_or(1, |newest| newest.version);
    let amends = newest
        .filter(|newest| newest.version > 1)
        .map(|newest| Amendment {
            version: newest.version - 1,
            reason: newest.reason.clone(),
        });
    let document = document(
        &plan,
        (year, version),
        days,
        newest.map_or(&nothing, |newest| &newest.texts),
        &gathered,
        books(store, &tenants, days).await?,
        amends,
    );
    let body = document.canonical()?;
    Ok(Drawn {
        hash: hash_of(&body),
        body,
        document,
        contributors,
        versions,
        waiting,
        plan,
    })
}

/// The newest version that was accepted and not returned since; or why there is none.
fn accepted(own: &[&SentContribution]) -> Result<Result<(Contribution, String), Absence>, Error> {
    let Some(newest) = own.first() else {
        return Ok(Err(Absence::NotSent));
    };
    let accepted = own.iter().find(|sent| sent.decision == Decision::Accepted);
    match accepted {
        Some(sent) => Ok(Ok((Contribution::read(&sent.body)?, sent.hash.clone()))),
        None if newest.decision == Decision::Returned => Ok(Err(Absence::Returned)),
        None => Ok(Err(Absence::NotAccepted)),
    }
}

/// Every ledger with something in these days, in the order of names.
async fn books(
    store: &ProvinceReader,
    tenants: &[Tenant],
    (from, to): (chrono::NaiveDate, chrono::NaiveDate),
) -> Result<Vec<Book>, Error> {
    let mut totals = store.totals_by_agency(from, to).await?;
    let positions: BTreeMap<TenantId, i64> = store.ledger_positions(from, to).await?;
    let book = |tenant: &Tenant| {
        Some(Book {
            slug: tenant.slug().to_owned(),
            name: tenant.official(to).to_owned(),
            ledger_seq: *positions.get(&tenant.id())?,
            totals: totals.remove(&tenant.id())?,
        })
    };
    Ok(tenants.iter().filter_map(book).collect())
}
