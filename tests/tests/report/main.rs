//! Form 09 from the ledger to the province's frozen sum, on both databases: REP-01, 02, 03, 05, 09, 12, 13.

mod checked;
mod council;
mod exchange;
mod exchange_peer;
mod extension;
mod families;
mod frozen;
mod indicators;
mod ladder;
mod mediation;
mod mediation_pages;
mod office;
mod offline;
mod offline_hand;
mod offline_refused;
mod offline_whole;
mod pack;
mod pages;
mod pdf;
mod pdf_read;
mod plan;
mod plan_pages;
mod plan_word;
mod recount;
mod request;
mod review;
mod signed;
mod structure;
mod trace;

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataType, Reader, Xlsx};
use pbgdpl_app::report::declare::{Declare, Figure, declare};
use pbgdpl_app::report::export::LedgerLine;
use pbgdpl_app::report::follow_decision::{Decided, follow_decision};
use pbgdpl_app::report::open::{Open, open};
use pbgdpl_app::report::{Outcome, check::check, export, submit::submit, view};
use pbgdpl_model::activity::{Content, Funding, Kind};
use pbgdpl_model::clock::{Clock, Moment};
use pbgdpl_model::id::{ActivityId, ReportId};
use pbgdpl_model::ledger::reversal;
use pbgdpl_model::manifest::{ColumnSource, FormFile, PeriodKind};
use pbgdpl_model::policy::Role;
use pbgdpl_model::report::{Body, Consolidated, LineKind, Report, Stage, Timeliness, hash_of};
use pbgdpl_province::report::export::ConsolidationExport;
use pbgdpl_province::report::follow::Standing;
use pbgdpl_province::report::{
    Term, accept, consolidate, export as province_export, follow, freeze, read, send_back,
};
use pbgdpl_scope::action::ManifestApply;
use pbgdpl_scope::{Ctx, ProvinceCtx, RequestId, Tenant};
use pbgdpl_store::province::NewAgency;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, House, PROVINCE, People, Someone};
use pbgdpl_testkit::web::{Ask, Web};
use serde_json::json;

use pages::{DESK, Desk, figures_on};
use recount::{conforms, recount};

const YEAR: Term = Term {
    kind: PeriodKind::OfficialYear,
    year: 2020,
};

fn done<T: std::fmt::Debug>(outcome: Outcome<T>) -> T {
    match outcome {
        Outcome::Done(value) => value,
        other => panic!("not done: {other:?}"),
    }
}

/// The house with Kon Tum's forms and calendar, and two communes in B; the clock stands in January of the next year.
async fn house(engine: pbgdpl_store::Engine) -> House {
    let house = House::on(engine).await.unwrap();
    furnish::forms_of_kon_tum(&house, &["09b", "09c", "09d", "10b", "10c"])
        .await
        .unwrap();
    let ctx = of_the_system(&house);
    let mut store = house
        .store
        .province(&ctx.warrant::<ManifestApply>().unwrap())
        .await
        .unwrap();
    let communes = json!({ "commune": [
        { "code": "2", "name": "Pô Kô", "official": "Xã Pô Kô" }, { "code": "1", "name": "Diên Bình", "official": "Xã Diên Bình" },
    ] });
    let district = NewAgency {
        agency: house.b.agency().clone(),
        hosts: vec![],
        body: communes.to_string(),
    };
    store.put_agency(&district, ctx.now()).await.unwrap();
    store.save().await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
    house
}

/// The province as a job or a command acts in it.
fn of_the_system(house: &House) -> ProvinceCtx {
    ProvinceCtx::of_system(
        house.store.registry().now(),
        "test",
        house.province.now(),
        RequestId::new("test".into()),
    )
}

fn at(year: i32, month: u32, day: u32) -> Moment {
    let noon = chrono::NaiveDate::from_ymd_opt(year, month, day)
        .unwrap()
        .and_hms_opt(5, 0, 0)
        .unwrap();
    Moment::from(noon.and_utc())
}

