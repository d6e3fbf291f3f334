//! AUD-01 for accounts: every act is in the chain, in its own transaction, without personal data; what cannot be recorded is not done.

use std::collections::BTreeSet;

use pbgdpl_app::account::{
    Device, Visit, change_password, create, enrol, erase, invite, reset_factor, second_factor, session,
    sign_in, sign_in_link,
};
use pbgdpl_model::audit::{Broken, Entry};
use pbgdpl_model::clock::Clock;
use pbgdpl_province::oversight::verify::{Verification, verify};
use pbgdpl_scope::action::AuditVerify;
use pbgdpl_store::identity::SignedIn;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::owner::Owner;
use pbgdpl_testkit::web::{Ask, Web};

use super::{BY, DESK, EMAIL, PASSWORD, code, signed_in, somebody, ticket, visit};

const NEW: &str = "sáu con trâu xuống ruộng";
const TABLES: [&str; 6] = [
    "account",
    "account_totp",
    "account_session",
    "account_ticket",
    "account_device",
    "outbox",
];

async fn owner(house: &House) -> Owner {
    Owner::of(&house.ground).await.unwrap()
}

async fn refuse_records(house: &House) {
    owner(house)
        .await
        .refuse_inserts(&["account_audit"])
        .await
        .unwrap();
}

async fn take_records_again(house: &House) {
    owner(house).await.take_inserts(&["account_audit"]).await.unwrap();
}

/// Every row that an act on an account could touch.
async fn rows(house: &House) -> BTreeSet<String> {
    owner(house).await.rows(&TABLES).await.unwrap()
}

async fn entries(house: &House) -> Vec<Entry> {
    let ctx = house.province_ctx(&house.auditor).await.unwrap();
    let warrant = ctx.warrant::<AuditVerify>().unwrap();
    let store = house.store.province(&warrant).await.unwrap();
    store.account_audit_after(0, 100).await.unwrap()
}

async fn verified(house: &House) -> Verification {
    let ctx = house.province_ctx(&house.auditor).await.unwrap();
    verify(&house.province, &ctx, None, &mut |_, _| {}).await.unwrap()
}

async fn person(house: &House, cookie: &session::Cookie) -> SignedIn {
    session::resume(&house.app, cookie.value())
        .await
        .unwrap()
        .unwrap()
}

fn elsewhere() -> Visit {
    Visit {
        device: Device::of_user_agent("Edg Windows"),
        ..visit()
    }
}

#[tokio::test]
async fn aud_01_nothing_is_written_where_the_record_fails() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let app = &house.app;
        somebody(app, None).await;
        let me = person(&house, &signed_in(app).await).await;
        let lan = invite::invite(app, BY, "lan@thu.example", "Y Lan").await.unwrap();
        let phuc = create::NewAccount {
            email: "phuc@thu.example".into(),
            display_name: "A Phúc".into(),
            password: PASSWORD.into(),
            totp_secret: Some(create::totp_secret().unwrap()),
        };
        create::create(app, phuc).await.unwrap();
        let before = rows(&house).await;
        refuse_records(&house).await;
        let done = [
            (
                "invite",
                invite::invite(app, BY, "moi@thu.example", "A Mới").await.is_ok(),
            ),
            (
                "invite again",
                invite::invite(app, BY, "lan@thu.example", "Y Lan").await.is_ok(),
            ),
            (
                "disable",
                invite::disable(app, BY, "lan@thu.example").await.is_ok(),
            ),
            (
                "erase",
                erase::erase(app, BY, erase::Whose::Address("lan@thu.example"), "Đơn số 12")
                    .await
                    .is_ok(),
            ),
            (
                "accept",
                sign_in_link::accept(app, &lan.link, ("", NEW), &visit())
                    .await
                    .is_ok(),
            ),
            (
                "change password",
                change_password::change_password(app, &me, PASSWORD, NEW, &visit())
                    .await
                    .is_ok(),
            ),
            ("begin factor", enrol::begin(app, &me, &visit()).await.is_ok()),
            (
                "new device",
                sign_in::sign_in(app, EMAIL, PASSWORD, &elsewhere()).await.is_ok(),
            ),
            (
                "reset factor",
                reset_factor::reset_factor(app, BY, "phuc@thu.example")
                    .await
                    .is_ok(),
            ),
        ];
        for (act, done) in done {
            assert!(!done, "{engine:?}: {act} was done without its record");
        }
        assert_eq!(rows(&house).await, before, "{engine:?}");
        take_records_again(&house).await;
        let begun = enrol::begin(app, &me, &visit()).await.unwrap().unwrap();
        let before = rows(&house).await;
        refuse_records(&house).await;
        let right = code(&begun.secret, house.clock.now());
        assert!(enrol::confirm(app, &me, &right, &visit()).await.is_err());
        assert_eq!(rows(&house).await, before, "{engine:?}");
        take_records_again(&house).await;
        let on = enrol::confirm(app, &me, &right, &visit()).await.unwrap();
        assert!(
            matches!(on, enrol::Outcome::On(_)),
            "{engine:?}: the code was not used up: {on:?}"
        );
    }
}

