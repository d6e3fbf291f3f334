//! N-30: each page in the register has its last picture: made after a look, replaced by the next, gone with the page. A browser that
//! fails or hangs holds up no look.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use pbgdpl_app::place;
use pbgdpl_exchange::{Allowed, Camera, Exposure, PageReader};
use pbgdpl_jobs::{Jobs, Pages};
use pbgdpl_mail::Sender;
use pbgdpl_model::clock::Clock;
use pbgdpl_model::estate::Health;
use pbgdpl_model::id::{MediaId, PlaceId};
use pbgdpl_pages::desk::embed::snippet;
use pbgdpl_store::Files;
use pbgdpl_store::tenant::PlacePicture;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, BROWSER, Web, settings};
use pbgdpl_web::routes::all;
use sha2::{Digest, Sha256};
use tokio_util::sync::CancellationToken;

use crate::places::{CONTACT, DAY, EMBED, entered, kept, letters, site};

/// Longer than any browser of these tests works on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
const DESK: &str = "quantri.thu.example";
const FILES: &str = "https://tep.thu.example";

fn jobs(house: &House, work: Duration) -> Jobs {
    let folder = format!("file:{}", house.folder.path().join("mail").display());
    let sender = Sender::open(&folder, "pbgdpl@thu.example").unwrap();
    let allowed: Allowed = Arc::new(|address| address.is_loopback());
    let exposure = Exposure {
        work,
        ..Exposure::default()
    };
    let camera = Camera::new(Path::new(BROWSER), false, &allowed, exposure).unwrap();
    Jobs::new(house.app.clone(), sender, "https://quantri.thu.example/").with_pages(Pages {
        reader: PageReader::new(None, allowed).unwrap(),
        camera: Some(camera),
        embed: EMBED.into(),
        public: "https://thu.example".into(),
    })
}

async fn picture(house: &House, id: PlaceId) -> PlacePicture {
    let place = kept(house, id).await;
    place
        .picture
        .unwrap_or_else(|| panic!("no picture: {:?}", place.no_picture))
}

async fn bytes(house: &House, file: MediaId) -> Option<Vec<u8>> {
    let path = Files::path(house.a.id(), file);
    let found = house.store.files().get(&path).await.unwrap();
    found.map(|bytes| bytes.to_vec())
}

/// Red, green and blue in the middle of a picture.
fn colour(jpeg: &[u8]) -> [u8; 3] {
    let picture = image::load_from_memory_with_format(jpeg, image::ImageFormat::Jpeg)
        .unwrap()
        .to_rgb8();
    picture.get_pixel(picture.width() / 2, picture.height() / 2).0
}

#[tokio::test]
async fn a_page_has_one_picture_its_last() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let page = Arc::new(Mutex::new(String::new()));
        let port = site(Arc::clone(&page)).await;
        let (embed, key, id) = entered(&house, port).await;
        let pasted = format!("<main><h1>Sở</h1>{}</main>", snippet(EMBED, &key, "Chuyên mục"));
        *page.lock().unwrap() = pasted.clone();
        let jobs = jobs(&house, PATIENCE);
        letters(&house, &jobs).await;
        let first = picture(&house, id).await;
        let jpeg = bytes(&house, first.file).await.unwrap();
        let [red, green, blue] = colour(&jpeg);
        assert!(
            red > 180 && green < 40 && blue < 40,
            "{engine:?}: {red} {green} {blue}"
        );
        assert_eq!(first.sha256, hex::encode(Sha256::digest(&jpeg)), "{engine:?}");
        assert_eq!(kept(&house, id).await.health, Health::Good);

        // Nothing new on the page, and the picture not old: the same picture.
        house.clock.advance_seconds(DAY);
        assert_eq!(jobs.look_at_pages().await.unwrap(), 1);
        letters(&house, &jobs).await;
        assert_eq!(picture(&house, id).await, first, "{engine:?}");

        // The snippet is gone: the picture shows what is there in its place, and the file of the first is no more.
        *page.lock().unwrap() = "<main><h1>Giao diện mới, nền xanh</h1></main>".into();
        house.clock.advance_seconds(DAY);
        jobs.look_at_pages().await.unwrap();
        letters(&house, &jobs).await;
        let second = picture(&house, id).await;
        assert_ne!(second.file, first.file, "{engine:?}");
        let [red, green, _] = colour(&bytes(&house, second.file).await.unwrap());
        assert!(red < 40 && green > 130, "{engine:?}: {red} {green}");
        assert_eq!(
            bytes(&house, first.file).await,
            None,
            "{engine:?}: the file of the first"
        );

        // A week without news: a new one.
        house.clock.advance_seconds(8 * DAY);
        jobs.look_at_pages().await.unwrap();
        letters(&house, &jobs).await;
        let third = picture(&house, id).await;
        assert!(third.at > second.at && third.file != second.file, "{engine:?}");
        assert_eq!(bytes(&house, second.file).await, None, "{engine:?}");

        // A page that does not answer keeps its last picture.
        let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
        let nobody = format!("http://127.0.0.1:{}/", free_port().await);
        let mute = place::add::add(&house.app, &admin, embed, (&nobody, CONTACT))
            .await
            .unwrap();
        letters(&house, &jobs).await;
        let mute = kept(&house, mute).await;
        assert_eq!(
            (mute.health, mute.picture, mute.no_picture),
            (Health::Broken, None, None)
        );

        // No longer looked at: no picture, no file.
        place::change::change(&house.app, &admin, id, CONTACT, true)
            .await
            .unwrap();
        letters(&house, &jobs).await;
        assert_eq!(kept(&house, id).await.picture, None, "{engine:?}");
        assert_eq!(
            bytes(&house, third.file).await,
            None,
            "{engine:?}: gone with the page"
        );
        house.end().await.unwrap();
    }
}