/// Counts a meeting, a contest that is taken back, and a meeting of another year.
async fn count(house: &House, tenant: &Tenant, people: &People, attendees: i64) {
    let ctx = house.ctx(tenant, &people.reporter).await.unwrap();
    let mut store = house.app.open(&ctx).await.unwrap();
    let meeting = Content {
        sessions: 2,
        attendees,
        materials: 120,
        funding: Funding {
            regular: 5_000,
            programme: 0,
            other: 700,
        },
        ..Content::default()
    };
    let contest = Content {
        sessions: 1,
        attendees: 90,
        ..Content::default()
    };
    let in_year = at(2020, 11, 9).day();
    let rows = meeting.rows(ActivityId::fresh(ctx.now()), Kind::HoiNghi, 1, in_year, &[]);
    store.append_ledger(&ctx, &rows).await.unwrap();
    let rows = meeting.rows(
        ActivityId::fresh(ctx.now()),
        Kind::HoiNghi,
        1,
        at(2019, 11, 9).day(),
        &[],
    );
    store.append_ledger(&ctx, &rows).await.unwrap();
    let wrong = ActivityId::fresh(ctx.now());
    let rows = contest.rows(wrong, Kind::CuocThi, 1, in_year, &[]);
    store.append_ledger(&ctx, &rows).await.unwrap();
    let back = reversal(&store.ledger_of(wrong.0).await.unwrap(), "ghi nhầm");
    store.append_ledger(&ctx, &back).await.unwrap();
    store.save().await.unwrap();
}

fn order(form: &str, amend: Option<&str>) -> Open {
    Open {
        form: form.into(),
        period: PeriodKind::OfficialYear,
        year: 2020,
        amend: amend.map(Into::into),
    }
}

fn declaration(report: ReportId, row: &str, cells: &[(u8, i64)], reason: &str) -> Declare {
    let figures = cells
        .iter()
        .map(|(column, actual)| Figure {
            column: *column,
            actual: Some(*actual),
            ..Figure::default()
        })
        .collect();
    Declare {
        report,
        row: row.into(),
        figures,
        reason: reason.into(),
    }
}

async fn says(house: &House, ctx: &Ctx, report: ReportId, row: &str, cells: &[(u8, i64)]) {
    let order = declaration(report, row, cells, "QĐ số 12/QĐ-STP");
    done(declare(&house.app, ctx, order).await.unwrap());
}

/// Fills, checks and sends; returns the report.
async fn sent(
    house: &House,
    tenant: &Tenant,
    people: &People,
    form: &str,
    unit: &str,
    cells: &[(u8, i64)],
) -> ReportId {
    let reporter = house.ctx(tenant, &people.reporter).await.unwrap();
    let report = done(open(&house.app, &reporter, order(form, None)).await.unwrap());
    says(house, &reporter, report, unit, cells).await;
    go_out(house, tenant, people, report).await;
    report
}

/// A's form 09d and B's form 09b, both sent, with 410 and 230 attendees.
async fn both_sent(house: &House) {
    count(house, &house.a, &house.in_a, 410).await;
    count(house, &house.b, &house.in_b, 230).await;
    sent(house, &house.a, &house.in_a, "09d", "tong_so", &[(1, 5), (2, 4)]).await;
    let cells = [(1, 24), (2, 19)];
    sent(house, &house.b, &house.in_b, "09b", "cap_huyen", &cells).await;
}

/// A report as its agency sees it now.
async fn seen(house: &House, tenant: &Tenant, report: ReportId) -> pbgdpl_app::report::View {
    let reader = house.store.read().tenant(tenant).await.unwrap();
    view(&reader, tenant.agency(), report).await.unwrap()
}

/// Hash of the figures that stand in a report now: what a reader's page holds.
async fn figures(house: &House, tenant: &Tenant, report: ReportId) -> String {
    seen(house, tenant, report).await.figures
}

async fn go_out(house: &House, tenant: &Tenant, people: &People, report: ReportId) {
    let reporter = house.ctx(tenant, &people.reporter).await.unwrap();
    let approver = house.ctx(tenant, &people.approver).await.unwrap();
    let read = figures(house, tenant, report).await;
    done(check(&house.app, &approver, report, &read, "").await.unwrap());
    done(submit(&house.app, &reporter, report, &read, "").await.unwrap());
}

