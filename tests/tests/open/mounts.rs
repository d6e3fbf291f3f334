//! EMB-05: from every mount the crawler finds one address for each item, the public one; framed pages say they are to be indexed there.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web, settings};
use pbgdpl_web::routes::all;
use scraper::{Html, Selector};

use super::feeds::texts;
use super::{EMBED, PUBLIC, four_items, got};

/// A way to reach the section: host, mount as it is asked, mount as its links have it, the proxy's prefix.
struct Mount {
    host: String,
    asked: String,
    links: String,
    prefix: Option<&'static str>,
}

/// Walks a section by its own links: each page with its canonical address and what it says to robots.
async fn crawl(web: &Web, mount: &Mount) -> BTreeMap<String, (String, String)> {
    let link = Selector::parse("a[href]").unwrap();
    let canonical = Selector::parse("link[rel=canonical]").unwrap();
    let robots = Selector::parse("meta[name=robots]").unwrap();
    let (mut seen, mut found) = (BTreeSet::new(), BTreeMap::new());
    let mut open = VecDeque::from(["/".to_owned()]);
    while let Some(path) = open.pop_front() {
        if !seen.insert(path.clone()) {
            continue;
        }
        let mut ask = Ask::get(&mount.host, &format!("{}{path}", mount.asked));
        if let Some(prefix) = mount.prefix {
            ask = ask.with("x-forwarded-prefix", prefix);
        }
        let answer = web.ask(&ask).await.unwrap();
        if !answer.header("content-type").starts_with("text/html") {
            continue;
        }
        assert_eq!(answer.status, 200, "{}{path}", mount.host);
        let html = Html::parse_document(&answer.text());
        let said: Vec<&str> = html
            .select(&canonical)
            .filter_map(|one| one.attr("href"))
            .collect();
        assert_eq!(said.len(), 1, "{}{path}: one canonical address", mount.host);
        let to_robots = html.select(&robots).filter_map(|one| one.attr("content"));
        found.insert(
            path.clone(),
            (said[0].to_owned(), to_robots.collect::<Vec<_>>().join(",")),
        );
        for href in html.select(&link).filter_map(|one| one.attr("href")) {
            let inside = href
                .strip_prefix(mount.links.as_str())
                .filter(|rest| rest.starts_with('/'));
            open.extend(inside.map(|rest| rest.split('#').next().unwrap().to_owned()));
        }
    }
    found
}

#[tokio::test]
async fn emb_05_one_canonical_address_for_each_item_over_all_mounts() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        four_items(&house).await;
        let site = furnish::site(&house, &house.a, &house.in_a, "A").await.unwrap();
        house.store.machinery().poll_registry().await.unwrap();
        let mut believing = settings(true).unwrap();
        believing.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
        let web = Web::with(house.app.clone(), &house.clock, believing, &all());
        let key = format!("/k/{}", site.key);
        let mount = |host: &str, asked: &str, links: &str, prefix| Mount {
            host: host.into(),
            asked: asked.into(),
            links: links.into(),
            prefix,
        };
        let mounts = [
            mount(PUBLIC, "/so-a", "/so-a", None),
            mount("so-a.thu.example", "", "", None),
            mount(EMBED, &key, &key, None),
            mount(PUBLIC, "/so-a", "/phap-luat", Some("/phap-luat")),
            mount("so-a.thu.example", "", "/phap-luat", Some("/phap-luat")),
        ];
        let mut addresses: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for mount in &mounts {
            let framed = mount.host == EMBED;
            let pages = crawl(&web, mount).await;
            let items = pages.iter().filter(|(path, _)| path.starts_with("/bai/"));
            assert_eq!(
                items.count(),
                3,
                "{engine:?} {}{}: {pages:#?}",
                mount.host,
                mount.links
            );
            for (path, (canonical, robots)) in pages {
                assert!(
                    canonical.starts_with("https://thu.example/"),
                    "{engine:?} {}{path}: {canonical}",
                    mount.host
                );
                // Google obeys `indexifembedded` only beside `noindex`.
                let search = path.starts_with("/tim-kiem");
                assert_eq!(framed, robots.contains("noindex,indexifembedded"), "{path}");
                assert!(search || framed || robots.is_empty(), "{path}: {robots}");
                if path.starts_with("/bai/") {
                    addresses.entry(path).or_default().insert(canonical);
                }
            }
        }
        let sitemap = got(&web, "/so-a/sitemap.xml").await.text();
        let listed: BTreeSet<String> = texts(&sitemap, "loc").into_iter().collect();
        assert_eq!(addresses.len(), 3, "{engine:?}: {addresses:?}");
        for (path, canonical) in &addresses {
            assert_eq!(canonical.len(), 1, "{engine:?} {path}: {canonical:?}");
            assert!(
                canonical.is_subset(&listed),
                "{engine:?} {path}: not in the sitemap"
            );
        }
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn opn_05_sitemaps_name_the_one_address_on_every_host_and_robots_name_the_sitemap() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        four_items(&house).await;
        let web = Web::of(&house, true).unwrap();
        let own = web
            .ask(&Ask::get("so-a.thu.example", "/sitemap.xml"))
            .await
            .unwrap()
            .text();
        let by_path = got(&web, "/so-a/sitemap.xml").await.text();
        assert_eq!(
            own, by_path,
            "{engine:?}: the same addresses, whichever host is asked"
        );
        let addresses = texts(&own, "loc");
        assert_eq!(addresses.len(), 6, "{addresses:?}");
        for address in &addresses {
            let path = address.strip_prefix("https://thu.example").unwrap();
            assert_eq!(got(&web, path).await.status, 200, "{engine:?} {address}");
        }
        let whole = texts(&got(&web, "/sitemap.xml").await.text(), "loc");
        let items = whole.iter().filter(|address| address.contains("/bai/")).count();
        assert_eq!(items, 4, "{engine:?}: {whole:?}");
        for (host, sitemap) in [
            (PUBLIC, "https://thu.example/sitemap.xml"),
            ("so-a.thu.example", "https://thu.example/so-a/sitemap.xml"),
        ] {
            let robots = web.ask(&Ask::get(host, "/robots.txt")).await.unwrap().text();
            assert!(robots.contains(&format!("Sitemap: {sitemap}\n")), "{robots}");
        }
        let first = got(&web, "/sitemap.xml?trang=1").await;
        assert_eq!(texts(&first.text(), "loc"), whole);
        assert_eq!(got(&web, "/sitemap.xml?trang=2").await.status, 404);
        house.end().await.unwrap();
    }
}