async fn free_port() -> u16 {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap().port()
}

#[tokio::test]
async fn a_browser_that_hangs_is_ended_in_time_and_holds_up_no_look() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let page = Arc::new(Mutex::new(String::new()));
        let port = site(Arc::clone(&page)).await;
        let (_, key, id) = entered(&house, port).await;
        let pasted = snippet(EMBED, &key, "Chuyên mục");
        *page.lock().unwrap() = format!("<p>treo</p>{pasted}");
        let started = Instant::now();
        letters(&house, &jobs(&house, Duration::from_secs(3))).await;
        assert!(
            started.elapsed() < PATIENCE,
            "{engine:?}: {:?}",
            started.elapsed()
        );
        let hung = kept(&house, id).await;
        assert_eq!(
            (hung.health, hung.picture, hung.no_picture.as_deref()),
            (Health::Good, None, Some("trang mở quá lâu")),
            "{engine:?}"
        );
        // The day after it is tried again, and what was wrong is forgotten.
        *page.lock().unwrap() = pasted;
        house.clock.advance_seconds(DAY);
        let jobs = jobs(&house, PATIENCE);
        assert_eq!(jobs.look_at_pages().await.unwrap(), 1);
        letters(&house, &jobs).await;
        picture(&house, id).await;
        assert_eq!(kept(&house, id).await.no_picture, None, "{engine:?}");
        house.end().await.unwrap();
    }
}

/// The desk and the province show it, each reader by a link of their own; nobody else gets to it.
#[tokio::test]
async fn a_picture_is_for_those_who_see_its_page_in_a_register() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let page = Arc::new(Mutex::new("<p>Không có gì</p>".to_owned()));
        let port = site(Arc::clone(&page)).await;
        let (embed, _, id) = entered(&house, port).await;
        let jobs = jobs(&house, PATIENCE);
        letters(&house, &jobs).await;
        let web = Web::of(&house, true).unwrap();
        let register = format!("/quan-tri/so-a/gan/{embed}/so");
        let own = format!("{register}/{id}/anh");
        let province = format!("/tinh/trang-gan/so-a/{id}/anh");
        let as_admin = house.session(&house.in_a.admin).await.unwrap();
        let as_officer = house.session(&house.officer).await.unwrap();
        let ask = async |path: &str, session: &str| {
            web.ask(&Ask::get(DESK, path).signed_in(session)).await.unwrap()
        };
        let mut links = Vec::new();
        for (list, path, session) in [
            (register.as_str(), &own, &as_admin),
            ("/tinh/trang-gan", &province, &as_officer),
        ] {
            let list = ask(list, session).await.text();
            for words in [
                format!("src=\"{path}\""),
                format!("Ảnh chụp trang http://127.0.0.1:{port}/"),
                "Chụp lúc 8 giờ 00 ngày 15/06/2020".to_owned(),
            ] {
                assert!(list.contains(&words), "{engine:?}: {words} in {list}");
            }
            let sent = ask(path, session).await;
            assert_eq!(sent.status, 303, "{engine:?}: {}", sent.text());
            let link = sent.header("location").strip_prefix(FILES).unwrap().to_owned();
            let opened = web.ask(&Ask::get("tep.thu.example", &link)).await.unwrap();
            assert_eq!(opened.status, 200, "{engine:?}");
            assert_eq!(opened.header("content-type"), "image/jpeg");
            assert_eq!(opened.header("cache-control"), "no-store");
            assert_eq!(opened.header("content-disposition"), "inline");
            assert!(colour(&opened.body)[0] > 180, "{engine:?}");
            links.push(link);
        }
        let file = picture(&house, id).await.file;
        let bare = web.ask(&Ask::get("tep.thu.example", &format!("/t/{file}"))).await;
        assert_eq!(
            bare.unwrap().status,
            404,
            "{engine:?}: without a link it has no address"
        );
        let stranger = house.session(&house.in_b.admin).await.unwrap();
        for (path, session) in [
            (&own, &stranger),
            (&own.replace("so-a", "huyen-b"), &stranger),
            (&province, &as_admin),
            (&province.replace("so-a", "huyen-b"), &as_officer),
        ] {
            assert_eq!(ask(path, session).await.status, 404, "{engine:?}: {path}");
        }
        let unknown = web.ask(&Ask::get(DESK, &own)).await.unwrap();
        assert!(unknown.header("location").starts_with("/dang-nhap"), "{engine:?}");

        // Retired: the links of before lead nowhere.
        let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
        place::change::change(&house.app, &admin, id, CONTACT, true)
            .await
            .unwrap();
        for link in &links {
            let gone = web.ask(&Ask::get("tep.thu.example", link)).await.unwrap();
            assert_eq!(gone.status, 404, "{engine:?}");
        }
        assert_eq!(ask(&own, &as_admin).await.status, 404, "{engine:?}");
        assert_eq!(ask(&province, &as_officer).await.status, 404, "{engine:?}");

        let mut without = settings(true).unwrap();
        without.pictures = false;
        let web = Web::with(house.app.clone(), &house.clock, without, &all());
        let list = web
            .ask(&Ask::get(DESK, &register).signed_in(&as_admin))
            .await
            .unwrap();
        assert!(
            list.text().contains("máy chủ chưa cài trình duyệt"),
            "{engine:?}: {}",
            list.text()
        );
        house.end().await.unwrap();
    }
}

