//! Every request with how many are asked and how many have sent; and what can be asked for.

use pbgdpl_model::agency::ReportRow;
use pbgdpl_model::manifest::FormFile;
use pbgdpl_model::report::Request;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::ReportFollow;

use super::{asked, forms};
use crate::{Error, Province};

/// One request.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The request.
    pub request: Request,
    /// How many agencies are asked.
    pub asked: usize,
    /// How many of them have sent.
    pub sent: usize,
}

/// All of them, and what a new one can ask for.
#[derive(Debug, Clone)]
pub struct Requests {
    /// The newest first.
    pub all: Vec<Seen>,
    /// Forms that are collected now.
    pub forms: Vec<FormFile>,
    /// Agencies that report: slug and short name, by name.
    pub agencies: Vec<(String, String)>,
}

/// Lists them.
///
/// # Errors
/// [`Error::Denied`], or a fault of the store.
#[tracing::instrument(name = "province.request.list", skip_all)]
pub async fn list(province: &Province, ctx: &ProvinceCtx) -> Result<Requests, Error> {
    let warrant = ctx.warrant::<ReportFollow>()?;
    let store = province.store().province_reader(&warrant).await?;
    let forms = forms(&store).await?;
    let mut all = Vec::new();
    for request in forms.requests.iter().rev() {
        let Some(period) = request.period() else { continue };
        let asked = asked(ctx, &forms, request);
        let sent = store.reports(period.in_addresses(), request.year).await?;
        let has_sent = |(tenant, _): &&(&pbgdpl_scope::Tenant, String)| {
            sent.iter().any(|report| report.tenant == tenant.id())
        };
        all.push(Seen {
            sent: asked.iter().filter(has_sent).count(),
            asked: asked.len(),
            request: request.clone(),
        });
    }
    let today = ctx.now().day();
    let collected = forms.all.iter().filter(|form| {
        let holds = form.valid_from <= today && form.valid_to.is_none_or(|to| today <= to);
        holds && !form.consolidates.is_empty()
    });
    let mut agencies: Vec<(String, String)> = ctx
        .snapshot()
        .tenants()
        .filter(|tenant| {
            let agency = tenant.agency();
            agency.report_row != ReportRow::None && agency.stood_on(today)
        })
        .map(|tenant| (tenant.slug().to_owned(), tenant.short(today).to_owned()))
        .collect();
    pbgdpl_vietnamese::sort_by_name(&mut agencies, |(_, name)| name.as_str());
    Ok(Requests {
        all,
        forms: collected.cloned().collect(),
        agencies,
    })
}
