//! The forms of the demo's year: filled, checked and sent by the agencies, decided and added up by the province.

use anyhow::{Context, anyhow};
use pbgdpl_app::App;
use pbgdpl_app::extension::ask::{Ask, ask};
use pbgdpl_app::report::declare::{Declare, Figure, declare};
use pbgdpl_app::report::open::{Open, open};
use pbgdpl_app::report::{Outcome, check, forms, submit, view};
use pbgdpl_jobs::Jobs;
use pbgdpl_model::agency::ReportRow;
use pbgdpl_model::clock::SetClock;
use pbgdpl_model::id::ReportId;
use pbgdpl_model::manifest::{ColumnType, FormFile, PeriodKind};
use pbgdpl_model::policy::Role;
use pbgdpl_model::report::{Forms, Line, LineKind, Span};
use pbgdpl_province::Province;
use pbgdpl_province::extension::answer::{Says, answer};
use pbgdpl_province::report::follow::{Followed, Standing};
use pbgdpl_province::report::{Term, accept, consolidate, follow, send_back};
use pbgdpl_scope::{ProvinceCtx, Tenant};

use crate::demo::people::People;
use crate::demo::time::{at, day};
use crate::demo::year::{Numbers, YEAR};
use crate::wiring::House;

/// The official yearly form: every figure actual, none estimated.
const TERM: Term = Term {
    kind: PeriodKind::OfficialYear,
    year: YEAR,
};
/// They have sent nothing yet.
const MISSING: [&str; 2] = ["so-ngoai-vu", "lien-doan-lao-dong-tinh"];
/// It sends after the last day.
const LATE: &str = "huyen-tu-mo-rong";
/// It found a mistake after its form was accepted.
const AMENDS: &str = "so-xay-dung";
/// The province wants it corrected.
const RETURNED: &str = "so-cong-thuong";

/// What districts, and what departments fill of form 09.
const FORM_OF_DISTRICTS: &str = "09b";
const FORM_OF_DEPARTMENTS: &str = "09d";

/// The forms of tổ hòa giải and hòa giải viên.
const MEDIATION: &str = "10";

/// Whether the agency sends its form in time.
fn in_time(tenant: &Tenant) -> bool {
    tenant.agency().report_row != ReportRow::None
        && !MISSING.contains(&tenant.slug())
        && tenant.slug() != LATE
}

/// In January everybody but a few fills and sends the form.
///
/// # Errors
/// What a form lacks, or a fault of the store.
pub async fn send(
    house: &House,
    clock: &SetClock,
    people: &People,
    tenants: &[Tenant],
) -> anyhow::Result<()> {
    for (tenant, step) in tenants.iter().filter(|tenant| in_time(tenant)).zip(0..) {
        clock.set(at(day(YEAR + 1, 1, 25), 8 * 60 + step * 10));
        all(&house.app, clock, people, tenant).await?;
    }
    Ok(())
}

/// In February the late one sends; the province accepts, returns one, and adds up what it has.
///
/// # Errors
/// What a form lacks, or a fault of the store.
pub async fn decide(
    house: &House,
    clock: &SetClock,
    people: &People,
    jobs: &Jobs,
    tenants: &[Tenant],
) -> anyhow::Result<()> {
    for tenant in tenants.iter().filter(|tenant| tenant.slug() == LATE) {
        more_time(house, clock, people, tenant).await?;
        clock.set(at(day(YEAR + 1, 2, 3), 9 * 60));
        all(&house.app, clock, people, tenant).await?;
    }
    clock.set(at(day(YEAR + 1, 2, 5), 8 * 60));
    let (province, officer) = (&house.province, people.of_province(Role::ProvinceReporter)?);
    let ctx = officer.province_ctx(&house.store, province.now());
    let (forms, span) = asked(house, tenants).await?;
    for form in forms.collections(&span) {
        let following = follow::follow(province, &ctx, &form.id, TERM).await?;
        let waiting = following
            .agencies
            .iter()
            .filter(|agency| agency.standing == Standing::Waiting);
        for agency in waiting {
            decide_one(province, &ctx, agency).await?;
        }
    }
    // The agencies learn the decisions the same day.
    jobs.run_once_until_idle().await?;
    clock.set(at(day(YEAR + 1, 2, 6), 9 * 60));
    for tenant in tenants.iter().filter(|tenant| tenant.slug() == AMENDS) {
        amended(house, clock, people, tenant).await?;
        jobs.run_once_until_idle().await?;
    }
    clock.set(at(day(YEAR + 1, 2, 8), 9 * 60));
    let ctx = officer.province_ctx(&house.store, province.now());
    for form in forms.collections(&span) {
        consolidate::consolidate(province, &ctx, &form.id, TERM).await?;
    }
    Ok(())
}

