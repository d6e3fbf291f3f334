//! Leases, waits and the end of a message's life: who lost a lease changes nothing, what failed is tried for days.

use pbgdpl_jobs::Jobs;
use pbgdpl_mail::Sender;
use pbgdpl_model::clock::Clock;
use pbgdpl_store::machinery::outbox::Follower;
use pbgdpl_testkit::house::{BOTH, House};

use crate::{DESK, jobs, letters, submitted};

const HOUR: i64 = 3600;

#[tokio::test]
async fn a_lost_lease_changes_nothing() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        submitted(&house, "Bài có hai nút").await;
        let machinery = house.store.machinery();
        let lease = async || {
            let mut taken = machinery.lease(house.clock.now(), 180, 8).await.unwrap();
            assert_eq!(taken.len(), 1, "{engine:?}");
            taken.remove(0)
        };
        let lost = lease().await;
        house.clock.advance_seconds(181);
        let held = lease().await;
        let now = house.clock.now();
        let letter = Follower {
            tenant: None,
            kind: "letter-article-submitted",
            subject: "ai/gi".into(),
        };
        let backlog = async || house.store.read().backlog().await.unwrap();
        assert!(
            !machinery.failed(&lost, now, false, "chậm").await.unwrap(),
            "{engine:?}"
        );
        assert_eq!(
            backlog().await,
            (1, 0, 0),
            "{engine:?}: not killed by who lost it"
        );
        assert!(
            !machinery
                .done(&lost, now, std::slice::from_ref(&letter))
                .await
                .unwrap()
        );
        assert_eq!(
            backlog().await,
            (1, 0, 0),
            "{engine:?}: neither done nor followed"
        );
        // Its holder's lease still stands: nobody else gets it.
        assert!(
            machinery.lease(now, 180, 8).await.unwrap().is_empty(),
            "{engine:?}"
        );

        assert!(machinery.done(&held, now, &[]).await.unwrap(), "{engine:?}");
        assert!(!machinery.failed(&held, now, true, "muộn").await.unwrap());
        assert!(
            !machinery.done(&held, now, &[letter]).await.unwrap(),
            "{engine:?}: done once"
        );
        assert_eq!(backlog().await, (0, 0, 0), "{engine:?}: what is done stays done");
        house.end().await.unwrap();
    }
}

/// An hour goes by, and everything that is due is tried in vain, with the answer that the job gives.
async fn vain_hours(house: &House, hours: u32) {
    let machinery = house.store.machinery();
    for _ in 0..hours {
        house.clock.advance_seconds(HOUR + 1);
        let now = house.clock.now();
        for header in machinery.lease(now, 180, 8).await.unwrap() {
            assert!(machinery.failed(&header, now, true, "away").await.unwrap());
        }
    }
}

#[tokio::test]
async fn letters_outlive_four_days_without_a_mail_server_and_come_back_after_six() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        submitted(&house, "Bài chờ cả tuần").await;
        let nowhere = Sender::open("smtp://127.0.0.1:1", "pbgdpl@thu.example").unwrap();
        let away = Jobs::new(house.app.clone(), nowhere, DESK);
        away.run_once_until_idle().await.unwrap();
        vain_hours(&house, 4 * 24).await;
        assert_eq!(
            house.store.read().backlog().await.unwrap(),
            (2, 0, 0),
            "{engine:?}"
        );
        vain_hours(&house, 2 * 24).await;
        assert_eq!(
            house.store.read().backlog().await.unwrap(),
            (0, 2, 0),
            "{engine:?}: given up, not forgotten"
        );
        assert!(
            letters(&house, (0, 2, 0)).await.is_empty(),
            "{engine:?}: dead means dead"
        );

        let now = house.clock.now();
        let machinery = house.store.machinery();
        assert_eq!(machinery.requeue_dead(now).await.unwrap(), 2, "{engine:?}");
        assert_eq!(letters(&house, (0, 0, 0)).await.len(), 2, "{engine:?}");
        assert_eq!(machinery.requeue_dead(now).await.unwrap(), 0, "{engine:?}");
        house.end().await.unwrap();
    }
}

/// While nodes are replaced one by one, an old one meets what a new one left.
#[tokio::test]
async fn a_kind_nobody_knows_waits_for_a_node_that_knows_it() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let mut identity = house.store.identity().await.unwrap();
        identity
            .send("from-the-future", "", None, house.clock.now())
            .await
            .unwrap();
        identity.save().await.unwrap();
        // More often than the twelve times after which it once was dead.
        for _ in 0..14 {
            jobs(&house).run_once_until_idle().await.unwrap();
            house.clock.advance_seconds(HOUR + 1);
        }
        assert_eq!(
            house.store.read().backlog().await.unwrap(),
            (1, 0, 0),
            "{engine:?}"
        );
        // The new node takes it.
        let machinery = house.store.machinery();
        let now = house.clock.now();
        let taken = machinery.lease(now, 180, 8).await.unwrap();
        assert_eq!(taken.len(), 1, "{engine:?}");
        assert!(machinery.done(&taken[0], now, &[]).await.unwrap(), "{engine:?}");
        house.end().await.unwrap();
    }
}
