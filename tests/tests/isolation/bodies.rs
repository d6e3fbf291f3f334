//! Ids in bodies and queries, wherever a form takes one: a foreign one answers like a random one and changes nothing.

use pbgdpl_model::id::{AccountId, to_base32};
use pbgdpl_testkit::furnish::Furnished;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web};
use uuid::Uuid;

use crate::slots::{DESK, FILES, alike, nobodys, state_of, two};

/// What is sent where, with one value open.
struct Position<'a> {
    what: &'a str,
    session: &'a str,
    path: String,
    fields: Vec<(&'a str, &'a str)>,
    field: &'a str,
    foreign: String,
}

async fn refused(web: &Web, position: &Position<'_>, canary: &str) {
    let make = |value: &str| {
        let mut fields = position.fields.clone();
        fields.push((position.field, value));
        Ask::post(DESK, &position.path, &fields).signed_in(position.session)
    };
    let pair = (position.foreign.as_str(), &*nobodys());
    let answer = alike(web, make, pair, canary, position.what).await;
    assert!(
        answer.status.is_client_error(),
        "{}: {} {}",
        position.what,
        answer.status,
        answer.header("location")
    );
}

async fn pictures_and_people(house: &House, web: &Web, own: &Furnished, other: &Furnished, canary: &str) {
    let editor = house.session(&own.people.editor).await.unwrap();
    let admin = house.session(&own.people.admin).await.unwrap();
    let slug = own.tenant.slug();
    let text = [
        ("title", "Bài mới"),
        ("summary", "Tóm tắt"),
        ("body", "Nội dung"),
        ("kind", "tin"),
        ("loai", "tin"),
        ("based_on", "1"),
        ("alt", "Cán bộ phát tờ gấp ở chợ"),
        ("act", "luu"),
    ];
    for (what, path) in [
        ("the picture of a new item", format!("/quan-tri/{slug}/bai")),
        (
            "the picture of an item",
            format!("/quan-tri/{slug}/bai/{}/sua", own.article),
        ),
    ] {
        // A picture of the other agency, and its evidence: neither is a picture here.
        for foreign in [other.picture, other.evidence] {
            let position = Position {
                what,
                session: &editor,
                path: path.clone(),
                fields: text.to_vec(),
                field: "picture",
                foreign: foreign.to_string(),
            };
            refused(web, &position, canary).await;
        }
        let position = Position {
            what: "the original of a translation",
            session: &editor,
            path,
            fields: text.iter().copied().chain([("language", "bdq")]).collect(),
            field: "translates",
            foreign: other.article.to_string(),
        };
        refused(web, &position, canary).await;
    }
    let position = Position {
        what: "the person to relieve",
        session: &admin,
        path: format!("/quan-tri/{slug}/thanh-vien/thoi"),
        fields: vec![("role", "editor")],
        field: "account",
        foreign: to_base32(other.people.editor.account.0),
    };
    refused(web, &position, canary).await;
    let reporter = house.session(&own.people.reporter).await.unwrap();
    let position = Position {
        what: "the person who spoke",
        session: &reporter,
        path: format!("/quan-tri/{slug}/hoat-dong"),
        fields: vec![
            ("kind", "hoi-nghi"),
            ("day", "06/01/2021"),
            ("title", "Hội nghị"),
            ("form", "truc-tiep"),
            ("place", "Nhà rông"),
            ("sessions", "1"),
            ("attendees", "40"),
        ],
        field: "registered",
        foreign: other.entry.to_string(),
    };
    refused(web, &position, canary).await;
}

#[tokio::test]
async fn t1_ids_in_bodies_are_of_the_own_agency() {
    for engine in BOTH {
        let (house, a, b) = two(engine).await;
        let web = Web::of(&house, true).unwrap();
        for (own, other, canary) in [(&a, &b, "CANARY-B"), (&b, &a, "CANARY-A")] {
            let before = (state_of(&house, own).await, state_of(&house, other).await);
            pictures_and_people(&house, &web, own, other, canary).await;
            assert_eq!(
                before,
                (state_of(&house, own).await, state_of(&house, other).await),
                "{engine:?}: a refused form wrote something"
            );
        }
        // Whom a role may be given to: anybody with an account. That someone works elsewhere is not said, nor where.
        let admin = house.session(&a.people.admin).await.unwrap();
        let page = Ask::post(
            DESK,
            "/quan-tri/so-a/thanh-vien",
            &[("email", &b.people.editor.email), ("role", "editor")],
        );
        web.ask(&page.signed_in(&admin)).await.unwrap();
        let seen = web
            .ask(&Ask::get(DESK, "/quan-tri/so-a/thanh-vien").signed_in(&admin))
            .await
            .unwrap();
        assert!(
            !seen.text().contains("Huyện B"),
            "{engine:?}: says where else a person works"
        );
    }
}

