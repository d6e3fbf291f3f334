//! Inside another's page: the frame grows and shrinks, goes back, lets the keyboard through, and its anchors move the page.

use std::time::{Duration, Instant};

use pbgdpl_testkit::browser::fantoccini::actions::{InputSource, KeyAction, KeyActions};
use serde_json::{Value, json};

use crate::walk::{PATIENCE, Walk};

const TAB: char = '\u{e004}';
const SHIFT: char = '\u{e008}';
/// The page of the foreign site on which the first load of the frame wins over the deep link.
pub const OVERTAKEN: &str = "cham";
const HOST: &str = "Cổng thông tin của cơ quan";

/// A citizen reads in the frame.
pub async fn reads(walk: &Walk, host: &str) {
    let (item, title) = there_and_back(walk).await;
    overtaken(walk, host, &item, &title).await;
    anchor(walk, &item, &title).await;
    shrinks(walk).await;
    keyboard(walk, host).await;
}

/// Goes into the frame.
pub async fn enter(walk: &Walk) {
    walk.see("iframe").await.enter_frame().await.unwrap();
}

/// Goes back to the page around it.
pub async fn leave(walk: &Walk) {
    walk.browser.enter_parent_frame().await.unwrap();
}

async fn ask(walk: &Walk, script: &str) -> Value {
    walk.browser.execute(script, vec![]).await.unwrap()
}

/// A number that a script returns.
pub async fn number(walk: &Walk, script: &str) -> f64 {
    ask(walk, script).await.as_f64().unwrap()
}

/// Waits until the frame is as high as what is in it; returns the height.
pub async fn fits(walk: &Walk) -> f64 {
    let end = Instant::now() + PATIENCE;
    loop {
        enter(walk).await;
        let inside = number(
            walk,
            "return document.documentElement.getBoundingClientRect().height",
        )
        .await;
        leave(walk).await;
        let outside = number(walk, "return document.querySelector('iframe').clientHeight").await;
        if (inside - outside).abs() < 1.5 {
            return outside;
        }
        assert!(Instant::now() < end, "{inside} inside {outside}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// Waits until the first heading in the frame reads so.
pub async fn heading_becomes(walk: &Walk, words: &str) {
    let end = Instant::now() + PATIENCE;
    loop {
        enter(walk).await;
        let heading = walk.see("h1").await.text().await.unwrap_or_default();
        leave(walk).await;
        if heading == words {
            return;
        }
        assert!(Instant::now() < end, "{heading} instead of {words}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
}

/// From the list to an item and back with the browser's button; returns the deep link of the item and its title.
async fn there_and_back(walk: &Walk) -> (String, String) {
    enter(walk).await;
    let list = walk.text("h1").await;
    walk.press("main a[href*='/bai/']").await;
    walk.see("article").await;
    let title = walk.text("h1").await;
    leave(walk).await;
    walk.arrive("pbgdpl=bai").await;
    fits(walk).await;
    walk.look("item-in-frame").await;
    walk.glance("item-in-window").await;
    let item = walk.at().await;
    walk.browser.back().await.unwrap();
    heading_becomes(walk, &list).await;
    assert_eq!(walk.text("h1").await, HOST, "the page around it stays");
    fits(walk).await;
    assert!(!walk.at().await.contains("pbgdpl="), "{}", walk.at().await);
    walk.look("back-in-list").await;
    walk.browser.forward().await.unwrap();
    heading_becomes(walk, &title).await;
    (item, title)
}

/// A deep link opens the item although the frame's first load ends after it, as a browser under load has it now and then.
async fn overtaken(walk: &Walk, host: &str, item: &str, title: &str) {
    let (_, query) = item.split_once('?').unwrap();
    walk.go(&format!("{host}{OVERTAKEN}?{query}")).await;
    heading_becomes(walk, title).await;
    let at = walk.at().await;
    assert!(at.contains("pbgdpl=bai"), "the address names the item: {at}");
}

/// A deep link opens the item; a link of its contents brings the heading into the window of the page around it.
async fn anchor(walk: &Walk, item: &str, title: &str) {
    walk.go(item).await;
    heading_becomes(walk, title).await;
    fits(walk).await;
    enter(walk).await;
    walk.see("article").await;
    walk.press(".toc li:nth-child(2) a").await;
    let inside =
        "return document.querySelector(decodeURIComponent(location.hash)).getBoundingClientRect().top";
    let inside = number(walk, inside).await;
    leave(walk).await;
    let end = Instant::now() + PATIENCE;
    loop {
        let frame = number(
            walk,
            "return document.querySelector('iframe').getBoundingClientRect().top",
        )
        .await;
        let top = frame + inside;
        if top.abs() < 2.0 {
            break;
        }
        assert!(Instant::now() < end, "the heading stands at {top}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    walk.look("anchor").await;
    walk.glance("anchor-in-window").await;
}

/// From a long item to a short page.
async fn shrinks(walk: &Walk) {
    let long = fits(walk).await;
    enter(walk).await;
    walk.press(".crumbs li:last-child a, .crumbs li:nth-last-child(2) a")
        .await;
    leave(walk).await;
    let end = Instant::now() + PATIENCE;
    while fits(walk).await >= long {
        assert!(Instant::now() < end, "still {long} high");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    walk.look("short-page").await;
}

/// Tab goes from the page into the frame, through it, and out behind it; Shift and Tab come back.
async fn keyboard(walk: &Walk, host: &str) {
    walk.go(host).await;
    fits(walk).await;
    ask(walk, "document.getElementById('truoc').focus()").await;
    press_keys(walk, &[TAB]).await;
    assert_eq!(focus(walk).await, json!("IFRAME"));
    enter(walk).await;
    let inside = ask(walk, "return document.activeElement !== document.body").await;
    assert_eq!(inside, json!(true), "the first link or field has the focus");
    let stops = number(
        walk,
        "return [...document.querySelectorAll('a[href], button, input, summary, [tabindex=\"0\"]')].filter((e) => e.offsetParent).length",
    )
    .await;
    leave(walk).await;
    let mut pressed = 0.0;
    while focus(walk).await == "IFRAME" {
        press_keys(walk, &[TAB]).await;
        pressed += 1.0;
        assert!(pressed <= stops + 1.0, "the keyboard is caught in the frame");
    }
    assert_eq!(focus(walk).await, json!("sau"));
    press_keys(walk, &[SHIFT, TAB]).await;
    assert_eq!(focus(walk).await, json!("IFRAME"));
}

/// What has the focus in the page around the frame: its id, or what it is.
async fn focus(walk: &Walk) -> Value {
    ask(
        walk,
        "return document.activeElement.id || document.activeElement.tagName",
    )
    .await
}

async fn press_keys(walk: &Walk, keys: &[char]) {
    let downs = keys.iter().map(|value| KeyAction::Down { value: *value });
    let ups = keys.iter().rev().map(|value| KeyAction::Up { value: *value });
    let typed = downs
        .chain(ups)
        .fold(KeyActions::new("keyboard".into()), KeyActions::then);
    walk.browser.perform_actions(typed).await.unwrap();
}
