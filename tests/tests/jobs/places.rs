//! N-30: pages of agencies' sites are looked at; a snippet that vanished and links that somebody put there are told, with page and contact.

use std::sync::Arc;
use std::sync::Mutex;
use std::time::Duration;

use axum::response::Html;
use axum::routing::get;
use pbgdpl_app::embed::add;
use pbgdpl_app::place;
use pbgdpl_exchange::PageReader;
use pbgdpl_jobs::{Jobs, Pages};
use pbgdpl_mail::Sender;
use pbgdpl_model::estate::{Finding, Health, Inspection, Shows};
use pbgdpl_model::id::{EmbedId, PlaceId};
use pbgdpl_pages::desk::embed::snippet;
use pbgdpl_scope::action::EmbedWrite;
use pbgdpl_scope::{Ctx, Nothing, RequestId};
use pbgdpl_store::tenant::Place;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::owner::Owner;
use pbgdpl_testkit::web::{Ask, Web};

pub(crate) const EMBED: &str = "https://nhung.thu.example";
pub(crate) const CONTACT: &str = "Văn phòng Sở, 0260 3862 000";
pub(crate) const DAY: i64 = 24 * 3600;

/// A site of somebody else, whose page is what its webmaster last made of it.
pub(crate) async fn site(page: Arc<Mutex<String>>) -> u16 {
    let routes = axum::Router::new().route(
        "/",
        get(move || async move { Html(page.lock().unwrap().clone()) }),
    );
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    port
}

fn jobs(house: &House) -> Jobs {
    let folder = format!("file:{}", house.folder.path().join("mail").display());
    let sender = Sender::open(&folder, "pbgdpl@thu.example").unwrap();
    let reader = PageReader::new(None, Arc::new(|address| address.is_loopback())).unwrap();
    Jobs::new(house.app.clone(), sender, "https://quantri.thu.example/").with_pages(Pages {
        reader,
        camera: None,
        embed: EMBED.into(),
        public: "https://thu.example".into(),
    })
}

pub(crate) async fn letters(house: &House, jobs: &Jobs) -> Vec<String> {
    jobs.run_once_until_idle().await.unwrap();
    let folder = house.folder.path().join("mail");
    let letters = pbgdpl_mail::list_folder(&folder).await.unwrap_or_default();
    letters
        .into_iter()
        .map(|letter| format!("{}\n{}", letter.subject, letter.text))
        .collect()
}

pub(crate) async fn kept(house: &House, id: PlaceId) -> Place {
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    reader.place(id).await.unwrap().unwrap()
}

pub(crate) async fn entered(house: &House, port: u16) -> (EmbedId, String, PlaceId) {
    let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
    let origin = format!("http://127.0.0.1:{port}");
    let embed = add::add(&house.app, &admin, "Cổng của Sở", &origin)
        .await
        .unwrap();
    let place = place::add::add(&house.app, &admin, embed.id, (&origin, CONTACT))
        .await
        .unwrap();
    (embed.id, embed.key, place)
}

