//! Limits of guessing: per address, per network, and what is typed as an address never closes another door.

use std::net::IpAddr;

use futures::future::join_all;
use pbgdpl_app::account::{Visit, create, second_factor, sign_in};
use pbgdpl_model::clock::Clock;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web};

use super::{DESK, EMAIL, PASSWORD, code, somebody, ticket, visit};

fn from(client: &str) -> Visit {
    Visit {
        client: Some(client.parse::<IpAddr>().unwrap()),
        ..visit()
    }
}

async fn guess(house: &House, email: &str, password: &str, client: &str) -> sign_in::Outcome {
    sign_in::sign_in(&house.app, email, password, &from(client))
        .await
        .unwrap()
}

#[tokio::test]
async fn fifty_failures_close_a_network_and_no_other() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        somebody(&house.app, None).await;
        // A name that is locked is asked for again and again: that is one person, not a network.
        for _ in 0..70 {
            guess(&house, "mot.nguoi@thu.example", "sai", "203.0.113.9").await;
        }
        let right = guess(&house, EMAIL, PASSWORD, "203.0.113.77").await;
        assert!(
            matches!(right, sign_in::Outcome::SignedIn(_)),
            "{engine:?}: {right:?}"
        );
        // Five failures are that person's; forty-five more are left.
        for chunk in (0..50).collect::<Vec<_>>().chunks(3) {
            let tries = chunk.iter().map(|n| {
                let house = &house;
                async move {
                    let (email, client) = (format!("nguoi.{n}@thu.example"), format!("203.0.113.{n}"));
                    guess(house, &email, "sai", &client).await
                }
            });
            join_all(tries).await;
        }
        let closed = guess(&house, EMAIL, PASSWORD, "203.0.113.200").await;
        let sign_in::Outcome::Locked { until } = closed else {
            panic!("{engine:?}: {closed:?}");
        };
        assert_eq!(until, house.clock.now().plus_seconds(15 * 60));
        let nobody = guess(&house, "khong.co@thu.example", "sai", "203.0.113.200").await;
        assert_eq!(
            format!("{nobody:?}"),
            format!("{closed:?}"),
            "one answer for both"
        );
        // The closed network locks nobody: from elsewhere the person comes in.
        for _ in 0..10 {
            guess(&house, EMAIL, "sai", "203.0.113.200").await;
        }
        let elsewhere = guess(&house, EMAIL, PASSWORD, "203.0.114.200").await;
        assert!(
            matches!(elsewhere, sign_in::Outcome::SignedIn(_)),
            "{engine:?}: {elsewhere:?}"
        );
        house.clock.advance_seconds(15 * 60);
        let later = guess(&house, EMAIL, PASSWORD, "203.0.113.200").await;
        assert!(
            matches!(later, sign_in::Outcome::SignedIn(_)),
            "{engine:?}: {later:?}"
        );
    }
}

#[tokio::test]
async fn an_address_that_spells_a_persons_code_locks_nothing() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let secret = create::totp_secret().unwrap();
        let account = somebody(&house.app, Some(secret.clone())).await;
        for _ in 0..6 {
            guess(&house, &format!("code:{account}"), "sai", "203.0.113.1").await;
        }
        let code = code(&secret, house.clock.now());
        let outcome = second_factor::confirm(&house.app, &ticket(&house.app).await, &code, &visit())
            .await
            .unwrap();
        assert!(
            matches!(outcome, second_factor::Outcome::SignedIn(_)),
            "{engine:?}: {outcome:?}"
        );
    }
}

#[tokio::test]
async fn the_refusal_says_when_to_try_again() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        somebody(&house.app, None).await;
        let web = Web::of(&house, true).unwrap();
        let mut answers = Vec::new();
        for email in [EMAIL, "khong.co@thu.example"] {
            let wrong = Ask::post(DESK, "/dang-nhap", &[("email", email), ("password", "sai")]);
            for _ in 0..5 {
                assert_eq!(web.ask(&wrong).await.unwrap().status, 422);
            }
            let locked = web.ask(&wrong).await.unwrap();
            assert_eq!(
                (locked.status.as_u16(), locked.header("retry-after")),
                (429, "901")
            );
            assert!(
                locked.text().contains("Thử lại sau 8 giờ 15"),
                "{}",
                locked.text()
            );
            answers.push(locked.masked().replace(email, "x@y.example"));
        }
        assert_eq!(answers[0], answers[1], "one answer for both");
    }
}
