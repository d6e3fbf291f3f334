//! Engaged use and people over all agencies (DSH-06): sums of days, nobody and no page by name.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::engagement::DayFigures;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_store::province::ProvinceReader;

use crate::{Error, Province};

/// One agency in the days that are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencyUse {
    /// Its address word.
    pub slug: String,
    /// Its short name.
    pub name: String,
    /// Sums of its days.
    pub figures: DayFigures,
}

/// The province in the days that are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvinceUse {
    /// Each day; who read several sections is one person of it.
    pub days: BTreeMap<NaiveDate, DayFigures>,
    /// The agencies that were read, most views first.
    pub agencies: Vec<AgencyUse>,
    /// When a node last wrote down what it had counted.
    pub newest: Option<Moment>,
}

/// How the sections were used from one day to another, both counted.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.oversight.engagement", skip_all)]
pub async fn engagement(
    province: &Province,
    ctx: &ProvinceCtx,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<ProvinceUse, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let read = async |store: ProvinceReader| {
        let mut agencies: Vec<AgencyUse> = store
            .engagement_by_agency(from, to)
            .await?
            .into_iter()
            .filter_map(|(tenant, figures)| {
                let agency = ctx.snapshot().by_id(tenant)?;
                Some(AgencyUse {
                    slug: agency.slug().to_owned(),
                    name: agency.short(to).to_owned(),
                    figures,
                })
            })
            .collect();
        agencies.sort_by(|one, other| {
            let views = other.figures.views.cmp(&one.figures.views);
            views.then_with(|| one.slug.cmp(&other.slug))
        });
        Ok(ProvinceUse {
            days: store.engagement_by_day(from, to).await?,
            agencies,
            newest: store.engagement_newest().await?,
        })
    };
    province.store().look_over(&warrant, ctx.recency(), read).await
}
