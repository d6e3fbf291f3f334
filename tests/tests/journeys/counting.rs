//! Scripted readers against the truth (N-16): frames below the fold that nobody scrolls to, readers, staff, a program.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use axum::response::Html;
use axum::routing::get;
use chrono::Days;
use pbgdpl_config::Origin;
use pbgdpl_model::engagement::{Channel, Counted, DayUse, Exclusion, Mark, PageKind};
use pbgdpl_model::id::{EmbedId, to_base32};
use pbgdpl_scope::Nothing;
use pbgdpl_scope::action::EmbedWrite;
use pbgdpl_store::Engine;
use pbgdpl_store::tenant::{EmbedRow, Flush};
use pbgdpl_testkit::browser::fantoccini::Locator;
use pbgdpl_testkit::browser::fantoccini::actions::{InputSource, KeyAction, KeyActions};
use pbgdpl_testkit::browser::{Browser, Window};
use pbgdpl_testkit::house::{House, Someone};
use pbgdpl_testkit::web::settings;
use pbgdpl_web::dispatch::Dispatch;
use pbgdpl_web::{AppState, WebSettings, engagement};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::walk::{PATIENCE, Walk};

/// Frames of one host page, each far below the one before.
const FRAMES: usize = 10;
const READER: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/138.0.0.0 Safari/537.36";

/// Keys as WebDriver names them (17.4.2).
const TAB: char = '\u{e004}';
const SHIFT: char = '\u{e008}';
const CONTROL: char = '\u{e009}';
const ALT: char = '\u{e00a}';
const ESCAPE: char = '\u{e00c}';

/// A house that serves on a port of its own, so that the test writes down what was counted when it wants to.
struct Served {
    house: House,
    state: AppState,
    port: u16,
    stop: CancellationToken,
}

impl Served {
    async fn begin() -> Self {
        let house = House::on(Engine::Sqlite).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let origin = |name: &str| {
            format!("http://{name}.localhost:{port}")
                .parse::<Origin>()
                .unwrap()
        };
        let settings = WebSettings {
            public: origin("thu"),
            desk: origin("quantri"),
            embed: origin("nhung"),
            files: origin("tep"),
            ..settings(false).unwrap()
        };
        let state = AppState::new(house.app.clone(), house.province.clone(), settings);
        let stop = CancellationToken::new();
        let dispatch = Dispatch::new(state.clone());
        tokio::spawn(pbgdpl_web::serve::serve(vec![listener], dispatch, stop.clone()));
        Self {
            house,
            state,
            port,
            stop,
        }
    }

    fn at(&self, origin: &str, path: &str) -> String {
        format!("http://{origin}.localhost:{}{path}", self.port)
    }

    /// Gives a browser that stands on the desk's host a living session.
    async fn sign_in(&self, browser: &Browser, person: &Someone) {
        let session = self.house.session(person).await.unwrap();
        let cookie = format!("document.cookie = 'sid={session}; path=/'");
        browser.execute(&cookie, vec![]).await.unwrap();
    }

    /// What is written down of today.
    async fn found(&self, counted: Counted) -> u64 {
        engagement::flush(&self.state).await;
        let day = self.house.clock_day();
        let reader = self.house.store.read().tenant(&self.house.a).await.unwrap();
        let days = reader.engagement(day, day).await.unwrap();
        days.get(&day)
            .and_then(|views| views.get(&counted))
            .copied()
            .unwrap_or(0)
    }

