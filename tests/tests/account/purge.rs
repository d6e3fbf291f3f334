//! What signing in leaves behind goes when it has served.

use pbgdpl_app::account::{create, sign_in};
use pbgdpl_model::clock::Clock;
use pbgdpl_testkit::house::{BOTH, House};

use super::{EMAIL, PASSWORD, somebody, ticket, visit};

const DAY: i64 = 24 * 3600;

#[tokio::test]
async fn what_has_served_is_purged_and_what_serves_stays() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        somebody(&house.app, None).await;
        let purge = async || {
            let mut identity = house.store.identity().await.unwrap();
            let gone = identity.purge(house.clock.now()).await.unwrap();
            identity.save().await.unwrap();
            gone
        };
        let sign_in = async || {
            sign_in::sign_in(&house.app, EMAIL, PASSWORD, &visit())
                .await
                .unwrap()
        };
        // One try noted, one success, one session, one device.
        sign_in().await;
        assert_eq!(purge().await, 0, "{engine:?}: everything serves yet");
        house.clock.advance_seconds(12 * 3600);
        assert_eq!(purge().await, 1, "{engine:?}: the session");
        house.clock.advance_seconds(12 * 3600 + 1);
        assert_eq!(purge().await, 2, "{engine:?}: the tries");
        house.clock.advance_seconds(200 * DAY);
        sign_in().await;
        house.clock.advance_seconds(200 * DAY);
        assert_eq!(
            purge().await,
            3,
            "{engine:?}: the device was seen again meanwhile"
        );
        house.clock.advance_seconds(166 * DAY);
        assert_eq!(purge().await, 1, "{engine:?}: not seen for a year");
    }
}

#[tokio::test]
async fn tickets_go_with_their_end() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        somebody(&house.app, Some(create::totp_secret().unwrap())).await;
        ticket(&house.app).await;
        let purge = async || {
            let mut identity = house.store.identity().await.unwrap();
            let gone = identity.purge(house.clock.now()).await.unwrap();
            identity.save().await.unwrap();
            gone
        };
        assert_eq!(purge().await, 0, "{engine:?}");
        house.clock.advance_seconds(sign_in::TICKET_LIFE);
        assert_eq!(purge().await, 1, "{engine:?}");
    }
}
