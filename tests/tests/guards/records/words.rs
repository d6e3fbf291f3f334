//! Words of the chains go with an entry that stands for it, or not at all (AUD-06).

use pbgdpl_app::words::erase as in_agency;
use pbgdpl_province::oversight::retention::{retention, words_since};
use pbgdpl_province::words::erase as in_province;
use pbgdpl_scope::{Ctx, ProvinceCtx, RequestId};
use pbgdpl_testkit::house::House;

use super::walk::Walk;

pub(super) async fn go(house: &House, walk: &mut Walk) {
    let (now, request) = (house.app.now(), || RequestId::new("walk".into()));
    let agency = Ctx::of_system(house.a.clone(), "walk", now, request());
    let province = ProvinceCtx::of_system(house.store.registry().now(), "walk", now, request());
    let (reporter, officer) = (house.in_a.reporter.account, house.officer.account);
    walk.act("words.erase.person", async || {
        in_agency::person(&house.app, &agency, reporter).await
    })
    .await;
    walk.act("province.words.erase.person", async || {
        in_province::person(&house.province, &province, officer).await
    })
    .await;
    let later = now.plus_seconds(1);
    walk.act("words.erase.older", async || {
        in_agency::older(&house.app, &agency, later).await
    })
    .await;
    walk.act("province.words.erase.older", async || {
        in_province::older(&house.province, &province, later).await
    })
    .await;
    walk.read("province.oversight.retention", async || {
        retention(&house.province, &province).await
    })
    .await;
    walk.read("province.oversight.retention.words_since", async || {
        words_since(&house.province, &province).await
    })
    .await;
}