/// An agency whose communes are late asks for more time, and is granted it.
async fn more_time(house: &House, clock: &SetClock, people: &People, tenant: &Tenant) -> anyhow::Result<()> {
    clock.set(at(day(YEAR + 1, 1, 30), 15 * 60));
    let reporter = people.of(tenant, Role::Reporter)?.ctx(tenant, house.app.now());
    let order = Ask {
        form: FORM_OF_DISTRICTS.to_owned(),
        period: TERM.kind,
        year: TERM.year,
        until: day(YEAR + 1, 2, 5),
        reason: "Ba xã vùng xa chưa gửi số liệu do mưa lũ (minh hoạ).".to_owned(),
    };
    let number = done(ask(&house.app, &reporter, order).await?)?;
    clock.set(at(day(YEAR + 1, 2, 1), 8 * 60));
    let officer = people.of_province(Role::ProvinceReporter)?;
    let ctx = officer.province_ctx(&house.store, house.province.now());
    let says = Says {
        number,
        until: Some(day(YEAR + 1, 2, 5)),
        reason: "Đồng ý, gửi ngay khi đủ số liệu của các xã (minh hoạ).",
    };
    let which = (FORM_OF_DISTRICTS, TERM);
    Ok(answer(&house.province, &ctx, tenant.id(), which, says).await?)
}

/// An agency corrects a declared figure of a form that was accepted: a second version, with its reason, accepted too.
async fn amended(house: &House, clock: &SetClock, people: &People, tenant: &Tenant) -> anyhow::Result<()> {
    let (app, read) = (&house.app, house.app.store().read());
    let reporter = people.of(tenant, Role::Reporter)?;
    let order = Open {
        form: FORM_OF_DEPARTMENTS.to_owned(),
        period: TERM.kind,
        year: TERM.year,
        amend: Some("Đối chiếu lại danh sách báo cáo viên, bản trước sót một người (minh hoạ).".to_owned()),
    };
    let report = done(open(app, &reporter.ctx(tenant, app.now()), order).await?)?;
    let seen = view(&read.tenant(tenant).await?, tenant.agency(), report).await?;
    let typed = seen
        .declared
        .iter()
        .find(|cell| cell.actual.is_some())
        .context("nothing was declared")?;
    let correction = Declare {
        report,
        row: typed.row.clone(),
        figures: vec![Figure {
            column: typed.column,
            actual: typed.actual.map(|figure| figure + 1),
            estimate: None,
            note: String::new(),
        }],
        reason: "Danh sách đối chiếu ngày 05/02/2021 (số liệu minh hoạ)".to_owned(),
    };
    done(declare(app, &reporter.ctx(tenant, app.now()), correction).await?)?;
    go_out(app, clock, people, tenant, report).await?;
    clock.set(at(day(YEAR + 1, 2, 7), 8 * 60));
    let officer = people.of_province(Role::ProvinceReporter)?;
    let ctx = officer.province_ctx(&house.store, house.province.now());
    Ok(accept::accept(&house.province, &ctx, tenant.id(), (FORM_OF_DEPARTMENTS, TERM), 2).await?)
}

/// The forms of the year, as any agency reads them.
async fn asked(house: &House, tenants: &[Tenant]) -> anyhow::Result<(Forms, Span)> {
    let any = tenants.first().context("no agency")?;
    let forms = forms(&house.store.read().tenant(any).await?).await?;
    let span = forms.span(TERM.kind, TERM.year).context("no such period")?;
    Ok((forms, span))
}

async fn decide_one(province: &Province, ctx: &ProvinceCtx, agency: &Followed) -> anyhow::Result<()> {
    let Some(sent) = &agency.newest else {
        return Ok(());
    };
    let which = (agency.form.as_str(), TERM);
    if agency.slug == RETURNED {
        let remark = "Cột 2 chưa khớp với danh sách báo cáo viên đã gửi; đề nghị kiểm tra lại (minh hoạ).";
        send_back::send_back(province, ctx, agency.tenant, which, sent.version, remark).await?;
    } else {
        accept::accept(province, ctx, agency.tenant, which, sent.version).await?;
    }
    Ok(())
}

/// An agency's forms of the year.
async fn all(app: &App, clock: &SetClock, people: &People, tenant: &Tenant) -> anyhow::Result<()> {
    let forms = forms(&app.store().read().tenant(tenant).await?).await?;
    let span = forms.span(TERM.kind, TERM.year).context("no such period")?;
    for form in forms.filled_by(tenant.agency().report_row, &span) {
        one(app, clock, people, tenant, form).await?;
    }
    Ok(())
}

