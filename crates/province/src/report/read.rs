//! Reads one submitted report with all its versions.

use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::FormFile;
use pbgdpl_model::report::{Body, Difference, Signature, Since, Span, differences, jumps, since};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::ReportFollow;
use pbgdpl_store::province::{Decision, OfReport, ProvinceReader, SubmittedReport};

use super::{Term, forms_of, unreadable};
use crate::{Error, Province};

/// One version of a report as the province reads it.
#[derive(Debug, Clone)]
pub struct Reading {
    /// What was sent.
    pub sent: SubmittedReport,
    /// Its figures.
    pub body: Body,
    /// Its form.
    pub form: FormFile,
    /// The days it speaks of.
    pub span: Span,
    /// All versions, newest first.
    pub versions: Vec<SubmittedReport>,
    /// Cells that differ from the version before: (line, column, before, now).
    pub differences: Vec<Difference>,
    /// Whether the hash is that of the figures.
    pub intact: bool,
    /// Unusual figures against the year before.
    pub jumps: Vec<pbgdpl_model::report::Finding>,
    /// Figures that the ledger gives otherwise today.
    pub since: Vec<Since>,
    /// Digital signatures of this version.
    pub signatures: Vec<Signature>,
}

/// Reads a version; the newest where none is named.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], or a fault of the store.
#[tracing::instrument(name = "province.report.read", skip_all)]
pub async fn read(
    province: &Province,
    ctx: &ProvinceCtx,
    agency: TenantId,
    (form, term): (&str, Term),
    version: Option<i32>,
) -> Result<Reading, Error> {
    let warrant = ctx.warrant::<ReportFollow>()?;
    let store = province.store().province_reader(&warrant).await?;
    reading(&store, agency, (form, term), version).await
}

/// The same from a store that is open.
pub(crate) async fn reading(
    store: &ProvinceReader,
    agency: TenantId,
    (form, term): (&str, Term),
    version: Option<i32>,
) -> Result<Reading, Error> {
    let (forms, span) = forms_of(store, term).await?;
    let mut versions = store.reports_of(agency, term.word(), term.year).await?;
    versions.retain(|report| report.form == form);
    versions.sort_by_key(|report| std::cmp::Reverse(report.version));
    let sent = versions
        .iter()
        .find(|report| version.is_none_or(|version| report.version == version))
        .cloned()
        .ok_or(Error::NotFound)?;
    let form = forms.form(&sent.form, &span).ok_or(Error::NotFound)?.clone();
    let body = Body::read(&sent.body).map_err(unreadable)?;
    let before = versions
        .iter()
        .find(|report| report.version < sent.version)
        .map(|report| Body::read(&report.body).map_err(unreadable))
        .transpose()?;
    let differences = before.map_or_else(Vec::new, |before| differences(&before.rows, &body.rows));
    // A request has no year before it.
    let last_year = match span.year_before() {
        Some(year) => store.reports_of(agency, term.word(), year).await?,
        None => Vec::new(),
    };
    let last_year = last_year
        .iter()
        .find(|report| report.form == sent.form && report.decision == Decision::Accepted)
        .map(|report| Body::read(&report.body).map_err(unreadable))
        .transpose()?;
    let jumps = last_year.map_or_else(Vec::new, |old| jumps(&form, &body.rows, &old.rows, term.year - 1));
    // While days of the agency wait to be copied, the province's copies say nothing of it.
    let since = if store.days_waiting_of(agency).await? {
        Vec::new()
    } else {
        let ledger = store.totals_of(agency, body.from, body.actual_to).await?;
        since(&form, &body.rows, &ledger)
    };
    let of = OfReport {
        form: &sent.form,
        period: term.word(),
        year: term.year,
    };
    let signatures = store.signatures(agency, of, sent.version).await?;
    Ok(Reading {
        since,
        signatures,
        intact: pbgdpl_model::report::hash_of(&sent.body) == sent.hash,
        sent,
        body,
        form,
        span,
        versions,
        differences,
        jumps,
    })
}
