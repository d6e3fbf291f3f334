//! Redirects stay inside their origin and mount, and keep the query; a mount behind a proxy is whole.

use http::Method;
use pbgdpl_model::agency::Status;
use pbgdpl_scope::action::{AgencySuspend, ManifestApply};
use pbgdpl_store::province::NewAgency;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Answer, Ask, Web, settings};
use pbgdpl_web::arrival::Table;
use pbgdpl_web::routes::all;

use crate::expected::{Promise, check};

const DESK: &str = "quantri.thu.example";

/// A node that believes the peer that asks here.
fn behind_a_proxy(house: &House) -> Web {
    let mut settings = settings(true).unwrap();
    settings.trusted_proxies = vec!["127.0.0.1/32".parse().unwrap()];
    Web::with(house.app.clone(), &house.clock, settings, &all())
}

/// A has another slug now.
async fn renamed(house: &House) {
    let ctx = house.province_ctx(&house.officer).await.unwrap();
    let mut province = house
        .store
        .province(&ctx.warrant::<ManifestApply>().unwrap())
        .await
        .unwrap();
    let mut agency = house.a.agency().clone();
    agency.slug = "so-moi".into();
    let new = NewAgency {
        agency,
        hosts: vec!["so-a.thu.example".into()],
        body: "{}".into(),
    };
    province.put_agency(&new, ctx.now()).await.unwrap();
    province.save().await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
}

async fn leads(web: &Web, ask: &Ask, to: &str) {
    let answer = web.ask(ask).await.unwrap();
    assert_eq!(answer.status, 301, "{}{}", ask.host, ask.path);
    assert_eq!(answer.header("location"), to, "{}{}", ask.host, ask.path);
}

#[tokio::test]
async fn no_address_of_the_desk_leads_to_another_host() {
    let house = House::on(BOTH[0]).await.unwrap();
    let web = Web::of(&house, true).unwrap();
    for path in ["//evil.vn/", "/\\evil.vn/", "//evil.vn//", "/\\/evil.vn/", "//"] {
        for method in [Method::GET, Method::HEAD] {
            let mut ask = Ask::get(DESK, path);
            ask.method = method;
            let Ok(answer) = web.ask(&ask).await else {
                continue; // not an address at all
            };
            assert_eq!(answer.status, 404, "{path}: {}", answer.header("location"));
            assert_eq!(answer.header("location"), "", "{path}");
            check(&answer, Table::Desk, Promise::Ours, path, path);
        }
    }
    leads(
        &web,
        &Ask::get(DESK, "/quan-tri/so-a/bai/?trang=2"),
        "/quan-tri/so-a/bai?trang=2",
    )
    .await;
    leads(&web, &Ask::get(DESK, "/tai-khoan/"), "/tai-khoan").await;
    let form = web.ask(&Ask::post(DESK, "/dang-nhap/", &[])).await.unwrap();
    assert_eq!(
        form.status, 404,
        "a form is not sent on: it would lose what was typed"
    );
}

#[tokio::test]
async fn moved_addresses_keep_the_query_and_the_mount() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let (article, _) = furnish::item(&house, &house.a, &house.in_a, "A").await.unwrap();
        renamed(&house).await;
        let web = behind_a_proxy(&house);
        let direct = |path: &str| Ask::get("thu.example", path);
        leads(
            &web,
            &direct("/so-a/tim-kiem?q=lu%E1%BA%ADt"),
            "/so-moi/tim-kiem?q=lu%E1%BA%ADt",
        )
        .await;
        leads(&web, &direct("/so-a?x=1"), "/so-moi?x=1").await;
        leads(&web, &direct("/so-moi?x=1"), "/so-moi/?x=1").await;
        let wrong = format!("/so-moi/bai/{article}-sai?tu=thu");
        let right = format!("/so-moi/bai/{article}-a-tieu-de?tu=thu");
        leads(&web, &direct(&wrong), &right).await;
        // Under a prefix no address of ours shows through: neither the slug of today nor that of yesterday.
        for slug in ["so-moi", "so-a"] {
            let proxied =
                |path: &str| direct(&format!("/{slug}{path}")).with("x-forwarded-prefix", "/phap-luat");
            leads(&web, &proxied("?x=1"), "/phap-luat/?x=1").await;
            let wrong = format!("/bai/{article}-sai?tu=thu");
            let right = format!("/phap-luat/bai/{article}-a-tieu-de?tu=thu");
            leads(&web, &proxied(&wrong), &right).await;
            let page = web.ask(&proxied("/")).await.unwrap();
            assert_eq!(page.status, 200, "{slug}");
        }
        // Who is not a listed proxy is not believed.
        let plain = Web::of(&house, true).unwrap();
        let lie = direct("/so-moi").with("x-forwarded-prefix", "/evil");
        leads(&plain, &lie, "/so-moi/").await;
    }
}

