//! Reports asked for out of turn: opened, withdrawn, listed.

use pbgdpl_province::request::list::list;
use pbgdpl_province::request::open::{Order, open};
use pbgdpl_province::request::withdraw::withdraw;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_testkit::house::House;

use super::walk::Walk;

/// Asked for and taken back.
pub(super) async fn walk_it(house: &House, walk: &mut Walk, officer: &ProvinceCtx) {
    let province = &house.province;
    let order = Order {
        form: "09c".into(),
        agencies: vec!["so-a".into()],
        from: "2020-12-10".parse().unwrap(),
        to: "2020-12-20".parse().unwrap(),
        due: house.clock_day() + chrono::Days::new(9),
        reference: "Công văn số 12/STP".into(),
        reason: "Phục vụ phiên họp".into(),
    };
    let asked = walk
        .act("province.request.open", async || {
            open(province, officer, order.clone()).await
        })
        .await;
    let which = (asked.year, asked.number);
    walk.act("province.request.withdraw", async || {
        withdraw(province, officer, which, "Văn bản đã được thay thế").await
    })
    .await;
    walk.read("province.request.list", async || list(province, officer).await)
        .await;
}
