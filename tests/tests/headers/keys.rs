//! N-02, EMB-17: a snippet that was pasted once shows the right thing after a rename, a suspension, a move of the host and another key.

use pbgdpl_app::embed::{change, end, replace};
use pbgdpl_model::agency::Status;
use pbgdpl_model::id::EmbedId;
use pbgdpl_scope::Ctx;
use pbgdpl_scope::action::AgencySuspend;
use pbgdpl_store::tenant::EmbedRow;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Answer, Ask, Web};

const HOST: &str = "https://co-quan.example";

/// The page that a pasted snippet shows on a host.
async fn framed(web: &Web, key: &str, host: &str) -> Answer {
    let ask = Ask::get("nhung.thu.example", &format!("/k/{key}/"))
        .with("sec-fetch-dest", "iframe")
        .with("referer", &format!("{host}/"));
    web.ask(&ask).await.unwrap()
}

async fn fragment(web: &Web, key: &str) -> Answer {
    let ask = Ask::get("nhung.thu.example", &format!("/k/{key}/manh"));
    web.ask(&ask).await.unwrap()
}

async fn seen(house: &House) {
    house.store.machinery().poll_registry().await.unwrap();
}

async fn pasted(engine: pbgdpl_store::Engine) -> (House, Web, EmbedRow) {
    let house = House::on(engine).await.unwrap();
    let site = furnish::site(&house, &house.a, &house.in_a, "A").await.unwrap();
    seen(&house).await;
    let web = Web::of(&house, true).unwrap();
    let before = framed(&web, &site.key, HOST).await;
    assert_eq!(before.status, 200);
    (house, web, site)
}

#[tokio::test]
async fn another_key_leaves_the_pasted_one_working_for_as_long_as_was_chosen() {
    for engine in BOTH {
        let (house, web, site) = pasted(engine).await;
        let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
        replace::replace(&house.app, &admin, site.id, Some(30))
            .await
            .unwrap();
        seen(&house).await;
        let now = {
            let reader = house.store.read().tenant(&house.a).await.unwrap();
            assert_eq!(reader.former_keys(site.id).await.unwrap().len(), 1);
            reader.embed(site.id).await.unwrap().unwrap()
        };
        assert_ne!(now.key, site.key);
        for key in [&now.key, &site.key] {
            let page = framed(&web, key, HOST).await;
            assert_eq!(page.status, 200, "{engine:?}");
            let told = page.text().contains("mã gắn ở đây đã có mã khác thay");
            assert_eq!(told, *key == site.key, "{engine:?}: only the old one says so");
        }
        // A change of the site is a change for both keys.
        let order = change::Change {
            embed: site.id,
            site: site.site.clone(),
            origins: "https://moi.example".into(),
            open: true,
        };
        change::change(&house.app, &admin, order).await.unwrap();
        seen(&house).await;
        assert_eq!(framed(&web, &site.key, "https://moi.example").await.status, 200);
        assert_eq!(framed(&web, &site.key, HOST).await.status, 403);
        house.clock.advance_seconds(31 * 24 * 3600);
        let over = framed(&web, &site.key, "https://moi.example").await;
        assert_eq!(over.status, 403, "{engine:?}");
        assert!(
            over.text().contains("đã được thay bằng mã khác"),
            "{}",
            over.text()
        );
        let piece = fragment(&web, &site.key).await;
        assert_eq!(piece.status, 200);
        assert!(piece.text().contains("lấy mã mới"), "{}", piece.text());
        assert_eq!(framed(&web, &now.key, "https://moi.example").await.status, 200);
        house.end().await.unwrap();
    }
}

/// Replaces the key; where somebody else was first, once more, as a person would.
async fn replaced(house: &House, admin: &Ctx, site: EmbedId, days: i64) {
    loop {
        match replace::replace(&house.app, admin, site, Some(days)).await {
            Ok(()) => return,
            Err(pbgdpl_app::Error::Stale) => {}
            Err(error) => panic!("{error:?}"),
        }
    }
}