/// What a page loads: style sheets, scripts, pictures, as they stand in it.
fn loaded(page: &Answer) -> Vec<String> {
    let text = page.text();
    let document = scraper::Html::parse_document(&text);
    let all = scraper::Selector::parse(
        "link[rel=stylesheet], link[rel=icon], link[rel=preload], script[src], img[src]",
    )
    .unwrap();
    document
        .select(&all)
        .filter_map(|e| e.attr("href").or_else(|| e.attr("src")))
        .filter(|address| address.starts_with('/'))
        .map(str::to_owned)
        .collect()
}

#[tokio::test]
async fn a_section_behind_a_proxy_loads_its_style_through_it() {
    let house = House::on(BOTH[0]).await.unwrap();
    furnish::item(&house, &house.a, &house.in_a, "A").await.unwrap();
    let web = behind_a_proxy(&house);
    for (host, mount) in [("thu.example", "/so-a"), ("so-a.thu.example", "")] {
        // The mount may look like the address that we know it by: still another page.
        for prefix in ["/phap-luat", "/so-a"] {
            let ask =
                |path: &str| Ask::get(host, &format!("{mount}{path}")).with("x-forwarded-prefix", prefix);
            for path in ["/", "/khong-co"] {
                let direct = web.ask(&Ask::get(host, &format!("{mount}{path}"))).await.unwrap();
                assert!(
                    loaded(&direct).iter().all(|a| a.starts_with("/tai-nguyen/")),
                    "{host}{path}: {:?}",
                    loaded(&direct)
                );
                let page = web.ask(&ask(path)).await.unwrap();
                let assets = loaded(&page);
                assert!(!assets.is_empty(), "{host}{path}");
                for address in assets {
                    let inside = address
                        .strip_prefix(prefix)
                        .unwrap_or_else(|| panic!("{host}{path}: {address} is not of the mount {prefix}"));
                    let asset = web.ask(&ask(inside)).await.unwrap();
                    assert_eq!(asset.status, 200, "{address}");
                }
                for link in page.text().split("href=\"/").skip(1) {
                    let link = format!("/{}", link.split('"').next().unwrap());
                    assert!(
                        link.starts_with(&format!("{prefix}/")),
                        "{host}{path}: {link} leaves the mount"
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn the_page_of_a_hidden_section_is_styled() {
    let house = House::on(BOTH[0]).await.unwrap();
    let officer = house.province_ctx(&house.officer).await.unwrap();
    let warrant = officer.warrant::<AgencySuspend>().unwrap();
    let mut province = house.store.province(&warrant).await.unwrap();
    province
        .put_status(house.a.id(), Status::Hidden, officer.now())
        .await
        .unwrap();
    province.save().await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
    let web = Web::of(&house, true).unwrap();
    for (host, mount) in [("thu.example", "/so-a"), ("so-a.thu.example", "")] {
        let page = web.ask(&Ask::get(host, &format!("{mount}/"))).await.unwrap();
        assert_eq!(page.status, 503, "{host}");
        let assets = loaded(&page);
        assert!(!assets.is_empty());
        for address in assets {
            let asset = web.ask(&Ask::get(host, &address)).await.unwrap();
            assert_eq!(asset.status, 200, "{host}{address}");
        }
    }
}
