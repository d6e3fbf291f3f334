//! What a new password overtakes: sign-ins whose hash is being computed, and tickets that wait for their code.

use std::time::Duration;

use pbgdpl_app::account::{change_password, create, password, second_factor, session, sign_in};
use pbgdpl_model::clock::{Clock, Moment};
use pbgdpl_store::identity::AccountStatus;
use pbgdpl_testkit::house::{BOTH, House};

use super::{EMAIL, PASSWORD, code, somebody, ticket, visit};

/// What happens to the account between the reading of its hash and the writing of the sign-in.
#[derive(Debug, Clone, Copy)]
enum Meanwhile {
    NewPassword,
    Disabled,
}

#[tokio::test]
async fn a_sign_in_that_was_overtaken_is_refused() {
    for engine in BOTH {
        for with_factor in [true, false] {
            for meanwhile in [Meanwhile::NewPassword, Meanwhile::Disabled] {
                let house = House::on(engine).await.unwrap();
                let secret = with_factor.then(|| create::totp_secret().unwrap());
                let account = somebody(&house.app, secret).await;
                let stored = account_hash(&house).await;
                // Everybody who computes a hash is busy, so that the sign-in waits with what it read.
                let busy: Vec<_> = (0..6)
                    .map(|_| tokio::spawn(password::hash("chín con voi qua suối")))
                    .collect();
                let app = house.app.clone();
                let signing_in =
                    tokio::spawn(async move { sign_in::sign_in(&app, EMAIL, PASSWORD, &visit()).await });
                while tries(&house).await == 0 {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
                assert!(!signing_in.is_finished(), "{engine:?}: too fast to be overtaken");
                let mut identity = house.store.identity().await.unwrap();
                let now = house.clock.now();
                match meanwhile {
                    Meanwhile::NewPassword => {
                        assert!(
                            identity
                                .set_password(account, &stored, "khác", now)
                                .await
                                .unwrap()
                        );
                    }
                    Meanwhile::Disabled => {
                        identity
                            .set_status(account, AccountStatus::Disabled, now)
                            .await
                            .unwrap();
                    }
                }
                identity.save().await.unwrap();
                let outcome = signing_in.await.unwrap().unwrap();
                assert!(
                    matches!(outcome, sign_in::Outcome::Refused { .. }),
                    "{engine:?} {meanwhile:?}: {outcome:?}"
                );
                for hash in busy {
                    hash.await.unwrap().unwrap();
                }
            }
        }
    }
}

async fn account_hash(house: &House) -> String {
    let identity = house.store.read().identity().await.unwrap();
    identity
        .account_by_email(EMAIL)
        .await
        .unwrap()
        .unwrap()
        .password_hash
}

async fn tries(house: &House) -> u64 {
    let identity = house.store.read().identity().await.unwrap();
    let key = format!("email:{}", EMAIL.to_lowercase());
    identity
        .failed_attempts(&key, Moment::from_millis(0))
        .await
        .unwrap()
}

#[tokio::test]
async fn a_new_password_ends_sign_ins_half_done_and_shows_no_second_factor() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let secret = create::totp_secret().unwrap();
        somebody(&house.app, Some(secret.clone())).await;
        let confirm = async |ticket: &str| {
            let code = code(&secret, house.clock.now());
            second_factor::confirm(&house.app, ticket, &code, &visit())
                .await
                .unwrap()
        };
        let second_factor::Outcome::SignedIn(cookie) = confirm(&ticket(&house.app).await).await else {
            panic!("not signed in");
        };
        let person = session::resume(&house.app, cookie.value())
            .await
            .unwrap()
            .unwrap();
        let half_done = ticket(&house.app).await;
        house.clock.advance_seconds(60);
        let new = "sáu con trâu xuống ruộng";
        let changed = change_password::change_password(&house.app, &person, PASSWORD, new, &visit())
            .await
            .unwrap();
        let change_password::Outcome::Changed(fresh) = changed else {
            panic!("{changed:?}");
        };
        let outcome = confirm(&half_done).await;
        assert!(
            matches!(outcome, second_factor::Outcome::Over),
            "{engine:?}: {outcome:?}"
        );
        let after = session::resume(&house.app, fresh.value()).await.unwrap().unwrap();
        assert_eq!(
            after.session.second_factor_at, person.session.second_factor_at,
            "a password is no second factor"
        );
        let stale = change_password::change_password(&house.app, &person, new, PASSWORD, &visit()).await;
        assert!(
            matches!(stale, Err(pbgdpl_app::Error::Stale)),
            "a session that ended changes nothing: {stale:?}"
        );
    }
}
