//! TEN-05: a section that is only to be read, and one that is hidden: page, own host, frame, feed, files, sign-in, desk.

use http::Method;
use pbgdpl_model::agency::Status;
use pbgdpl_scope::action::AgencySuspend;
use pbgdpl_testkit::furnish::Furnished;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web};
use pbgdpl_web::arrival::Table;
use pbgdpl_web::routes::all;

use crate::slots::{DESK, EMBED, FILES, PUBLIC, ask, path, roles, state_of, two};

/// The state of a section, told to this node. A minute later, so that who asks on may ask as much as before.
pub(crate) async fn put(house: &House, of: &Furnished, status: Status) {
    let officer = house.province_ctx(&house.officer).await.unwrap();
    let warrant = officer.warrant::<AgencySuspend>().unwrap();
    let mut province = house.store.province(&warrant).await.unwrap();
    province
        .put_status(of.tenant.id(), status, officer.now())
        .await
        .unwrap();
    province.save().await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
    house.clock.advance_seconds(60);
}

/// Every way in which a visitor meets the section.
async fn visitors_meet(web: &Web, a: &Furnished, shown: bool, what: &str) {
    let expected = if shown { 200 } else { 503 };
    let key = format!("/k/{}", a.embed.key);
    for (host, mount) in [(PUBLIC, "/so-a"), ("so-a.thu.example", ""), (EMBED, key.as_str())] {
        for route in all().iter().filter(|r| r.table == Table::Section) {
            let mut path = path(route, a, None);
            if route.method == Method::POST {
                let read = Ask::post_raw(host, &format!("{mount}{path}"), "text/plain", "/");
                let answer = web.ask(&read).await.unwrap();
                let expected = if shown { 204 } else { expected };
                assert_eq!(answer.status.as_u16(), expected, "{what} {host}{mount}{path}");
                continue;
            }
            if path.starts_with("/tai-nguyen") {
                continue; // the style of the page that says so
            }
            if path.starts_with("/bai/") {
                path.push_str("-canary-a-tieu-de");
            }
            // The province has made no figure public: of none it says so, and with the section it rests.
            // What is only of a key is nowhere else; a fragment says itself that the section rests, where others answer 503.
            let fragment = host == EMBED && route.path == "/manh";
            let expected = match (shown, route.of_key && host != EMBED) {
                (true, true) => 404,
                (true, false) if route.of_province => 404,
                (false, _) if fragment => 200,
                _ => expected,
            };
            let mut answer = web.ask(&Ask::get(host, &format!("{mount}{path}"))).await.unwrap();
            if path.starts_with("/anh/") && answer.status == 301 {
                // A picture moves to the address that names its drawing.
                let drawn = Ask::get(host, answer.header("location"));
                answer = web.ask(&drawn).await.unwrap();
            }
            assert_eq!(answer.status.as_u16(), expected, "{what} {host}{mount}{path}");
            assert!(
                shown || !answer.text().contains("CANARY-A"),
                "{what} {host}{mount}{path}"
            );
            let kept = answer.header("cache-control");
            assert_eq!(
                kept == "no-store",
                expected != 200,
                "{what} {host}{mount}{path}: {kept}"
            );
        }
    }
    let framed = Ask::get(EMBED, &format!("{key}/"))
        .with("sec-fetch-dest", "iframe")
        .with("referer", "https://co-quan.example/");
    let framed = web.ask(&framed).await.unwrap();
    assert_eq!(framed.status.as_u16(), expected, "{what}: in its frame");
    assert!(
        framed
            .header("content-security-policy")
            .contains("frame-ancestors https://co-quan.example;"),
        "{what}: the site that embeds sees what is the matter"
    );
    let fragment = web.ask(&Ask::get(EMBED, &format!("{key}/manh"))).await.unwrap();
    assert_eq!(
        fragment.text().contains("CANARY-A tiêu đề"),
        shown,
        "{what}: {}",
        fragment.text()
    );
    assert_eq!(fragment.text().contains("tạm ngừng"), !shown, "{what}");
    let picture = web
        .ask(&Ask::get(FILES, &format!("/t/{}", a.picture)))
        .await
        .unwrap();
    assert_eq!(
        picture.status.as_u16(),
        if shown { 200 } else { 404 },
        "{what}: its pictures"
    );
    // What it published rests too, on the province's pages; these were kept before it was suspended.
    for path in ["/", "/tim-kiem?q=tieu+de", "/feed.atom", "/sitemap.xml"] {
        let answer = web.ask(&Ask::get(PUBLIC, path)).await.unwrap();
        let text = answer.text();
        let names = |words: &[&str]| words.iter().any(|word| text.contains(word));
        assert_eq!(names(&["CANARY-A", "canary-a", "/so-a/"]), shown, "{what} {path}");
        assert!(names(&["CANARY-B", "canary-b"]), "{what} {path}: the others stay");
    }
}

/// Staff may sign in and look; nobody writes.
async fn staff_meet(house: &House, web: &Web, a: &Furnished, what: &str) {
    let form = web.ask(&Ask::get(DESK, "/dang-nhap")).await.unwrap();
    assert_eq!(form.status, 200, "{what}: signing in");
    let before = state_of(house, a).await;
    for (role, person) in roles(a) {
        let session = house.session(person).await.unwrap();
        let choose = web
            .ask(&Ask::get(DESK, "/quan-tri").signed_in(&session))
            .await
            .unwrap();
        assert!(
            matches!(choose.status.as_u16(), 200 | 303),
            "{what} {role}: the own desk"
        );
        for route in all().iter().filter(|r| r.path.starts_with("/quan-tri/{agency}")) {
            let asked = ask(route, DESK, &path(route, a, None), Some(&session));
            let answer = web.ask(&asked).await.unwrap();
            let what = format!(
                "{what} {role} {route:?} {}: {}",
                answer.status,
                answer.header("location")
            );
            if route.method == Method::POST {
                assert!(answer.status.is_client_error(), "{what} is written");
            } else {
                assert!(
                    matches!(answer.status.as_u16(), 200 | 303 | 403 | 404),
                    "{what} cannot be looked at"
                );
            }
        }
        let desk = web
            .ask(&Ask::get(DESK, "/quan-tri/so-a").signed_in(&session))
            .await
            .unwrap();
        assert_eq!(desk.status, 200, "{what} {role}: the desk is there to look at");
    }
    assert_eq!(before, state_of(house, a).await, "{what}: something was written");
}

#[tokio::test]
async fn ten_05_every_state_on_page_host_frame_feed_files_and_desk() {
    for engine in BOTH {
        let (house, a, _) = two(engine).await;
        let web = Web::of(&house, true).unwrap();
        visitors_meet(&web, &a, true, "open").await;
        for (status, shown) in [
            (Status::ReadOnly, true),
            (Status::Hidden, false),
            (Status::ReadOnly, true),
        ] {
            put(&house, &a, status).await;
            let what = format!("{engine:?} {status:?}");
            visitors_meet(&web, &a, shown, &what).await;
            staff_meet(&house, &web, &a, &what).await;
        }
        put(&house, &a, Status::Open).await;
        visitors_meet(&web, &a, true, "open again").await;
    }
}
