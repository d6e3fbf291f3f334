//! EMBED: frames for listed origins only, the loader for every page.

use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web};
use pbgdpl_web::arrival::Table;
use pbgdpl_web::headers::{IMMUTABLE_CACHE, PAGE_CACHE};

use crate::expected::{Letter, Promise, check, policy};

#[tokio::test]
async fn a_frame_is_for_listed_origins_only() {
    use pbgdpl_model::id::EmbedId;
    use pbgdpl_scope::action::EmbedWrite;
    let house = House::on(BOTH[0]).await.unwrap();
    let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
    let permit = admin.permit::<EmbedWrite>(&pbgdpl_scope::Nothing).unwrap();
    let mut store = house.store.tenant(&house.a).await.unwrap();
    let embed = pbgdpl_store::tenant::EmbedRow {
        id: EmbedId::fresh(admin.now()),
        key: "0123456789abcdefghjkmnpqrs".into(),
        site: "Trang cơ quan".into(),
        origins: vec!["https://co-quan.example".into()],
        open: true,
        created_by: house.in_a.admin.account,
        created_at: admin.now(),
    };
    store.add_embed(&permit, &embed).await.unwrap();
    store.save().await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let frame = |referer: &str| {
        Ask::get("nhung.thu.example", "/k/0123456789abcdefghjkmnpqrs/")
            .with("sec-fetch-dest", "iframe")
            .with("referer", referer)
    };
    let good = web.ask(&frame("https://co-quan.example/")).await.unwrap();
    assert_eq!(good.status, 200);
    let policy_of = |ancestors: &str| policy(Letter::E, ancestors, true);
    assert_eq!(
        good.header("content-security-policy"),
        policy_of("https://co-quan.example")
    );
    for absent in ["x-frame-options", "set-cookie", "access-control-allow-origin"] {
        assert!(good.headers.get(absent).is_none(), "{absent}");
    }
    assert_eq!(good.header("cross-origin-resource-policy"), "cross-origin");
    let bad = web.ask(&frame("https://la.example/")).await.unwrap();
    assert_eq!(bad.status, 403);
    assert_eq!(
        bad.header("content-security-policy"),
        policy_of("https://la.example https://co-quan.example"),
        "the page that explains says nothing of the section: the site that frames it may show it"
    );
    assert!(bad.headers.get("x-frame-options").is_none());
    assert!(
        bad.text().contains("https://la.example"),
        "names the origin that is missing"
    );
    let unknown = web
        .ask(&Ask::get("nhung.thu.example", "/k/zzzzzzzzzzzzzzzzzzzzzzzzzz/"))
        .await
        .unwrap();
    assert_eq!(unknown.status, 404);
    check(&unknown, Table::Embed, Promise::Ours, "/k/", "an unknown key");
}

/// What went wrong inside a frame is as high as its page: it tells so by the same script as the section's own pages.
#[tokio::test]
async fn what_goes_wrong_in_a_frame_fits_it() {
    use pbgdpl_model::agency::Status;
    use pbgdpl_scope::action::AgencySuspend;
    let house = House::on(BOTH[0]).await.unwrap();
    let site = pbgdpl_testkit::furnish::site(&house, &house.a, &house.in_a, "A")
        .await
        .unwrap();
    house.store.machinery().poll_registry().await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let framed = async |path: &str, host: &str, status: u16| {
        let ask = Ask::get("nhung.thu.example", &format!("/k/{}/{path}", site.key))
            .with("sec-fetch-dest", "iframe")
            .with("referer", host);
        let answer = web.ask(&ask).await.unwrap();
        assert_eq!(answer.status.as_u16(), status, "{path} in {host}");
        let tells = answer
            .text()
            .contains("<script src=\"/khung.js\" async></script>");
        assert!(tells, "{path} in {host}: {}", answer.text());
        let policy = answer.header("content-security-policy");
        assert!(
            policy.contains("script-src 'self';"),
            "{path} in {host}: {policy}"
        );
    };
    let (listed, other) = ("https://co-quan.example/", "https://la.example/");
    framed("", listed, 200).await;
    framed("bai/khong-co", listed, 404).await;
    framed("khong-co", listed, 404).await;
    framed("", other, 403).await;
    let officer = house.province_ctx(&house.officer).await.unwrap();
    let warrant = officer.warrant::<AgencySuspend>().unwrap();
    let mut province = house.store.province(&warrant).await.unwrap();
    province
        .put_status(house.a.id(), Status::Hidden, officer.now())
        .await
        .unwrap();
    province.save().await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
    framed("", listed, 503).await;
    // Where there is no frame there is nothing to tell.
    for (host, path) in [("thu.example", "/khong-co"), ("quantri.thu.example", "/khong-co")] {
        let answer = web.ask(&Ask::get(host, path)).await.unwrap();
        assert_eq!(answer.status, 404, "{host}");
        assert!(!answer.text().contains("khung.js"), "{host}: {}", answer.text());
    }
    house.end().await.unwrap();
}

/// SECURITY 5.6: pages of any origin load it, with integrity where they like; also from the page cache, also unchanged.
#[tokio::test]
async fn the_loader_may_be_read_by_every_page() {
    let house = House::on(BOTH[0]).await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let host = "nhung.thu.example";
    let twin = format!("/{}", pbgdpl_web::embed::newest().unwrap().file);
    for (path, kept) in [("/nhung.js", PAGE_CACHE), (twin.as_str(), IMMUTABLE_CACHE)] {
        for turn in ["made", "kept"] {
            let answer = web.ask(&Ask::get(host, path)).await.unwrap();
            let what = format!("{path} {turn}");
            assert_eq!(answer.status, 200, "{what}");
            check(&answer, Table::Embed, Promise::Ours, path, &what);
            assert_eq!(answer.header("access-control-allow-origin"), "*", "{what}");
            assert_eq!(answer.header("cache-control"), kept, "{what}");
            assert_eq!(answer.text(), pbgdpl_web::embed::LOADER, "{what}");
        }
    }
    let first = web.ask(&Ask::get(host, "/nhung.js")).await.unwrap();
    let again = Ask::get(host, "/nhung.js").with("if-none-match", first.header("etag"));
    let again = web.ask(&again).await.unwrap();
    assert_eq!(again.status, 304);
    assert_eq!(again.header("access-control-allow-origin"), "*");
    let inside = web.ask(&Ask::get(host, "/khung.js")).await.unwrap();
    assert_eq!(
        inside.header("access-control-allow-origin"),
        "",
        "our own frames load it, nobody else"
    );
    let older = web.ask(&Ask::get(host, "/nhung.000000000000.js")).await.unwrap();
    assert_eq!(older.status, 404);
}

/// What a webmaster pastes names bytes that the browser will find there.
#[tokio::test]
async fn the_desk_gives_the_loader_with_its_integrity() {
    let house = House::on(BOTH[0]).await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let site = pbgdpl_testkit::furnish::site(&house, &house.a, &house.in_a, "A")
        .await
        .unwrap();
    let session = house.session(&house.in_a.admin).await.unwrap();
    let path = format!("/quan-tri/so-a/gan/{}", site.id);
    let page = web
        .ask(&Ask::get("quantri.thu.example", &path).signed_in(&session))
        .await
        .unwrap();
    let twin = pbgdpl_web::embed::newest().unwrap();
    let text = page.text().replace("&#34;", "\"").replace("&#60;", "<");
    let line = format!(
        "https://nhung.thu.example/{}\" integrity=\"{}\" crossorigin=\"anonymous\"",
        twin.file, twin.integrity
    );
    assert!(text.contains(&line), "{text}");
}
