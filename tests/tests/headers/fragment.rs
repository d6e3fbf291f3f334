//! EMB-03, EMB-04: pieces of a section for the pages of others; EMB-11: small frames and oEmbed.

use pbgdpl_testkit::furnish::{self, Furnished};
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Answer, Ask, Web};
use pbgdpl_web::headers::{COUNTED_CACHE, IMMUTABLE_CACHE, PAGE_CACHE};
use scraper::{Html, Selector};
use serde_json::Value;

const EMBED: &str = "nhung.thu.example";

async fn furnished() -> (House, Web, Furnished) {
    let house = House::on(BOTH[0]).await.unwrap();
    furnish::forms(&house).await.unwrap();
    let a = furnish::furnish(&house, &house.a, &house.in_a, None, "MOT")
        .await
        .unwrap();
    house.store.machinery().poll_registry().await.unwrap();
    let web = Web::of(&house, true).unwrap();
    (house, web, a)
}

async fn get(web: &Web, path: &str) -> Answer {
    web.ask(&Ask::get(EMBED, path)).await.unwrap()
}

fn addresses(html: &str) -> Vec<String> {
    let html = Html::parse_fragment(html);
    let with = Selector::parse("[href], [src]").unwrap();
    html.select(&with)
        .filter_map(|element| element.attr("href").or_else(|| element.attr("src")))
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn a_fragment_is_whole_html_that_stands_anywhere() {
    let (house, web, a) = furnished().await;
    let at = |rest: &str| format!("/k/{}/manh{rest}", a.embed.key);
    let item = format!("?bai={}", a.article);
    for rest in ["", "?loai=tin&so=3", item.as_str(), "?loai=to-gap"] {
        for turn in ["made", "kept"] {
            let answer = get(&web, &at(rest)).await;
            let (what, text) = (format!("{rest} {turn}"), answer.text());
            assert_eq!(answer.status, 200, "{what}");
            assert_eq!(answer.header("cache-control"), PAGE_CACHE, "{what}");
            assert_eq!(answer.header("vary"), "Accept-Encoding, Origin", "{what}");
            assert!(answer.headers.get("set-cookie").is_none(), "{what}");
            assert!(
                text.starts_with("<section class=\"pbgdpl\" lang=\"vi\""),
                "{what}: {text}"
            );
            for foreign in [
                "<!doctype",
                "<html",
                "<script",
                "<style",
                " style=",
                " id=",
                "<h1",
            ] {
                assert!(!text.contains(foreign), "{what}: {foreign} in {text}");
            }
            for address in addresses(&text) {
                assert!(
                    address.starts_with("https://"),
                    "{what}: {address} leads to the host's own pages"
                );
            }
            assert!(text.contains("tính đến ngày <time>"), "{what}");
        }
    }
    let list = get(&web, &at("?loai=tin")).await.text();
    assert!(
        list.contains(&format!("https://thu.example/so-a/bai/{}-", a.article)),
        "{list}"
    );
    let one = get(&web, &at(&item)).await.text();
    assert!(
        one.contains("MOT nội dung"),
        "the text itself, for engines that search the host: {one}"
    );
    house.end().await.unwrap();
}

#[tokio::test]
async fn a_fragment_in_a_shadow_root_brings_its_style() {
    let (house, web, a) = furnished().await;
    let answer = get(&web, &format!("/k/{}/manh?kieu=bong", a.embed.key))
        .await
        .text();
    let style = answer
        .split("<template shadowrootmode=\"open\"><link rel=\"stylesheet\" href=\"https://nhung.thu.example")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap_or_else(|| panic!("{answer}"));
    let style = get(&web, style).await;
    assert_eq!(style.header("cache-control"), IMMUTABLE_CACHE);
    for (name, value) in [
        ("access-control-allow-origin", "*"),
        ("cross-origin-resource-policy", "cross-origin"),
    ] {
        assert_eq!(style.header(name), value);
    }
    house.end().await.unwrap();
}

/// Scripts of listed origins may read it, and no other; servers need no origin.
#[tokio::test]
async fn scripts_of_listed_origins_may_read_a_fragment() {
    let (house, web, a) = furnished().await;
    let path = format!("/k/{}/manh", a.embed.key);
    for (origin, allowed) in [
        ("https://co-quan.example", "https://co-quan.example"),
        ("https://la.example", ""),
        ("null", ""),
        ("https://co-quan.example.la.example", ""),
    ] {
        for turn in ["made", "kept", "unchanged"] {
            let mut ask = Ask::get(EMBED, &path).with("origin", origin);
            if turn == "unchanged" {
                let tag = get(&web, &path).await.header("etag").to_owned();
                ask = ask.with("if-none-match", &tag);
            }
            let answer = web.ask(&ask).await.unwrap();
            let what = format!("{origin} {turn} {}", answer.status);
            assert_eq!(answer.header("access-control-allow-origin"), allowed, "{what}");
            assert!(
                answer.headers.get("access-control-allow-credentials").is_none(),
                "{what}"
            );
            assert_eq!(answer.header("vary"), "Accept-Encoding, Origin", "{what}");
        }
    }
    house.end().await.unwrap();
}

#[tokio::test]
async fn what_cannot_be_shown_says_why_in_the_same_form() {
    let (house, web, a) = furnished().await;
    let at = |rest: &str| format!("/k/{}/manh{rest}", a.embed.key);
    let nowhere = get(&web, &at("?bai=khong-co")).await;
    assert_eq!(nowhere.status, 404);
    assert!(
        nowhere.text().starts_with("<section class=\"pbgdpl\""),
        "{}",
        nowhere.text()
    );
    for (wrong, names) in [("?loai=la", "loai"), ("?kieu=la", "kieu"), ("?so=nam", "so")] {
        let answer = get(&web, &at(wrong)).await;
        assert_eq!(answer.status, 400, "{wrong}");
        assert!(answer.text().contains(names), "{wrong}: {}", answer.text());
    }
    for elsewhere in [
        "/so-a/manh",
        "/so-a/o/danh-sach",
        "/so-a/o/tim-kiem",
        "/so-a/goi.zip",
    ] {
        let answer = web.ask(&Ask::get("thu.example", elsewhere)).await.unwrap();
        assert_eq!(answer.status, 404, "{elsewhere}: only of a key");
    }
    house.end().await.unwrap();
}

#[tokio::test]
async fn small_frames_lead_beside_the_agencys_page() {
    let (house, web, a) = furnished().await;
    let list = get(&web, &format!("/k/{}/o/danh-sach?so=2", a.embed.key)).await;
    assert_eq!(list.status, 200);
    assert!(
        list.header("content-security-policy")
            .contains("frame-ancestors https://co-quan.example;")
    );
    let html = Html::parse_document(&list.text());
    let links = Selector::parse("main a").unwrap();
    let found: Vec<_> = html.select(&links).collect();
    assert!(found.len() >= 2, "{}", list.text());
    for link in found {
        assert_eq!(link.attr("target"), Some("_blank"), "{}", list.text());
        assert!(
            link.attr("href")
                .unwrap()
                .starts_with("https://thu.example/so-a/")
        );
    }
    let search = get(&web, &format!("/k/{}/o/tim-kiem", a.embed.key)).await.text();
    let action = format!("action=\"/k/{}/tim-kiem\"", a.embed.key);
    assert!(search.contains(&action), "{search}");
    house.end().await.unwrap();
}

async fn oembed(web: &Web, url: &str, rest: &str) -> Answer {
    let url: String = url::form_urlencoded::byte_serialize(url.as_bytes()).collect();
    let path = format!("/oembed?url={url}{rest}");
    web.ask(&Ask::get("thu.example", &path)).await.unwrap()
}

/// oEmbed 1.0, 2.3.4: what the answer holds; and a page says where its own is.
#[tokio::test]
async fn oembed_gives_a_frame_for_a_key_and_a_link_without_one() {
    let (house, web, a) = furnished().await;
    let item = |mount: &str| format!("{mount}/bai/{}-mot-tieu-de", a.article);
    let framed = item(&format!("https://nhung.thu.example/k/{}", a.embed.key));
    let answer = oembed(&web, &framed, "&format=json&maxwidth=500").await;
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    let read: Value = serde_json::from_str(&answer.text()).unwrap();
    assert_eq!((&read["version"], &read["type"]), (&"1.0".into(), &"rich".into()));
    assert_eq!(read["width"], 500);
    let html = read["html"].as_str().unwrap();
    assert!(
        html.starts_with(&format!("<iframe src=\"{framed}\" title=\"MOT ")),
        "{html}"
    );
    assert!(
        html.contains("sandbox=") && html.contains("width=\"100%\""),
        "{html}"
    );
    let xml = oembed(&web, &framed, "&format=xml").await;
    assert_eq!(xml.header("content-type"), "text/xml; charset=utf-8");
    assert!(xml.text().contains("<type>rich</type>"), "{}", xml.text());
    for mount in ["https://thu.example/so-a", "https://so-a.thu.example"] {
        let read: Value = serde_json::from_str(&oembed(&web, &item(mount), "").await.text()).unwrap();
        assert_eq!(
            (&read["type"], &read["html"]),
            (&"link".into(), &Value::Null),
            "{mount}"
        );
    }
    for (url, status) in [
        ("https://la.example/so-a/bai/1", 404),
        ("https://thu.example/khong-co/", 404),
        ("https://thu.example/so-a/bai/khong-co", 404),
        ("https://nhung.thu.example/k/zzzzzzzzzzzzzzzzzzzzzzzzzz/", 404),
        ("https://quantri.thu.example/dang-nhap", 404),
        ("khong phai dia chi", 404),
        ("", 400),
    ] {
        assert_eq!(oembed(&web, url, "").await.status.as_u16(), status, "{url}");
    }
    assert_eq!(oembed(&web, &framed, "&format=yaml").await.status, 501);
    for page in [framed.as_str(), &item("https://thu.example/so-a")] {
        let (host, path) = page.trim_start_matches("https://").split_once('/').unwrap();
        let text = web
            .ask(&Ask::get(host, &format!("/{path}")))
            .await
            .unwrap()
            .text();
        let encoded: String = url::form_urlencoded::byte_serialize(page.as_bytes()).collect();
        let link = format!(
            "href=\"https://thu.example/oembed?url={}",
            encoded.replace('.', "%2E").replace('-', "%2D")
        );
        assert!(text.contains(&link), "{page}: {link}");
    }
    house.end().await.unwrap();
}

/// A list that was narrowed stays that list in the frame, and says so itself; what else the address carries is nobody's business.
#[tokio::test]
async fn oembed_of_a_list_is_the_same_list() {
    let (house, web, a) = furnished().await;
    let frame_of = async |rest: &str| {
        let url = format!("https://{EMBED}/k/{}/{rest}", a.embed.key);
        let answer = oembed(&web, &url, "").await;
        assert_eq!(answer.status, 200, "{rest}: {}", answer.text());
        let read: Value = serde_json::from_str(&answer.text()).unwrap();
        let html = Html::parse_fragment(read["html"].as_str().unwrap());
        let frame = Selector::parse("iframe").unwrap();
        let src = html.select(&frame).next().unwrap().attr("src").unwrap();
        let (_, shown) = src.split_once(&format!("{}/", a.embed.key)).unwrap();
        shown.to_owned()
    };
    for (asked, shown) in [
        ("o/danh-sach", "o/danh-sach"),
        ("o/danh-sach?so=3", "o/danh-sach?so=3"),
        (
            "o/danh-sach?so=3&loai=tin&utm_source=x#cuoi",
            "o/danh-sach?loai=tin&so=3",
        ),
        ("o/danh-sach?so=99", "o/danh-sach?so=20"),
        ("tim-kiem?q=dat", "tim-kiem"),
        ("loai/tin?trang=2", "loai/tin"),
    ] {
        assert_eq!(frame_of(asked).await, shown, "{asked}");
    }
    let wrong = format!("https://{EMBED}/k/{}/o/danh-sach?loai=la", a.embed.key);
    assert_eq!(
        oembed(&web, &wrong, "").await.status,
        404,
        "there is no such list"
    );
    // What a pasted address is found by: the page names its own list.
    for (page, own) in [
        ("o/danh-sach?loai=tin&so=2", "o/danh-sach?loai=tin&so=2"),
        ("o/tim-kiem", "o/tim-kiem"),
    ] {
        let text = get(&web, &format!("/k/{}/{page}", a.embed.key)).await.text();
        let html = Html::parse_document(&text);
        let link = Selector::parse("link[type='application/json+oembed']").unwrap();
        let address = html.select(&link).next().unwrap().attr("href").unwrap();
        let address = url::Url::parse(address).unwrap();
        let (_, named) = address.query_pairs().find(|(name, _)| name == "url").unwrap();
        assert_eq!(named, format!("https://{EMBED}/k/{}/{own}", a.embed.key));
    }
    house.end().await.unwrap();
}

/// EMB-12: the section as files, whose links work from a folder.
#[tokio::test]
async fn a_pack_holds_the_section_and_its_links_work() {
    let (house, web, a) = furnished().await;
    let answer = get(&web, &format!("/k/{}/goi.zip", a.embed.key)).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "application/zip");
    assert_eq!(answer.header("cache-control"), COUNTED_CACHE);
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(answer.body.to_vec())).unwrap();
    let names: Vec<String> = zip.file_names().map(|name| name.unwrap().into_owned()).collect();
    let mut seen = 0;
    for name in names.iter().filter(|name| name.ends_with(".html")) {
        let mut page = String::new();
        std::io::Read::read_to_string(&mut zip.by_name(name).unwrap(), &mut page).unwrap();
        assert!(!page.contains("data-dem"), "{name}: nobody counts files");
        for address in addresses(&page) {
            if address.contains("://") || address.starts_with('#') || address.starts_with("mailto:") {
                continue;
            }
            assert!(!address.starts_with('/'), "{name}: {address}");
            let folder = std::path::Path::new(name).parent().unwrap();
            let mut path = std::path::PathBuf::new();
            for part in folder.join(address.split('#').next().unwrap()).components() {
                match part {
                    std::path::Component::ParentDir => assert!(path.pop(), "{name}: {address}"),
                    part => path.push(part),
                }
            }
            let path = path.to_str().unwrap().to_owned();
            assert!(
                names.contains(&path),
                "{name}: {address} leads to {path}, which is not there"
            );
            seen += 1;
        }
    }
    assert!(
        names
            .iter()
            .any(|name| name.starts_with(&format!("bai/{}-", a.article))),
        "{names:?}"
    );
    assert!(seen > 30, "{seen} links");
    let mut mark = String::new();
    std::io::Read::read_to_string(&mut zip.by_name(pbgdpl_pages::pack::MARK).unwrap(), &mut mark).unwrap();
    assert!(
        mark.starts_with("pbgdpl-goi 1\n") && mark.contains("Cơ quan: Sở A tỉnh Thử\n"),
        "{mark}"
    );
    assert!(mark.contains("Ngày: 12/01/2021\n"), "{mark}");
    house.end().await.unwrap();
}
