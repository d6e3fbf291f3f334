//! A round of reports: every form of every agency filled, checked, sent; some returned, some amended; added up and frozen.

use chrono::NaiveDate;
use pbgdpl_app::report::declare::{Declare, Figure, declare};
use pbgdpl_app::report::open::{Open, open};
use pbgdpl_app::report::{Outcome, View, check::check, forms, submit::submit, view};
use pbgdpl_model::id::ReportId;
use pbgdpl_model::manifest::PeriodKind;
use pbgdpl_model::report::{Finding, Line, LineKind, is_expected, may_declare, may_report};
use pbgdpl_province::report::{Term, accept, consolidate, export::ConsolidationExport, freeze, send_back};
use pbgdpl_scope::{Ctx, Tenant};
use serde_json::Value;

use crate::numbers::Numbers;
use crate::province::Place;

/// A period of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Round {
    pub(crate) kind: PeriodKind,
    pub(crate) year: i32,
}

impl Round {
    fn term(self) -> Term {
        Term {
            kind: self.kind,
            year: self.year,
        }
    }
}

fn done<T: std::fmt::Debug>(outcome: Outcome<T>) -> T {
    match outcome {
        Outcome::Done(value) => value,
        other => panic!("not done: {other:?}"),
    }
}

/// Collects a period; returns what was frozen, as programs read it.
pub(crate) async fn collected(place: &Place, round: Round) -> Vec<Value> {
    let mut numbers = Numbers::of(u64::try_from(round.year).unwrap() * 10 + round.kind.word().len() as u64);
    let mut accepted = Vec::new();
    for tenant in place.tenants() {
        for form in asked(place, &tenant, round).await {
            let report = sent(place, &tenant, &form, round, None, &mut numbers).await;
            let mut version = 1;
            if numbers.once_in(5) {
                version = returned(place, &tenant, &form, round, version, &mut numbers).await;
            }
            // One report in twelve is never accepted: the sum goes without it.
            if numbers.once_in(12) {
                continue;
            }
            accept_one(place, &tenant, &form, round, version).await;
            accepted.push((tenant.clone(), form, version, report));
        }
    }
    place.jobs.run_once_until_idle().await.unwrap();
    let mut frozen = summed_and_frozen(place, round).await;
    // Two agencies put something right after the freezing: a new version of their form, and of the sum.
    for (tenant, form, version, _) in accepted.iter().filter(|(_, form, ..)| form != "10b").take(2) {
        sent(place, tenant, form, round, Some("Bổ sung biên bản"), &mut numbers).await;
        accept_one(place, tenant, form, round, version + 1).await;
    }
    place.jobs.run_once_until_idle().await.unwrap();
    frozen.extend(summed_and_frozen(place, round).await);
    frozen
}

/// The forms that an agency fills for the period. Who ended in it tells of its own days once, in the official form.
async fn asked(place: &Place, tenant: &Tenant, round: Round) -> Vec<String> {
    let reader = place.app.store().read().tenant(tenant).await.unwrap();
    let forms = forms(&reader).await.unwrap();
    let span = forms.span(round.kind, round.year).unwrap();
    let agency = tenant.agency();
    let last = round.kind == PeriodKind::OfficialYear && may_report(agency, &span);
    if !is_expected(agency, &span) && !last {
        return Vec::new();
    }
    let ids = forms
        .filled_by(agency.report_row, &span)
        .map(|form| form.id.clone());
    ids.collect()
}

async fn seen(place: &Place, tenant: &Tenant, report: ReportId) -> View {
    let reader = place.app.store().read().tenant(tenant).await.unwrap();
    view(&reader, tenant.agency(), report).await.unwrap()
}

/// Opened, declared, explained, checked, sent.
async fn sent(
    place: &Place,
    tenant: &Tenant,
    form: &str,
    round: Round,
    amend: Option<&str>,
    numbers: &mut Numbers,
) -> ReportId {
    let order = Open {
        form: form.to_owned(),
        period: round.kind,
        year: round.year,
        amend: amend.map(str::to_owned),
    };
    let ctx = place.reporter(tenant);
    let report = done(open(&place.app, &ctx, order).await.unwrap());
    let now = seen(place, tenant, report).await;
    for line in &now.lines {
        say(place, &ctx, &now, line, numbers).await;
    }
    explain(place, &ctx, tenant, report).await;
    let read = seen(place, tenant, report).await.figures;
    let approver = place.approver(tenant);
    done(check(&place.app, &approver, report, &read, "").await.unwrap());
    let ctx = place.reporter(tenant);
    done(submit(&place.app, &ctx, report, &read, "").await.unwrap());
    report
}

