//! All days at once are the same days as one after the other: sums, copies, months and what was known when.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_app::activity::correct::{Correct, correct};
use pbgdpl_app::activity::{draft, record::record, reverse::reverse};
use pbgdpl_model::clock::Clock;
use pbgdpl_model::ledger::Measure;
use pbgdpl_scope::action::OversightRead;
use pbgdpl_scope::{ProvinceCtx, RequestId};
use pbgdpl_testkit::house::{BOTH, House};

use crate::by_hand::{done, facts, jobs};

type Sums = BTreeMap<(NaiveDate, Measure), i64>;

/// Activities of three months in two years; some corrected to another month or taken back, days later.
async fn busy(house: &House) {
    let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
    for (number, on) in [
        day(2019, 12, 31),
        day(2020, 1, 1),
        day(2020, 5, 2),
        day(2020, 5, 2),
        day(2020, 5, 31),
    ]
    .into_iter()
    .enumerate()
    {
        let ctx = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let people = 10 * (i64::try_from(number).unwrap() + 1);
        let id = done(
            draft::create(&house.app, &ctx, facts(on, people, 2, &[]))
                .await
                .unwrap(),
        );
        done(record(&house.app, &ctx, id, 1).await.unwrap());
        // Just before midnight of the province, then days later.
        house.clock.advance_seconds(15 * 3600 + 3599);
        let ctx = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        if number == 1 {
            let order = Correct {
                activity: id,
                based_on: 1,
                facts: facts(day(2020, 2, 3), people + 5, 0, &[]),
                reason: "nhầm tháng".into(),
            };
            done(correct(&house.app, &ctx, order).await.unwrap());
        }
        if number == 2 {
            done(
                reverse(&house.app, &ctx, id, "ghi trùng với cuộc khác")
                    .await
                    .unwrap(),
            );
        }
    }
}

/// Days of the agency, copies, months and changes of the province, and what was known each evening.
async fn all(house: &House) -> (Sums, Sums, Sums, Sums, Vec<i64>) {
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    let days = reader.day_totals().await.unwrap();
    drop(reader);
    let ctx = ProvinceCtx::of_system(
        house.store.registry().now(),
        "test",
        house.province.now(),
        RequestId::new("t".into()),
    );
    let warrant = ctx.warrant::<OversightRead>().unwrap();
    let mut province = house.store.province_reader(&warrant).await.unwrap();
    let copies = province.days_of(house.a.id()).await.unwrap();
    let months = province.months_of(house.a.id()).await.unwrap();
    let changes = province.changes_of(house.a.id()).await.unwrap();
    let (from, to) = (
        NaiveDate::from_ymd_opt(2019, 1, 1).unwrap(),
        NaiveDate::from_ymd_opt(2020, 12, 31).unwrap(),
    );
    let mut known = Vec::new();
    for days in -1..6 {
        province = province.as_known(Some(house.clock.now().plus_seconds(-days * 24 * 3600)));
        known.push(province.total(Measure::DirectAttendees, from, to).await.unwrap());
    }
    (days, copies, months, changes, known)
}

#[tokio::test]
async fn days_that_are_counted_at_once_are_those_counted_one_by_one() {
    for engine in BOTH {
        let one_by_one = House::on(engine).await.unwrap();
        busy(&one_by_one).await;
        jobs(&one_by_one.app, &one_by_one)
            .run_once_until_idle()
            .await
            .unwrap();
        let expected = all(&one_by_one).await;
        assert_eq!(expected.0, expected.1, "{engine:?}: copies");
        let mut summed = Sums::new();
        for ((day, measure), quantity) in &expected.1 {
            let month = chrono::Datelike::with_day(day, 1).unwrap();
            *summed.entry((month, *measure)).or_insert(0) += quantity;
        }
        assert_eq!(expected.2, summed, "{engine:?}: months are sums of days");
        assert!(summed.len() >= 9, "{engine:?}: {summed:?}");

        // From nothing; again, with everything there; and after the copies were lost.
        let at_once = House::on(engine).await.unwrap();
        busy(&at_once).await;
        for round in 0..3 {
            let mut agency = at_once.store.tenant(&at_once.a).await.unwrap();
            agency.hold_ledger().await.unwrap();
            let days = agency.rebuild_days(at_once.clock.now()).await.unwrap();
            agency.save().await.unwrap();
            assert_eq!(days, 5, "{engine:?}");
            assert_eq!(all(&at_once).await, expected, "{engine:?}, round {round}");
        }
        for house in [one_by_one, at_once] {
            house.end().await.unwrap();
        }
    }
}
