//! Who is written to is asked again when the letter leaves (SECURITY 21): who left the agency learns nothing more of it.

use pbgdpl_app::account::{By, invite};
use pbgdpl_app::article::send_back::send_back;
use pbgdpl_app::member::revoke::revoke;
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::Sender;
use pbgdpl_model::policy::Role;
use pbgdpl_testkit::house::{BOTH, House, Someone};

use crate::{DESK, letters, submitted};

async fn leaves(house: &House, person: &Someone, role: Role) {
    let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
    revoke(&house.app, &admin, person.account, role).await.unwrap();
}

#[tokio::test]
async fn a_returned_item_is_not_told_to_who_left() {
    for engine in BOTH {
        for disabled in [false, true] {
            let house = House::on(engine).await.unwrap();
            let item = submitted(&house, "Bài của người đã đi").await;
            letters(&house, (0, 0, 0)).await;
            let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
            send_back(&house.app, &approver, item, "Ghi rõ ngày có hiệu lực")
                .await
                .unwrap();
            if disabled {
                let email = &house.in_a.editor.email;
                assert!(
                    invite::disable(&house.app, By::system("test", "t"), email)
                        .await
                        .unwrap()
                );
            } else {
                leaves(&house, &house.in_a.editor, Role::Editor).await;
            }
            let sent = letters(&house, (0, 0, 0)).await;
            assert!(
                !sent.iter().any(|letter| letter.text.contains("Ghi rõ ngày")),
                "{engine:?}, disabled: {disabled}: {sent:?}"
            );
            house.end().await.unwrap();
        }
    }
}

#[tokio::test]
async fn a_waiting_item_is_not_told_to_who_approves_no_more() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        submitted(&house, "Bài chờ người còn ở lại").await;
        // Both letters are left and wait for a mail server; meanwhile one of the readers leaves.
        let nowhere = Sender::open("smtp://127.0.0.1:1", "pbgdpl@thu.example").unwrap();
        let away = Jobs::new(house.app.clone(), nowhere, DESK);
        away.run_once_until_idle().await.unwrap();
        assert_eq!(
            house.store.read().backlog().await.unwrap(),
            (2, 0, 0),
            "{engine:?}"
        );
        leaves(&house, &house.in_a.approver, Role::Approver).await;
        house.clock.advance_seconds(10);
        let sent = letters(&house, (0, 0, 0)).await;
        let to: Vec<&str> = sent.iter().map(|letter| letter.to.as_str()).collect();
        assert_eq!(to.len(), 1, "{engine:?}: {to:?}");
        assert!(to[0].contains(&house.in_both.email), "{engine:?}: {to:?}");
        house.end().await.unwrap();
    }
}
