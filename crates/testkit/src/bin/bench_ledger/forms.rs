//! The year's report: the forms of the 45 agencies drawn from their ledgers, sent, accepted at once and added up.

use anyhow::{Context, anyhow, ensure};
use pbgdpl_app::report::declare::{Declare, Figure, declare};
use pbgdpl_app::report::open::{Open, open};
use pbgdpl_app::report::{Outcome, check, forms, submit, view};
use pbgdpl_model::id::{ReportId, TenantId};
use pbgdpl_model::manifest::{ColumnType, FormFile, PeriodKind};
use pbgdpl_model::policy::Role;
use pbgdpl_model::report::{Line, LineKind, Origin};
use pbgdpl_province::report::{Term, accept, consolidate, export, follow};
use pbgdpl_scope::Tenant;

use crate::place::{Place, YEAR};
use crate::tally::Tally;

const TERM: Term = Term {
    kind: PeriodKind::OfficialYear,
    year: YEAR,
};
/// Form 09 of a district or of a department; the province's 09c adds them up.
const FAMILY: &str = "09";
const PROVINCE: &str = "09c";

/// Every agency opens its form and types what no ledger holds.
pub async fn open_all(place: &Place, tally: &mut Tally) -> anyhow::Result<()> {
    let work = async {
        for tenant in place.reporting() {
            opened(place, &tenant).await?;
        }
        anyhow::Ok(())
    };
    tally.once("open", work).await
}

async fn opened(place: &Place, tenant: &Tenant) -> anyhow::Result<()> {
    let form = form_of(place, tenant).await?;
    let (report, _) = its_report(place, tenant, &form).await?;
    let reader = place.app.store().read().tenant(tenant).await?;
    let lines = view(&reader, tenant.agency(), report).await?.lines;
    drop(reader);
    for line in lines {
        if let Some(order) = typed(&form, report, &line) {
            done(declare(&place.app, &place.ctx(tenant, Role::Reporter), order).await?)?;
        }
    }
    Ok(())
}

/// Cold: every form is drawn from the ledger. Then each is checked and sent, and the province accepts all of them at once.
pub async fn draw_and_send(place: &Place, tally: &mut Tally) -> anyhow::Result<()> {
    let tenants = place.reporting();
    let mut drawn = Vec::new();
    let work = async {
        for tenant in &tenants {
            let form = form_of(place, tenant).await?;
            let (report, version) = its_report(place, tenant, &form).await?;
            let reader = place.app.store().read().tenant(tenant).await?;
            let seen = view(&reader, tenant.agency(), report).await?;
            drawn.push((tenant, form.id, report, version, seen.figures));
        }
        anyhow::Ok(())
    };
    tally.once("draw", work).await?;
    ensure!(drawn.len() == tenants.len(), "{} forms", drawn.len());
    let work = async {
        for (tenant, _, report, _, figures) in &drawn {
            let approver = place.ctx(tenant, Role::Approver);
            done(check::check(&place.app, &approver, *report, figures, "Đã đối chiếu.").await?)?;
            let reporter = place.ctx(tenant, Role::Reporter);
            done(submit::submit(&place.app, &reporter, *report, figures, "").await?)?;
        }
        anyhow::Ok(())
    };
    tally.once("send", work).await?;
    let read: Vec<(TenantId, String, i32)> = drawn
        .into_iter()
        .map(|(tenant, form, _, version, _)| (tenant.id(), form, version))
        .collect();
    let officer = place.province_ctx(Role::ProvinceReporter);
    tally
        .once("accept", async {
            anyhow::Ok(accept::accept_all(&place.province, &officer, TERM, &read).await?)
        })
        .await
}

/// Cold: the province's form is added up, and taken out as a table.
pub async fn consolidated(place: &Place, tally: &mut Tally) -> anyhow::Result<()> {
    let officer = place.province_ctx(Role::ProvinceReporter);
    let made = tally
        .once("consolidate", async {
            anyhow::Ok(consolidate::consolidate(&place.province, &officer, PROVINCE, TERM).await?)
        })
        .await?;
    ensure!(made.version == 1, "it is added up for the first time");
    let table = tally
        .once("export", async {
            let taken = export::take(&place.province, &officer, PROVINCE, TERM, None).await?;
            ensure!(
                taken.figures.sources.len() == place.reporting().len(),
                "a report is missing"
            );
            anyhow::Ok(export::csv(&taken.form, &taken.figures)?)
        })
        .await?;
    ensure!(table.lines().count() > 3, "{table}");
    tally
        .once("follow", async {
            anyhow::Ok(follow::follow(&place.province, &officer, PROVINCE, TERM).await?)
        })
        .await?;
    Ok(())
}

/// The form of this family that the agency fills.
async fn form_of(place: &Place, tenant: &Tenant) -> anyhow::Result<FormFile> {
    let reader = place.app.store().read().tenant(tenant).await?;
    let all = forms(&reader).await?;
    let span = all.span(TERM.kind, TERM.year).context("no such period")?;
    let mut own = all.filled_by(tenant.agency().report_row, &span);
    let form = own.find(|form| form.family() == FAMILY);
    Ok(form.with_context(|| tenant.slug().to_owned())?.clone())
}

/// The agency's report of the year, opened where it was not yet; its version.
async fn its_report(place: &Place, tenant: &Tenant, form: &FormFile) -> anyhow::Result<(ReportId, i32)> {
    let order = Open {
        form: form.id.clone(),
        period: TERM.kind,
        year: TERM.year,
        amend: None,
    };
    let report = done(open(&place.app, &place.ctx(tenant, Role::Reporter), order).await?)?;
    Ok((report, 1))
}

fn typed(form: &FormFile, report: ReportId, line: &Line) -> Option<Declare> {
    let counted = |number: u8| {
        let cell = line.cells.get(&number);
        cell.is_some_and(|cell| cell.origin == Origin::Register)
    };
    let columns = form.columns.iter().filter(|column| match line.kind {
        LineKind::Unit => column.kind == ColumnType::Stock && !counted(column.number),
        LineKind::Commune => matches!(column.number, 3..=8 | 10..=12),
        _ => false,
    });
    let figures: Vec<Figure> = columns
        .map(|column| Figure {
            column: column.number,
            actual: Some(100 - i64::from(column.number)),
            estimate: None,
            note: String::new(),
        })
        .collect();
    (!figures.is_empty()).then(|| Declare {
        report,
        row: line.key.clone(),
        figures,
        reason: "Báo cáo của cấp xã, quyết định công nhận".to_owned(),
    })
}

fn done<T: std::fmt::Debug>(outcome: Outcome<T>) -> anyhow::Result<T> {
    match outcome {
        Outcome::Done(value) => Ok(value),
        other => Err(anyhow!("{other:?}")),
    }
}
