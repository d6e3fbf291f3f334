//! The page of a site: what could not be used is said where the page is made anew, and files are handed out as they stand in `deploy/embed`.

use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web};
use scraper::{ElementRef, Html, Selector};

const FILES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../deploy/embed/");

/// A house with a site, and somebody at its page.
struct Desk {
    house: House,
    web: Web,
    session: String,
    path: String,
    key: String,
}

impl Desk {
    async fn open() -> Self {
        let house = House::on(BOTH[0]).await.unwrap();
        let site = furnish::site(&house, &house.a, &house.in_a, "A").await.unwrap();
        Self {
            web: Web::of(&house, true).unwrap(),
            session: house.session(&house.in_a.admin).await.unwrap(),
            path: format!("/quan-tri/so-a/gan/{}", site.id),
            key: site.key,
            house,
        }
    }

    async fn page(&self, query: &str) -> Html {
        let ask = Ask::get("quantri.thu.example", &format!("{}?{query}", self.path));
        let page = self.web.ask(&ask.signed_in(&self.session)).await.unwrap();
        assert_eq!(page.status, 200, "{query}: {}", page.text());
        Html::parse_document(&page.text())
    }
}

fn all<'a>(page: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(css).unwrap()).collect()
}

fn words(element: &ElementRef<'_>) -> String {
    element.text().collect()
}

#[tokio::test]
async fn what_could_not_be_used_is_said_in_the_part_that_is_made_anew() {
    let desk = Desk::open().await;
    let page = desk
        .page("xem=bai&bai=la&cao=9&so=nam&loai=la&cach=goi&tren=la")
        .await;
    let told: Vec<String> = all(&page, "#ma .notice a").iter().map(words).collect();
    let field = |of: &str| told.iter().any(|words| words.starts_with(of));
    for of in [
        "Trang của cơ quan chạy trên: ",
        "Loại bài",
        "Số bài",
        "Bài: ",
        "Chiều cao khung",
    ] {
        assert!(field(of), "{of} in {told:?}");
    }
    let page = desk.page("xem=tim-kiem&cach=goi").await;
    let told: Vec<String> = all(&page, "#ma .notice a").iter().map(words).collect();
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("Cách gắn: “Gói tệp"), "{told:?}");
    let page = desk
        .page("xem=danh-sach&cach=khung&loai=tin&so=3&cao=600&tren=wordpress")
        .await;
    assert!(all(&page, "#ma .notice").is_empty(), "there is nothing to say");

    // Said aloud: the element that stays is the one that is listened to.
    let listened = all(&page, "[aria-live='polite'] > #ma");
    assert_eq!(listened.len(), 1, "what is replaced tells nobody");
    assert!(listened[0].attr("aria-live").is_none());
    let live = all(&page, "form[data-live]")[0].attr("data-live").unwrap();
    for id in ["ma", "xem-thu", "cach"] {
        assert!(
            live.split(' ').any(|word| word == id) && all(&page, &format!("#{id}")).len() == 1,
            "{id} is not made anew: {live}"
        );
    }
    desk.house.end().await.unwrap();
}

/// The usual way is that of the host, and one that can show what was chosen.
#[tokio::test]
async fn the_list_of_ways_says_which_one_is_taken() {
    let desk = Desk::open().await;
    for (query, usual) in [
        ("tren=nukeviet", "Mảnh HTML ghép bằng PHP"),
        ("tren=nukeviet&xem=tim-kiem", "Khung tự chỉnh chiều cao"),
        ("tren=khoa", "Liên kết"),
    ] {
        let page = desk.page(query).await;
        let first = words(&all(&page, "#cach option")[0]);
        assert_eq!(first, format!("Tự chọn: {usual}"), "{query}");
    }
    desk.house.end().await.unwrap();
}

#[tokio::test]
async fn files_are_handed_out_as_they_stand() {
    let desk = Desk::open().await;
    let ways: [(&str, &[&str]); 4] = [
        (
            "cach=duong-dan",
            &[
                "nginx/mount.conf",
                "nginx/cache.conf",
                "nginx/luc.conf",
                "apache/mount.conf",
            ],
        ),
        (
            // The list that the files name.
            "cach=manh&xem=danh-sach&so=5",
            &[
                "nginx/ssi.conf",
                "nginx/cache.conf",
                "nginx/luc.conf",
                "apache/ssi.conf",
                "apache/lay-manh.sh",
            ],
        ),
        ("cach=manh-php", &["php/pbgdpl.php"]),
        ("cach=goi", &["pack/lay-goi.sh", "pack/lay-goi.ps1"]),
    ];
    for (query, files) in ways {
        let page = desk.page(query).await;
        let handed: Vec<String> = all(&page, "#ma textarea").iter().map(words).collect();
        for file in files {
            let text = std::fs::read_to_string(format!("{FILES}{file}")).unwrap();
            let filled = text
                .replace("\r\n", "\n")
                // Whoever saves the copied text adds the mark.
                .replace('\u{feff}', "")
                .replace("https://nhung.pbgdpl.example.vn", "https://nhung.thu.example")
                .replace("nhung.pbgdpl.example.vn", "nhung.thu.example")
                .replace("pbgdpl.example.vn", "thu.example")
                .replace("/so-tu-phap", "/so-a")
                .replace("0123456789abcdefghjkmnpqrs", &desk.key);
            assert!(
                handed.contains(&filled),
                "{query}: {file} is not handed out as it stands: {handed:#?}"
            );
        }
        for field in all(&page, "#ma textarea") {
            let label = format!("#ma label[for='{}']", field.attr("id").unwrap());
            assert_eq!(all(&page, &label).len(), 1, "{query}: {label}");
        }
    }
    desk.house.end().await.unwrap();
}

/// The choice of a list is not lost on the way to the files that fetch it.
#[tokio::test]
async fn files_fetch_what_was_chosen() {
    let desk = Desk::open().await;
    let page = desk
        .page("tren=may-chu&cach=manh&xem=danh-sach&loai=tin&so=3")
        .await;
    let handed: Vec<String> = all(&page, "#ma textarea").iter().map(words).collect();
    let script = handed.iter().find(|text| text.starts_with("#!/bin/sh"));
    let fetched = format!(
        "'https://nhung.thu.example/k/{}/manh?loai=tin&so=3' /var/lib/pbgdpl/manh.inc",
        desk.key
    );
    assert!(script.unwrap().contains(&fetched), "{script:?}");
    let steps: String = all(&page, "#ma li").iter().map(words).collect();
    assert!(
        steps.contains("<!--#include virtual=\"/pbgdpl/manh.inc\" -->"),
        "{steps}"
    );
    desk.house.end().await.unwrap();
}
