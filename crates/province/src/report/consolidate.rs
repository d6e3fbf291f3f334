//! Adds the accepted reports up into the province's form; a draft is made anew, a frozen one gets a new version.

use pbgdpl_model::id::ConsolidationId;
use pbgdpl_model::manifest::FormFile;
use pbgdpl_model::report::{Accepted, Body, Consolidated, Missing, Redrawn, Span, StandingUnit, hash_of};
use pbgdpl_model::structure::View;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, ReportConsolidate, ReportFollow};
use pbgdpl_store::province::{Consolidation, ProvinceReader, ProvinceRecord};
use serde_json::json;

use super::follow::stand;
use super::{Term, forms_of, unreadable};
use crate::structure::structure;
use crate::{Error, Province};

/// The province's form with what is around it.
#[derive(Debug, Clone)]
pub struct Made {
    /// The version.
    pub consolidation: Consolidation,
    /// Its figures.
    pub figures: Consolidated,
    /// Its form.
    pub form: FormFile,
    /// The days it speaks of.
    pub span: Span,
    /// All versions, newest first: number, frozen, hash.
    pub versions: Vec<Consolidation>,
}

/// Consolidates. The same accepted reports give the same bytes, and nothing is written where nothing changed.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`] for a form that adds nothing up, or a fault of the store.
#[tracing::instrument(name = "province.report.consolidate", skip_all)]
pub async fn consolidate(
    province: &Province,
    ctx: &ProvinceCtx,
    form: &str,
    term: Term,
) -> Result<Consolidation, Error> {
    let warrant = ctx.warrant::<ReportConsolidate>()?;
    let mut store = province.store().province(&warrant).await?;
    store.hold().await?;
    let (made, body) = add_up(&store, ctx, form, term).await?;
    let (count, lacking) = (made.sources.len(), made.missing.len());
    let hash = hash_of(&body);
    let latest = store.consolidations(form, term.word(), term.year).await?;
    let latest = latest.into_iter().next();
    if let Some(same) = latest.as_ref().filter(|latest| latest.hash == hash) {
        return Ok(same.clone());
    }
    let draft = latest.as_ref().filter(|latest| latest.frozen.is_none());
    let new = Consolidation {
        id: draft.map_or_else(|| ConsolidationId::fresh(ctx.now()), |draft| draft.id),
        form: form.to_owned(),
        period: term.word().to_owned(),
        year: term.year,
        version: match (&latest, draft) {
            (_, Some(draft)) => draft.version,
            (Some(latest), None) => latest.version + 1,
            (None, None) => 1,
        },
        frozen: None,
        body,
        hash,
        made_by: (ctx.actor().account(), ctx.actor().name().to_owned()),
        made_at: ctx.now(),
    };
    store.put_consolidation(&new).await?;
    let record = ProvinceRecord {
        action: ReportConsolidate::ACTION,
        object_kind: "consolidation",
        object_id: new.id.0,
        reason: "",
        detail: json!({
            "form": new.form, "period": new.period, "year": new.year, "version": new.version, "hash": new.hash,
            "reports": count, "missing": lacking,
        }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(new)
}

/// Adds up what is accepted at this moment: the figures, and their canonical text.
pub(super) async fn add_up(
    store: &ProvinceReader,
    ctx: &ProvinceCtx,
    form: &str,
    term: Term,
) -> Result<(Consolidated, String), Error> {
    let (forms, span) = forms_of(store, term).await?;
    let sheet = forms
        .collection_of(form, &span)
        .filter(|found| found.id == form && !found.consolidates.is_empty());
    let sheet = sheet.ok_or(Error::NotFound)?.clone();
    let sent = store.reports(term.word(), term.year).await?;
    let following = stand(ctx, sheet.clone(), forms, span, sent);
    let (mut accepted, mut missing) = (Vec::new(), Vec::new());
    for agency in following.agencies {
        match agency.accepted {
            Some(report) => accepted.push(Accepted {
                body: Body::read(&report.body).map_err(unreadable)?,
                hash: report.hash,
            }),
            None => missing.push(Missing {
                slug: agency.slug,
                name: agency.official,
            }),
        }
    }
    let made =
        pbgdpl_model::report::consolidate(&sheet, &following.span, &following.forms.all, accepted, missing);
    let body = made.canonical().map_err(unreadable)?;
    Ok((made, body))
}

/// Reads a version of the province's form; the newest where none is named.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`] before the first consolidation, or a fault of the store.
#[tracing::instrument(name = "province.report.consolidate.read", skip_all)]
pub async fn read(
    province: &Province,
    ctx: &ProvinceCtx,
    form: &str,
    term: Term,
    version: Option<i32>,
) -> Result<Made, Error> {
    let warrant = ctx.warrant::<ReportFollow>()?;
    let store = province.store().province_reader(&warrant).await?;
    made(&store, form, term, version).await
}

/// The same from a store that is open.
pub(crate) async fn made(
    store: &ProvinceReader,
    form: &str,
    term: Term,
    version: Option<i32>,
) -> Result<Made, Error> {
    let (forms, span) = forms_of(store, term).await?;
    let versions = store.consolidations(form, term.word(), term.year).await?;
    let found = versions
        .iter()
        .find(|made| version.is_none_or(|version| made.version == version));
    let consolidation = found.ok_or(Error::NotFound)?.clone();
    Ok(Made {
        figures: Consolidated::read(&consolidation.body).map_err(unreadable)?,
        form: forms.form(form, &span).ok_or(Error::NotFound)?.clone(),
        consolidation,
        span,
        versions,
    })
}

/// Reads a version by another structure: the same reports, gathered under the units that stand on a day. What is frozen
/// is not touched.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.report.consolidate.redraw", skip_all)]
pub async fn redraw(
    province: &Province,
    ctx: &ProvinceCtx,
    made: &Made,
    view: View,
) -> Result<Redrawn, Error> {
    let warrant = ctx.warrant::<ReportFollow>()?;
    let store = province.store().province_reader(&warrant).await?;
    let structure = structure(&store, ctx).await?;
    let named = match view {
        View::AsWas => made.span.to,
        View::On(day) => day,
    };
    let unit_of = |unit| {
        let tenant = ctx.snapshot().by_id(unit)?;
        Some(StandingUnit {
            slug: tenant.slug().to_owned(),
            name: tenant.official(named).to_owned(),
            report_row: tenant.agency().report_row,
        })
    };
    Ok(pbgdpl_model::report::redraw(
        &made.form,
        &made.figures,
        &structure,
        view,
        unit_of,
    ))
}
