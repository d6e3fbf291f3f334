//! Acts on a form: the agency fills and sends it, the province decides and adds up.

use pbgdpl_app::activity::{draft, record};
use pbgdpl_app::extension::ask::{Ask, ask};
use pbgdpl_app::report::declare::{Declare, Figure, declare};
use pbgdpl_app::report::follow_decision::{Decided, follow_decision};
use pbgdpl_app::report::import::{Import, import};
use pbgdpl_app::report::open::{Open, open};
use pbgdpl_app::report::{Outcome, check::check, export, sign::sign, submit::submit, view};
use pbgdpl_model::id::ReportId;
use pbgdpl_model::manifest::PeriodKind;
use pbgdpl_model::structure::View;
use pbgdpl_province::extension::answer::{Says, answer};
use pbgdpl_province::extension::list;
use pbgdpl_province::report::{
    Term, accept, consolidate, due, export as taken, follow, freeze, read, send_back,
};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_testkit::house::House;
use pbgdpl_testkit::signer::DigitalSigner;

use super::activities::{facts, machine};
use super::walk::{Done, Walk};

pub(super) const YEAR: Term = Term {
    kind: PeriodKind::OfficialYear,
    year: 2020,
};

/// What whoever acts on the form has before their eyes.
async fn figures(house: &House, id: ReportId) -> String {
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    view(&reader, house.a.agency(), id).await.unwrap().figures
}

fn order() -> Open {
    Open {
        form: "09d".into(),
        period: YEAR.kind,
        year: YEAR.year,
        amend: None,
    }
}

/// Opened, declared, checked, overtaken by the ledger, checked again, sent.
pub(super) async fn of_the_agency(house: &House, walk: &mut Walk) {
    let app = &house.app;
    let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
    let id = walk
        .act("report.open", async || open(app, &reporter, order()).await)
        .await
        .done();
    let cell = |column, actual| Figure {
        column,
        actual: Some(actual),
        ..Figure::default()
    };
    let explained = |column, actual| Figure {
        note: "Quyết định số 15".into(),
        ..cell(column, actual)
    };
    let order = Declare {
        report: id,
        row: "tong_so".into(),
        figures: vec![cell(1, 5), cell(2, 4)],
        reason: "Quyết định số 12".into(),
    };
    walk.act("report.declare", async || {
        declare(app, &reporter, order.clone()).await
    })
    .await
    .done();
    let filled = Import {
        report: id,
        figures: figures(house, id).await,
        lines: [("tong_so".to_owned(), vec![explained(1, 6), explained(2, 5)])].into(),
    };
    walk.act("report.import", async || {
        import(app, &reporter, filled.clone()).await
    })
    .await
    .done();
    let seen = figures(house, id).await;
    walk.act("report.check", async || {
        check(app, &approver, id, &seen, "").await
    })
    .await
    .done();
    let late = draft::create(app, &reporter, facts(7, &[])).await.unwrap().done();
    record::record(app, &reporter, late, 1).await.unwrap().done();
    let moved = walk
        .act("report.submit", async || {
            submit(app, &reporter, id, &seen, "").await
        })
        .await;
    assert!(
        matches!(moved, Outcome::Moved(_)),
        "a step back is a write too: {moved:?}"
    );
    let seen = figures(house, id).await;
    check(app, &approver, id, &seen, "").await.unwrap().done();
    walk.act("report.submit", async || {
        submit(app, &reporter, id, &seen, "").await
    })
    .await
    .done();
    let head = DigitalSigner::new("Trần Văn Thủ Trưởng").unwrap();
    let (anchors, sent) = (head.anchors().unwrap(), body_of(house, id).await);
    let signature = head.sign(sent.as_bytes()).unwrap();
    walk.act("report.sign", async || {
        sign(app, &reporter, &anchors, id, &signature).await
    })
    .await
    .done();
    walk.read("report.export.report", async || {
        export::report(app, &reporter, id).await
    })
    .await;
    let (from, to) = (facts(0, &[]).day, house.clock_day());
    let ledger = walk
        .read("report.export.ledger", async || {
            export::ledger(app, &reporter, from, to).await
        })
        .await;
    assert!(!ledger.is_empty());
}

