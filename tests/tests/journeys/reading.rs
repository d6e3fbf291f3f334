//! A citizen reads: the province, a section by path and by its own host, an item, search with and without marks, feeds.

use pbgdpl_testkit::browser::Window;

use crate::demo::{agency, demo};
use crate::walk::Walk;

#[tokio::test]
async fn a_citizen_reads_and_searches() {
    let demo = demo();
    for window in Window::BOTH {
        let section = format!("{}/{}", demo.public(), agency(window));
        let walk = Walk::begin("reading", window).await;
        walk.go(demo.public()).await;
        without_scripts(&walk).await;
        walk.look("province").await;
        walk.press(&format!("#co-quan a[href$='/{}/']", agency(window)))
            .await;
        walk.arrive(&section).await;
        walk.look("section").await;

        walk.fill("main #q", "quy định").await;
        walk.press("main form.find button").await;
        walk.arrive("tim-kiem?q=").await;
        let with_marks = walk.count(".hits li").await;
        walk.look("search").await;
        walk.press(".hits a").await;
        walk.arrive("/bai/").await;
        let title = walk.text("h1").await;
        assert!(!title.is_empty());
        without_scripts(&walk).await;
        walk.look("item").await;
        let path = walk.at().await;

        walk.go(&format!("{}/tim-kiem?q=quy+dinh", demo.public())).await;
        let without_marks = walk.count(".hits li").await;
        assert!(with_marks > 0 && without_marks >= with_marks);
        walk.look("search-province").await;

        for page in ["du-lieu", "api"] {
            walk.go(&format!("{}/{page}", demo.public())).await;
            without_scripts(&walk).await;
            walk.look(page).await;
        }

        walk.go(&format!("{}/so-noi-vu/bao-cao-vien", demo.public()))
            .await;
        walk.look("reporters").await;
        walk.picture("bao-cao-vien-cong-khai", "main").await;

        let own = demo.host(agency(window));
        walk.go(own).await;
        walk.look("own-host").await;
        walk.go(&path.replace(&section, own)).await;
        assert_eq!(walk.text("h1").await, title);
        walk.end().await;
    }
}

#[tokio::test]
async fn feeds_answer() {
    let demo = demo();
    let section = format!("{}/{}", demo.public(), agency(Window::Desk));
    for (address, kind) in [
        (format!("{}/feed.atom", demo.public()), "application/atom+xml"),
        (format!("{}/sitemap.xml", demo.public()), "application/xml"),
        (format!("{section}/feed.atom"), "application/atom+xml"),
        (format!("{section}/feed.json"), "application/feed+json"),
        (format!("{section}/sitemap.xml"), "application/xml"),
        (format!("{section}/feed.rss"), "application/rss+xml"),
        (format!("{section}/loai/tin/feed.rss"), "application/rss+xml"),
        (format!("{section}/lich.ics"), "text/calendar"),
        (format!("{}/api/v1/bai?so=5", demo.public()), "application/json"),
        (format!("{}/api/openapi.json", demo.public()), "application/json"),
        (
            format!("{}/oai?verb=ListRecords&metadataPrefix=oai_dc", demo.public()),
            "text/xml",
        ),
        (format!("{}/du-lieu/bai.csv", demo.public()), "text/csv"),
        (
            format!("{}/du-lieu/dcat.jsonld", demo.public()),
            "application/ld+json",
        ),
    ] {
        let answer = reqwest::get(&address).await.unwrap();
        assert_eq!(answer.status(), 200, "{address}");
        let said = answer.headers()["content-type"].to_str().unwrap().to_owned();
        assert!(said.starts_with(kind), "{address}: {said}");
        let body = answer.text().await.unwrap();
        assert!(body.contains(demo.public()), "{address}: {body}");
    }
}

/// The only script of a page counts that it was read, and changes nothing; a block of data is none: the page is the same where scripts are off.
async fn without_scripts(walk: &Walk) {
    assert_eq!(
        walk.count("script:not([data-dem]):not([type='application/ld+json'])")
            .await,
        0,
        "{}",
        walk.at().await
    );
}