    /// Waits until so many are counted.
    async fn becomes(&self, counted: Counted, wanted: u64) {
        let end = Instant::now() + PATIENCE;
        loop {
            let found = self.found(counted.clone()).await;
            if found == wanted {
                return;
            }
            assert!(
                found < wanted && Instant::now() < end,
                "{counted:?}: {found} instead of {wanted}"
            );
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// A page of another site with ten frames of the section, and its address.
    async fn host_page(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!(
            "http://co-quan.localhost:{}",
            listener.local_addr().unwrap().port()
        );
        let admin = self
            .house
            .ctx(&self.house.a, &self.house.in_a.admin)
            .await
            .unwrap();
        let site = EmbedRow {
            id: EmbedId::fresh(admin.now()),
            key: to_base32(Uuid::new_v4()),
            site: "Cổng thông tin".into(),
            origins: vec![address.clone()],
            open: true,
            created_by: self.house.in_a.admin.account,
            created_at: admin.now(),
        };
        let permit = admin.permit::<EmbedWrite>(&Nothing).unwrap();
        let mut store = self.house.store.tenant(&self.house.a).await.unwrap();
        store.add_embed(&permit, &site).await.unwrap();
        store.save().await.unwrap();
        self.house.store.machinery().poll_registry().await.unwrap();
        let frame = self.at("nhung", &format!("/k/{}/", site.key));
        let frames: String = (0..FRAMES)
            .map(|at| {
                format!(
                    "<div style='height:1500px'></div><iframe id=k{at} title=PBGDPL src='{frame}' width=800 height=600 \
                     onload='loaded++'></iframe>"
                )
            })
            .collect();
        let page: Arc<OnceLock<String>> = Arc::default();
        page.set(format!(
            "<!doctype html><html lang=vi><meta charset=utf-8><title>Cổng</title><link rel=icon href='data:,'>\
             <script>var loaded = 0</script>{frames}</html>"
        ))
        .unwrap();
        let routes = axum::Router::new().route(
            "/",
            get(move || async move { Html(page.get().cloned().unwrap_or_default()) }),
        );
        tokio::spawn(async move { axum::serve(listener, routes).await });
        address
    }
}

/// Opens the host page; all its frames are loaded.
async fn open(browser: &Browser, page: &str) {
    browser.goto(page).await.unwrap();
    let end = Instant::now() + PATIENCE;
    loop {
        let loaded = browser.execute("return loaded", vec![]).await.unwrap();
        if loaded.as_u64() == Some(FRAMES as u64) {
            return;
        }
        assert!(Instant::now() < end, "{loaded} frames are loaded");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn scroll_to(browser: &Browser, frame: &str) {
    let script = format!("document.getElementById('{frame}').scrollIntoView({{block: 'center'}})");
    browser.execute(&script, vec![]).await.unwrap();
}

/// Scrolls to a frame and uses what is in it.
async fn use_frame(browser: &Browser, frame: &str) {
    scroll_to(browser, frame).await;
    let found = browser.find(Locator::Id(frame)).await.unwrap();
    found.enter_frame().await.unwrap();
    browser
        .find(Locator::Css("h1"))
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    browser.enter_parent_frame().await.unwrap();
}

/// Presses keys together, as a hand does.
async fn press_keys(browser: &Browser, keys: &[char]) {
    let downs = keys.iter().map(|value| KeyAction::Down { value: *value });
    let ups = keys.iter().rev().map(|value| KeyAction::Up { value: *value });
    let typed = downs
        .chain(ups)
        .fold(KeyActions::new("keyboard".into()), KeyActions::then);
    browser.perform_actions(typed).await.unwrap();
}

/// Keys that pass through a page, or that are meant for the browser, are no reading; a key that is typed is.
async fn only_typing_is_use(served: &Served, browser: &Browser) {
    let read = served.found(Counted::Channel(Channel::Path)).await;
    browser.goto(&served.at("thu", "/so-a/")).await.unwrap();
    // What is to be read lies far below the window: only a key or a click can count.
    let far = "document.getElementById('chinh').before(Object.assign(document.createElement('div'), {id: 'xa'}));\
               document.getElementById('xa').style.height = '20000px'";
    browser.execute(far, vec![]).await.unwrap();
    // Two steps on and one back: the focus stays in the page.
    let passing: [&[char]; 9] = [
        &[SHIFT],
        &[CONTROL],
        &[ALT],
        &[TAB],
        &[TAB],
        &[SHIFT, TAB],
        &[ESCAPE],
        &[CONTROL, 'a'],
        &[CONTROL, 'c'],
    ];
    for keys in passing {
        press_keys(browser, keys).await;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert_eq!(served.found(Counted::Channel(Channel::Path)).await, read);
    press_keys(browser, &[SHIFT, 'A']).await;
    served.becomes(Counted::Channel(Channel::Path), read + 1).await;
}

/// What was counted, with some days before, as staff and auditors see it.
async fn shown(served: &Served) {
    let house = &served.house;
    let mut days = BTreeMap::new();
    for back in 1..60_u64 {
        let mut of_day = DayUse::default();
        let read = back * 37 % 23;
        of_day.views.insert(Counted::Channel(Channel::Path), read);
        of_day.views.insert(Counted::Page(PageKind::Home), read);
        of_day.views.insert(Counted::Excluded(Exclusion::Staff), back % 3);
        for reader in 0..read / 2 {
            of_day.people.add(Mark(u128::from(reader).to_le_bytes()));
        }
        days.insert(house.clock_day() - Days::new(back), of_day);
    }
    let flush = Flush {
        node: Uuid::new_v4(),
        number: 1,
        now: house.app.now(),
    };
    house.app.count_engagement(&house.a, flush, &days).await.unwrap();
    let people = days.into_iter().map(|(day, of_day)| (day, of_day.people));
    house.province.merge_people(&people.collect()).await.unwrap();
    for window in Window::BOTH {
        let walk = Walk::begin("counting", window).await;
        for (person, path, page) in [
            (&house.in_a.editor, "/quan-tri/so-a/luot-doc", "agency"),
            (&house.auditor, "/giam-sat/luot-doc", "province"),
        ] {
            walk.go(&served.at("quantri", "/dang-nhap")).await;
            served.sign_in(&walk.browser, person).await;
            walk.go(&served.at("quantri", path)).await;
            walk.see("svg.line rect").await;
            walk.look(page).await;
            if page == "agency" {
                walk.picture("luot-doc-agency", "h1").await;
            }
        }
        walk.end().await;
    }
}

/// 10 loads with 2 scroll-ins are 2; with `PBGDPL_COUNT=all` 100 with 20 are 20. The same of staff is none, and shown.
#[tokio::test]
async fn only_what_was_seen_and_read_or_used_counts() {
    let pages = if std::env::var("PBGDPL_COUNT").is_ok_and(|all| all == "all") {
        10
    } else {
        1
    };
    let served = Served::begin().await;
    let page = served.host_page().await;
    let browser = Browser::open_as(Window::Desk, Some(READER)).await.unwrap();
    let framed = || Counted::Channel(Channel::Frame);
    for turn in 0..pages {
        open(&browser, &page).await;
        // Read: it is on the screen for five seconds. The eight others were loaded as long, and nobody scrolled to them.
        scroll_to(&browser, "k3").await;
        served.becomes(framed(), turn * 2 + 1).await;
        // Used: it is on the screen, and clicked.
        use_frame(&browser, "k7").await;
        served.becomes(framed(), turn * 2 + 2).await;
        // Once a load, whatever is done there still.
        use_frame(&browser, "k7").await;
    }
    browser.goto(&served.at("thu", "/so-a/")).await.unwrap();
    browser
        .find(Locator::Css("h1"))
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    served.becomes(Counted::Channel(Channel::Path), 1).await;
    only_typing_is_use(&served, &browser).await;
    assert_eq!(served.found(framed()).await, pages * 2);
    assert_eq!(browser.console_errors().await.unwrap(), Vec::<String>::new());

    // From now on it is the browser of an auditor.
    browser.goto(&served.at("quantri", "/dang-nhap")).await.unwrap();
    served.sign_in(&browser, &served.house.auditor).await;
    browser
        .goto(&served.at("quantri", "/giam-sat/luot-doc"))
        .await
        .unwrap();
    open(&browser, &page).await;
    use_frame(&browser, "k2").await;
    use_frame(&browser, "k5").await;
    served.becomes(Counted::Excluded(Exclusion::Staff), 2).await;
    browser.close().await.unwrap();

    // A browser that says it is driven by a program.
    let robot = Browser::open(Window::Phone).await.unwrap();
    robot.goto(&served.at("thu", "/so-a/")).await.unwrap();
    robot
        .find(Locator::Css("h1"))
        .await
        .unwrap()
        .click()
        .await
        .unwrap();
    served.becomes(Counted::Excluded(Exclusion::Robot), 1).await;
    robot.close().await.unwrap();
    assert_eq!(served.found(framed()).await, pages * 2);
    assert_eq!(served.found(Counted::Channel(Channel::Path)).await, 2);
    shown(&served).await;
    served.stop.cancel();
    served.house.end().await.unwrap();
}