/// What was frozen of a report, byte for byte.
async fn body_of(house: &House, id: ReportId) -> String {
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    reader.report(id).await.unwrap().unwrap().body
}

/// Accepted, added up, frozen, taken out, returned all the same.
pub(super) async fn of_the_province(house: &House, walk: &mut Walk) {
    let province = &house.province;
    let officer = house.province_ctx(&house.consolidator).await.unwrap();
    let sender = house.a.id();
    let several = [(sender, "09d".to_owned(), 1)];
    walk.act("province.report.accept.accept_all", async || {
        accept::accept_all(province, &officer, YEAR, &several).await
    })
    .await;
    send_back::send_back(province, &officer, sender, ("09d", YEAR), 1, "Xem lại cột 3")
        .await
        .unwrap();
    more_time(house, walk, &officer).await;
    again(house).await;
    walk.act("province.report.accept", async || {
        accept::accept(province, &officer, sender, ("09d", YEAR), 2).await
    })
    .await;
    let (there, decided) = (machine(house, &house.a), decided());
    let followed = walk
        .act("report.follow_decision", async || {
            follow_decision(&house.app, &there, &decided).await
        })
        .await;
    assert!(followed.is_some());
    let sum = walk
        .act("province.report.consolidate", async || {
            consolidate::consolidate(province, &officer, "09c", YEAR).await
        })
        .await;
    walk.act("province.report.freeze", async || {
        freeze::freeze(province, &officer, "09c", YEAR, &sum.hash).await
    })
    .await;
    super::exchange::walk_it(house, walk, &officer).await;
    walk.act("province.report.export.take", async || {
        taken::take(province, &officer, "09c", YEAR, None).await
    })
    .await;
    walk.act("province.report.send_back", async || {
        send_back::send_back(province, &officer, sender, ("09d", YEAR), 2, "Xem lại cột 4").await
    })
    .await;
    readings(house, walk, &officer).await;
}

fn decided() -> Decided {
    Decided {
        form: "09d".into(),
        period: YEAR.word().into(),
        year: YEAR.year,
        version: 2,
    }
}

/// More time is asked for and granted.
async fn more_time(house: &House, walk: &mut Walk, officer: &ProvinceCtx) {
    let (app, province) = (&house.app, &house.province);
    let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let order = Ask {
        form: "09d".into(),
        period: YEAR.kind,
        year: YEAR.year,
        until: house.clock_day(),
        reason: "Chờ số liệu".into(),
    };
    walk.act("extension.ask", async || ask(app, &reporter, order.clone()).await)
        .await
        .done();
    let says = Says {
        number: 1,
        until: Some(house.clock_day()),
        reason: "Đồng ý",
    };
    walk.act("province.extension.answer", async || {
        answer(province, officer, house.a.id(), ("09d", YEAR), says).await
    })
    .await;
    walk.read("province.extension.list", async || {
        list::list(province, officer, house.a.id(), ("09d", YEAR)).await
    })
    .await;
}

/// The form once more, as its second version.
async fn again(house: &House) {
    let app = &house.app;
    let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
    let id = open(app, &reporter, order()).await.unwrap().done();
    let seen = figures(house, id).await;
    check(app, &approver, id, &seen, "").await.unwrap().done();
    submit(app, &reporter, id, &seen, "").await.unwrap().done();
}

async fn readings(house: &House, walk: &mut Walk, officer: &ProvinceCtx) {
    let province = &house.province;
    walk.read("province.report.follow", async || {
        follow::follow(province, officer, "09c", YEAR).await
    })
    .await;
    walk.read("province.report.due", async || due::due(province, officer).await)
        .await;
    super::requests::walk_it(house, walk, officer).await;
    walk.read("province.report.follow.present", async || {
        follow::present(province, officer).await
    })
    .await;
    walk.read("province.report.read", async || {
        read::read(province, officer, house.a.id(), ("09d", YEAR), None).await
    })
    .await;
    walk.read("province.report.consolidate.read", async || {
        consolidate::read(province, officer, "09c", YEAR, None).await
    })
    .await;
    let made = consolidate::read(province, officer, "09c", YEAR, None)
        .await
        .unwrap();
    let view = View::On(house.clock_day());
    walk.read("province.report.consolidate.redraw", async || {
        consolidate::redraw(province, officer, &made, view).await
    })
    .await;
}
