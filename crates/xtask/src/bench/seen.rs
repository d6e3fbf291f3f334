//! What a reader on a slow telephone sees of a section: what comes before the first text, what comes in all, and how much moves.
//!
//! Chromium, 390 pixels wide, a processor four times slower, and the network that its developer tools call "3G": 400 kbit/s each way and
//! 2,000 ms a request (a round trip of 400 ms, five times: the tools throttle requests, and a first one takes several). Frames run in
//! the page's own process, as they do on a telephone with little memory: so the throttling holds for them too. Each page is read in a
//! browser that has nothing kept.

use std::fmt::Write;
use std::path::Path;
use std::thread::sleep;
use std::time::Duration;

use anyhow::{Context, ensure};
use pbgdpl_xtask::figure::{Bound, Figure};
use serde_json::{Value, json};

use crate::bench::nginx::Nginx;
use crate::bench::wire;
use crate::embed::demo::Demo;
use crate::embed::driver::Driver;
use crate::embed::engine::Engine;
use crate::embed::http;
use crate::embed::session::Session;

mod told;

use told::{Seen, read};

/// A page of an agency, with more of its own below the place for what is pasted: that is what moves.
const HOST: &str = include_str!("seen/host.html");
/// The agency whose section is read.
const AGENCY: &str = "so-tu-phap";
/// A telephone, in CSS pixels.
const WIDTH: u32 = 390;
/// Milliseconds a request, bytes a second each way: "3G" of Chromium's developer tools.
const NETWORK: (u32, u32) = (2_000, 50_000);
const SLOWER: u32 = 4;
/// Late fonts, heights and scripts come within this time of all else.
const LATE: Duration = Duration::from_secs(8);

/// One page that is read.
struct Page {
    name: &'static str,
    url: String,
    stands: Stands,
    /// Requests that end before the section's document is asked for.
    script: u32,
}

/// How the section stands in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// It is the page.
    Whole,
    /// In a frame of a host's page.
    Framed,
    /// In a shadow tree of a host's page.
    Shadow,
}

impl Stands {
    /// True once it is there as it will stay.
    fn there(self) -> &'static str {
        match self {
            Self::Whole => "return document.readyState === 'complete'",
            Self::Framed => "return Boolean(document.querySelector('iframe').style.height)",
            Self::Shadow => {
                "const tree = document.querySelector('pbgdpl-section').shadowRoot;
                return Boolean(tree) && [...tree.querySelectorAll('link')].every((link) => link.sheet)"
            }
        }
    }
}

/// How many requests the first text of a document waits for: itself, and what the browser says holds back the drawing.
const WAITS: &str = "return 1 + performance.getEntriesByType('resource')
    .filter((one) => one.renderBlockingStatus === 'blocking').length";
/// The same of a shadow tree: the loader, and what it fetches.
const FETCHES: &str = "return performance.getEntriesByType('resource')
    .filter((one) => one.initiatorType === 'script' || one.initiatorType === 'fetch').length";

/// Notes when the text of the shadow tree was drawn: the browser tells the first text of documents only.
const NOTE: &str = "{
    const wait = () => {
        const place = document.querySelector('pbgdpl-section');
        const there = place && place.shadowRoot && place.shadowRoot.querySelector('.pbgdpl');
        if (!there || !there.getBoundingClientRect().height) return requestAnimationFrame(wait);
        requestAnimationFrame(() => requestAnimationFrame(() => { window.pbgdplShown = performance.now(); }));
    };
    if (window.top === window) requestAnimationFrame(wait);
}";

/// Adds up every shift of what is looked at that no touch or key brought about, from the beginning. Windows of five seconds, as others
/// measure, would give less.
const WATCH: &str = "window.pbgdplMoved = 0;
    new PerformanceObserver((list) => {
        for (const one of list.getEntries()) if (!one.hadRecentInput) window.pbgdplMoved += one.value;
    }).observe({ type: 'layout-shift', buffered: true });
    return 1";

