//! Pictures of Open Graph: drawn once a version at an address that names the drawing, gone with what they show.

use pbgdpl_app::article::{approve, save, submit};
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web};
use pbgdpl_web::headers::IMMUTABLE_CACHE;
use scraper::{Html, Selector};

use super::{EMBED, content, done, four_items, got, take_back};

/// The path of the picture that a page names.
async fn picture_of(web: &Web, page: &str) -> String {
    let moved = got(web, page).await;
    let page = if moved.status == 301 {
        moved.header("location").to_owned()
    } else {
        page.to_owned()
    };
    let html = Html::parse_document(&got(web, &page).await.text());
    let meta = Selector::parse("meta[property='og:image']").unwrap();
    let address = html.select(&meta).next().unwrap().attr("content").unwrap();
    address.strip_prefix("https://thu.example").unwrap().to_owned()
}

#[tokio::test]
async fn a_picture_follows_its_item() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let items = four_items(&house).await;
        let web = Web::of(&house, true).unwrap();
        let page = format!("/so-a/bai/{}", items[0]);
        let first = picture_of(&web, &page).await;
        let answer = got(&web, &first).await;
        assert_eq!(
            (answer.status.as_u16(), answer.header("content-type")),
            (200, "image/png")
        );
        assert_eq!(answer.header("cache-control"), IMMUTABLE_CACHE);
        let drawn = image::load_from_memory(&answer.body).unwrap().to_rgb8();
        assert_eq!(drawn.dimensions(), (1200, 630));
        // Letters stand where the title is, the accent at the head, nothing in the margins.
        let dark = |x: std::ops::Range<u32>, y: std::ops::Range<u32>| {
            let pixels = x.flat_map(|x| y.clone().map(move |y| (x, y)));
            pixels.filter(|(x, y)| drawn.get_pixel(*x, *y).0[1] < 100).count()
        };
        assert!(dark(80..1120, 130..420) > 3_000, "{engine:?}: no title");
        assert_eq!(dark(0..1200, 0..20), 24_000);
        assert_eq!(dark(0..78, 21..630) + dark(1122..1200, 21..630), 0);
        assert_eq!(got(&web, &first).await.body, answer.body, "kept");
        // The same by another mount; a wrong hash moves to the right one.
        let own = first.strip_prefix("/so-a").unwrap();
        let by_host = web.ask(&Ask::get("so-a.thu.example", own)).await.unwrap();
        assert_eq!(by_host.body, answer.body);
        let wrong = format!("/so-a/anh/{}-000000000000.png", items[0]);
        let moved = got(&web, &wrong).await;
        assert_eq!(
            (moved.status.as_u16(), moved.header("location")),
            (301, first.as_str())
        );
        assert_eq!(moved.header("cache-control"), "no-store");
        // Another agency has no such item.
        let foreign = first.replace("/so-a/", "/huyen-b/");
        assert_eq!(got(&web, &foreign).await.status, 404, "{engine:?}");

        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        let approver = house.ctx(&house.a, &house.in_a.approver).await.unwrap();
        let order = save::Save {
            article: items[0],
            based_on: 1,
            content: content(pbgdpl_model::article::Kind::Tin, "Tiêu đề khác"),
            note: String::new(),
        };
        done(save::save(&house.app, &editor, order).await.unwrap());
        done(submit::submit(&house.app, &editor, items[0]).await.unwrap());
        done(
            approve::approve(&house.app, &approver, items[0], 2, "Đổi tiêu đề.")
                .await
                .unwrap(),
        );
        let second = picture_of(&web, &page).await;
        assert_ne!(first, second);
        assert_eq!(got(&web, &first).await.header("location"), second);
        take_back(&house, items[0]).await;
        for gone in [&first, &second] {
            assert_eq!(
                got(&web, gone).await.status,
                404,
                "{engine:?}: of a withdrawn item"
            );
        }
        let section = picture_of(&web, "/so-a/").await;
        assert_eq!(got(&web, &section).await.status, 200);
        assert_eq!(web.ask(&Ask::get(EMBED, &section)).await.unwrap().status, 404);
        house.end().await.unwrap();
    }
}

/// The province's own pages are shared too: each names the one picture, drawn here.
#[tokio::test]
async fn the_pages_of_the_province_have_a_picture() {
    let house = House::on(BOTH[0]).await.unwrap();
    four_items(&house).await;
    let web = Web::of(&house, true).unwrap();
    let picture = picture_of(&web, "/").await;
    for page in ["/tim-kiem?q=dat", "/so-lieu", "/du-lieu", "/api"] {
        assert_eq!(picture_of(&web, page).await, picture, "{page}");
    }
    assert_ne!(picture_of(&web, "/so-a/").await, picture);
    let answer = got(&web, &picture).await;
    assert_eq!(
        (answer.status.as_u16(), answer.header("content-type")),
        (200, "image/png")
    );
    assert_eq!(answer.header("cache-control"), IMMUTABLE_CACHE);
    let drawn = image::load_from_memory(&answer.body).unwrap().to_rgb8();
    assert_eq!(drawn.dimensions(), (1200, 630));
    // The accent of the province's pages at the head, a title below it, the name at the foot.
    let dark = |x: std::ops::Range<u32>, y: std::ops::Range<u32>| {
        let pixels = x.flat_map(|x| y.clone().map(move |y| (x, y)));
        pixels.filter(|(x, y)| drawn.get_pixel(*x, *y).0[1] < 100).count()
    };
    assert_eq!(dark(0..1200, 0..20), 24_000);
    assert!(dark(80..1120, 130..420) > 3_000, "no title");
    assert!(dark(80..1120, 520..570) > 200, "no name");
    let moved = got(&web, "/anh/tinh-000000000000.png").await;
    assert_eq!(
        (moved.status.as_u16(), moved.header("location")),
        (301, picture.as_str())
    );
    for none in ["/anh/chuyen-muc-000000000000.png", "/anh/tinhkhac.png", "/anh/"] {
        assert_eq!(got(&web, none).await.status, 404, "{none}");
    }
    house.end().await.unwrap();
}
