//! Acts on a report on a plan: the agency writes and sends, the province decides, writes, freezes, takes out.

use pbgdpl_app::plan::write::{Write, write};
use pbgdpl_app::plan::{amend::amend, send::send, view};
use pbgdpl_model::report::hash_of;
use pbgdpl_province::plan::accept::accept;
use pbgdpl_province::plan::amend as amending;
use pbgdpl_province::plan::contribution::contribution;
use pbgdpl_province::plan::export::take;
use pbgdpl_province::plan::freeze::freeze;
use pbgdpl_province::plan::read::{read, version};
use pbgdpl_province::plan::send_back::send_back;
use pbgdpl_province::plan::write as writing;
use pbgdpl_province::plan::{due, frozen, list};
use pbgdpl_province::report::indicators::indicators;
use pbgdpl_testkit::furnish::{self, PLAN};
use pbgdpl_testkit::house::House;

use super::walk::{Done, Walk};

const OF: (&str, i32) = (PLAN, 2020);

fn order(text: &str) -> Write {
    Write {
        plan: PLAN.into(),
        year: OF.1,
        read: std::collections::BTreeMap::new(),
        texts: [("II.4".to_owned(), text.to_owned())].into(),
    }
}

/// What whoever sends has before their eyes.
async fn seen(house: &House) -> String {
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    view(&reader, house.a.agency(), OF, house.clock_day())
        .await
        .unwrap()
        .hash
}

/// Written, sent, accepted, amended, sent again.
pub(super) async fn of_the_agency(house: &House, walk: &mut Walk) {
    let (app, province) = (&house.app, &house.province);
    let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let officer = house.province_ctx(&house.consolidator).await.unwrap();
    walk.act("plan.write", async || {
        write(app, &reporter, order("Ba tờ gấp")).await
    })
    .await
    .done();
    let read = seen(house).await;
    walk.act("plan.send", async || send(app, &reporter, OF, &read).await)
        .await
        .done();
    walk.act("province.plan.accept", async || {
        accept(province, &officer, house.a.id(), OF, 1).await
    })
    .await;
    walk.act("plan.amend", async || {
        amend(app, &reporter, OF, "Sót một tờ gấp").await
    })
    .await
    .done();
    let read = seen(house).await;
    send(app, &reporter, OF, &read).await.unwrap().done();
    walk.act("province.plan.send_back", async || {
        send_back(province, &officer, house.a.id(), OF, 2, "Ghi rõ tên tờ gấp").await
    })
    .await;
}

/// Written, frozen, amended, taken out, read.
pub(super) async fn of_the_province(house: &House, walk: &mut Walk) {
    let province = &house.province;
    let officer = house.province_ctx(&house.consolidator).await.unwrap();
    let auditor = house.province_ctx(&house.auditor).await.unwrap();
    furnish::roll_up(house).await.unwrap();
    let nothing = hash_of("");
    let text = writing::Write {
        part: "danh-gia",
        read: &nothing,
        text: "Tốt",
    };
    walk.act("province.plan.write", async || {
        writing::write(province, &officer, OF, text).await
    })
    .await;
    let drawn = walk
        .read("province.plan.read", async || read(province, &officer, OF).await)
        .await;
    walk.act("province.plan.freeze", async || {
        freeze(province, &officer, OF, &drawn.hash).await
    })
    .await;
    walk.act("province.plan.export.take", async || {
        take(province, &officer, OF, Some(1)).await
    })
    .await;
    walk.act("province.plan.amend", async || {
        amending::amend(province, &officer, OF, "Bổ sung").await
    })
    .await;
    walk.read("province.plan.read.version", async || {
        version(province, &officer, OF, None).await
    })
    .await;
    walk.read("province.plan.due", async || due::due(province, &officer).await)
        .await;
    walk.read("province.report.indicators", async || {
        indicators(province, &auditor).await
    })
    .await;
    walk.read("province.plan.list", async || {
        list::list(province, &officer).await
    })
    .await;
    walk.read("province.plan.contribution", async || {
        contribution(province, &officer, house.a.id(), OF, None).await
    })
    .await;
    walk.read("province.plan.frozen", async || {
        frozen::frozen(province, &auditor, OF, None).await
    })
    .await;
    walk.act("province.plan.frozen.take", async || {
        frozen::take(province, &auditor, OF, None).await
    })
    .await;
    walk.read("province.plan.frozen.all", async || {
        frozen::all(province, &auditor).await
    })
    .await;
}
