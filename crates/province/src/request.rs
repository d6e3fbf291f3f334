//! Reports asked for out of turn, on written request: opened, withdrawn with a reason, listed with who has sent.

pub mod list;
pub mod open;
pub mod withdraw;

use pbgdpl_model::report::{Forms, Request, Span, is_expected};
use pbgdpl_scope::{ProvinceCtx, Tenant};
use pbgdpl_store::province::{ProvinceReader, ProvinceStore};

use crate::Error;
use crate::report::unreadable;

/// The kind of message that tells an agency: the subject is `form/period/year`.
pub const MESSAGE: &str = "report-requested";

async fn forms(store: &ProvinceReader) -> Result<Forms, Error> {
    Ok(Forms::read(&store.catalogue_of(&Forms::KINDS).await?).map_err(unreadable)?)
}

/// The agencies that are asked, each with the form that it fills.
fn asked<'a>(ctx: &'a ProvinceCtx, forms: &Forms, request: &Request) -> Vec<(&'a Tenant, String)> {
    // Withdrawn or not: who was asked.
    let request = Request {
        withdrawn: None,
        ..request.clone()
    };
    let Some(span) = Span::of_request(&request) else {
        return Vec::new();
    };
    let Some(head) = forms.collection_of(&request.form, &span) else {
        return Vec::new();
    };
    let tenants = ctx.snapshot().tenants();
    tenants
        .filter(|tenant| is_expected(tenant.agency(), &span))
        .filter_map(|tenant| {
            let form = forms.part(head, tenant.agency().report_row, &span)?;
            Some((tenant, form.id.clone()))
        })
        .collect()
}

/// Tells everybody who is asked: what was opened, or withdrawn.
async fn tell(
    store: &mut ProvinceStore,
    ctx: &ProvinceCtx,
    forms: &Forms,
    request: &Request,
) -> Result<usize, Error> {
    let Some(period) = request.period() else {
        return Ok(0);
    };
    let asked = asked(ctx, forms, request);
    for (tenant, form) in &asked {
        let subject = format!("{form}/{}/{}", period.in_addresses(), request.year);
        store
            .send(tenant.id(), MESSAGE, &subject, ctx.request().trace(), ctx.now())
            .await?;
    }
    Ok(asked.len())
}
