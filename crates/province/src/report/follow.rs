//! Who has sent, who is late, who is missing (REP-05): the worst first.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};
use pbgdpl_model::agency::{Agency, ReportRow};
use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::{FormFile, PeriodKind};
use pbgdpl_model::report::{Body, Completeness, Extension, Forms, Span, is_expected, may_report, period_of};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::ReportFollow;
use pbgdpl_store::province::{Decision, SubmittedReport};

use super::{Term, forms_of, unreadable};
use crate::{Error, Province};

/// How an agency's report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Not sent, and the last day is over.
    Overdue,
    /// Returned; a new version is awaited.
    Returned,
    /// Sent; the province has to decide.
    Waiting,
    /// Not sent yet.
    Missing,
    /// Accepted.
    Accepted,
}

impl Standing {
    /// On the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Overdue => "Quá hạn, chưa gửi",
            Self::Returned => "Đã trả lại, chờ bản mới",
            Self::Waiting => "Chờ tiếp nhận",
            Self::Missing => "Chưa gửi",
            Self::Accepted => "Đã tiếp nhận",
        }
    }

    /// The word in exports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Returned => "returned",
            Self::Waiting => "waiting",
            Self::Missing => "missing",
            Self::Accepted => "accepted",
        }
    }
}

/// One agency that must report.
#[derive(Debug, Clone)]
pub struct Followed {
    /// Permanent id.
    pub tenant: TenantId,
    /// Current slug.
    pub slug: String,
    /// Short name on the last day of the period.
    pub name: String,
    /// Official name on the last day of the period.
    pub official: String,
    /// Its row of the province's form.
    pub report_row: ReportRow,
    /// Id of its form.
    pub form: String,
    /// The last day to send.
    pub due: Option<NaiveDate>,
    /// How it stands.
    pub standing: Standing,
    /// Days after the last day: of the sending, or until today.
    pub days_late: i64,
    /// Its newest report, if one was sent.
    pub newest: Option<SubmittedReport>,
    /// How complete its newest report is; nothing before one was sent.
    pub complete: Option<Completeness>,
    /// What it asked for more time, newest first.
    pub extensions: Vec<Extension>,
    /// The newest version that the province accepted and did not return since.
    pub accepted: Option<SubmittedReport>,
}

/// Every expected report of a collection and a period.
#[derive(Debug, Clone)]
pub struct Following {
    /// The form under which they are collected: the one that adds them up, or the one that agencies fill.
    pub form: FormFile,
    /// The days it speaks of.
    pub span: Span,
    /// The agencies, the worst first, then by name.
    pub agencies: Vec<Followed>,
    /// Forms and calendar.
    pub forms: Forms,
}

/// Who has sent, who is late, who is missing.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`] for a period the calendar does not know or a form that is not asked in it, or a
/// fault of the store.
#[tracing::instrument(name = "province.report.follow", skip_all)]
pub async fn follow(
    province: &Province,
    ctx: &ProvinceCtx,
    form: &str,
    term: Term,
) -> Result<Following, Error> {
    let warrant = ctx.warrant::<ReportFollow>()?;
    let store = province.store().province_reader(&warrant).await?;
    let (forms, span) = forms_of(&store, term).await?;
    let form = forms.collection_of(form, &span).ok_or(Error::NotFound)?.clone();
    let sent = store.reports(term.word(), term.year).await?;
    let mut following = stand(ctx, form, forms, span, sent);
    let asked = store.extensions(term.word(), term.year).await?;
    for agency in &mut following.agencies {
        let own = asked
            .iter()
            .filter(|asked| asked.tenant == agency.tenant && asked.form == agency.form);
        agency.extensions = own.map(|asked| asked.extension.clone()).collect();
        agency.complete = completeness(&following.forms, &following.span, agency.newest.as_ref())?;
    }
    Ok(following)
}

/// How complete a report is.
pub(crate) fn completeness(
    forms: &Forms,
    span: &Span,
    sent: Option<&SubmittedReport>,
) -> Result<Option<Completeness>, Error> {
    let Some((sent, form)) = sent.and_then(|sent| Some((sent, forms.form(&sent.form, span)?))) else {
        return Ok(None);
    };
    let body = Body::read(&sent.body).map_err(unreadable)?;
    Ok(Some(Completeness::of(form, &body.rows)))
}