/// Declares what may be declared of a line; some communes say nothing, which is not zero.
async fn say(place: &Place, ctx: &Ctx, now: &View, line: &Line, numbers: &mut Numbers) {
    if !matches!(line.kind, LineKind::Unit | LineKind::Commune) {
        return;
    }
    let (own, rest) = (numbers.within(2, 9), numbers.within(1, 4));
    if line.kind == LineKind::Commune && numbers.once_in(3) {
        return;
    }
    let figures: Vec<Figure> = now
        .form
        .columns
        .iter()
        .filter_map(|column| {
            let (actual, estimate) = may_declare(&now.form, line, column, &now.span);
            // Form 10: men and women together are all.
            let all = now.form.family() == "10" && column.number == 2;
            (actual || estimate).then(|| Figure {
                column: column.number,
                actual: actual.then_some(if all { 2 * own } else { own }),
                estimate: estimate.then_some(rest),
                note: String::new(),
            })
        })
        .collect();
    if figures.is_empty() {
        return;
    }
    let order = Declare {
        report: now.report.id,
        row: line.key.clone(),
        figures,
        reason: "Theo báo cáo giấy".into(),
    };
    done(declare(&place.app, ctx, order).await.unwrap());
}

/// Unusual figures are explained in their cells.
async fn explain(place: &Place, ctx: &Ctx, tenant: &Tenant, report: ReportId) {
    let findings: Vec<Finding> = seen(place, tenant, report).await.findings;
    for finding in findings.into_iter().filter(Finding::blocks) {
        let order = Declare {
            report,
            row: finding.row.clone(),
            figures: vec![Figure {
                column: finding.column,
                note: "Đã đối chiếu với sổ hoạt động".into(),
                ..Figure::default()
            }],
            reason: String::new(),
        };
        done(declare(&place.app, ctx, order).await.unwrap());
    }
}

/// Returned with a remark and sent again; the number of the new version.
async fn returned(
    place: &Place,
    tenant: &Tenant,
    form: &str,
    round: Round,
    version: i32,
    numbers: &mut Numbers,
) -> i32 {
    let of = (form, round.term());
    let ctx = place.officer();
    send_back::send_back(&place.province, &ctx, tenant.id(), of, version, "Rà lại cột 4")
        .await
        .unwrap();
    place.jobs.run_once_until_idle().await.unwrap();
    sent(place, tenant, form, round, None, numbers).await;
    version + 1
}

async fn accept_one(place: &Place, tenant: &Tenant, form: &str, round: Round, version: i32) {
    let ctx = place.officer();
    accept::accept(&place.province, &ctx, tenant.id(), (form, round.term()), version)
        .await
        .unwrap();
}

async fn summed_and_frozen(place: &Place, round: Round) -> Vec<Value> {
    let mut frozen = Vec::new();
    for form in ["09c", "10c"] {
        if form == "10c" && round.kind != PeriodKind::OfficialYear {
            continue;
        }
        let ctx = place.officer();
        let made = consolidate::consolidate(&place.province, &ctx, form, round.term())
            .await
            .unwrap();
        // Added up twice: the same version, the same bytes.
        let again = consolidate::consolidate(&place.province, &ctx, form, round.term())
            .await
            .unwrap();
        assert_eq!(made, again);
        if made.frozen.is_some() {
            continue;
        }
        freeze::freeze(&place.province, &ctx, form, round.term(), &made.hash)
            .await
            .unwrap();
        let read = consolidate::read(&place.province, &ctx, form, round.term(), None)
            .await
            .unwrap();
        frozen.push(serde_json::to_value(ConsolidationExport::of(read)).unwrap());
    }
    frozen
}

/// The rounds of the two years, and the days on which they are collected.
pub(crate) fn rounds() -> Vec<(Round, NaiveDate)> {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    [2020, 2021]
        .into_iter()
        .flat_map(|year| {
            [
                (PeriodKind::SixMonths, day(year, 6, 10)),
                (PeriodKind::Year, day(year, 11, 12)),
                (PeriodKind::OfficialYear, day(year + 1, 1, 20)),
            ]
            .map(|(kind, on)| (Round { kind, year }, on))
        })
        .collect()
}