/// Every number that stands in a workbook.
fn figures_in(workbook: &[u8]) -> Vec<f64> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(workbook)).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    sheet
        .used_cells()
        .filter_map(|(_, _, cell)| cell.as_f64())
        .collect()
}

async fn decision_arrives(house: &House, tenant: &Tenant, form: &str, version: i32) {
    let ctx = Ctx::of_system(
        tenant.clone(),
        "report-decided",
        house.app.now(),
        RequestId::new("job".into()),
    );
    let decided = Decided::read(&format!("{form}/nam-chinh-thuc/2020/{version}")).unwrap();
    follow_decision(&house.app, &ctx, &decided).await.unwrap();
    assert!(
        follow_decision(&house.app, &ctx, &decided)
            .await
            .unwrap()
            .is_none(),
        "repeating changes nothing"
    );
}

/// Somebody else who consolidates for the province from now on.
async fn also_consolidates(house: &House, who: &Someone) -> ProvinceCtx {
    let now = house.clock.now();
    let mut identity = house.store.identity().await.unwrap();
    identity
        .grant(
            who.account,
            PROVINCE.into(),
            Role::ProvinceReporter,
            house.officer.account,
            now,
        )
        .await
        .unwrap();
    identity.save().await.unwrap();
    house.province_ctx(who).await.unwrap()
}

