//! Acts of the exchange with the Ministry: asked for by an officer, answered by a job; and the records it may ask for.

use chrono::DateTime;
use pbgdpl_model::dataset::Dataset;
use pbgdpl_model::exchange::Receipt;
use pbgdpl_province::dataset::list as datasets;
use pbgdpl_province::dataset::take::take;
use pbgdpl_province::exchange::answer::{Answer, answer};
use pbgdpl_province::exchange::list;
use pbgdpl_province::exchange::reconcile::{Sides, finish, latest, reconcile};
use pbgdpl_province::exchange::send::send;
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_testkit::house::House;

use super::books::YEAR;
use super::walk::Walk;

/// Sent, received, compared.
pub(super) async fn walk_it(house: &House, walk: &mut Walk, officer: &ProvinceCtx) {
    let province = &house.province;
    let sent = walk
        .act("province.exchange.send", async || {
            send(province, officer, "09c", YEAR, 1).await
        })
        .await;
    let receipt = Receipt {
        receipt: "BTP-1".into(),
        received_at: DateTime::from_timestamp_millis(1_612_000_000_000).unwrap(),
        record: sent.record.clone(),
        version: 1,
        hash: sent.hash.clone(),
    };
    let stands = walk
        .act("province.exchange.answer", async || {
            answer(
                province,
                officer,
                &sent.record,
                1,
                Answer::Received(receipt.clone()),
            )
            .await
        })
        .await;
    assert!(stands.receipt.is_some());
    walk.act("province.exchange.reconcile", async || {
        reconcile(province, officer, YEAR).await
    })
    .await;
    let asked = list::list(province, officer, YEAR).await.unwrap();
    let asked_at = asked.reconciliation.unwrap().asked_at;
    let sides = Sides {
        sent: latest(asked.sendings),
        ..Sides::default()
    };
    let made = walk
        .act("province.exchange.reconcile.finish", async || {
            finish(province, officer, YEAR, asked_at, Ok(sides.clone())).await
        })
        .await;
    assert_eq!(made.mismatches.len(), 1, "missing there");
    walk.act("province.dataset.take", async || {
        take(province, officer, Dataset::Sessions, YEAR.year).await
    })
    .await;
    walk.read("province.dataset.list", async || {
        datasets::list(province, officer).await
    })
    .await;
    walk.read("province.exchange.list", async || {
        list::list(province, officer, YEAR).await
    })
    .await;
    walk.read("province.exchange.list.one", async || {
        list::one(province, officer, &sent.record, 1).await
    })
    .await;
}
