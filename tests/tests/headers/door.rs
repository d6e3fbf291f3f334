//! What is answered at the door, before routing: never older than its page, never of another host, never for a request
//! that could mean something else.

use http::Method;
use pbgdpl_app::article::withdraw;
use pbgdpl_model::agency::Status;
use pbgdpl_scope::action::{AgencySuspend, ManifestApply};
use pbgdpl_store::province::NewAgency;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Answer, Ask, Web, settings};
use pbgdpl_web::routes::all;

const PUBLIC: &str = "thu.example";

/// Asks twice, so that the second is answered at the door, and says what came.
async fn at_the_door(web: &Web, ask: &Ask) -> Answer {
    let first = web.ask(ask).await.unwrap();
    let before = web.answered_at_the_door();
    let second = web.ask(ask).await.unwrap();
    assert_eq!(
        web.answered_at_the_door(),
        before + 1,
        "{}{} is not answered at the door",
        ask.host,
        ask.path
    );
    assert_eq!(first.masked(), second.masked(), "{}{}", ask.host, ask.path);
    assert_ne!(
        first.header("x-request-id"),
        second.header("x-request-id"),
        "every answer has an id of its own"
    );
    second
}

/// Asks, and says that the whole way was gone.
async fn the_whole_way(web: &Web, ask: &Ask) -> Answer {
    let before = web.answered_at_the_door();
    let answer = web.ask(ask).await.unwrap();
    assert_eq!(
        web.answered_at_the_door(),
        before,
        "{} {}{} was answered at the door",
        ask.method,
        ask.host,
        ask.path
    );
    answer
}

async fn status(house: &House, status: Status) {
    let officer = house.province_ctx(&house.officer).await.unwrap();
    let warrant = officer.warrant::<AgencySuspend>().unwrap();
    let mut province = house.store.province(&warrant).await.unwrap();
    province
        .put_status(house.a.id(), status, officer.now())
        .await
        .unwrap();
    province.save().await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
}

#[tokio::test]
async fn an_entry_ends_with_its_generation_registry_and_day() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let (article, _) = furnish::item(&house, &house.a, &house.in_a, "A").await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let path = format!("/so-a/bai/{article}-a-tieu-de");
        let pages = ["/", "/so-a/", &path, "/so-a/feed.atom", "/sitemap.xml"];
        for page in pages {
            at_the_door(&web, &Ask::get(PUBLIC, page)).await;
        }

        // A publication: the agency's pages at once, those of the province with its own generation.
        furnish::item(&house, &house.a, &house.in_a, "SAU").await.unwrap();
        let after = the_whole_way(&web, &Ask::get(PUBLIC, "/so-a/")).await;
        assert!(after.text().contains("SAU tiêu đề"), "{engine:?}");
        at_the_door(&web, &Ask::get(PUBLIC, "/so-a/")).await;

        // A withdrawal: the text is not shown once more.
        assert!(
            at_the_door(&web, &Ask::get(PUBLIC, &path))
                .await
                .text()
                .contains("A nội dung")
        );
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        withdraw::withdraw(&house.app, &approver, article, "Số liệu sai")
            .await
            .unwrap();
        let gone = the_whole_way(&web, &Ask::get(PUBLIC, &path)).await;
        assert!(gone.text().contains("Số liệu sai") && !gone.text().contains("A nội dung"));

        // A suspension, by every page that shows the agency.
        for page in pages {
            at_the_door(&web, &Ask::get(PUBLIC, page)).await;
        }
        status(&house, Status::Hidden).await;
        for page in pages {
            let answer = the_whole_way(&web, &Ask::get(PUBLIC, page)).await;
            assert!(!answer.text().contains("tiêu đề"), "{engine:?} {page}");
            assert!(
                !answer.text().contains("/so-a/"),
                "{engine:?} {page} names the hidden section"
            );
        }
        status(&house, Status::Open).await;

        // A new name.
        at_the_door(&web, &Ask::get(PUBLIC, "/so-a/")).await;
        let system = house.province_ctx(&house.officer).await.unwrap();
        let warrant = system.warrant::<ManifestApply>().unwrap();
        let mut province = house.store.province(&warrant).await.unwrap();
        let mut agency = house.a.agency().clone();
        for name in &mut agency.names {
            name.short = "Sở Mới".into();
        }
        let new = NewAgency {
            agency,
            hosts: vec!["so-a.thu.example".into()],
            body: "{}".into(),
        };
        province.put_agency(&new, system.now()).await.unwrap();
        province.save().await.unwrap();
        house.store.machinery().poll_registry().await.unwrap();
        let named = the_whole_way(&web, &Ask::get(PUBLIC, "/so-a/")).await;
        assert!(named.text().contains("Sở Mới"), "{engine:?}");

        // Any change of the registry, also one that this page did not read: who is reached how is asked anew.
        at_the_door(&web, &Ask::get(PUBLIC, "/so-a/")).await;
        furnish::site(&house, &house.b, &house.in_b, "B").await.unwrap();
        house.store.machinery().poll_registry().await.unwrap();
        the_whole_way(&web, &Ask::get(PUBLIC, "/so-a/")).await;

        // Another day: validity is a question of the day.
        at_the_door(&web, &Ask::get(PUBLIC, "/so-a/")).await;
        house.clock.advance_seconds(24 * 3600);
        the_whole_way(&web, &Ask::get(PUBLIC, "/so-a/")).await;
        at_the_door(&web, &Ask::get(PUBLIC, "/so-a/")).await;
    }
}

