//! OPN-05: what pages say in the vocabulary of schema.org and to those who share them; a misspelled property is found.

use std::collections::BTreeSet;

use pbgdpl_model::article::Kind;
use pbgdpl_model::id::ArticleId;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Answer, Ask, Web};
use scraper::{Html, Selector};
use serde_json::Value;

use super::{PUBLIC, four_items, got, publish, take_back};

/// Types with the properties that schema.org has for them, those that we use: `Type property`, one a line.
const VOCABULARY: &str = include_str!("schema-org.txt");

/// The blocks of a page.
fn blocks(answer: &Answer) -> Vec<Value> {
    let html = Html::parse_document(&answer.text());
    let data = Selector::parse("script[type='application/ld+json']").unwrap();
    let blocks = html.select(&data).map(|block| block.text().collect::<String>());
    blocks.map(|text| serde_json::from_str(&text).unwrap()).collect()
}

/// Every (type, property) of a value.
fn pairs(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            if let Some(kind) = object.get("@type").and_then(Value::as_str) {
                let properties = object.keys().filter(|name| !name.starts_with('@'));
                found.extend(properties.map(|name| format!("{kind} {name}")));
            }
            object.values().for_each(|value| pairs(value, found));
        }
        Value::Array(list) => list.iter().for_each(|value| pairs(value, found)),
        _ => {}
    }
}

fn of_type<'a>(blocks: &'a [Value], kind: &str) -> Option<&'a Value> {
    let graph = blocks.first()?["@graph"].as_array()?;
    graph.iter().find(|one| one["@type"] == kind)
}

/// Where an item of the first agency is read.
async fn item_path(web: &Web, id: ArticleId) -> String {
    let moved = got(web, &format!("/so-a/bai/{id}")).await;
    moved.header("location").to_owned()
}

#[tokio::test]
async fn opn_05_pages_say_in_the_words_of_schema_org_what_they_are() {
    let house = House::on(BOTH[0]).await.unwrap();
    let items = four_items(&house).await;
    let web = Web::of(&house, true).unwrap();
    let mut paths = vec![
        "/".to_owned(),
        "/so-a/".into(),
        "/so-a/gioi-thieu".into(),
        "/so-a/loai/tin".into(),
    ];
    for id in &items[..3] {
        paths.push(item_path(&web, *id).await);
    }
    let mut used = BTreeSet::new();
    for path in &paths {
        let answer = got(&web, path).await;
        let blocks = blocks(&answer);
        assert_eq!(blocks.len(), 1, "{path}");
        assert_eq!(blocks[0]["@context"], "https://schema.org");
        pairs(&blocks[0], &mut used);
    }
    let known: BTreeSet<String> = VOCABULARY
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(str::to_owned)
        .collect();
    let unknown: Vec<&String> = used.difference(&known).collect();
    assert!(
        unknown.is_empty(),
        "schema.org has no such properties: {unknown:?}"
    );
    // The demo's agency has no contact: these are said where they are known.
    let unused: Vec<&String> = known.difference(&used).collect();
    let of_contact = |line: &&&String| {
        // Translations and copies have tests of their own.
        [
            "address",
            "telephone",
            "email",
            "sameAs",
            "parentOrganization",
            "translationOfWork",
            "isBasedOn",
        ]
        .iter()
        .any(|property| line.ends_with(property))
    };
    let unused: Vec<_> = unused.iter().filter(|line| !of_contact(line)).collect();
    assert!(unused.is_empty(), "listed and not used: {unused:?}");

    let home = blocks(&got(&web, "/so-a/").await);
    let who = of_type(&home, "GovernmentOrganization").unwrap();
    assert_eq!(who["url"], "https://thu.example/so-a/");
    let site = of_type(&home, "WebSite").unwrap();
    let search = site["potentialAction"]["target"]["urlTemplate"].as_str().unwrap();
    let search = search.strip_prefix("https://thu.example").unwrap();
    let found = got(&web, &search.replace("{search_term_string}", "hoa+giai")).await;
    assert!(found.text().contains("Luật mới về"), "{}", found.text());

    let law = blocks(&got(&web, &paths[5]).await);
    let law = &of_type(&law, "Article").unwrap()["about"];
    for (property, value) in [
        ("@type", "Legislation"),
        ("name", "Luật số 64/2020/QH14"),
        ("legislationIdentifier", "64/2020/QH14"),
        ("legislationDate", "2020-06-18"),
        ("temporalCoverage", "2020-07-01/.."),
        ("legislationLegalForce", "https://schema.org/NotInForce"),
        ("sameAs", "https://vbpl.vn/64-2020"),
    ] {
        assert_eq!(law[property], value, "{property}");
    }
    assert_eq!(law["legislationPassedBy"]["name"], "Quốc hội");
    // Its force is a question of the day.
    house.clock.advance_seconds(30 * 86_400);
    let later = blocks(&got(&web, &paths[5]).await);
    let force = &of_type(&later, "Article").unwrap()["about"]["legislationLegalForce"];
    assert_eq!(force, "https://schema.org/InForce");

    let news = blocks(&got(&web, &paths[4]).await);
    let news = of_type(&news, "NewsArticle").unwrap().clone();
    assert_eq!(news["headline"], "Đất chưa có sổ & <nhà> ở");
    assert_eq!(news["identifier"], format!("urn:uuid:{}", items[0].0));
    let leaflet = blocks(&got(&web, &paths[6]).await);
    assert!(of_type(&leaflet, "LearningResource").is_some());
    let steps = of_type(&leaflet, "BreadcrumbList").unwrap()["itemListElement"]
        .as_array()
        .unwrap();
    assert_eq!(steps.len(), 3);
    for step in steps {
        let path = step["item"]
            .as_str()
            .unwrap()
            .strip_prefix("https://thu.example")
            .unwrap();
        assert_eq!(got(&web, path).await.status, 200, "{step}");
    }
    house.end().await.unwrap();
}