/// An agency that co-organises is named openly; it may be any that exists, and nothing of it is shown but its name.
#[tokio::test]
async fn t1_partners_are_agencies_that_exist() {
    for engine in BOTH {
        let (house, a, b) = two(engine).await;
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&a.people.reporter).await.unwrap();
        let make = |partner: &str| {
            let fields = [
                ("kind", "hoi-nghi"),
                ("day", "03/05/2020"),
                ("title", "Hội nghị"),
                ("form", "truc-tiep"),
                ("place", "Nhà rông"),
                ("sessions", "1"),
                ("attendees", "40"),
                ("partners", partner),
            ];
            Ask::post(DESK, "/quan-tri/so-a/hoat-dong", &fields).signed_in(&session)
        };
        let nobody = web.ask(&make(&nobodys())).await.unwrap();
        assert_eq!(nobody.status, 422, "{engine:?}: {}", nobody.text());
        let before = state_of(&house, &b).await;
        let named = web.ask(&make(&to_base32(b.tenant.id().0))).await.unwrap();
        assert!(!named.text().contains("CANARY-B"), "{engine:?}");
        assert_eq!(
            before,
            state_of(&house, &b).await,
            "{engine:?}: a draft invites nobody"
        );
    }
}

#[tokio::test]
async fn t1_ids_in_queries_are_of_the_own_agency() {
    for engine in BOTH {
        let (house, a, b) = two(engine).await;
        let web = Web::of(&house, true).unwrap();
        for (own, other, canary) in [(&a, &b, "CANARY-B"), (&b, &a, "CANARY-A")] {
            let session = house.session(&own.people.approver).await.unwrap();
            let make = |value: &str| {
                let path = format!("/quan-tri/{}?viec={value}", own.tenant.slug());
                Ask::get(DESK, &path).signed_in(&session)
            };
            let foreign = other.article.to_string();
            alike(&web, make, (&foreign, &nobodys()), canary, "the open task").await;
        }
    }
}

/// FILES: what is not public has no address; a signed link is good for its agency, its file and its person alone.
#[tokio::test]
async fn t1_a_signed_link_opens_one_file_of_one_agency() {
    for engine in BOTH {
        let (house, a, b) = two(engine).await;
        let web = Web::of(&house, true).unwrap();
        for (own, other, canary) in [(&a, &b, "CANARY-B"), (&b, &a, "CANARY-A")] {
            let by_id = |value: &str| Ask::get(FILES, &format!("/t/{value}"));
            let evidence = other.evidence.to_string();
            let answer = alike(&web, by_id, (&evidence, &nobodys()), canary, "/t").await;
            assert_eq!(answer.status, 404);

            let session = house.session(&own.people.reporter).await.unwrap();
            let path = format!(
                "/quan-tri/{}/hoat-dong/{}/minh-chung/{}",
                own.tenant.slug(),
                own.activity,
                own.evidence
            );
            let sent = web.ask(&Ask::get(DESK, &path).signed_in(&session)).await.unwrap();
            assert_eq!(sent.status, 303, "{engine:?}: {}", sent.text());
            let link = sent.header("location").to_owned();
            let link = link.strip_prefix("https://tep.thu.example").unwrap();
            let opened = web.ask(&Ask::get(FILES, link)).await.unwrap();
            assert_eq!(opened.status, 200, "{engine:?}");
            assert_eq!(opened.header("cache-control"), "no-store");

            let (own_tenant, other_tenant) = (own.tenant.id().to_string(), other.tenant.id().to_string());
            let (own_file, reader) = (own.evidence.to_string(), own.people.reporter.account.to_string());
            let swapped = |what: &str, to: &str| Ask::get(FILES, &link.replace(what, to));
            let random = to_base32(Uuid::now_v7());
            for (what, foreign) in [
                (&own_tenant, &other_tenant),
                (&own_file, &evidence),
                (&reader, &AccountId(other.people.reporter.account.0).to_string()),
            ] {
                assert!(link.contains(what.as_str()), "{link}");
                let make = |value: &str| swapped(what, value);
                let answer = alike(&web, make, (foreign, &random), canary, "a changed link").await;
                assert_eq!(answer.status, 404, "{engine:?} {what} → {foreign}");
            }
            // Minutes later it is nobody's.
            let now = pbgdpl_model::clock::Clock::now(&*house.clock);
            house.clock.advance_seconds(301);
            assert_eq!(web.ask(&Ask::get(FILES, link)).await.unwrap().status, 404);
            house.clock.set(now);
        }
    }
}