/// The collection and the period to look at first: the one that is being collected now, or, where the province has not
/// reported for years, the newest one that anything was sent for.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`] where no form is asked, or a fault of the store.
#[tracing::instrument(name = "province.report.follow.present", skip_all)]
pub async fn present(province: &Province, ctx: &ProvinceCtx) -> Result<(String, Term), Error> {
    let warrant = ctx.warrant::<ReportFollow>()?;
    let store = province.store().province_reader(&warrant).await?;
    let now = collected_on(ctx.now().day());
    let newest = store.newest_term().await?.and_then(|(period, year)| {
        Some(Term {
            kind: period_of(&period)?,
            year,
        })
    });
    let term = newest.filter(|newest| newest.year + 1 < now.year).unwrap_or(now);
    let (forms, _) = forms_of(&store, term).await?;
    // Where no form is asked in that period: another one of the year, or of the year before.
    let years = [term.year, term.year - 1];
    let others = years.into_iter().flat_map(|year| {
        PeriodKind::ALL
            .iter()
            .rev()
            .map(move |kind| Term { kind: *kind, year })
    });
    std::iter::once(term)
        .chain(others)
        .find_map(|term| {
            let span = forms.span(term.kind, term.year)?;
            let first = forms.collections(&span).next()?;
            Some((first.id.clone(), term))
        })
        .ok_or(Error::NotFound)
}

/// Until spring the official year, in summer the half year, in autumn the year (TT 03/2019/TT-BTP).
fn collected_on(day: NaiveDate) -> Term {
    let (kind, year) = match day.month() {
        1..=4 => (PeriodKind::OfficialYear, day.year() - 1),
        5..=9 => (PeriodKind::SixMonths, day.year()),
        _ => (PeriodKind::Year, day.year()),
    };
    Term { kind, year }
}

/// The standing of every expected agency, from what was sent.
pub(super) fn stand(
    ctx: &ProvinceCtx,
    form: FormFile,
    forms: Forms,
    span: Span,
    sent: Vec<SubmittedReport>,
) -> Following {
    let mut by_agency: HashMap<TenantId, Vec<SubmittedReport>> = HashMap::new();
    for report in sent {
        by_agency.entry(report.tenant).or_default().push(report);
    }
    let today = ctx.now().day();
    let mut agencies: Vec<Followed> = ctx
        .snapshot()
        .tenants()
        .map(pbgdpl_scope::Tenant::agency)
        .filter(|agency| may_report(agency, &span))
        .filter_map(|agency| {
            let form = forms.part(&form, agency.report_row, &span)?;
            let mut versions = by_agency.remove(&agency.id).unwrap_or_default();
            versions.retain(|report| report.form == form.id);
            // The last report of a unit that ended is not asked for, but counts once it came.
            if versions.is_empty() && !is_expected(agency, &span) {
                return None;
            }
            Some(followed(
                agency,
                &form.id,
                forms.due(&form.id, &span),
                &span,
                today,
                versions,
            ))
        })
        .collect();
    agencies.sort_by(|a, b| {
        (a.standing, std::cmp::Reverse(a.days_late))
            .cmp(&(b.standing, std::cmp::Reverse(b.days_late)))
            .then_with(|| pbgdpl_vietnamese::collate::compare(&a.name, &b.name))
    });
    Following {
        form,
        span,
        agencies,
        forms,
    }
}

fn followed(
    agency: &Agency,
    form: &str,
    due: Option<NaiveDate>,
    span: &Span,
    today: NaiveDate,
    mut versions: Vec<SubmittedReport>,
) -> Followed {
    versions.sort_by_key(|report| std::cmp::Reverse(report.version));
    let accepted = versions
        .iter()
        .find(|report| report.decision == Decision::Accepted)
        .cloned();
    let newest = versions.into_iter().next();
    let past = due.is_some_and(|due| today > due);
    let standing = match newest.as_ref().map(|report| report.decision) {
        None if past => Standing::Overdue,
        None => Standing::Missing,
        Some(Decision::Waiting) => Standing::Waiting,
        Some(Decision::Returned) => Standing::Returned,
        Some(Decision::Accepted) => Standing::Accepted,
    };
    let until = newest.as_ref().map_or(today, |report| report.submitted_at.day());
    Followed {
        tenant: agency.id,
        slug: agency.slug.clone(),
        name: agency.short_on(span.to).to_owned(),
        official: agency.official_on(span.to).to_owned(),
        report_row: agency.report_row,
        form: form.to_owned(),
        due,
        standing,
        days_late: due.map_or(0, |due| (until - due).num_days().max(0)),
        newest,
        complete: None,
        extensions: Vec::new(),
        accepted,
    }
}