/// No key that was given out is lost, none goes on for ever beside the present one, and each holds as long as it was promised.
#[tokio::test]
async fn two_who_replace_a_key_at_once_leave_one_key() {
    const DAY: i64 = 24 * 3600;
    for engine in BOTH {
        let (house, web, _) = pasted(engine).await;
        let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
        let mut left = Vec::new();
        for turn in 0..6 {
            let first = furnish::site(&house, &house.a, &house.in_a, "A").await.unwrap();
            tokio::join!(
                replaced(&house, &admin, first.id, 30),
                replaced(&house, &admin, first.id, 90),
            );
            let reader = house.store.read().tenant(&house.a).await.unwrap();
            let now = reader.embed(first.id).await.unwrap().unwrap();
            let former = reader.former_keys(first.id).await.unwrap();
            let mut terms: Vec<_> = former.iter().map(|former| former.replaced.ends).collect();
            terms.sort();
            let promised = [30, 90].map(|days| Some(admin.now().plus_seconds(days * DAY)));
            assert_eq!(terms, promised, "{engine:?} {turn}: {former:?}");
            let keys: Vec<&str> = former.iter().map(|former| former.key.as_str()).collect();
            assert!(
                keys.contains(&first.key.as_str()) && !keys.contains(&now.key.as_str()),
                "{engine:?} {turn}: {keys:?}"
            );
            left.push((now, former));
        }
        seen(&house).await;
        for (days, holding) in [(0, 2), (31, 1), (91, 0)] {
            house.clock.set(admin.now().plus_seconds(days * DAY));
            for (now, former) in &left {
                let page = framed(&web, &now.key, HOST).await;
                assert_eq!(page.status, 200, "{engine:?} after {days} days");
                assert!(
                    !page.text().contains("đã có mã khác thay"),
                    "{engine:?}: the present key"
                );
                let mut holds = 0;
                for former in former {
                    let page = framed(&web, &former.key, HOST).await;
                    holds += i32::from(page.status == 200);
                    let says = page.text().contains("mã khác");
                    assert!(says, "{engine:?} after {days} days: {}", page.text());
                }
                assert_eq!(holds, holding, "{engine:?} after {days} days");
            }
        }
        house.end().await.unwrap();
    }
}

