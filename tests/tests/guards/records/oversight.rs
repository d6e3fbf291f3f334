//! Readings from above: what shows records of an agency is recorded before anything is shown.

use pbgdpl_model::clock::Clock;
use pbgdpl_model::figure::Scope;
use pbgdpl_model::id::MediaId;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::policy::{Role, RoleSet};
use pbgdpl_model::structure::View;
use pbgdpl_province::alarm::Seen;
use pbgdpl_province::alarm::answer::answer;
use pbgdpl_province::alarm::list;
use pbgdpl_province::alarm::watch::{is_due, watch};
use pbgdpl_province::oversight::drill::{Asked, figure, fixed_figure, rows};
use pbgdpl_province::oversight::engagement::engagement;
use pbgdpl_province::oversight::heat::heat;
use pbgdpl_province::oversight::peers::peers;
use pbgdpl_province::oversight::summary::{schedule, summary};
use pbgdpl_province::oversight::tiles::tiles;
use pbgdpl_province::oversight::verify::{recent, verify};
use pbgdpl_province::oversight::{
    Which, audit_log, dashboard, evidence::evidence, export, gather, pack, places, quality,
};
use pbgdpl_province::public_figure::{
    approve::approve, draw::draw, list as public_figures, propose::Propose, propose::propose, revoke::revoke,
};
use pbgdpl_province::trace;
use pbgdpl_province::view::{change, list as views, remove, save};
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
        dashboard::dashboard(province, &auditor, Some(2020), View::AsWas).await
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
    let leader = (house.officer.account, RoleSet::of(&[Role::ProvinceAdmin]));
    walk.read("province.oversight.summary", async || {
        summary(province, &auditor, leader, Some(house.clock_day())).await
    })
    .await;
    walk.read("province.oversight.summary.schedule", async || {
        schedule(province, &auditor).await
    })
    .await;
    walk.read("province.oversight.engagement", async || {
        engagement(province, &auditor, house.clock_day(), house.clock_day()).await
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
    views(house, walk).await;
    figures(house, walk).await;
}

/// A figure is proposed, agreed to, and taken back.
async fn figures(house: &House, walk: &mut Walk) {
    let province = &house.province;
    let officer = house.province_ctx(&house.officer).await.unwrap();
    let second = house.province_ctx(&house.consolidator).await.unwrap();
    let order = Propose {
        measure: Measure::DirectSessions,
        scope: Scope::Province,
        year: None,
        title: "Cuộc phổ biến".into(),
        note: String::new(),
        from: house.clock_day(),
    };
    let id = walk
        .act("province.public_figure.propose", async || {
            propose(province, &officer, order.clone()).await
        })
        .await;
    walk.act("province.public_figure.approve", async || {
        approve(province, &second, id).await
    })
    .await;
    walk.read("province.public_figure.draw", async || {
        draw(province, &officer).await
    })
    .await;
    walk.read("province.oversight.own_hosts", async || {
        pbgdpl_province::oversight::own_hosts::own_hosts(province, &officer).await
    })
    .await;
    let pages = walk
        .read("province.oversight.places", async || {
            places::places(province, &officer).await
        })
        .await;
    let pictured = pages.iter().find(|page| page.picture.is_some()).unwrap();
    walk.read("province.oversight.places.picture", async || {
        places::picture(province, &officer, pictured.tenant, pictured.id).await
    })
    .await;
    walk.read("province.public_figure.list", async || {
        public_figures::list(province, &officer).await
    })
    .await;
    walk.act("province.public_figure.revoke", async || {
        revoke(province, &second, id, "Rà soát").await
    })
    .await;
}

/// A view is kept with the own account: its record stands in the accounts' chain.
async fn views(house: &House, walk: &mut Walk) {
    const CHAIN: [&str; 1] = ["account_audit"];
    let province = &house.province;
    let ctx = house.province_ctx(&house.auditor).await.unwrap();
    let order = save::Save {
        title: "Năm 2020".into(),
        address: "/giam-sat?nam=2020".parse().unwrap(),
        year: None,
        fixed: true,
        shared: false,
    };
    let id = walk
        .act_in(&CHAIN, "province.view.save", async || {
            save::save(province, &ctx, order.clone()).await
        })
        .await;
    let view = walk
        .read("province.view.list.one", async || {
            views::one(province, &ctx, id).await
        })
        .await;
    walk.read("province.view.list", async || views::list(province, &ctx).await)
        .await;
    let fixed = view.fixed.unwrap();
    walk.read("province.oversight.dashboard.fixed", async || {
        dashboard::fixed(province, &ctx, Some(2020), View::AsWas, &fixed).await
    })
    .await;
    walk.read("province.oversight.drill.fixed_figure", async || {
        fixed_figure(
            province,
            &ctx,
            (Measure::DirectSessions, 2020),
            View::AsWas,
            &fixed,
        )
        .await
    })
    .await;
    walk.act_in(&CHAIN, "province.view.change", async || {
        change::change(province, &ctx, id, "Năm ngoái", false).await
    })
    .await;
    walk.act_in(&CHAIN, "province.view.remove", async || {
        remove::remove(province, &ctx, id).await
    })
    .await;
    walk.act_in(&CHAIN, "province.view.remove.undo", async || {
        remove::undo(province, &ctx, id).await
    })
    .await;
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
