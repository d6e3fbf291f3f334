//! NOT-04: Atom, RSS, JSON Feed and calendars of a section, of a kind, of the province: well formed, of approved items only.

use std::collections::BTreeSet;

use chrono::DateTime;
use pbgdpl_model::article::Kind;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web};
use quick_xml::Reader;
use quick_xml::events::Event;
use scraper::{Html, Selector};
use serde_json::Value;

use super::{PUBLIC, content, done, four_items, got, made, run, settled, take_back};

/// The texts of an element wherever it stands, the document read to its end.
pub(super) fn texts(xml: &str, name: &str) -> Vec<String> {
    let mut reader = Reader::from_str(xml);
    let (mut found, mut open, mut depth) = (Vec::new(), None::<String>, 0_i32);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                depth += 1;
                if start.name().as_ref() == name.as_bytes() {
                    open = Some(String::new());
                }
            }
            Event::Text(text) => {
                if let Some(open) = &mut open {
                    open.push_str(&text.decode().unwrap());
                }
            }
            Event::GeneralRef(reference) => {
                if let Some(open) = &mut open {
                    let name = reference.decode().unwrap();
                    open.push_str(quick_xml::escape::resolve_predefined_entity(&name).unwrap());
                }
            }
            Event::End(end) => {
                depth -= 1;
                if end.name().as_ref() == name.as_bytes() {
                    found.extend(open.take());
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(depth, 0, "not closed: {xml}");
    found
}

/// The titles of the entries, in whichever form.
async fn titles(web: &Web, address: &str) -> Vec<String> {
    let answer = got(web, address).await;
    assert_eq!(answer.status, 200, "{address}");
    let text = answer.text();
    if address.ends_with(".json") {
        let feed: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(feed["language"], "vi");
        let items = feed["items"].as_array().unwrap();
        return items
            .iter()
            .map(|item| item["title"].as_str().unwrap().to_owned())
            .collect();
    }
    // The first title is the feed's own.
    let own = usize::from(address.ends_with(".atom") || address.ends_with(".rss"));
    if address.ends_with(".rss") {
        assert_eq!(texts(&text, "language"), ["vi"]);
        let dates = texts(&text, "pubDate");
        for date in dates.iter().chain(&texts(&text, "lastBuildDate")) {
            DateTime::parse_from_rfc2822(date).unwrap();
        }
        let ids: BTreeSet<String> = texts(&text, "guid").into_iter().collect();
        assert_eq!(ids.len(), dates.len(), "{address}: an id stands twice");
    } else {
        assert!(text.contains("xml:lang=\"vi\""), "{address}");
        for date in texts(&text, "updated") {
            DateTime::parse_from_rfc3339(&date).unwrap();
        }
        assert!(
            texts(&text, "id")
                .iter()
                .skip(1)
                .all(|id| id.starts_with("urn:uuid:"))
        );
    }
    texts(&text, "title").into_iter().skip(own).collect()
}

#[tokio::test]
async fn not_04_feeds_hold_what_is_approved_of_their_section_and_kind() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let items = four_items(&house).await;
        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        let draft = content(Kind::Tin, "Bài chưa duyệt");
        done(
            pbgdpl_app::article::create::create(&house.app, &editor, Kind::Tin, draft)
                .await
                .unwrap(),
        );
        let web = Web::of(&house, true).unwrap();
        let (news, law, leaflet, other) = (
            "Đất chưa có sổ & <nhà> ở",
            "Luật mới về hòa giải",
            "Tờ gấp khai sinh",
            "Tin của huyện",
        );
        for file in ["feed.atom", "feed.rss", "feed.json"] {
            let mut section = titles(&web, &format!("/so-a/{file}")).await;
            section.sort();
            assert_eq!(section, [law, leaflet, news], "{engine:?} {file}");
            for (kind, title) in [("tin", news), ("van-ban-moi", law), ("to-gap", leaflet)] {
                let of_kind = titles(&web, &format!("/so-a/loai/{kind}/{file}")).await;
                assert_eq!(of_kind, [title], "{engine:?} {kind} {file}");
            }
            assert_eq!(titles(&web, &format!("/huyen-b/{file}")).await, [other]);
            assert_eq!(
                titles(&web, &format!("/huyen-b/loai/to-gap/{file}")).await,
                [""; 0]
            );
            assert_eq!(
                titles(&web, &format!("/{file}")).await.len(),
                4,
                "{engine:?} {file}"
            );
            assert_eq!(got(&web, &format!("/so-a/loai/khac/{file}")).await.status, 404);
        }
        // Asked again with what it has, a reader gets nothing anew.
        let first = got(&web, "/so-a/loai/tin/feed.rss").await;
        let again = Ask::get(PUBLIC, "/so-a/loai/tin/feed.rss").with("if-none-match", first.header("etag"));
        assert_eq!(web.ask(&again).await.unwrap().status, 304);
        take_back(&house, items[0]).await;
        settled(&house).await;
        for address in ["/so-a/feed.rss", "/so-a/loai/tin/feed.atom", "/feed.json"] {
            let left = titles(&web, address).await;
            assert!(!left.iter().any(|title| title == news), "{engine:?} {address}");
        }
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn not_04_calendars_hold_the_days_on_which_documents_come_into_force() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let items = four_items(&house).await;
        let web = Web::of(&house, true).unwrap();
        for (address, days) in [("/so-a/lich.ics", 1), ("/huyen-b/lich.ics", 0), ("/lich.ics", 1)] {
            let answer = got(&web, address).await;
            assert_eq!(answer.header("content-type"), "text/calendar; charset=utf-8");
            let text = answer.text();
            assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
            assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
            let lines: Vec<String> = text.replace("\r\n ", "").lines().map(str::to_owned).collect();
            // With a method it would be an invitation (RFC 5545, 3.7.2); it is only to be followed.
            assert!(
                !lines.iter().any(|line| line.starts_with("METHOD")),
                "{engine:?} {address}"
            );
            let events = lines.iter().filter(|line| *line == "BEGIN:VEVENT").count();
            assert_eq!(events, days, "{engine:?} {address}");
            if days == 1 {
                let law = items[1];
                for line in [
                    "DTSTART;VALUE=DATE:20200701".to_owned(),
                    format!("UID:{}", law.0),
                    "SUMMARY;LANGUAGE=vi:Có hiệu lực: Luật mới về hòa giải".to_owned(),
                    format!("URL:https://thu.example/so-a/bai/{law}-luat-moi-ve-hoa-giai"),
                ] {
                    assert!(
                        lines.contains(&line),
                        "{engine:?} {address}: {line} in {lines:#?}"
                    );
                }
            }
        }
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn not_04_ids_outlive_names_and_addresses() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let items = four_items(&house).await;
        let web = Web::of(&house, true).unwrap();
        let ids = async |slug: &str| {
            let mut found = Vec::new();
            for file in [
                format!("/{slug}/feed.atom"),
                format!("/{slug}/loai/tin/feed.atom"),
                "/feed.atom".to_owned(),
            ] {
                found.push(texts(&got(&web, &file).await.text(), "id"));
            }
            found.push(texts(
                &got(&web, &format!("/{slug}/feed.rss")).await.text(),
                "guid",
            ));
            found
        };
        let before = ids("so-a").await;
        let own: BTreeSet<&String> = before[..3].iter().map(|ids| &ids[0]).collect();
        assert_eq!(
            own.len(),
            3,
            "{engine:?}: each feed has an id of its own: {own:?}"
        );
        for id in before.iter().flatten() {
            assert!(id.starts_with("urn:uuid:"), "{engine:?}: {id}");
        }
        assert_eq!(before[1][1], format!("urn:uuid:{}", items[0].0));
        made(&house, |agency| {
            agency.slug = "so-moi".into();
            for name in &mut agency.names {
                name.official = "Sở Mới tỉnh Thử".into();
                name.short = "Sở Mới".into();
            }
        })
        .await;
        assert_eq!(ids("so-moi").await, before, "{engine:?}");
        let feed = got(&web, "/so-moi/feed.atom").await.text();
        assert!(
            feed.contains("https://thu.example/so-moi/bai/") && feed.contains("Sở Mới tỉnh Thử"),
            "{engine:?}: {feed}"
        );
        house.end().await.unwrap();
    }
}