/// A term ends at its minute: nothing else changes at noon, and what was kept that morning is not shown once more.
#[tokio::test]
async fn a_key_that_ends_at_noon_shows_nothing_from_noon_on() {
    for engine in BOTH {
        let (house, web, site) = pasted(engine).await;
        house.clock.advance_seconds(4 * 3600);
        let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
        replace::replace(&house.app, &admin, site.id, Some(30))
            .await
            .unwrap();
        seen(&house).await;
        house.clock.advance_seconds(30 * 24 * 3600 - 1);
        let noon = house.clock_day();
        let mut tag = String::new();
        for turn in ["made", "kept"] {
            let page = framed(&web, &site.key, HOST).await;
            assert_eq!(page.status, 200, "{engine:?} {turn}");
            let piece = fragment(&web, &site.key).await;
            assert!(!piece.text().contains("lấy mã mới"), "{engine:?} {turn}");
            tag = piece.header("etag").to_owned();
        }
        house.clock.advance_seconds(1);
        assert_eq!(house.clock_day(), noon, "the day stays the same");
        for turn in ["made", "kept"] {
            let page = framed(&web, &site.key, HOST).await;
            assert_eq!(page.status, 403, "{engine:?} {turn}");
            assert!(
                page.text().contains("đã được thay bằng mã khác"),
                "{engine:?} {turn}"
            );
            let piece = fragment(&web, &site.key).await;
            assert_eq!(piece.status, 200, "{engine:?} {turn}");
            assert!(
                piece.text().contains("lấy mã mới"),
                "{engine:?} {turn}: {}",
                piece.text()
            );
        }
        let path = format!("/k/{}/manh", site.key);
        let again = Ask::get("nhung.thu.example", &path).with("if-none-match", &tag);
        let again = web.ask(&again).await.unwrap();
        assert_eq!(
            again.status, 200,
            "{engine:?}: a copy of the morning is no longer current"
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_key_of_before_may_end_at_once_and_never_another_agencys() {
    let (house, web, site) = pasted(BOTH[0]).await;
    let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
    replace::replace(&house.app, &admin, site.id, None).await.unwrap();
    seen(&house).await;
    house.clock.advance_seconds(400 * 24 * 3600);
    assert_eq!(framed(&web, &site.key, HOST).await.status, 200, "for ever");
    let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
    let now = {
        let reader = house.store.read().tenant(&house.a).await.unwrap();
        reader.embed(site.id).await.unwrap().unwrap()
    };
    for present in [now.key.as_str(), "khong-co"] {
        let refused = end::end(&house.app, &admin, site.id, present).await;
        assert!(
            matches!(refused, Err(pbgdpl_app::Error::NotFound)),
            "the present key does not end"
        );
    }
    let stranger = house.ctx(&house.b, &house.in_b.admin).await.unwrap();
    for refused in [
        end::end(&house.app, &stranger, site.id, &site.key).await,
        replace::replace(&house.app, &stranger, site.id, Some(0)).await,
    ] {
        assert!(matches!(refused, Err(pbgdpl_app::Error::NotFound)));
    }
    let odd = replace::replace(&house.app, &admin, site.id, Some(7)).await;
    assert!(matches!(
        odd,
        Err(pbgdpl_app::Error::Invalid { field: "overlap", .. })
    ));
    end::end(&house.app, &admin, site.id, &site.key).await.unwrap();
    seen(&house).await;
    assert_eq!(framed(&web, &site.key, HOST).await.status, 403);
    house.end().await.unwrap();
}

#[tokio::test]
async fn a_snippet_outlives_a_rename_and_a_suspension() {
    let (house, web, site) = pasted(BOTH[0]).await;
    let officer = house.province_ctx(&house.officer).await.unwrap();
    let warrant = officer.warrant::<AgencySuspend>().unwrap();
    for (status, shown) in [(Status::Hidden, false), (Status::Open, true)] {
        let mut province = house.store.province(&warrant).await.unwrap();
        province
            .put_status(house.a.id(), status, officer.now())
            .await
            .unwrap();
        province.save().await.unwrap();
        seen(&house).await;
        let page = framed(&web, &site.key, HOST).await;
        assert_eq!(page.status.as_u16(), if shown { 200 } else { 503 });
        assert!(
            page.header("content-security-policy")
                .contains(&format!("frame-ancestors {HOST};"))
        );
        let piece = fragment(&web, &site.key).await;
        assert_eq!(
            (piece.status.as_u16(), piece.text().contains("tạm ngừng")),
            (200, !shown)
        );
    }
    house.end().await.unwrap();
}

/// The desk's own look at it: a frame of the desk, for the desk alone.
#[tokio::test]
async fn the_desk_shows_what_will_be_seen() {
    let house = House::on(BOTH[0]).await.unwrap();
    furnish::forms(&house).await.unwrap();
    let a = furnish::furnish(&house, &house.a, &house.in_a, None, "MOT")
        .await
        .unwrap();
    let web = Web::of(&house, true).unwrap();
    let session = house.session(&house.in_a.admin).await.unwrap();
    let site = format!("/quan-tri/so-a/gan/{}", a.embed.id);
    let item = format!("xem=bai&bai={}", a.article);
    for (query, words) in [
        ("", "MOT tiêu đề"),
        ("xem=danh-sach&loai=tin&so=2", "MOT tiêu đề"),
        ("xem=tim-kiem", "inert"),
        ("xem=danh-sach&cach=manh", "class=\"pbgdpl\""),
        (item.as_str(), "MOT nội dung"),
    ] {
        let ask = Ask::get("quantri.thu.example", &format!("{site}/xem?{query}"))
            .with("sec-fetch-dest", "iframe")
            .signed_in(&session);
        let page = web.ask(&ask).await.unwrap();
        assert_eq!(page.status, 200, "{query}: {}", page.text());
        assert!(page.text().contains(words), "{query}: {}", page.text());
        assert!(
            page.header("content-security-policy")
                .contains("frame-ancestors 'self';"),
            "{query}"
        );
        assert!(page.headers.get("x-frame-options").is_none(), "{query}");
        assert_eq!(page.header("cache-control"), "no-store", "{query}");
        assert!(page.text().contains("<base target=\"_blank\">"), "{query}");
    }
    for other in [site.clone(), format!("{site}/xem/"), "/quan-tri/so-a".into()] {
        let ask = Ask::get("quantri.thu.example", &other)
            .with("sec-fetch-dest", "iframe")
            .signed_in(&session);
        let status = web.ask(&ask).await.unwrap().status.as_u16();
        assert!(
            matches!(status, 301 | 403),
            "{other}: {status}: nothing else of the desk is framed"
        );
    }
    house.end().await.unwrap();
}
