//! EMB-01: in a frame every link that leads out of it opens beside the agency's page (no other page lets itself be framed), and says so; lists and
//! contents say in which language their lines are.

use pbgdpl_model::agency::{Profile, Status};
use pbgdpl_model::article::{Content, Copied, Kind, Language};
use pbgdpl_model::id::ArticleId;
use pbgdpl_scope::Nothing;
use pbgdpl_scope::action::AgencySettings;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web};
use scraper::{Html, Selector};

use super::{EMBED, content, got, of_a, published, put, settled};

const BODY: &str =
    "## Ai cần biết\n\nXem [văn bản](https://vbpl.vn/1).\n\n## Nộp ở đâu\n\nỞ [xã](https://xa.example/).";

/// The agency names its own site.
async fn with_website(house: &House) {
    let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
    let permit = admin.permit::<AgencySettings>(&Nothing).unwrap();
    let profile = Profile {
        phone: "0260 3862 000".into(),
        website: "https://so-a.example".into(),
        ..Profile::default()
    };
    let mut store = house.store.tenant(&house.a).await.unwrap();
    store.put_profile(&permit, &profile, admin.now()).await.unwrap();
    store.save().await.unwrap();
}

/// Addresses that lead out of a page; each opens beside it, or all stay.
fn leading_out(page: &str, beside: bool, what: &str) -> Vec<String> {
    let html = Html::parse_document(page);
    let links = Selector::parse("body a[href]").unwrap();
    let mut out = Vec::new();
    for link in html.select(&links) {
        let href = link.attr("href").unwrap();
        let words: String = link.text().collect();
        let elsewhere = href.starts_with("http");
        let leaves = beside && elsewhere;
        assert_eq!(link.attr("target") == Some("_blank"), leaves, "{what}: {href}");
        assert_eq!(words.contains("thẻ mới"), leaves, "{what}: {href}: {words}");
        if leaves {
            let rel = link.attr("rel").unwrap_or_default();
            assert!(rel.split(' ').any(|word| word == "noopener"), "{what}: {href}");
        }
        if elsewhere {
            out.push(href.to_owned());
        }
    }
    out
}

#[tokio::test]
async fn what_leads_out_of_a_frame_opens_beside_it() {
    let house = House::on(BOTH[0]).await.unwrap();
    with_website(&house).await;
    let text = published(
        &house,
        of_a(&house),
        Kind::Tin,
        Content {
            body: BODY.into(),
            copied: Some(Copied {
                from: "https://pbgdpl.gov.vn/bai/1".parse().unwrap(),
                verbatim: false,
            }),
            ..content(Kind::Tin, "Khai sinh cho con")
        },
    )
    .await;
    let leaflet = Content {
        body: BODY.into(),
        ..content(Kind::ToGap, "Tờ gấp khai sinh")
    };
    let leaflet = published(&house, of_a(&house), Kind::ToGap, leaflet).await;
    settled(&house).await;
    let site = furnish::site(&house, &house.a, &house.in_a, "A").await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let item = async |id: ArticleId| {
        let moved = got(&web, &format!("/so-a/bai/{id}")).await;
        let path = moved.header("location").strip_prefix("/so-a/").unwrap();
        path.to_owned()
    };
    let framed = async |key: &str, path: &str, status: u16| {
        let page = web
            .ask(&Ask::get(EMBED, &format!("/k/{key}/{path}")))
            .await
            .unwrap();
        assert_eq!(page.status.as_u16(), status, "{path}");
        page.text()
    };
    let (vbpl, village) = ("https://vbpl.vn/1", "https://xa.example/");
    let (text, leaflet) = (item(text).await, item(leaflet).await);
    for (path, some) in [
        ("", vec![]),
        ("lien-he", vec!["https://so-a.example"]),
        (
            "tim-kiem?q=khongcogi",
            vec!["https://thu.example/tim-kiem?q=khongcogi"],
        ),
        ("tim-kiem?q=khai", vec!["https://thu.example/tim-kiem?q=khai"]),
        (text.as_str(), vec![vbpl, village, "https://pbgdpl.gov.vn/bai/1"]),
        (leaflet.as_str(), vec![vbpl, village]),
    ] {
        let found = leading_out(&framed(&site.key, path, 200).await, true, path);
        for address in some {
            assert!(
                found.iter().any(|one| one == address),
                "{path}: {address} in {found:?}"
            );
        }
    }
    for path in [&text, &leaflet] {
        let canonical = format!("https://thu.example/so-a/{path}");
        let found = leading_out(&framed(&site.key, path, 200).await, true, path);
        let times = found.iter().filter(|one| **one == canonical).count();
        assert_eq!(times, 2, "at its side and at its foot: {found:?}");
        let alone = leading_out(&got(&web, &format!("/so-a/{path}")).await.text(), false, path);
        assert!(alone.iter().any(|one| one == vbpl), "{alone:?}");
    }
    let unknown = framed("zzzzzzzzzzzzzzzzzzzzzzzzzz", "", 404).await;
    assert!(!leading_out(&unknown, true, "an unknown key").is_empty());
    put(&house, Status::Hidden).await;
    let resting = framed(&site.key, "", 503).await;
    assert!(!leading_out(&resting, true, "a section that rests").is_empty());
    house.end().await.unwrap();
}

#[tokio::test]
async fn lists_and_contents_say_their_language() {
    let house = House::on(BOTH[0]).await.unwrap();
    let vi = published(
        &house,
        of_a(&house),
        Kind::Tin,
        content(Kind::Tin, "Khai sinh cho con"),
    )
    .await;
    let bahnar = Content {
        language: Language::Bahnar,
        translates: Some(vi),
        body: BODY.into(),
        ..content(Kind::Tin, "Ƀơngai Ƀahnar ơ̆")
    };
    let bahnar = published(&house, of_a(&house), Kind::Tin, bahnar).await;
    settled(&house).await;
    let site = furnish::site(&house, &house.a, &house.in_a, "A").await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let list = format!("/k/{}/o/danh-sach", site.key);
    let list = web.ask(&Ask::get(EMBED, &list)).await.unwrap().text();
    let html = Html::parse_document(&list);
    let titles: Vec<(Option<&str>, String)> = html
        .select(&Selector::parse(".rows li > a > span:first-child").unwrap())
        .map(|title| (title.attr("lang"), title.text().collect()))
        .collect();
    assert_eq!(titles.len(), 2, "{list}");
    assert!(
        titles.contains(&(Some("bdq"), "Ƀơngai Ƀahnar ơ̆".into())),
        "{titles:?}"
    );
    assert!(titles.contains(&(None, "Khai sinh cho con".into())), "{titles:?}");

    let moved = got(&web, &format!("/so-a/bai/{bahnar}")).await;
    let page = got(&web, moved.header("location")).await.text();
    let html = Html::parse_document(&page);
    let contents = Selector::parse("nav.toc ol").unwrap();
    let contents = html.select(&contents).next().unwrap();
    assert_eq!(contents.attr("lang"), Some("bdq"), "{page}");
    house.end().await.unwrap();
}
