//! Visitors reach a section five ways; none of them shows another agency's item.

use pbgdpl_model::id::to_base32;
use pbgdpl_testkit::house::BOTH;
use pbgdpl_testkit::web::{Ask, Web, settings};
use pbgdpl_web::arrival::Table;
use pbgdpl_web::routes::all;

use crate::slots::{EMBED, PUBLIC, Slot, alike, id, nobodys, path, slot, two};

#[tokio::test]
async fn t1_a_section_shows_its_own_agency_however_it_is_reached() {
    for engine in BOTH {
        let (house, a, b) = two(engine).await;
        let mut believing = settings(true).unwrap();
        believing.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
        let web = Web::with(house.app.clone(), &house.clock, believing, &all());
        let mut cells = 0;
        for (own, other, canary, mark) in [(&a, &b, "CANARY-B", "CANARY-A"), (&b, &a, "CANARY-A", "CANARY-B")]
        {
            let slug = own.tenant.slug();
            let mounts = [
                (PUBLIC.to_owned(), format!("/{slug}"), None),
                (format!("{slug}.thu.example"), String::new(), None),
                (EMBED.to_owned(), format!("/k/{}", own.embed.key), None),
                (EMBED.to_owned(), format!("/k/{}", own.former), None),
                (PUBLIC.to_owned(), format!("/{slug}"), Some("/phap-luat")),
                (format!("{slug}.thu.example"), String::new(), Some("/phap-luat")),
                // A mount that looks like the other agency's address.
                (PUBLIC.to_owned(), format!("/{slug}"), Some("/huyen-b")),
                (PUBLIC.to_owned(), format!("/{slug}"), Some("/so-a")),
            ];
            for (host, mount, prefix) in &mounts {
                let at = |path: &str| {
                    let ask = Ask::get(host, &format!("{mount}{path}"));
                    match prefix {
                        Some(prefix) => ask.with("x-forwarded-prefix", prefix),
                        None => ask,
                    }
                };
                let what = format!("{engine:?} {host}{mount} {prefix:?}");
                // Pictures and packs are counted: each mount has a full bucket.
                house.clock.advance_seconds(60);
                for route in all().iter().filter(|r| r.table == Table::Section) {
                    // Twice: made, then kept.
                    for _ in 0..2 {
                        let page = web.ask(&at(&path(route, own, None))).await.unwrap();
                        assert!(!page.text().contains(canary), "{what} {route:?} leaks");
                        cells += 1;
                    }
                    for name in route.parameters() {
                        let Slot::Id(thing) = slot(route, name) else {
                            continue;
                        };
                        let foreign = format!("{}-x", to_base32(id(other, thing)));
                        let random = format!("{}-x", nobodys());
                        let make = |value: &str| at(&path(route, own, Some((name, value))));
                        let answer = alike(&web, make, (&foreign, &random), canary, &what).await;
                        assert_eq!(answer.status, 404, "{what} {route:?}");
                        cells += 1;
                    }
                }
                let item = at(&format!("/bai/{}-{}-tieu-de", own.article, mark.to_lowercase()));
                let item = web.ask(&item).await.unwrap();
                assert_eq!(item.status, 200, "{what}: {}", item.header("location"));
                assert!(item.text().contains(&format!("{mark} nội dung")), "{what}");
                let search = web.ask(&at("/tim-kiem?q=tieu+de")).await.unwrap();
                assert!(
                    search.text().contains(mark) && !search.text().contains(canary),
                    "{what}: search in one agency"
                );
            }
        }
        assert!(cells > 300, "the matrix shrank to {cells} cells");
    }
}