#[tokio::test]
async fn hosts_and_encodings_have_entries_of_their_own() {
    let house = House::on(BOTH[0]).await.unwrap();
    furnish::item(&house, &house.a, &house.in_a, "CANARY-A")
        .await
        .unwrap();
    furnish::item(&house, &house.b, &house.in_b, "CANARY-B")
        .await
        .unwrap();
    let web = Web::of(&house, true).unwrap();
    // Both agencies' own hosts, the same path; and the province, whose first page is a third one.
    for _ in 0..2 {
        for (host, canary, foreign) in [
            ("so-a.thu.example", "CANARY-A", "CANARY-B"),
            ("huyen-b.thu.example", "CANARY-B", "CANARY-A"),
        ] {
            let answer = at_the_door(&web, &Ask::get(host, "/")).await;
            assert!(answer.text().contains(canary), "{host}");
            assert!(
                !answer.text().contains(foreign),
                "{host} shows another host's page"
            );
            assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
        }
    }
    for stranger in [
        "la.example",
        "so-a.thu.example.la.example",
        "so-a.thu.example /",
        "quantri.thu.example",
    ] {
        let answer = the_whole_way(&web, &Ask::get(stranger, "/")).await;
        assert!(!answer.text().contains("CANARY"), "{stranger}");
        assert!(!answer.status.is_success(), "{stranger}");
    }
    // The same bytes in three forms; a client never gets one that it does not take.
    let ask = |accept: &str| Ask::get("so-a.thu.example", "/").with("accept-encoding", accept);
    let plain = at_the_door(&web, &Ask::get("so-a.thu.example", "/")).await;
    let mut tags = vec![plain.header("etag").to_owned()];
    for (accept, coding) in [
        ("br, gzip", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("identity", ""),
    ] {
        let answer = at_the_door(&web, &ask(accept)).await;
        assert_eq!(answer.header("content-encoding"), coding, "{accept}");
        assert_eq!(answer.header("vary"), "Accept-Encoding");
        assert_eq!(answer.body == plain.body, coding.is_empty(), "{accept}");
        tags.push(answer.header("etag").to_owned());
    }
    tags.sort();
    tags.dedup();
    assert_eq!(tags.len(), 3, "another form has another tag: {tags:?}");
}

#[tokio::test]
async fn what_could_mean_something_else_goes_the_whole_way() {
    let house = House::on(BOTH[0]).await.unwrap();
    furnish::item(&house, &house.a, &house.in_a, "A").await.unwrap();
    let mut believing = settings(true).unwrap();
    believing.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    let web = Web::with(house.app.clone(), &house.clock, believing, &all());
    let section = Ask::get(PUBLIC, "/so-a/");
    let kept = at_the_door(&web, &section).await;

    let framed = the_whole_way(&web, &section.clone().with("sec-fetch-dest", "iframe")).await;
    assert_eq!(framed.status, 403);
    let tagged = section.clone().with("if-none-match", kept.header("etag"));
    assert_eq!(the_whole_way(&web, &tagged).await.status, 304);
    let proxied = section.clone().with("x-forwarded-prefix", "/phap-luat");
    for _ in 0..2 {
        let answer = the_whole_way(&web, &proxied).await;
        assert!(
            answer.text().contains("href=\"/phap-luat/"),
            "the mount is followed"
        );
        assert_eq!(answer.header("strict-transport-security"), "max-age=31536000");
    }
    assert_eq!(
        at_the_door(&web, &section).await.body,
        kept.body,
        "and spoils nothing"
    );
    let mut head = section.clone();
    head.method = Method::HEAD;
    let answer = the_whole_way(&web, &head).await;
    assert!(answer.status == 200 && answer.body.is_empty());
    let mut post = Ask::post(PUBLIC, "/so-a/", &[]);
    assert_eq!(the_whole_way(&web, &post).await.status, 405);
    post.method = Method::DELETE;
    assert_eq!(the_whole_way(&web, &post).await.status, 405);
    let large = section.clone().with("x-long", &"x".repeat(17_000));
    assert_eq!(the_whole_way(&web, &large).await.status, 431);
    for path in ["/so-a/?x=1", "/so-a/tim-kiem?q=tieu", "/so-a/loai/tin?trang=1"] {
        for _ in 0..2 {
            assert_eq!(
                the_whole_way(&web, &Ask::get(PUBLIC, path)).await.status,
                200,
                "{path}"
            );
        }
    }
    // Nothing but whole pages of PUBLIC is remembered.
    for (host, path) in [
        (PUBLIC, "/so-a/khong-co"),
        (PUBLIC, "/so-a"),
        ("nhung.thu.example", "/nhung.js"),
        ("quantri.thu.example", "/dang-nhap"),
    ] {
        for _ in 0..2 {
            the_whole_way(&web, &Ask::get(host, path)).await;
        }
    }
    // A cookie changes nothing at all.
    let session = house.session(&house.in_a.admin).await.unwrap();
    let with = at_the_door(&web, &section.clone().signed_in(&session)).await;
    assert_eq!(with.masked(), kept.masked());
}