/// Works as a node without a browser, its lanes and all, until this is so.
async fn without_a_browser(house: &House, is_so: impl AsyncFn() -> bool) {
    let (jobs, stop) = (crate::jobs(house), CancellationToken::new());
    let working = tokio::spawn({
        let stop = stop.clone();
        async move { jobs.run_until(stop).await }
    });
    let since = Instant::now();
    while !is_so().await {
        assert!(since.elapsed() < PATIENCE, "it never came so far");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    stop.cancel();
    working.await.unwrap();
}

/// Some nodes have a browser and some not, or it was taken away: pictures wait for one a day, and not for ever.
#[tokio::test]
async fn a_node_without_a_browser_leaves_pictures_to_another_for_a_day() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let page = Arc::new(Mutex::new("<p>Không có gì</p>".to_owned()));
        let port = site(Arc::clone(&page)).await;
        let (_, _, id) = entered(&house, port).await;
        let with = jobs(&house, PATIENCE);
        let backlog = async || house.store.read().backlog().await.unwrap();
        // The look asks for a picture, and nothing is carried yet.
        assert_eq!(with.look_at_pages().await.unwrap(), 1, "{engine:?}");
        crate::jobs(&house).run_once_until_idle().await.unwrap();
        assert_eq!(
            backlog().await,
            (1, 0, 0),
            "{engine:?}: the picture waits for another node"
        );
        house.clock.advance_seconds(60);
        with.run_once_until_idle().await.unwrap();
        assert_eq!(backlog().await, (0, 0, 0), "{engine:?}");
        let first = picture(&house, id).await;

        // The lanes of such a node do not even try what is young, nor use up its attempts.
        house.clock.advance_seconds(8 * DAY);
        assert_eq!(with.look_at_pages().await.unwrap(), 1, "{engine:?}");
        let begun = Instant::now();
        without_a_browser(&house, async || begun.elapsed() > Duration::from_secs(2)).await;
        let machinery = house.store.machinery();
        let taken = machinery.lease(house.clock.now(), 180, 8).await.unwrap();
        let tried: Vec<_> = taken
            .iter()
            .map(|header| (header.kind.as_str(), header.attempts))
            .collect();
        assert_eq!(tried, [("place-picture", 1)], "{engine:?}");

        // No node has a browser any more.
        house.clock.advance_seconds(DAY + 1);
        without_a_browser(&house, async || backlog().await.0 == 0).await;
        assert_eq!(backlog().await, (0, 0, 0), "{engine:?}: ended, not dead");
        assert_eq!(
            picture(&house, id).await,
            first,
            "{engine:?}: the last picture stays"
        );
        house.end().await.unwrap();
    }
}