#[tokio::test]
async fn rep_02_03_09_filled_checked_sent_returned_amended() {
    for engine in BOTH {
        let house = house(engine).await;
        count(&house, &house.a, &house.in_a, 410).await;
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let report = done(open(&house.app, &reporter, order("09d", None)).await.unwrap());
        assert_eq!(
            done(open(&house.app, &reporter, order("09d", None)).await.unwrap()),
            report,
            "opened once"
        );
        assert!(
            open(&house.app, &reporter, order("09b", None)).await.is_err(),
            "not a form of this agency"
        );

        // No figure without a reason, no figure in a counted cell, no check while a state stands empty without a word.
        let bare = |reason: &str, column| declaration(report, "tong_so", &[(column, 9)], reason);
        assert!(declare(&house.app, &reporter, bare(" ", 1)).await.is_err());
        assert!(declare(&house.app, &reporter, bare("x", 3)).await.is_err());
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        let read = figures(&house, &house.a, report).await;
        assert!(
            matches!(check(&house.app, &approver, report, &read, "").await.unwrap(), Outcome::Unmet(found) if found.len() == 2)
        );
        says(&house, &reporter, report, "tong_so", &[(1, 5), (2, 7)]).await;
        let read = figures(&house, &house.a, report).await;
        let Outcome::Unmet(found) = check(&house.app, &approver, report, &read, "").await.unwrap() else {
            panic!()
        };
        assert!(
            found[0].message.contains("cột 1")
                && found[0].message.contains('7')
                && found[0].message.contains('5')
        );
        says(&house, &reporter, report, "tong_so", &[(2, 4)]).await;

        // Who filled it does not check it; nobody sends what was not checked.
        assert!(matches!(
            check(&house.app, &reporter, report, &read, "").await.unwrap(),
            Outcome::Refused(_)
        ));
        assert!(matches!(
            submit(&house.app, &reporter, report, &read, "").await.unwrap(),
            Outcome::Refused(_)
        ));
        go_out(&house, &house.a, &house.in_a, report).await;
        let again = declare(&house.app, &reporter, bare("x", 1)).await.unwrap();
        assert!(matches!(again, Outcome::Refused(_)), "frozen");

        // What was sent does not follow the ledger any more, and its hash holds.
        count(&house, &house.a, &house.in_a, 1).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let read = read::read(&house.province, &officer, house.a.id(), ("09d", YEAR), None)
            .await
            .unwrap();
        assert!(read.intact && read.sent.hash == hash_of(&read.body.canonical().unwrap()));
        assert_eq!(read.body.rows[0].cells[&4].total(), Some(410));
        assert!(!read.sent.late);

        // Returned with a remark; a new version with the old declared cells and the present ledger.
        assert!(
            send_back::send_back(&house.province, &officer, house.a.id(), ("09d", YEAR), 1, " ")
                .await
                .is_err()
        );
        send_back::send_back(
            &house.province,
            &officer,
            house.a.id(),
            ("09d", YEAR),
            1,
            "Cột 4?",
        )
        .await
        .unwrap();
        let twice = accept::accept(&house.province, &officer, house.a.id(), ("09d", YEAR), 1).await;
        assert!(matches!(twice, Err(pbgdpl_province::Error::Stale)), "{twice:?}");
        decision_arrives(&house, &house.a, "09d", 1).await;
        let second = done(open(&house.app, &reporter, order("09d", None)).await.unwrap());
        assert_ne!(second, report);
        let seen = seen(&house, &house.a, second).await;
        assert_eq!((seen.report.version, seen.stage()), (2, Stage::Draft));
        assert_eq!(
            [1, 2, 4].map(|column| seen.lines[0].cells[&column].total()),
            [Some(5), Some(4), Some(411)]
        );
        go_out(&house, &house.a, &house.in_a, second).await;
        accept::accept(&house.province, &officer, house.a.id(), ("09d", YEAR), 2)
            .await
            .unwrap();
        decision_arrives(&house, &house.a, "09d", 2).await;

        // Amending what was accepted needs a reason and lists what differs.
        assert_eq!(
            done(open(&house.app, &reporter, order("09d", None)).await.unwrap()),
            second
        );
        assert!(open(&house.app, &reporter, order("09d", Some(""))).await.is_err());
        let third = done(
            open(&house.app, &reporter, order("09d", Some("Rà soát lại")))
                .await
                .unwrap(),
        );
        says(&house, &reporter, third, "tong_so", &[(1, 6)]).await;
        go_out(&house, &house.a, &house.in_a, third).await;
        let read = read::read(&house.province, &officer, house.a.id(), ("09d", YEAR), None)
            .await
            .unwrap();
        let changed: Vec<_> = read
            .differences
            .iter()
            .map(|d| (d.column, d.before, d.now))
            .collect();
        assert_eq!(changed, [(1, Some(5), Some(6))]);
        let amends = read
            .body
            .amends
            .as_ref()
            .map(|amends| (amends.version, amends.reason.as_str()));
        assert_eq!(amends, Some((2, "Rà soát lại")));

        // After the last day too an amendment of what came in time is not late.
        accept::accept(&house.province, &officer, house.a.id(), ("09d", YEAR), 3)
            .await
            .unwrap();
        decision_arrives(&house, &house.a, "09d", 3).await;
        house.clock.set(at(2021, 3, 1));
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let fourth = done(
            open(&house.app, &reporter, order("09d", Some("Rà soát lần hai")))
                .await
                .unwrap(),
        );
        go_out(&house, &house.a, &house.in_a, fourth).await;
        let read = read::read(&house.province, &officer, house.a.id(), ("09d", YEAR), None)
            .await
            .unwrap();
        assert!(!read.sent.late && read.body.timeliness == Timeliness::default());
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn rep_05_13_followed_consolidated_frozen_and_recounted() {
    for engine in BOTH {
        let house = house(engine).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let standing = |following: &follow::Following| -> Vec<(String, Standing)> {
            following
                .agencies
                .iter()
                .map(|agency| (agency.slug.clone(), agency.standing))
                .collect()
        };
        let before = follow::follow(&house.province, &officer, "09c", YEAR)
            .await
            .unwrap();
        assert!(
            before
                .agencies
                .iter()
                .all(|agency| agency.standing == Standing::Missing && agency.due.is_some())
        );

        count(&house, &house.a, &house.in_a, 410).await;
        count(&house, &house.b, &house.in_b, 230).await;
        let first = sent(&house, &house.a, &house.in_a, "09d", "tong_so", &[(1, 5), (2, 4)]).await;
        house.clock.set(at(2021, 2, 3));
        let reporter = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
        let district = done(open(&house.app, &reporter, order("09b", None)).await.unwrap());
        says(&house, &reporter, district, "cap_huyen", &[(1, 24), (2, 19)]).await;
        says(
            &house,
            &reporter,
            district,
            "xa-1",
            &[(3, 14), (4, 812), (10, 9_000)],
        )
        .await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let late = follow::follow(&house.province, &officer, "09c", YEAR)
            .await
            .unwrap();
        assert_eq!(
            standing(&late),
            [
                ("huyen-b".into(), Standing::Overdue),
                ("so-a".into(), Standing::Waiting)
            ]
        );
        assert_eq!(late.agencies[0].days_late, 3);
        go_out(&house, &house.b, &house.in_b, district).await;

        // Only what was accepted counts; the other is named as missing.
        accept::accept(&house.province, &officer, house.a.id(), ("09d", YEAR), 1)
            .await
            .unwrap();
        let half = consolidate::consolidate(&house.province, &officer, "09c", YEAR)
            .await
            .unwrap();
        let figures = Consolidated::read(&half.body).unwrap();
        assert_eq!(
            figures
                .missing
                .iter()
                .map(|m| m.slug.as_str())
                .collect::<Vec<_>>(),
            ["huyen-b"]
        );
        accept::accept(&house.province, &officer, house.b.id(), ("09b", YEAR), 1)
            .await
            .unwrap();
        let whole = consolidate::consolidate(&house.province, &officer, "09c", YEAR)
            .await
            .unwrap();
        let again = consolidate::consolidate(&house.province, &officer, "09c", YEAR)
            .await
            .unwrap();
        assert_eq!(
            (whole.version, &whole.body),
            (again.version, &again.body),
            "the same reports, the same bytes"
        );
        let figures = Consolidated::read(&whole.body).unwrap();
        recount(&house, &figures, &[first, district]).await;

        // Frozen once; what comes later is another version, and the frozen bytes stay.
        let old = freeze::freeze(&house.province, &officer, "09c", YEAR, &half.hash).await;
        assert!(matches!(old, Err(pbgdpl_province::Error::Stale)));
        let colleague = also_consolidates(&house, &house.in_both).await;
        let frozen = freeze::freeze(&house.province, &colleague, "09c", YEAR, &whole.hash)
            .await
            .unwrap();
        assert_eq!(frozen.hash, hash_of(&frozen.body));
        let by = frozen.frozen.as_ref().map(|frozen| frozen.by);
        assert_eq!(by, Some(house.in_both.account), "whose act the freezing was");
        assert_eq!(
            frozen.made_by.0, house.consolidator.account,
            "whose the figures are"
        );
        send_back::send_back(
            &house.province,
            &officer,
            house.b.id(),
            ("09b", YEAR),
            1,
            "Sửa cột 3",
        )
        .await
        .unwrap();
        let next = consolidate::consolidate(&house.province, &officer, "09c", YEAR)
            .await
            .unwrap();
        assert_eq!((frozen.version, next.version), (1, 2));
        let kept = consolidate::read(&house.province, &officer, "09c", YEAR, Some(1))
            .await
            .unwrap();
        assert_eq!(
            (kept.consolidation.body, kept.consolidation.hash),
            (frozen.body, frozen.hash)
        );
        let taken = province_export::take(&house.province, &officer, "09c", YEAR, Some(1))
            .await
            .unwrap();
        let csv = province_export::csv(&taken.form, &taken.figures).unwrap();
        assert!(csv.starts_with('\u{feff}') && csv.contains("Huyện B tỉnh Thử"));
        conforms("consolidation", &ConsolidationExport::of(taken));

        // Auditors and administrators decide nothing here.
        for other in [&house.auditor, &house.officer] {
            let ctx = house.province_ctx(other).await.unwrap();
            assert!(
                accept::accept(&house.province, &ctx, house.a.id(), ("09d", YEAR), 1)
                    .await
                    .is_err()
            );
            assert!(
                consolidate::consolidate(&house.province, &ctx, "09c", YEAR)
                    .await
                    .is_err()
            );
        }
        house.end().await.unwrap();
    }
}
