//! Figures of some days gathered by a structure: each unit that stands, with the units that made its figures (REP-16).

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use pbgdpl_model::dashboard::Fixed;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::structure::{Adds, Drawn};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_store::province::ProvinceReader;

use super::standpoint::Standpoint;
use crate::structure::{structure, structure_of};
use crate::{Error, Province};

/// Figures by measure.
pub type Figures = BTreeMap<Measure, i64>;

/// Which facts, and by which structure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// First day of the facts.
    pub from: NaiveDate,
    /// Their last day.
    pub to: NaiveDate,
    /// By which structure, and as known when.
    pub at: Standpoint,
    /// Only facts that these units made; of all units without it.
    pub makers: Option<BTreeSet<TenantId>>,
}

/// The figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gathered {
    /// One line for each unit that stands for a fact, by id.
    pub lines: Vec<Drawn<Figures>>,
    /// The sum, added up from the facts themselves and not from the lines.
    pub total: Figures,
}

/// Gathers.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.gather", skip_all)]
pub async fn gather(province: &Province, ctx: &ProvinceCtx, asked: &Asked) -> Result<Gathered, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let read =
        async |store: ProvinceReader| gathered(&store.as_known(asked.at.moment()), ctx, asked, None).await;
    province.store().look_over(&warrant, ctx.recency(), read).await
}

/// In a reading that was opened as of the day of knowing; by the structure that a fixed view knew.
pub(super) async fn gathered(
    store: &ProvinceReader,
    ctx: &ProvinceCtx,
    asked: &Asked,
    fixed: Option<&Fixed>,
) -> Result<Gathered, Error> {
    let is_asked = |maker: &TenantId| asked.makers.as_ref().is_none_or(|makers| makers.contains(maker));
    let totals = store.totals(asked.from, asked.to).await?;
    let facts: Vec<(TenantId, Figures)> = totals
        .into_iter()
        .filter(|(maker, ..)| is_asked(maker))
        .map(|(maker, measure, quantity)| (maker, Figures::from([(measure, quantity)])))
        .collect();
    let mut total = Figures::new();
    for (_, figures) in &facts {
        total.add(figures);
    }
    let structure = match fixed {
        Some(fixed) => structure_of(ctx, &fixed.reorganisations)?,
        None => structure(store, ctx).await?,
    };
    let lines = structure.draw(asked.at.structure, facts);
    Ok(Gathered { lines, total })
}