#[tokio::test]
async fn a_title_never_leaves_its_block() {
    let house = House::on(BOTH[0]).await.unwrap();
    let title = "</script><script>alert(1)</script> <!-- ]]> \u{2028} & \"x\"";
    let id = publish(&house, &house.a, &house.in_a, Kind::Tin, title).await;
    let web = Web::of(&house, true).unwrap();
    let path = item_path(&web, id).await;
    let answer = got(&web, &path).await;
    let html = Html::parse_document(&answer.text());
    let scripts = Selector::parse("script:not([data-dem])").unwrap();
    assert_eq!(html.select(&scripts).count(), 1, "{}", answer.text());
    let blocks = blocks(&answer);
    assert_eq!(of_type(&blocks, "NewsArticle").unwrap()["headline"], title);
    take_back(&house, id).await;
    let gone = got(&web, &path).await;
    assert!(gone.text().contains("noindex") && !gone.text().contains("ld+json"));
    house.end().await.unwrap();
}

/// Links that were cut short, or keep an older title, lead to the notice as whole ones do.
#[tokio::test]
async fn a_withdrawn_item_is_found_without_its_readable_part_too() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let items = four_items(&house).await;
        take_back(&house, items[0]).await;
        let web = Web::of(&house, true).unwrap();
        let id = items[0];
        let whole = item_path(&web, id).await;
        assert!(
            whole.starts_with(&format!("/so-a/bai/{id}-")),
            "{engine:?}: {whole}"
        );
        for (host, path, to) in [
            (PUBLIC, format!("/so-a/bai/{id}"), whole.as_str()),
            (PUBLIC, format!("/so-a/bai/{id}-khac"), whole.as_str()),
            (
                "so-a.thu.example",
                format!("/bai/{id}"),
                whole.strip_prefix("/so-a").unwrap(),
            ),
        ] {
            let moved = web.ask(&Ask::get(host, &path)).await.unwrap();
            assert_eq!(
                (moved.status.as_u16(), moved.header("location")),
                (301, to),
                "{engine:?} {host}{path}"
            );
            let notice = web.ask(&Ask::get(host, to)).await.unwrap();
            assert_eq!(notice.status, 200, "{engine:?} {host}{to}");
            let text = notice.text();
            assert!(
                text.contains("Nội dung đã cũ.") && text.contains("noindex") && !text.contains("mọi nơi"),
                "{engine:?} {host}{to}: {text}"
            );
        }
        // In the interface too, by either form of its id.
        for key in [id.to_string(), id.0.to_string()] {
            let told: Value =
                serde_json::from_slice(&got(&web, &format!("/api/v1/bai/{key}")).await.body).unwrap();
            assert_eq!(told["state"], "withdrawn", "{engine:?} {key}");
        }
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn pages_say_to_those_who_share_them_what_they_are() {
    let house = House::on(BOTH[0]).await.unwrap();
    let items = four_items(&house).await;
    let web = Web::of(&house, true).unwrap();
    let item = item_path(&web, items[1]).await;
    let meta = Selector::parse("meta[property]").unwrap();
    for (path, kind, title) in [
        (item.as_str(), "article", "Luật mới về hòa giải"),
        ("/so-a/", "website", "Pháp luật cùng Sở A"),
        ("/so-a/loai/tin", "website", "Tin, bài"),
        ("/", "website", "Pháp luật dễ hiểu cho mọi người"),
    ] {
        let html = Html::parse_document(&got(&web, path).await.text());
        let said = |property: &str| {
            let found = html
                .select(&meta)
                .find(|one| one.attr("property") == Some(property));
            found
                .and_then(|one| one.attr("content"))
                .unwrap_or_default()
                .to_owned()
        };
        assert_eq!(
            (said("og:type").as_str(), said("og:title").as_str()),
            (kind, title),
            "{path}"
        );
        assert_eq!(said("og:url"), format!("https://thu.example{path}"));
        assert_eq!(said("og:locale"), "vi_VN");
        assert!(!said("og:description").is_empty(), "{path}");
    }
    house.end().await.unwrap();
}
