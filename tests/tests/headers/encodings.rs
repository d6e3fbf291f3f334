//! What never changes under its name is sent as small as the client takes it; what is dense already is left alone.

use std::io::Read;

use pbgdpl_pages::assets;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Answer, Ask, Web};
use pbgdpl_web::headers::IMMUTABLE_CACHE;

const EMBED: &str = "nhung.thu.example";
const EVERYTHING: &str = "gzip, deflate, br, zstd";

async fn asked(web: &Web, host: &str, path: &str, accept: &str) -> Answer {
    let ask = Ask::get(host, path);
    let ask = if accept.is_empty() {
        ask
    } else {
        ask.with("accept-encoding", accept)
    };
    let answer = web.ask(&ask).await.unwrap();
    assert_eq!(answer.status, 200, "{host}{path}");
    answer
}

/// The body as it was before it was made smaller.
fn unpacked(answer: &Answer) -> Vec<u8> {
    let mut plain = Vec::new();
    match answer.header("content-encoding") {
        "br" => brotli::BrotliDecompress(&mut &answer.body[..], &mut plain).unwrap(),
        "gzip" => {
            flate2::read::GzDecoder::new(&answer.body[..])
                .read_to_end(&mut plain)
                .unwrap();
        }
        "" => plain.extend_from_slice(&answer.body),
        other => panic!("nobody asked for {other}"),
    }
    plain
}

#[tokio::test]
async fn styles_and_scripts_come_in_the_encoding_that_is_taken() {
    let house = House::on(BOTH[0]).await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let twin = format!("/{}", pbgdpl_web::embed::newest().unwrap().file);
    let section = format!("/so-a{}", assets::asset("dem.js"));
    for (host, path) in [
        ("thu.example", assets::asset("page.css")),
        ("thu.example", section.as_str()),
        ("quantri.thu.example", assets::asset("desk.css")),
        ("quantri.thu.example", assets::asset("desk.js")),
        (EMBED, assets::asset("manh.css")),
        (EMBED, twin.as_str()),
        (EMBED, "/nhung.js"),
        (EMBED, "/khung.js"),
    ] {
        let plain = asked(&web, host, path, "").await;
        assert_eq!(plain.header("content-encoding"), "", "{path}");
        for (accept, coding) in [
            (EVERYTHING, "br"),
            ("gzip, deflate", "gzip"),
            ("br;q=0, gzip", "gzip"),
            ("identity", ""),
            ("deflate, zstd", ""),
        ] {
            let what = format!("{path} for {accept}");
            let answer = asked(&web, host, path, accept).await;
            assert_eq!(answer.header("content-encoding"), coding, "{what}");
            assert_eq!(answer.header("vary"), "Accept-Encoding", "{what}");
            assert_eq!(
                answer.header("content-type"),
                plain.header("content-type"),
                "{what}"
            );
            assert_eq!(
                answer.header("cache-control"),
                plain.header("cache-control"),
                "{what}"
            );
            assert_eq!(unpacked(&answer), plain.body, "{what}");
            let smaller = answer.body.len() < plain.body.len() * 2 / 3;
            assert_eq!(smaller, !coding.is_empty(), "{what}: {}", answer.body.len());
        }
    }
    house.end().await.unwrap();
}

#[tokio::test]
async fn fonts_and_pictures_are_never_made_smaller_again() {
    let house = House::on(BOTH[0]).await.unwrap();
    let (_, picture) = furnish::item(&house, &house.a, &house.in_a, "A").await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let uploaded = format!("/t/{picture}");
    let drawn = format!("/so-a{}", drawn(&web).await);
    for (host, path) in [
        ("thu.example", assets::asset("be-vietnam-pro-400.woff2")),
        (EMBED, assets::asset("be-vietnam-pro-600.woff2")),
        ("thu.example", drawn.as_str()),
        ("tep.thu.example", uploaded.as_str()),
    ] {
        let plain = asked(&web, host, path, "").await;
        let answer = asked(&web, host, path, EVERYTHING).await;
        assert_eq!(answer.header("content-encoding"), "", "{path}");
        assert_eq!(answer.body, plain.body, "{path}");
        assert_eq!(answer.header("cache-control"), IMMUTABLE_CACHE, "{path}");
    }
    house.end().await.unwrap();
}

/// Where the picture of a section's first page is, inside the section.
async fn drawn(web: &Web) -> String {
    let page = web.ask(&Ask::get("thu.example", "/so-a/")).await.unwrap().text();
    let address = page.split("<meta property=\"og:image\" content=\"").nth(1);
    let address = address.and_then(|rest| rest.split('"').next()).unwrap();
    address
        .strip_prefix("https://thu.example/so-a")
        .unwrap()
        .to_owned()
}