#[tokio::test]
async fn a_snippet_that_vanished_is_told_within_a_day() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let page = Arc::new(Mutex::new(String::new()));
        let port = site(Arc::clone(&page)).await;
        let (_, key, id) = entered(&house, port).await;
        let pasted = format!("<main><h1>Sở</h1>{}</main>", snippet(EMBED, &key, "Chuyên mục"));
        *page.lock().unwrap() = pasted.clone();
        let jobs = jobs(&house);
        assert_eq!(
            letters(&house, &jobs).await,
            Vec::<String>::new(),
            "{engine:?}: nothing to tell"
        );
        let first = kept(&house, id).await;
        assert_eq!(
            (first.health, first.shows),
            (Health::Good, Shows::Frame),
            "{:?}",
            first.findings
        );
        assert_eq!(
            jobs.look_at_pages().await.unwrap(),
            0,
            "{engine:?}: looked at just now"
        );

        *page.lock().unwrap() = "<main><h1>Giao diện mới</h1></main>".into();
        house.clock.advance_seconds(DAY);
        assert_eq!(jobs.look_at_pages().await.unwrap(), 1);
        let told = letters(&house, &jobs).await;
        assert_eq!(told.len(), 1, "{engine:?}: {told:?}");
        for words in [
            "không hiện chuyên mục",
            &format!("http://127.0.0.1:{port}/"),
            CONTACT,
        ] {
            assert!(told[0].contains(words), "{engine:?}: {words} in {}", told[0]);
        }
        let gone = kept(&house, id).await;
        assert_eq!((gone.health, gone.good_at), (Health::Broken, first.looked_at));
        // Told once, not every day.
        house.clock.advance_seconds(DAY);
        assert_eq!(jobs.look_at_pages().await.unwrap(), 1);
        assert_eq!(letters(&house, &jobs).await.len(), 1);

        let bad = "<a href='https://nha-cai.example/'>Nhà cái số một</a>";
        *page.lock().unwrap() = format!("{pasted}<div style='display:none'>{bad}</div>");
        house.clock.advance_seconds(DAY);
        jobs.look_at_pages().await.unwrap();
        let told = letters(&house, &jobs).await;
        assert_eq!(told.len(), 2);
        assert!(
            told.iter()
                .any(|letter| letter.contains("nha-cai.example") && letter.contains("Khẩn")),
            "{told:?}"
        );
        assert_eq!(kept(&house, id).await.health, Health::Tampered);

        *page.lock().unwrap() = pasted;
        house.clock.advance_seconds(DAY);
        jobs.look_at_pages().await.unwrap();
        assert_eq!(letters(&house, &jobs).await.len(), 2);
        assert_eq!(kept(&house, id).await.health, Health::Good);
        house.end().await.unwrap();
    }
}

/// Another hand that retires a page, and takes a while to save it.
async fn retires(house: &House, id: PlaceId) {
    let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
    let permit = admin.permit::<EmbedWrite>(&Nothing).unwrap();
    let mut store = house.app.open(&admin).await.unwrap();
    let place = store.place(id).await.unwrap().unwrap();
    let retired = Place {
        retired_at: Some(admin.now()),
        ..place
    };
    store
        .change_place(&permit, &retired, "Cổng của Sở")
        .await
        .unwrap();
    tokio::time::sleep(Duration::from_millis(400)).await;
    store.save().await.unwrap();
}

/// A retired page stays so, whatever looks at it still: the queue, the day, and who was looking while it was retired.
#[tokio::test]
async fn a_retired_page_is_not_brought_back_by_a_look() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let page = Arc::new(Mutex::new("<p>Không có gì</p>".to_owned()));
        let port = site(Arc::clone(&page)).await;
        // That it is due waits in the queue from its entering on.
        let (embed, _, id) = entered(&house, port).await;
        let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
        place::change::change(&house.app, &admin, id, CONTACT, true)
            .await
            .unwrap();
        let before = kept(&house, id).await;
        assert!(before.retired_at.is_some(), "{engine:?}");
        let jobs = jobs(&house);
        for day in 0..3 {
            assert_eq!(letters(&house, &jobs).await, Vec::<String>::new(), "{engine:?}");
            let looked = jobs.look_at_pages().await.unwrap();
            assert_eq!(looked, 0, "{engine:?} {day}");
            house.clock.advance_seconds(DAY);
        }
        assert_eq!(
            kept(&house, id).await,
            before,
            "{engine:?}: nothing was found out"
        );

        let second = format!("http://127.0.0.1:{port}/?trang=2");
        let second = place::add::add(&house.app, &admin, embed, (&second, CONTACT))
            .await
            .unwrap();
        let system = Ctx::of_system(
            house.a.clone(),
            "test",
            house.app.now(),
            RequestId::new("job".into()),
        );
        let found = Inspection::new(house.app.now(), Shows::Nothing, Vec::new());
        let (looked, ()) = tokio::join!(
            async {
                tokio::time::sleep(Duration::from_millis(150)).await;
                place::keep::keep(&house.app, &system, second, (&found, false)).await
            },
            retires(&house, second)
        );
        assert_eq!(looked.unwrap(), Health::Unknown, "{engine:?}");
        let after = kept(&house, second).await;
        assert!(
            after.retired_at.is_some() && after.looked_at.is_none(),
            "{engine:?}: {after:?}"
        );
        let mut owner = Owner::of(&house.ground).await.unwrap();
        let copies = owner.rows(&["province_place"]).await.unwrap();
        assert!(
            copies.is_empty(),
            "{engine:?}: the province still sees {copies:?}"
        );
        assert_eq!(letters(&house, &jobs).await, Vec::<String>::new(), "{engine:?}");
        drop(owner);
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn the_province_sees_every_page_and_who_has_none() {
    let house = House::on(BOTH[0]).await.unwrap();
    let page = Arc::new(Mutex::new("<p>Không có gì</p>".to_owned()));
    let port = site(Arc::clone(&page)).await;
    let (embed, _, id) = entered(&house, port).await;
    letters(&house, &jobs(&house)).await;
    let web = Web::of(&house, true).unwrap();
    let officer = house.session(&house.officer).await.unwrap();
    let ask = Ask::get("quantri.thu.example", "/tinh/trang-gan").signed_in(&officer);
    let seen = web.ask(&ask).await.unwrap();
    assert_eq!(seen.status, 200);
    assert!(
        seen.text().contains(&format!("http://127.0.0.1:{port}/")),
        "{}",
        seen.text()
    );
    assert!(
        seen.text().contains("Cần xử lý (1)") && !seen.text().contains(CONTACT),
        "{}",
        seen.text()
    );
    // Retired pages are no longer looked at, and stay in the agency's register.
    let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
    place::change::change(&house.app, &admin, id, CONTACT, true)
        .await
        .unwrap();
    house.clock.advance_seconds(2 * DAY);
    assert_eq!(jobs(&house).look_at_pages().await.unwrap(), 0);
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    assert!(reader.places(embed).await.unwrap()[0].retired_at.is_some());
    drop(reader);
    let stranger = house.ctx(&house.b, &house.in_b.admin).await.unwrap();
    let refused = place::change::change(&house.app, &stranger, id, "x", false).await;
    assert!(matches!(refused, Err(pbgdpl_app::Error::NotFound)));
    house.end().await.unwrap();
}