#[tokio::test]
async fn aud_01_every_act_on_an_account_is_in_the_chain_and_verified() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let app = &house.app;
        let lan = invite::invite(app, BY, "lan@thu.example", "Y Lan").await.unwrap();
        let cookie = sign_in_link::accept(app, &lan.link, ("", PASSWORD), &visit())
            .await
            .unwrap()
            .unwrap();
        let me = person(&house, &cookie).await;
        let begun = enrol::begin(app, &me, &visit()).await.unwrap().unwrap();
        let right = code(&begun.secret, house.clock.now());
        let enrol::Outcome::On(cookie) = enrol::confirm(app, &me, &right, &visit()).await.unwrap() else {
            panic!("not enrolled");
        };
        let me = person(&house, &cookie).await;
        let changed = change_password::change_password(app, &me, PASSWORD, NEW, &elsewhere())
            .await
            .unwrap();
        assert!(
            matches!(changed, change_password::Outcome::Changed(_)),
            "{changed:?}"
        );
        reset_factor::reset_factor(app, BY, "lan@thu.example")
            .await
            .unwrap();
        assert!(invite::disable(app, BY, "lan@thu.example").await.unwrap());
        let entries = entries(&house).await;
        let words: Vec<&str> = entries.iter().map(|entry| entry.action.as_str()).collect();
        assert_eq!(
            words,
            [
                "account-invite",
                "account-new-device",
                "account-first-password",
                "account-begin-factor",
                "account-confirm-factor",
                "account-new-device",
                "account-change-password",
                "account-reset-factor",
                "account-disable",
            ],
            "{engine:?}"
        );
        for entry in &entries {
            assert_eq!(
                (entry.object_id, entry.request.as_str()),
                (lan.account.0, "yeu-cau")
            );
            let text = format!("{entry:?}").to_lowercase();
            assert!(!text.contains("lan@") && !text.contains("y lan"), "{text}");
        }
        let found = verified(&house).await;
        let chain = found.chains.iter().find(|chain| chain.accounts).unwrap();
        assert!(found.is_whole() && chain.entries == 9, "{engine:?}: {found:?}");
        assert!(
            found
                .checkpoint()
                .chains
                .iter()
                .any(|kept| kept.chain == "accounts")
        );
        let auditor = house.session(&house.auditor).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let screen = Ask::get(DESK, "/giam-sat/kiem-chung").signed_in(&auditor);
        let screen = web.ask(&screen).await.unwrap().text();
        assert!(screen.contains("Nhật ký của các tài khoản"), "{screen}");
        owner(&house)
            .await
            .run(
                &[
                    "drop trigger account_audit_refuses_update",
                    "update account_audit set action = 'account-invite' where seq = 7",
                ],
                &[
                    "alter table account_audit disable trigger all",
                    "update account_audit set action = 'account-invite' where seq = 7",
                ],
            )
            .await
            .unwrap();
        let found = verified(&house).await;
        let chain = found.chains.iter().find(|chain| chain.accounts).unwrap();
        assert_eq!(chain.fault, Some(Broken::Content(7)), "{engine:?}");
    }
}

#[tokio::test]
async fn a_lost_factor_is_reset_to_the_proof_of_the_first_enrolment() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let app = &house.app;
        let secret = create::totp_secret().unwrap();
        let account = somebody(app, Some(secret.clone())).await;
        let right = code(&secret, house.clock.now());
        let second_factor::Outcome::SignedIn(cookie) =
            second_factor::confirm(app, &ticket(app).await, &right, &visit())
                .await
                .unwrap()
        else {
            panic!("not signed in");
        };
        let half_done = ticket(app).await;
        let link = reset_factor::reset_factor(app, BY, EMAIL).await.unwrap();
        assert!(
            session::resume(app, cookie.value()).await.unwrap().is_none(),
            "{engine:?}"
        );
        let with_password = sign_in::sign_in(app, EMAIL, PASSWORD, &visit()).await.unwrap();
        assert!(
            matches!(with_password, sign_in::Outcome::Refused { .. }),
            "{engine:?}: the password alone must not enrol: {with_password:?}"
        );
        house.clock.advance_seconds(30);
        let right = code(&secret, house.clock.now());
        let over = second_factor::confirm(app, &half_done, &right, &visit())
            .await
            .unwrap();
        assert!(
            matches!(over, second_factor::Outcome::Over),
            "{engine:?}: {over:?}"
        );
        let told = house
            .store
            .machinery()
            .lease(house.clock.now(), 60, 50)
            .await
            .unwrap();
        let letters: Vec<_> = told
            .iter()
            .filter(|header| header.kind == "factor-reset")
            .collect();
        assert_eq!(letters.len(), 1, "{engine:?}");
        assert!(letters[0].subject.starts_with(&account.to_string()));
        let cookie = sign_in_link::accept(app, &link, ("", NEW), &visit())
            .await
            .unwrap()
            .unwrap();
        let me = person(&house, &cookie).await;
        assert_eq!(me.session.second_factor_at, None);
        let begun = enrol::begin(app, &me, &visit()).await.unwrap().unwrap();
        assert_ne!(begun.secret, secret, "a new secret");
        let nothing = reset_factor::reset_factor(app, BY, "khong.co@thu.example").await;
        assert!(matches!(nothing, Err(pbgdpl_app::Error::NotFound)));
    }
}
