//! Which reports are not sent while their last day is near, or just over (REP-07): of the agencies, and the province's own.

use chrono::{Datelike, NaiveDate};
use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::FormFile;
use pbgdpl_model::report::{Forms, Nearness, Reminder, Span, period_word};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::ReportFollow;
use pbgdpl_store::province::ProvinceReader;

use super::follow::{Standing, stand};
use super::unreadable;
use crate::{Error, Province};

/// A report that somebody waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotSent {
    /// Who must send it; none for the province's own form, which goes to the Ministry.
    pub tenant: Option<TenantId>,
    /// Its official name on the last day of the period, or the province's.
    pub name: String,
    /// The form under which it is collected.
    pub collection: String,
    /// Whether it was sent and came back.
    pub returned: bool,
    /// What it is, and how near its last day.
    pub reminder: Reminder,
}

/// All of them at this moment, by name.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.report.due", skip_all)]
pub async fn due(province: &Province, ctx: &ProvinceCtx) -> Result<Vec<NotSent>, Error> {
    let warrant = ctx.warrant::<ReportFollow>()?;
    let store = province.store().province_reader(&warrant).await?;
    let entries = store.catalogue_of(&Forms::KINDS).await?;
    let forms = Forms::read(&entries).map_err(unreadable)?;
    let today = ctx.now().day();
    let mut found = Vec::new();
    // The official year is sent in the year after it.
    for year in [today.year() - 1, today.year()] {
        for kind in forms.kinds_of(year) {
            let Some(span) = forms.span(kind, year).filter(|span| span.withdrawn().is_none()) else {
                continue;
            };
            for form in forms
                .collections(&span)
                .filter(|form| near(&forms, form, &span, today))
            {
                found.extend(own(&store, ctx, form, &forms, &span).await?);
                found.extend(of_agencies(&store, ctx, form, &forms, &span).await?);
            }
        }
    }
    pbgdpl_vietnamese::sort_by_name(&mut found, |report| report.name.as_str());
    Ok(found)
}

/// Whether the last day of any form of the collection is near: else nothing is read.
fn near(forms: &Forms, collection: &FormFile, span: &Span, today: NaiveDate) -> bool {
    let own = std::iter::once(collection.id.as_str());
    own.chain(collection.consolidates.iter().map(String::as_str))
        .filter_map(|form| forms.due(form, span))
        .any(|due| Nearness::of(today, due).is_some())
}

fn reminder(form: &str, span: &Span, due: NaiveDate, nearness: Nearness) -> Reminder {
    Reminder {
        form: form.to_owned(),
        period: span.kind,
        year: span.year,
        nearness,
        due,
    }
}

/// The province's form, until a version of it is frozen.
async fn own(
    store: &ProvinceReader,
    ctx: &ProvinceCtx,
    form: &FormFile,
    forms: &Forms,
    span: &Span,
) -> Result<Option<NotSent>, Error> {
    let today = ctx.now().day();
    let due = forms
        .due(&form.id, span)
        .filter(|_| !form.consolidates.is_empty() && span.request.is_none());
    let near = due.and_then(|due| Some((due, Nearness::of(today, due)?)));
    let Some((due, nearness)) = near else {
        return Ok(None);
    };
    let versions = store
        .consolidations(&form.id, period_word(span.kind), span.year)
        .await?;
    let open = versions.iter().all(|version| version.frozen.is_none());
    Ok(open.then(|| NotSent {
        tenant: None,
        name: ctx.snapshot().province().name.clone(),
        collection: form.id.clone(),
        returned: false,
        reminder: reminder(&form.id, span, due, nearness),
    }))
}

async fn of_agencies(
    store: &ProvinceReader,
    ctx: &ProvinceCtx,
    form: &FormFile,
    forms: &Forms,
    span: &Span,
) -> Result<Vec<NotSent>, Error> {
    let sent = store.reports(period_word(span.kind), span.year).await?;
    let following = stand(ctx, form.clone(), forms.clone(), span.clone(), sent);
    let today = ctx.now().day();
    // An amendment that came back leaves the version that was accepted before it.
    let lacking = following.agencies.into_iter().filter(|agency| {
        let lacks = [Standing::Missing, Standing::Overdue, Standing::Returned];
        lacks.contains(&agency.standing) && agency.accepted.is_none()
    });
    Ok(lacking
        .filter_map(|agency| {
            let due = agency.due?;
            Some(NotSent {
                tenant: Some(agency.tenant),
                name: agency.official,
                collection: form.id.clone(),
                returned: agency.standing == Standing::Returned,
                reminder: reminder(&agency.form, span, due, Nearness::of(today, due)?),
            })
        })
        .collect())
}