/// Reads every page and says what must be promised; prints what else was seen.
pub fn figures(binary: &Path, folder: &Path) -> anyhow::Result<Vec<Figure>> {
    let home = folder.join("seen");
    let demo = Demo::start(binary, &home.join("service"), AGENCY)?;
    let nginx = Nginx::start(&home, b"")?;
    let driver = Driver::start(Engine::Chromium, &home.join("driver"))?;
    let origins = ["public", "embed", "files"].map(|name| demo.origin(name));
    let origins: Vec<String> = origins.into_iter().collect::<anyhow::Result<_>>()?;
    let mut figures = Vec::new();
    let mut beside = String::from(
        "| on \"3G\", 390 px, 4 × slower | first text | requests it waits for, begun before it, in all | without pictures | moved: page, frame |\n\
         |---|---:|---:|---:|---:|\n",
    );
    for page in pages(&demo, &nginx)? {
        let seen = look(&driver.url, &page, &origins).context(page.name)?;
        let inside = seen
            .moved_inside
            .map_or_else(String::new, |moved| format!(", {moved:.4}"));
        writeln!(
            beside,
            "| {} | {:.2} s | {}, {}, {} | {:.1} KB | {:.4}{inside} |",
            page.name,
            seen.first,
            seen.waits,
            seen.before,
            seen.requests,
            seen.bytes / 1024.0,
            seen.moved
        )
        .ok();
        figures.extend(promised(page.name, &seen));
    }
    println!("\n{beside}");
    Ok(figures)
}

fn promised(name: &str, seen: &Seen) -> Vec<Figure> {
    let figure = |what: &str, value, most, unit| {
        Figure::new(format!("{name}: {what}"), value, Bound::AtMost(most), unit)
    };
    let mut figures = vec![
        figure("first view without pictures", seen.bytes / 1024.0, 50.0, "KB"),
        figure("requests that the first text waits for", seen.waits, 3.0, ""),
        figure("layout shift", seen.moved, 0.1, ""),
    ];
    if let Some(moved) = seen.moved_inside {
        figures.push(figure("layout shift inside the frame", moved, 0.1, ""));
    }
    figures
}

/// The section itself, and what a webmaster copies, on pages of another origin.
fn pages(demo: &Demo, nginx: &Nginx) -> anyhow::Result<Vec<Page>> {
    let section = format!("{}/{AGENCY}/", demo.origin("public")?);
    let front = http::get(&section)?.text();
    let start = format!("/{AGENCY}/bai/");
    let item = wire::links(&front)
        .into_iter()
        .find(|link| link.starts_with(&start));
    let item = item.context("the section links to no item")?;
    let desk = demo.sign_in("agency-admin", Some(AGENCY))?;
    let port = nginx.address.rsplit(':').next().unwrap_or_default();
    let host = format!("http://localhost:{port}");
    let site = desk.add_site(AGENCY, "Cổng thông tin", &host)?;
    let list = desk.copied(&site.page, "tren=html&cach=khung-tu-cao&xem=danh-sach&so=5")?;
    let fragment = site
        .element
        .replacen("<pbgdpl-section ", "<pbgdpl-section manh so=\"5\" ", 1);
    ensure!(fragment != site.element, "the element is called otherwise");
    let mut pages = vec![
        Page {
            name: "section front page",
            url: section,
            stands: Stands::Whole,
            script: 0,
        },
        Page {
            name: "an item",
            url: format!("{}{item}", demo.origin("public")?),
            stands: Stands::Whole,
            script: 0,
        },
    ];
    for (file, name, pasted, stands, script) in [
        (
            "khung.html",
            "host page, frame with the loader",
            &site.loader,
            Stands::Framed,
            0,
        ),
        (
            "danh-sach.html",
            "host page, frame of a list",
            &list,
            Stands::Framed,
            0,
        ),
        ("the.html", "host page, element", &site.element, Stands::Framed, 1),
        (
            "manh.html",
            "host page, element with `manh`",
            &fragment,
            Stands::Shadow,
            0,
        ),
    ] {
        nginx.serve(file, HOST.replace("{chuyen-muc}", pasted).as_bytes())?;
        pages.push(Page {
            name,
            url: format!("{host}/{file}"),
            stands,
            script,
        });
    }
    Ok(pages)
}

