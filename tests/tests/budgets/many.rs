//! More at once than one statement takes.

use pbgdpl_model::clock::Clock;
use pbgdpl_store::machinery::outbox::Follower;
use pbgdpl_testkit::house::{BOTH, House};

/// On the eve of a big day a country of agencies is reminded.
#[tokio::test]
async fn six_thousand_letters_are_left_once() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let letters: Vec<Follower> = (0..6_000)
            .map(|number| Follower {
                tenant: Some(house.a.id()),
                kind: "letter-report-due",
                subject: format!("x/{number}"),
            })
            .collect();
        let machinery = house.store.machinery();
        let now = house.clock.now();
        assert_eq!(
            machinery.add_once(&letters, now).await.unwrap(),
            6_000,
            "{engine:?}"
        );
        assert_eq!(machinery.add_once(&letters, now).await.unwrap(), 0, "{engine:?}");
    }
}
