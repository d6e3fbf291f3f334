//! FILES: what is public there, for how long, and that a session is never taken there.

use pbgdpl_app::article::{approve, save, submit, withdraw};
use pbgdpl_model::agency::Status;
use pbgdpl_model::article::Content;
use pbgdpl_scope::action::AgencySuspend;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web, settings};
use pbgdpl_web::headers::IMMUTABLE_CACHE;
use pbgdpl_web::routes::all;

const FILES: &str = "tep.thu.example";

async fn status_of(web: &Web, picture: pbgdpl_model::id::MediaId) -> u16 {
    let answer = web.ask(&Ask::get(FILES, &format!("/t/{picture}"))).await.unwrap();
    answer.status.as_u16()
}

#[tokio::test]
async fn a_picture_is_public_while_its_item_is() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let (article, picture) = furnish::item(&house, &house.a, &house.in_a, "A").await.unwrap();
        let answer = web.ask(&Ask::get(FILES, &format!("/t/{picture}"))).await.unwrap();
        assert_eq!(answer.status, 200, "{engine:?}");
        assert_eq!(answer.header("cache-control"), IMMUTABLE_CACHE);
        assert_eq!(answer.header("content-type"), "image/png");

        // Hidden with its section, there again with it; readable while it may only be read.
        for (status, expected) in [
            (Status::Hidden, 404),
            (Status::ReadOnly, 200),
            (Status::Open, 200),
        ] {
            let officer = house.province_ctx(&house.officer).await.unwrap();
            let warrant = officer.warrant::<AgencySuspend>().unwrap();
            let mut province = house.store.province(&warrant).await.unwrap();
            province
                .put_status(house.a.id(), status, officer.now())
                .await
                .unwrap();
            province.save().await.unwrap();
            house.store.machinery().poll_registry().await.unwrap();
            assert_eq!(status_of(&web, picture).await, expected, "{engine:?} {status:?}");
        }

        // Withdrawn: gone with the text; published anew: there again.
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        withdraw::withdraw(&house.app, &approver, article, "Số liệu sai")
            .await
            .unwrap();
        assert_eq!(status_of(&web, picture).await, 404, "{engine:?} withdrawn");
        let media = async || {
            let reader = house.store.read().tenant(&house.a).await.unwrap();
            reader.media(picture).await.unwrap().unwrap()
        };
        assert!(!media().await.published, "{engine:?}");
        let item = async || {
            let reader = house.store.read().tenant(&house.a).await.unwrap();
            reader.article(article).await.unwrap().unwrap()
        };
        let now = item().await;
        let again = async |content: Content| {
            let order = save::Save {
                article,
                based_on: item().await.latest_version,
                content,
                note: "Sửa".into(),
            };
            save::save(&house.app, &editor, order).await.unwrap();
            submit::submit(&house.app, &editor, article).await.unwrap();
            let latest = item().await.latest_version;
            approve::approve(&house.app, &approver, article, latest, "Sửa số liệu")
                .await
                .unwrap();
        };
        let content = house
            .store
            .read()
            .tenant(&house.a)
            .await
            .unwrap()
            .article_version(article, now.latest_version)
            .await
            .unwrap()
            .unwrap()
            .content;
        again(Content {
            body: "Số liệu đúng".into(),
            ..content.clone()
        })
        .await;
        assert_eq!(status_of(&web, picture).await, 200, "{engine:?} published anew");

        // Published without its picture: nothing shows it any more.
        again(Content {
            picture: None,
            ..content
        })
        .await;
        assert_eq!(status_of(&web, picture).await, 404, "{engine:?} replaced");
    }
}

/// Another item of the agency may show the same picture: it stays as long as one of them does.
#[tokio::test]
async fn a_picture_of_two_items_stays_with_the_second() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let (first, picture) = furnish::item(&house, &house.a, &house.in_a, "A").await.unwrap();
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        let reader = house.store.read().tenant(&house.a).await.unwrap();
        let content = reader.article_version(first, 1).await.unwrap().unwrap().content;
        drop(reader);
        use pbgdpl_app::article::{Outcome, create};
        use pbgdpl_model::article::Kind;
        let Outcome::Done(second) = create::create(&house.app, &editor, Kind::Tin, content)
            .await
            .unwrap()
        else {
            panic!("made")
        };
        submit::submit(&house.app, &editor, second).await.unwrap();
        approve::approve(&house.app, &approver, second, 1, "")
            .await
            .unwrap();
        withdraw::withdraw(&house.app, &approver, first, "Trùng")
            .await
            .unwrap();
        assert_eq!(status_of(&web, picture).await, 200, "{engine:?}");
        withdraw::withdraw(&house.app, &approver, second, "Trùng")
            .await
            .unwrap();
        assert_eq!(status_of(&web, picture).await, 404, "{engine:?}");
    }
}

/// SECURITY 5.1: a session has no business at FILES. On a host of its own one is refused; on the demo's four ports the
/// browser sends it to every port, and it changes nothing.
#[tokio::test]
async fn files_take_no_session() {
    let house = House::on(BOTH[0]).await.unwrap();
    let (_, picture) = furnish::item(&house, &house.a, &house.in_a, "A").await.unwrap();
    let session = house.session(&house.in_a.admin).await.unwrap();
    let path = format!("/t/{picture}");
    for https in [true, false] {
        let apart = Web::of(&house, https).unwrap();
        let refused = apart
            .ask(&Ask::get(FILES, &path).signed_in(&session))
            .await
            .unwrap();
        assert_eq!(refused.status, 400);
        let others = apart
            .ask(&Ask::get(FILES, &path).with("cookie", "theme=dark"))
            .await
            .unwrap();
        assert_eq!(others.status, 200, "a cookie that is not ours says nothing");
    }
    let mut four_ports = settings(false).unwrap();
    let port = |port: u16| pbgdpl_config::Origin::http("192.0.2.7", port);
    four_ports.public = port(8080);
    four_ports.desk = port(8081);
    four_ports.embed = port(8082);
    four_ports.files = port(8083);
    let web = Web::with(house.app.clone(), &house.clock, four_ports, &all());
    for (host, path) in [
        ("192.0.2.7:8083", path.as_str()),
        ("192.0.2.7:8080", "/so-a/"),
        ("192.0.2.7:8082", "/nhung.js"),
    ] {
        let without = web.ask(&Ask::get(host, path)).await.unwrap();
        let with = web.ask(&Ask::get(host, path).signed_in(&session)).await.unwrap();
        assert_eq!(with.status, 200, "{host}{path}");
        assert_eq!(with.masked(), without.masked(), "{host}{path}");
    }
    let desk = web
        .ask(&Ask::get("192.0.2.7:8081", "/tai-khoan").signed_in(&session))
        .await
        .unwrap();
    assert_eq!(desk.status, 200, "the desk's own port takes it");
}