/// A window with nothing kept, on a slow network.
fn slow(driver: &str) -> anyhow::Result<Session> {
    let mut wanted = Engine::Chromium.capabilities(WIDTH)?;
    let arguments = wanted.pointer_mut("/goog:chromeOptions/args");
    let arguments = arguments.and_then(Value::as_array_mut).context("no arguments")?;
    arguments.push(json!("--disable-features=IsolateOrigins,site-per-process"));
    arguments.push(json!("--disable-site-isolation-trials"));
    if let Some(kept) = wanted.as_object_mut() {
        kept.insert(
            "goog:loggingPrefs".into(),
            json!({"browser": "ALL", "performance": "ALL"}),
        );
    }
    let session = Session::open_as(driver, Engine::Chromium, WIDTH, &wanted)?;
    let (latency, speed) = NETWORK;
    for (order, how) in [
        ("Network.enable", json!({})),
        (
            "Network.emulateNetworkConditions",
            json!({"offline": false, "latency": latency, "downloadThroughput": speed, "uploadThroughput": speed}),
        ),
        ("Emulation.setCPUThrottlingRate", json!({"rate": SLOWER})),
        ("Page.enable", json!({})),
        ("Page.setLifecycleEventsEnabled", json!({"enabled": true})),
        ("Page.addScriptToEvaluateOnNewDocument", json!({"source": NOTE})),
    ] {
        let order = json!({"cmd": order, "params": how});
        session.command("POST", "/goog/cdp/execute", &order)?;
    }
    Ok(session)
}

fn look(driver: &str, page: &Page, origins: &[String]) -> anyhow::Result<Seen> {
    let session = slow(driver)?;
    log_of(&session)?;
    session.go(&page.url)?;
    session.wait(page.name, page.stands.there())?;
    sleep(LATE);
    let moved = shift(&session)?;
    let mut moved_inside = None;
    let mut shown = None;
    let waits = match page.stands {
        Stands::Whole => session.number(WAITS)?,
        Stands::Framed => {
            session.enter("iframe")?;
            moved_inside = Some(shift(&session)?);
            let waits = session.number(WAITS)?;
            session.leave()?;
            waits
        }
        Stands::Shadow => {
            shown = Some(session.number("return window.pbgdplShown")? / 1_000.0);
            session.number(FETCHES)?
        }
    };
    let events = log_of(&session)?;
    let seen = read(&events, page.stands, shown, origins).context("no first text")?;
    Ok(Seen {
        waits: waits + f64::from(page.script),
        moved,
        moved_inside,
        ..seen
    })
}

fn shift(session: &Session) -> anyhow::Result<f64> {
    session.run(WATCH)?;
    // What was kept is told after the script.
    sleep(Duration::from_millis(500));
    session.number("return window.pbgdplMoved")
}

/// The events of the developer tools since the last time.
fn log_of(session: &Session) -> anyhow::Result<Vec<Value>> {
    let lines = session.command("POST", "/se/log", &json!({"type": "performance"}))?;
    let lines = lines.as_array().cloned().unwrap_or_default();
    let events = lines.iter().filter_map(|line| {
        let event: Value = serde_json::from_str(line.get("message")?.as_str()?).ok()?;
        event.get("message").cloned()
    });
    Ok(events.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_promise_has_its_figure() {
        let seen = Seen {
            waits: 4.0,
            moved_inside: Some(0.2),
            ..Seen::default()
        };
        let kept: Vec<bool> = promised("page", &seen).iter().map(Figure::ok).collect();
        assert_eq!(kept, [true, false, true, false]);
    }
}