/// One form of an agency, from opening to sending.
async fn one(
    app: &App,
    clock: &SetClock,
    people: &People,
    tenant: &Tenant,
    form: &FormFile,
) -> anyhow::Result<()> {
    let reporter = people.of(tenant, Role::Reporter)?;
    let read = app.store().read();
    let ctx = reporter.ctx(tenant, app.now());
    let order = Open {
        form: form.id.clone(),
        period: TERM.kind,
        year: TERM.year,
        amend: None,
    };
    let report = done(open(app, &ctx, order).await?)?;
    let lines = view(&read.tenant(tenant).await?, tenant.agency(), report)
        .await?
        .lines;
    let mut numbers = Numbers::of(tenant);
    for line in lines {
        if let Some(order) = declared(form, report, &line, &mut numbers) {
            done(declare(app, &ctx, order).await?)?;
        }
    }
    go_out(app, clock, people, tenant, report).await
}

/// Checked by another person, then sent.
async fn go_out(
    app: &App,
    clock: &SetClock,
    people: &People,
    tenant: &Tenant,
    report: ReportId,
) -> anyhow::Result<()> {
    let (read, reporter) = (app.store().read(), people.of(tenant, Role::Reporter)?);
    clock.set(app.now().plus_seconds(120));
    let ctx = people.of(tenant, Role::Approver)?.ctx(tenant, app.now());
    let figures = view(&read.tenant(tenant).await?, tenant.agency(), report)
        .await?
        .figures;
    done(
        check::check(
            app,
            &ctx,
            report,
            &figures,
            "Đã đối chiếu với sổ hoạt động (minh hoạ).",
        )
        .await?,
    )?;
    clock.set(app.now().plus_seconds(120));
    let ctx = reporter.ctx(tenant, app.now());
    done(submit::submit(app, &ctx, report, &figures, "").await?)?;
    Ok(())
}

/// What the reporter types: the state of the unit, and the communes' own figures.
fn declared(form: &FormFile, report: ReportId, line: &Line, numbers: &mut Numbers) -> Option<Declare> {
    let figure = |column: u8, actual: i64| Figure {
        column,
        actual: Some(actual),
        estimate: None,
        note: String::new(),
    };
    let counted = |number: u8| {
        let cell = line.cells.get(&number);
        cell.is_some_and(|cell| cell.origin.is_counted())
    };
    let (figures, reason) = match line.kind {
        LineKind::Commune if form.family() == MEDIATION => {
            let (teams, members) = (numbers.within(4, 9), numbers.within(24, 60));
            let (women, lawyers) = (numbers.within(4, 20), numbers.within(0, 3));
            let figures = [
                teams,
                members,
                members - women,
                women,
                lawyers,
                members - lawyers,
                numbers.within(2, 20),
                numbers.within(0, 20),
            ];
            let figures: Vec<Figure> = figures
                .into_iter()
                .zip(1..)
                .filter(|(_, column)| !counted(*column))
                .map(|(actual, column)| figure(column, actual))
                .collect();
            if figures.is_empty() {
                return None;
            }
            (
                figures,
                "Quyết định công nhận hòa giải viên của Ủy ban nhân dân cấp xã (số liệu minh hoạ)",
            )
        }
        LineKind::Unit => {
            let all = numbers.within(6, 24);
            let figures = form
                .columns
                .iter()
                .filter(|column| column.kind == ColumnType::Stock && !counted(column.number));
            let figures = figures.map(|column| figure(column.number, all - i64::from(column.number - 1) * 3));
            (
                figures.collect(),
                "Quyết định công nhận báo cáo viên (số liệu minh hoạ)",
            )
        }
        LineKind::Commune => {
            let sessions = numbers.within(2, 9);
            let figures = vec![
                figure(3, sessions),
                figure(4, sessions * numbers.within(25, 80)),
                figure(5, 0),
                figure(6, 0),
                figure(7, numbers.within(1, 8) * 50),
                figure(8, 0),
                figure(10, numbers.within(2, 10) * 500),
                figure(11, 0),
                figure(12, 0),
            ];
            (figures, "Báo cáo của Ủy ban nhân dân cấp xã (số liệu minh hoạ)")
        }
        _ => return None,
    };
    Some(Declare {
        report,
        row: line.key.clone(),
        figures,
        reason: reason.to_owned(),
    })
}

fn done<T>(outcome: Outcome<T>) -> anyhow::Result<T> {
    match outcome {
        Outcome::Done(value) => Ok(value),
        Outcome::Unmet(findings) => Err(anyhow!("{findings:?}")),
        Outcome::Refused(why) => Err(anyhow!(why)),
        Outcome::Moved(moved) => Err(anyhow!("{moved:?}")),
    }
}
