//! Letters hold up nothing but themselves, and a retry reaches only those who lack theirs.

use std::sync::Arc;
use std::time::{Duration, Instant};

use pbgdpl_app::activity::{self, Facts, draft, record::record};
use pbgdpl_app::article::approve::approve;
use pbgdpl_app::{embed, place};
use pbgdpl_exchange::PageReader;
use pbgdpl_jobs::{Jobs, Pages};
use pbgdpl_model::activity::{Content, Kind};
use pbgdpl_model::clock::Clock;
use pbgdpl_model::policy::Role;
use pbgdpl_testkit::house::{BOTH, House, PROVINCE};
use pbgdpl_testkit::owner::Owner;
use tokio_util::sync::CancellationToken;

use crate::odd_server::{Choosy, Hanging};
use crate::places::{CONTACT, EMBED};
use crate::{DESK, submitted};

fn done<T: std::fmt::Debug>(outcome: activity::Outcome<T>) -> T {
    match outcome {
        activity::Outcome::Done(value) => value,
        other => panic!("not done: {other:?}"),
    }
}

/// A meeting is recorded: one day is to be added up.
async fn recorded(house: &House) {
    let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let facts = Facts {
        kind: Kind::HoiNghi,
        day: house.clock_day(),
        content: Content {
            title: "Hội nghị ở Văn Lem".into(),
            form: "truc-tiep".into(),
            place: "Xã Văn Lem".into(),
            sessions: 1,
            attendees: 58,
            no_evidence_reason: "Thử nghiệm không có biên bản".into(),
            ..Content::default()
        },
        partners: vec![],
    };
    let id = done(draft::create(&house.app, &reporter, facts).await.unwrap());
    done(record(&house.app, &reporter, id, 1).await.unwrap());
}

/// The rest of the house's promise: two seconds to the public, whatever the mail server does.
#[tokio::test]
async fn a_mail_server_that_hangs_holds_up_neither_pages_nor_sums() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let server = Hanging::start().await;
        let mut items = Vec::new();
        // Ten letters: more than anybody works on at once.
        for number in 0..5 {
            items.push(submitted(&house, &format!("Bài thứ {number}")).await);
        }
        let jobs = Jobs::new(house.app.clone(), server.sender(), DESK);
        let stop = CancellationToken::new();
        let working = tokio::spawn({
            let stop = stop.clone();
            async move { jobs.run_until(stop).await }
        });
        let patience = Instant::now();
        while server.asked() == 0 {
            assert!(
                patience.elapsed() < Duration::from_secs(15),
                "{engine:?}: no letter was tried"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }

        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        let before = house.store.generations().get(PROVINCE.0);
        approve(&house.app, &approver, items[0], 1, "").await.unwrap();
        recorded(&house).await;
        let since = Instant::now();
        loop {
            let (_, _, days) = house.store.read().backlog().await.unwrap();
            let followed = house.store.generations().get(PROVINCE.0) > before;
            if followed && days == 0 {
                break;
            }
            assert!(
                since.elapsed() < Duration::from_secs(2),
                "{engine:?}: province follows: {followed}, days due: {days}"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }

        // The node dies with its letters in hand; another has them when the lease is over.
        working.abort();
        house.clock.advance_seconds(181);
        house.end().await.unwrap();
    }
}

/// Looks at sites that never answer: each takes five seconds, two at a time.
#[tokio::test]
async fn sites_that_hang_do_not_hold_up_the_ministry() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let server = Hanging::start().await;
        let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
        let embed = embed::add::add(&house.app, &admin, "Cổng của Sở", &server.site())
            .await
            .unwrap();
        for number in 0..10 {
            let page = format!("{}/?trang={number}", server.site());
            place::add::add(&house.app, &admin, embed.id, (&page, CONTACT))
                .await
                .unwrap();
        }
        let jobs = crate::jobs(&house).with_pages(Pages {
            reader: PageReader::new(None, Arc::new(|address| address.is_loopback())).unwrap(),
            camera: None,
            embed: EMBED.into(),
            public: "https://thu.example".into(),
        });
        let stop = CancellationToken::new();
        let working = tokio::spawn({
            let stop = stop.clone();
            async move { jobs.run_until(stop).await }
        });
        let waiting = async || house.store.read().backlog().await.unwrap().0;
        let patience = Instant::now();
        // The schedule looks at one beside the two of the queue.
        while server.asked() < 3 {
            assert!(
                patience.elapsed() < Duration::from_secs(15),
                "{engine:?}: no site was looked at"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }

        // Both sides of a year are to be compared; of none that was asked for, there is nothing to read.
        house.clock.advance_seconds(1);
        let mut identity = house.store.identity().await.unwrap();
        let subject = "nam-chinh-thuc/2020";
        identity
            .send("exchange-reconcile", subject, None, house.clock.now())
            .await
            .unwrap();
        identity.save().await.unwrap();
        let since = Instant::now();
        while left_of(&house, "exchange-reconcile").await {
            let behind = waiting().await;
            assert!(
                since.elapsed() < Duration::from_secs(4),
                "{engine:?}: {behind} messages wait"
            );
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        assert!(waiting().await > 0, "{engine:?}: the sites do not hang");

        working.abort();
        house.clock.advance_seconds(181);
        house.end().await.unwrap();
    }
}

/// Whether a message of this kind is not done yet.
async fn left_of(house: &House, kind: &str) -> bool {
    let mut owner = Owner::of(&house.ground).await.unwrap();
    let rows = owner.rows(&["outbox"]).await.unwrap();
    rows.iter().any(|row| row.contains(kind) && !row.contains("done"))
}

#[tokio::test]
async fn who_has_the_letter_does_not_get_it_again() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let mut identity = house.store.identity().await.unwrap();
        let (third, place) = (&house.in_a.admin, house.a.id().into());
        identity
            .grant(
                third.account,
                place,
                Role::Approver,
                third.account,
                house.clock.now(),
            )
            .await
            .unwrap();
        identity.save().await.unwrap();
        let server = Choosy::start(&house.in_both.email).await;
        submitted(&house, "Bài cho ba người").await;
        let jobs = Jobs::new(house.app.clone(), server.sender(), DESK);
        for _ in 0..5 {
            jobs.run_once_until_idle().await.unwrap();
            house.clock.advance_seconds(3600);
        }
        let taken = server.taken();
        let readers: Vec<&str> = taken.keys().map(String::as_str).collect();
        let mut expected = [third.email.as_str(), house.in_a.approver.email.as_str()];
        expected.sort_unstable();
        assert_eq!(readers, expected, "{engine:?}");
        assert!(taken.values().all(|ids| ids.len() == 1), "{engine:?}: {taken:?}");
        assert_eq!(
            house.store.read().backlog().await.unwrap(),
            (1, 0, 0),
            "{engine:?}"
        );

        server.relent();
        jobs.run_once_until_idle().await.unwrap();
        let taken = server.taken();
        assert_eq!(taken.len(), 3, "{engine:?}: {taken:?}");
        let mut ids: Vec<&String> = taken.values().flatten().collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(
            ids.len(),
            3,
            "{engine:?}: one letter each, each with a name of its own"
        );
        house.end().await.unwrap();
    }
}