/// EMB-07: the desk says what is wrong with a page, and keeps nothing.
#[tokio::test]
async fn the_desk_looks_at_any_page_and_says_what_to_ask_for() {
    let house = House::on(BOTH[0]).await.unwrap();
    let page = Arc::new(Mutex::new(String::new()));
    let port = site(Arc::clone(&page)).await;
    let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
    let embed = add::add(&house.app, &admin, "Cổng của Sở", "https://khac.example")
        .await
        .unwrap();
    let policy = "<meta http-equiv='Content-Security-Policy' content=\"frame-src 'self'\">";
    *page.lock().unwrap() = format!(
        "<head>{policy}</head>{}",
        snippet(EMBED, &embed.key, "Chuyên mục")
    );
    let web = Web::of(&house, true).unwrap();
    let session = house.session(&house.in_a.admin).await.unwrap();
    let base = format!("/quan-tri/so-a/gan/{}", embed.id);
    let look = async |address: &str| {
        let form = [("address", address), ("contact", "Phòng CNTT")];
        let ask = Ask::post("quantri.thu.example", &format!("{base}/kiem-tra"), &form);
        web.ask(&ask.signed_in(&session)).await.unwrap()
    };
    let seen = look(&format!("http://127.0.0.1:{port}/")).await;
    assert_eq!(seen.status, 200, "{}", seen.text());
    let unlisted = Finding::Unlisted {
        origin: format!("http://127.0.0.1:{port}"),
    };
    let refused = Finding::PolicyFrame { origin: EMBED.into() };
    for finding in [unlisted, refused] {
        assert!(
            seen.text().contains(&finding.says()),
            "{finding:?}: {}",
            seen.text()
        );
        assert!(seen.text().contains(&finding.advises()), "{finding:?}");
    }
    assert!(
        seen.text().contains("value=\"Phòng CNTT\""),
        "what was typed is kept"
    );
    let inside = look("https://10.0.0.1/").await;
    assert!(inside.text().contains("mạng nội bộ"), "{}", inside.text());
    assert_eq!(look("").await.status, 422);
    let list = Ask::get("quantri.thu.example", &format!("{base}/so")).signed_in(&session);
    assert!(
        web.ask(&list)
            .await
            .unwrap()
            .text()
            .contains("Chưa có trang nào trong sổ")
    );
    house.end().await.unwrap();
}
