//! Sixteen writers and two nodes at once; many corrections of one activity at once.

use std::time::Duration;

use chrono::NaiveDate;
use pbgdpl_app::App;
use pbgdpl_app::activity::correct::{Correct, correct};
use pbgdpl_app::activity::{Outcome, draft, record::record, reverse::reverse};
use pbgdpl_model::id::TenantId;
use pbgdpl_model::ledger::Measure;
use pbgdpl_scope::Ctx;
use pbgdpl_store::Hints;
use pbgdpl_testkit::house::{BOTH, House};
use std::collections::BTreeMap;
use tokio_util::sync::CancellationToken;

use crate::by_hand::{Book, count, days, done, facts, jobs, province_year, without_zeros};

/// Small, repeatable chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn figure(&mut self, bound: u64) -> i64 {
        i64::try_from(self.below(bound)).unwrap() + 1
    }

    async fn wait(&mut self) {
        tokio::time::sleep(Duration::from_millis(self.below(12))).await;
    }
}

/// One reporter: records, corrects and takes back, and keeps a book of it.
async fn write(app: App, ctx: Ctx, partner: TenantId, seed: u64, rounds: u32) -> Book {
    let mut chance = Chance(seed);
    let mut book = Book::new();
    let tenant = ctx.tenant().clone();
    for _ in 0..rounds {
        // Few days, so that writers meet on them.
        let day = NaiveDate::from_ymd_opt(2020, 5, u32::try_from(chance.below(5)).unwrap() + 1).unwrap();
        let joint = chance.below(2) == 0;
        let partners: &[TenantId] = if joint { &[partner] } else { &[] };
        let first = facts(day, chance.figure(90), chance.figure(40), partners);
        let id = done(draft::create(&app, &ctx, first.clone()).await.unwrap());
        chance.wait().await;
        done(record(&app, &ctx, id, 1).await.unwrap());
        count(&mut book, &tenant, &first, 1);
        chance.wait().await;
        match chance.below(4) {
            0 => {
                let other_day = day.succ_opt().unwrap();
                let right = facts(other_day, chance.figure(90), chance.figure(40), partners);
                let order = Correct {
                    activity: id,
                    based_on: 1,
                    facts: right.clone(),
                    reason: "gõ nhầm số".into(),
                };
                done(correct(&app, &ctx, order).await.unwrap());
                count(&mut book, &tenant, &first, -1);
                count(&mut book, &tenant, &right, 1);
            }
            1 => {
                done(reverse(&app, &ctx, id, "ghi trùng với cuộc khác").await.unwrap());
                count(&mut book, &tenant, &first, -1);
            }
            _ => {}
        }
        chance.wait().await;
    }
    book
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn sixteen_writers_and_two_nodes_leave_days_that_an_independent_recount_confirms() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let node = house.second_node(Hints::local()).await.unwrap();
        let stop = CancellationToken::new();
        let working: Vec<_> = [&house.app, &node]
            .map(|app| {
                let (jobs, stop) = (jobs(app, &house), stop.clone());
                tokio::spawn(async move { jobs.run_until(stop).await })
            })
            .into();
        let mut writing = Vec::new();
        for writer in 0..16_u64 {
            let (tenant, other, people) = if writer % 2 == 0 {
                (&house.a, &house.b, &house.in_a)
            } else {
                (&house.b, &house.a, &house.in_b)
            };
            let ctx = house.ctx(tenant, &people.reporter).await.unwrap();
            let app = if writer % 4 < 2 {
                house.app.clone()
            } else {
                node.clone()
            };
            writing.push(tokio::spawn(write(app, ctx, other.id(), writer + 1, 8)));
        }
        let mut book = Book::new();
        for task in writing {
            for (key, quantity) in task.await.unwrap() {
                *book.entry(key).or_insert(0) += quantity;
            }
        }
        stop.cancel();
        for task in working {
            task.await.unwrap();
        }
        // Whatever waits for another attempt is due now.
        house.clock.advance_seconds(7200);
        let last = jobs(&house.app, &house);
        last.run_once_until_idle().await.unwrap();
        assert_eq!(
            house.store.read().backlog().await.unwrap(),
            (0, 0, 0),
            "{engine:?}: something still waits"
        );

        let found = days(&house).await;
        assert_eq!(
            without_zeros(found.clone()),
            without_zeros(book.clone()),
            "{engine:?}: days"
        );
        let mut year = BTreeMap::new();
        for ((tenant, _, measure), quantity) in &book {
            *year.entry((*tenant, *measure)).or_insert(0) += quantity;
        }
        assert_eq!(
            without_zeros(province_year(&house).await),
            without_zeros(year),
            "{engine:?}: the province"
        );
        // Twice gives the same.
        rebuild_all(&house).await;
        assert_eq!(days(&house).await, found, "{engine:?}: rebuilt");
        for tenant in [&house.a, &house.b] {
            let reader = house.store.read().tenant(tenant).await.unwrap();
            let (_, shares) = reader.shares(None, 1, 500).await.unwrap();
            assert!(shares > 0, "{engine:?}: invitations arrived");
        }
        house.end().await.unwrap();
    }
}

async fn rebuild_all(house: &House) {
    for tenant in [&house.a, &house.b] {
        let every = house
            .store
            .read()
            .tenant(tenant)
            .await
            .unwrap()
            .day_totals()
            .await
            .unwrap();
        let mut agency = house.store.tenant(tenant).await.unwrap();
        for (day, _) in every.keys() {
            agency.rebuild_day(*day, house.province.now()).await.unwrap();
        }
        agency.save().await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_many_corrections_at_once_one_is_taken() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let ctx = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let day = NaiveDate::from_ymd_opt(2020, 5, 2).unwrap();
        let id = done(
            draft::create(&house.app, &ctx, facts(day, 180, 3, &[]))
                .await
                .unwrap(),
        );
        done(record(&house.app, &ctx, id, 1).await.unwrap());
        let mut tasks = Vec::new();
        for n in 0..8 {
            let (app, ctx) = (house.app.clone(), ctx.clone());
            let order = Correct {
                activity: id,
                based_on: 1,
                facts: facts(day, 100 + n, 3, &[]),
                reason: "biên bản ghi khác".into(),
            };
            tasks.push(tokio::spawn(async move { correct(&app, &ctx, order).await }));
        }
        let mut taken = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(Outcome::Done(2)) => taken += 1,
                Ok(Outcome::Stale(_)) | Err(pbgdpl_app::Error::Stale) => {}
                other => panic!("{engine:?}: {other:?}"),
            }
        }
        assert_eq!(taken, 1, "{engine:?}");
        jobs(&house.app, &house).run_once_until_idle().await.unwrap();
        let reader = house.store.read().tenant(&house.a).await.unwrap();
        let now = reader.activity(id).await.unwrap().unwrap();
        let totals = reader.totals(day, day).await.unwrap();
        assert_eq!(
            totals[&Measure::DirectAttendees],
            now.content.attendees,
            "{engine:?}"
        );
        assert_eq!(totals[&Measure::DirectSessions], 1, "{engine:?}");
        // 3 rows, their reversals, 3 new rows: nothing was edited.
        let rows = reader.ledger_of(id.0).await.unwrap();
        assert_eq!(rows.len(), 9, "{engine:?}");
        assert!(
            rows.iter()
                .filter(|row| row.row.reverses.is_some())
                .all(|row| !row.row.reason.is_empty())
        );
        house.end().await.unwrap();
    }
}
