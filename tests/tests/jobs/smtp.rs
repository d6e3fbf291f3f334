//! Letters over real SMTP: a mail server of another make takes them, and reads what we meant.

use mail_parser::MessageParser;
use pbgdpl_app::account::create::{self, NewAccount};
use pbgdpl_app::account::{Device, Visit, sign_in};
use pbgdpl_app::article::send_back::send_back;
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::Sender;
use pbgdpl_model::clock::Clock;
use pbgdpl_store::Engine;
use pbgdpl_testkit::house::House;
use pbgdpl_testkit::servers::MailServer;

use crate::{DESK, submitted};

/// Submit, return and a sign-in from a new device, as an aiosmtpd received them.
#[tokio::test]
async fn letters_of_submit_return_and_new_device_reach_a_mail_server() {
    let server = MailServer::start().unwrap();
    let house = House::on(Engine::Postgres).await.unwrap();
    let sender = Sender::open(&server.url(), "pbgdpl@thu.example").unwrap();
    let jobs = Jobs::new(house.app.clone(), sender, DESK);

    let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
    let item = submitted(&house, "Đất đai: những điểm mới, hỏi và đáp").await;
    jobs.run_once_until_idle().await.unwrap();
    let received = server.letters().unwrap();
    assert_eq!(received.len(), 2, "both who may approve");
    for raw in &received {
        let letter = MessageParser::default().parse(raw).unwrap();
        assert!(letter.subject().unwrap().contains("Đất đai: những điểm mới"));
        assert!(
            letter
                .body_text(0)
                .unwrap()
                .contains(&format!("/quan-tri/so-a/bai/{item}"))
        );
        assert!(letter.message_id().unwrap().contains("thu.example"));
        let from = letter.from().unwrap().first().unwrap();
        assert_eq!(from.address(), Some("pbgdpl@thu.example"));
    }

    send_back(&house.app, &approver, item, "Ghi rõ ngày có hiệu lực")
        .await
        .unwrap();
    let new = NewAccount {
        email: "huong@thu.example".into(),
        display_name: "Trần Thị Hương".into(),
        password: "năm con voi qua suối".into(),
        totp_secret: None,
    };
    create::create(&house.app, new).await.unwrap();
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
    jobs.run_once_until_idle().await.unwrap();
    let received = server.letters().unwrap();
    let texts: Vec<(String, String)> = received
        .iter()
        .map(|raw| {
            let letter = MessageParser::default().parse(raw).unwrap();
            let to = letter
                .to()
                .unwrap()
                .first()
                .unwrap()
                .address()
                .unwrap()
                .to_owned();
            (to, letter.body_text(0).unwrap().into_owned())
        })
        .collect();
    assert_eq!(texts.len(), 4, "{texts:?}");
    let one = |to: &str, words: &str| {
        texts
            .iter()
            .filter(|(t, text)| t == to && text.contains(words))
            .count()
    };
    assert_eq!(one(&house.in_a.editor.email, "Ghi rõ ngày có hiệu lực"), 1);
    assert_eq!(one("huong@thu.example", "Firefox"), 1);
    house.end().await.unwrap();
}

/// A mail server that is away costs no letter: it waits in the outbox and leaves when the server is back.
#[tokio::test]
async fn a_letter_waits_for_a_mail_server_that_is_away() {
    let server = MailServer::start().unwrap();
    let house = House::on(Engine::Sqlite).await.unwrap();
    let away = Sender::open("smtp://127.0.0.1:1", "pbgdpl@thu.example").unwrap();
    submitted(&house, "Tin chờ").await;
    Jobs::new(house.app.clone(), away, DESK)
        .run_once_until_idle()
        .await
        .unwrap();
    let (waiting, dead, _) = house.store.read().backlog().await.unwrap();
    assert_eq!((waiting, dead), (2, 0), "both wait");
    house.clock.set(house.clock.now().plus_seconds(3600));
    let back = Sender::open(&server.url(), "pbgdpl@thu.example").unwrap();
    Jobs::new(house.app.clone(), back, DESK)
        .run_once_until_idle()
        .await
        .unwrap();
    assert_eq!(house.store.read().backlog().await.unwrap(), (0, 0, 0));
    assert_eq!(server.letters().unwrap().len(), 2);
    house.end().await.unwrap();
}