/// Rows of an older day may hold signs that XML 1.0 forbids; one of them would make a whole file unreadable.
#[tokio::test]
async fn what_xml_forbids_is_in_no_file() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let items = four_items(&house).await;
        let sign = match engine {
            pbgdpl_store::Engine::Sqlite => "char(11)",
            pbgdpl_store::Engine::Postgres => "chr(11)",
        };
        let columns =
            ["title", "summary", "html", "slug"].map(|column| format!("{column} = {column} || {sign}"));
        run(&house, format!("update published set {}", columns.join(", "))).await;
        let web = Web::of(&house, true).unwrap();
        let item = format!("https%3A%2F%2Fthu.example%2Fso-a%2Fbai%2F{}", items[0]);
        for path in [
            "/feed.atom",
            "/feed.rss",
            "/so-a/feed.atom",
            "/so-a/loai/tin/feed.rss",
            "/sitemap.xml",
            "/so-a/sitemap.xml",
            "/oai?verb=ListRecords&metadataPrefix=oai_dc",
            &format!("/oembed?url={item}&format=xml"),
        ] {
            let answer = got(&web, path).await;
            assert_eq!(answer.status, 200, "{engine:?} {path}");
            let text = answer.text();
            assert!(!text.contains('\u{b}'), "{engine:?} {path}: {text}");
            // Read to its end, with its texts whole.
            let named = ["title", "dc:title", "loc"].map(|name| texts(&text, name));
            assert!(
                named
                    .iter()
                    .flatten()
                    .any(|text| text.contains("Đất chưa có sổ & <nhà> ở") || text.contains("dat-chua-co-so")),
                "{engine:?} {path}: {named:?}"
            );
        }
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn pages_lead_readers_to_their_feeds() {
    let house = House::on(BOTH[0]).await.unwrap();
    four_items(&house).await;
    let web = Web::of(&house, true).unwrap();
    let alternate = Selector::parse("link[rel=alternate]:not([type='application/json+oembed'])").unwrap();
    let seen = Selector::parse("a[href]").unwrap();
    for (page, feeds) in [
        ("/", 4),
        ("/so-a/", 4),
        ("/so-a/loai/tin", 7),
        ("/so-a/gioi-thieu", 4),
    ] {
        let html = Html::parse_document(&got(&web, page).await.text());
        let links: Vec<(String, String)> = html
            .select(&alternate)
            .map(|link| {
                (
                    link.attr("href").unwrap().into(),
                    link.attr("type").unwrap().into(),
                )
            })
            .collect();
        assert_eq!(links.len(), feeds, "{page}: {links:?}");
        for (address, media_type) in links {
            let answer = got(&web, &address).await;
            assert_eq!(answer.status, 200, "{address}");
            assert!(
                answer.header("content-type").starts_with(&media_type),
                "{address}"
            );
            assert!(
                html.select(&seen).any(|link| link.attr("href") == Some(&address)),
                "{page}: nobody sees {address}"
            );
        }
    }
    house.end().await.unwrap();
}
