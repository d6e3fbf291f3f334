//! Too many sign-ins at once: who finds the room full is told to come again, and loses no try. Alone in its program: the room is one.

use pbgdpl_app::account::create::{self, NewAccount};
use pbgdpl_app::account::password;
use pbgdpl_store::Engine;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web};

const DESK: &str = "quantri.thu.example";
const EMAIL: &str = "huong@thu.example";
const PASSWORD: &str = "năm con voi qua suối";

#[test]
fn a_full_room_answers_503_and_counts_no_try() {
    // One thread computes hashes, and it is busy.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(1)
        .build()
        .unwrap();
    runtime.block_on(async {
        for engine in BOTH {
            full_room(engine).await;
        }
    });
}

async fn full_room(engine: Engine) {
    let house = House::on(engine).await.unwrap();
    let new = NewAccount {
        email: EMAIL.into(),
        display_name: "Trần Thị Hương".into(),
        password: PASSWORD.into(),
        totp_secret: None,
    };
    create::create(&house.app, new).await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let sign_in = Ask::post(DESK, "/dang-nhap", &[("email", EMAIL), ("password", PASSWORD)]);
    let (release, held) = std::sync::mpsc::channel::<()>();
    let busy = tokio::task::spawn_blocking(move || held.recv());
    let room: Vec<_> = (0..40)
        .map(|_| tokio::spawn(password::hash("chín con voi qua suối")))
        .collect();
    // More often than wrong tries would be forgiven.
    for _ in 0..6 {
        let answer = web.ask(&sign_in).await.unwrap();
        assert_eq!(answer.status, 503, "{engine:?}: {}", answer.text());
        assert!(!answer.header("retry-after").is_empty(), "{engine:?}");
    }
    release.send(()).unwrap();
    busy.await.unwrap().unwrap();
    let mut turned_away = 0;
    for hash in room {
        turned_away += usize::from(hash.await.unwrap().is_err());
    }
    assert!(
        turned_away >= 5,
        "{engine:?}: three at work, thirty-two waiting: {turned_away}"
    );
    let after = web.ask(&sign_in).await.unwrap();
    assert_eq!(after.status, 303, "{engine:?}: {}", after.text());
}
