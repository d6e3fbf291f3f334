//! Draws what everybody reads of a figure from the copies of days, with small numbers left out.

use std::collections::BTreeMap;

use chrono::Datelike;
use pbgdpl_model::figure::{FigureGroup, FigureLine, PublicFigure, PublishedFigure, Scope, Stage, hidden};
use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::UnitKind;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_store::province::ProvinceReader;

use crate::oversight::same_days::{days_of_months, days_of_year};
use crate::{Error, Province};

/// Every public figure as it is now.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.public_figure.draw", skip_all)]
pub async fn draw(province: &Province, ctx: &ProvinceCtx) -> Result<Vec<PublishedFigure>, Error> {
    let warrant = ctx.warrant::<OversightRead>()?;
    let store = province.store().province_reader(&warrant).await?;
    let mut all = Vec::new();
    for figure in store.public_figures(Some(Stage::Public)).await? {
        all.push(drawn(&store, ctx, &figure).await?);
    }
    Ok(all)
}

/// One figure, public or not.
pub(super) async fn drawn(
    store: &ProvinceReader,
    ctx: &ProvinceCtx,
    figure: &PublicFigure,
) -> Result<PublishedFigure, Error> {
    let today = ctx.now().day();
    let year = figure.year.unwrap_or_else(|| today.year());
    let until = days_of_year(year).1.min(today);
    let (mut groups, values) = match &figure.scope {
        Scope::Province => months(store, figure, year, until.month()).await?,
        Scope::Agencies { agencies } => {
            let sums = sums(store, figure, (year, until)).await?;
            agencies_of(ctx, agencies, until, &sums)
        }
    };
    let (hide, hides_total) = hidden(&values);
    let lines = groups.iter_mut().flat_map(|group| &mut group.lines);
    for (line, hidden) in lines.zip(hide) {
        if hidden {
            line.value = None;
        }
    }
    Ok(PublishedFigure {
        id: figure.id,
        measure: figure.measure,
        title: figure.title.clone(),
        note: figure.note.clone(),
        from: figure.from,
        year,
        until,
        total: (!hides_total).then(|| values.iter().sum()),
        groups,
        drawn_at: ctx.now(),
    })
}

type Drawn = (Vec<FigureGroup>, Vec<i64>);

/// The province's months up to the last one that is told.
async fn months(
    store: &ProvinceReader,
    figure: &PublicFigure,
    year: i32,
    through: u32,
) -> Result<Drawn, Error> {
    let mut values = Vec::new();
    for month in 1..=through {
        let Some((from, to)) = days_of_months(year, month, month) else {
            continue;
        };
        values.push(store.total(figure.measure, from, to).await?);
    }
    let lines = values
        .iter()
        .zip(1..)
        .map(|(value, month): (&i64, u32)| FigureLine {
            label: format!("Tháng {month}"),
            value: Some(*value),
        });
    let group = FigureGroup {
        name: String::new(),
        lines: lines.collect(),
    };
    Ok((vec![group], values))
}

/// Each agency's sum over the days that are told.
async fn sums(
    store: &ProvinceReader,
    figure: &PublicFigure,
    (year, until): (i32, chrono::NaiveDate),
) -> Result<BTreeMap<TenantId, i64>, Error> {
    let sums = store.totals(days_of_year(year).0, until).await?.into_iter();
    Ok(sums
        .filter(|(_, measure, _)| *measure == figure.measure)
        .map(|(agency, _, sum)| (agency, sum))
        .collect())
}

/// Agencies in groups of their kind, in the order of names: like stands with like, and nobody is ranked (N-25).
fn agencies_of(
    ctx: &ProvinceCtx,
    chosen: &[TenantId],
    day: chrono::NaiveDate,
    sums: &BTreeMap<TenantId, i64>,
) -> Drawn {
    let (mut groups, mut values) = (Vec::new(), Vec::new());
    let known = |word: &str| UnitKind::ALL.iter().any(|kind| kind.word() == word);
    let kinds = UnitKind::ALL.iter().map(|kind| (kind.word(), kind.label()));
    for (word, label) in kinds.chain([("", "Cơ quan khác")]) {
        let tenants = chosen.iter().filter_map(|id| ctx.snapshot().by_id(*id));
        let mut members: Vec<(String, i64)> = tenants
            .filter(|tenant| {
                let kind = tenant.agency().kind_on(day);
                kind == word || (word.is_empty() && !known(kind))
            })
            .map(|tenant| {
                let sum = sums.get(&tenant.id()).copied().unwrap_or(0);
                (tenant.short(day).to_owned(), sum)
            })
            .collect();
        if members.is_empty() {
            continue;
        }
        pbgdpl_vietnamese::sort_by_name(&mut members, |(name, _)| name);
        values.extend(members.iter().map(|(_, sum)| *sum));
        groups.push(FigureGroup {
            name: label.to_owned(),
            lines: members
                .into_iter()
                .map(|(label, sum)| FigureLine {
                    label,
                    value: Some(sum),
                })
                .collect(),
        });
    }
    (groups, values)
}
