//! Letters and effects that acts leave in the outbox, carried out by the jobs, on both databases.

mod erasing;
mod lanes;
mod leases;
mod odd_server;
mod own_hosts;
mod pictures;
mod pictures_at_once;
mod places;
mod plan_letters;
mod purge;
mod readers;
mod reminders;
mod smtp;
mod starttls;
mod summary;
mod syslog;

use pbgdpl_app::account::create::{self, NewAccount};
use pbgdpl_app::account::{Device, Visit, sign_in};
use pbgdpl_app::article::{Outcome, approve::approve, create as write, send_back::send_back, submit::submit};
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::{Sender, StoredLetter, list_folder};
use pbgdpl_model::article::{Content, Kind};
use pbgdpl_model::id::ArticleId;
use pbgdpl_testkit::house::{BOTH, House, PROVINCE};

/// Where the desk is.
const DESK: &str = "https://quantri.thu.example/";

fn jobs(house: &House) -> Jobs {
    let url = format!("file:{}", house.folder.path().join("mail").display());
    let sender = Sender::open(&url, "pbgdpl@thu.example").unwrap();
    Jobs::new(house.app.clone(), sender, DESK)
}

/// Carries out what is due; returns every letter so far. `left`: what waits and what died after that.
async fn letters(house: &House, left: (u64, u64, u64)) -> Vec<StoredLetter> {
    jobs(house).run_once_until_idle().await.unwrap();
    assert_eq!(
        house.store.read().backlog().await.unwrap(),
        left,
        "waiting, dead, days due"
    );
    list_folder(&house.folder.path().join("mail")).await.unwrap()
}

/// An item of A's editor that waits for approval.
async fn submitted(house: &House, title: &str) -> ArticleId {
    let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
    let content = Content {
        title: title.into(),
        summary: "Một câu.".into(),
        body: "Nội dung.".into(),
        ..Content::default()
    };
    let Outcome::Done(item) = write::create(&house.app, &editor, Kind::Tin, content)
        .await
        .unwrap()
    else {
        panic!("not written")
    };
    submit(&house.app, &editor, item).await.unwrap();
    item
}

#[tokio::test]
async fn an_item_waits_comes_back_and_is_public_and_everybody_concerned_is_told() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        let item = submitted(&house, "Những điểm mới của Luật Đất đai").await;
        let sent = letters(&house, (0, 0, 0)).await;
        // Both who may approve in A; neither the writer nor anybody of B.
        let mut to: Vec<&str> = sent.iter().map(|letter| letter.to.as_str()).collect();
        to.sort_unstable();
        assert_eq!(to.len(), 2, "{engine:?}: {to:?}");
        for person in [&house.in_a.approver, &house.in_both] {
            assert!(
                to.iter().any(|to| to.contains(&person.email)),
                "{engine:?}: {to:?}"
            );
        }
        assert!(
            sent[0].text.contains(&format!("/quan-tri/so-a/bai/{item}")),
            "{}",
            sent[0].text
        );

        send_back(&house.app, &approver, item, "Ghi rõ ngày có hiệu lực")
            .await
            .unwrap();
        let sent = letters(&house, (0, 0, 0)).await;
        let back: Vec<_> = sent
            .iter()
            .filter(|letter| letter.text.contains("Ghi rõ ngày có hiệu lực"))
            .collect();
        assert_eq!(back.len(), 1, "{engine:?}");
        assert!(back[0].to.contains(&house.in_a.editor.email), "{engine:?}");

        let before = house.store.generations().get(PROVINCE.0);
        submit(&house.app, &editor, item).await.unwrap();
        approve(&house.app, &approver, item, 1, "").await.unwrap();
        letters(&house, (0, 0, 0)).await;
        assert!(
            house.store.generations().get(PROVINCE.0) > before,
            "{engine:?}: the province's pages are made anew"
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_sign_in_from_a_new_device_is_told_once() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let new = NewAccount {
            email: "huong@thu.example".into(),
            display_name: "Trần Thị Hương".into(),
            password: "năm con voi qua suối".into(),
            totp_secret: None,
        };
        create::create(&house.app, new).await.unwrap();
        for _ in 0..2 {
            let visit = Visit {
                device: Device::of_user_agent("Firefox Linux"),
                old_session: None,
                trace: None,
                client: None,
                request: String::new(),
            };
            sign_in::sign_in(&house.app, "huong@thu.example", "năm con voi qua suối", &visit)
                .await
                .unwrap();
        }
        let sent = letters(&house, (0, 0, 0)).await;
        assert_eq!(sent.len(), 1, "{engine:?}: {sent:?}");
        assert!(
            sent[0].to.contains("huong@thu.example") && sent[0].text.contains("Firefox"),
            "{:?}",
            sent[0]
        );
        house.end().await.unwrap();
    }
}
