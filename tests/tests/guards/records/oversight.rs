//! Readings from above: what shows records of an agency is recorded before anything is shown.

use pbgdpl_model::clock::Clock;
use pbgdpl_model::id::MediaId;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::structure::View;
use pbgdpl_province::alarm::Seen;
use pbgdpl_province::alarm::answer::answer;
use pbgdpl_province::alarm::list;
use pbgdpl_province::alarm::watch::{is_due, watch};
use pbgdpl_province::oversight::drill::{Asked, figure, rows};
use pbgdpl_province::oversight::heat::heat;
use pbgdpl_province::oversight::peers::peers;
use pbgdpl_province::oversight::tiles::tiles;
use pbgdpl_province::oversight::verify::{recent, verify};
use pbgdpl_province::oversight::{
    Which, audit_log, dashboard::dashboard, evidence::evidence, export, gather, pack, quality,
};
use pbgdpl_province::trace;
use pbgdpl_scope::action::ManifestApply;
use pbgdpl_scope::{ProvinceCtx, RequestId};
use pbgdpl_store::province::AuditFilter;
use pbgdpl_testkit::house::House;

use super::books::YEAR;
use super::walk::Walk;

pub(super) async fn readings(house: &House, walk: &mut Walk, file: MediaId) {
    let province = &house.province;
    let auditor = house.province_ctx(&house.auditor).await.unwrap();
    let (a, filter) = (house.a.id(), AuditFilter::default());
    let asked = Asked {
        measure: Measure::DirectSessions,
        year: 2020,
        month: None,
        known: None,
        page: 1,
        per_page: 50,
    };
    walk.act("province.oversight.evidence", async || {
        evidence(province, &auditor, a, file).await
    })
    .await;
    walk.act("province.oversight.drill.rows", async || {
        rows(province, &auditor, a, asked).await
    })
    .await;
    walk.act("province.oversight.audit_log.of_agency", async || {
        audit_log::of_agency(province, &auditor, a, &filter, 1).await
    })
    .await;
    let asked_for = export::Asked {
        which: Which::Agency(a),
        from: house.clock_day(),
        to: house.clock_day(),
    };
    walk.act("province.oversight.export.begin", async || {
        export::begin(province, &auditor, asked_for, export::Format::Csv).await
    })
    .await;
    walk.act("province.oversight.pack.begin", async || {
        pack::begin(province, &auditor, asked_for).await
    })
    .await;
    let whole = walk
        .act("province.oversight.verify", async || {
            verify(province, &auditor, None, &mut |_, _| {}).await
        })
        .await;
    assert!(whole.is_whole(), "what was refused left a gap: {whole:?}");
    walk.act("province.oversight.verify.recent", async || {
        recent(province, &auditor).await
    })
    .await;
    walk.read("province.oversight.audit_log.of_province", async || {
        audit_log::of_province(province, &auditor, &filter, 1).await
    })
    .await;
    walk.read("province.oversight.dashboard", async || {
        dashboard(province, &auditor, Some(2020), View::AsWas).await
    })
    .await;
    walk.read("province.oversight.drill.figure", async || {
        figure(
            province,
            &auditor,
            Measure::DirectSessions,
            2020,
            View::On(house.clock_day()),
        )
        .await
    })
    .await;
    let days = house.clock_day();
    let asked = gather::Asked {
        from: days,
        to: days,
        at: View::On(days).into(),
        makers: None,
    };
    walk.read("province.oversight.gather", async || {
        gather::gather(province, &auditor, &asked).await
    })
    .await;
    walk.read("province.oversight.quality", async || {
        quality::quality(province, &auditor, Some(2020)).await
    })
    .await;
    walk.act("province.oversight.quality.rows", async || {
        quality::rows(province, &auditor, a, 2020, 1).await
    })
    .await;
    walk.read("province.oversight.heat", async || {
        heat(province, &auditor, Measure::DirectSessions, 2020, None).await
    })
    .await;
    walk.read("province.oversight.tiles", async || {
        tiles(province, &auditor, Measure::DirectSessions, 2020).await
    })
    .await;
    walk.read("province.oversight.peers", async || {
        peers(province, &auditor, Measure::DirectSessions, 2020).await
    })
    .await;
    forms(house, walk).await;
    alarms(house, walk).await;
}

/// A rule under which what was read above is odd, and what comes of it.
async fn alarms(house: &House, walk: &mut Walk) {
    let province = &house.province;
    let system = ProvinceCtx::of_system(
        house.store.registry().now(),
        "watch",
        house.clock.now(),
        RequestId::new("watch".into()),
    );
    let rules = r#"{"rule":[{"id":"doc","title":"Đọc","advice":"Hỏi","pattern":"many","of":"actor","acts":["evidence-read"],
        "at_least":2,"within_minutes":60}]}"#;
    let mut store = house
        .store
        .province(&system.warrant::<ManifestApply>().unwrap())
        .await
        .unwrap();
    store
        .put_catalogue("alarms", "alarms", rules, system.now())
        .await
        .unwrap();
    store.save().await.unwrap();
    let raised = walk
        .act("province.alarm.watch", async || {
            watch(province, &system, &mut Seen::default()).await
        })
        .await;
    walk.read("province.alarm.watch.is_due", async || {
        is_due(province, &system, 300).await
    })
    .await;
    let officer = house.province_ctx(&house.officer).await.unwrap();
    walk.read("province.alarm.list", async || {
        list::list(province, &officer, 1).await
    })
    .await;
    walk.read("province.alarm.list.one", async || {
        list::one(province, &officer, raised[0], 1).await
    })
    .await;
    walk.act("province.alarm.answer", async || {
        answer(province, &officer, raised[0], "đã hỏi").await
    })
    .await;
}

/// The furnished report of A's, and the province's sum of it.
async fn forms(house: &House, walk: &mut Walk) {
    let province = &house.province;
    let auditor = house.province_ctx(&house.auditor).await.unwrap();
    let a = house.a.id();
    let cell = trace::Asked {
        version: None,
        row: None,
        column: 4,
        page: 1,
        per_page: 50,
    };
    walk.act("province.trace.records", async || {
        trace::records(province, &auditor, a, ("09d", YEAR), cell).await
    })
    .await;
    walk.read("province.trace.report", async || {
        trace::report(province, &auditor, a, ("09d", YEAR), None).await
    })
    .await;
    walk.read("province.trace.sum.list", async || {
        trace::list(province, &auditor, 1, 50).await
    })
    .await;
    walk.read("province.trace.sum", async || {
        trace::sum(province, &auditor, "09c", YEAR, None).await
    })
    .await;
    walk.read("province.trace.cell", async || {
        trace::cell(province, &auditor, ("09c", YEAR), None, ("tong_so", 4)).await
    })
    .await;
}
