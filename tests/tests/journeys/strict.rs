//! On a telephone, where the page around it allows less: a strict policy, no scripts at all.

use std::time::{Duration, Instant};

use crate::foreign::{STRICT, STRIPPED};
use crate::framed::{enter, fits, heading_becomes, leave, number};
use crate::walk::{PATIENCE, Walk};

/// How many items of the fragment stand in a root of the page.
const ITEMS: &str = "return root ? root.querySelectorAll(\".pbgdpl a[href*='/bai/']\").length : 0";

/// Under a policy that names our origin and nothing else: frame, loader and element work, and the console stays silent.
pub async fn under_a_policy(walk: &Walk, host: &str) {
    walk.go(&format!("{host}{STRICT}")).await;
    walk.see("iframe[style*=height]").await;
    fits(walk).await;
    let root = "const root = document.querySelector('pbgdpl-section').shadowRoot;";
    let end = Instant::now() + PATIENCE;
    while number(walk, &format!("{root} {ITEMS}")).await < 1.0 {
        assert!(Instant::now() < end, "the element shows nothing");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    walk.look("strict-policy").await;
    enter(walk).await;
    walk.press("main a[href*='/bai/']").await;
    walk.see("article").await;
    leave(walk).await;
    walk.arrive("pbgdpl=bai").await;
    fits(walk).await;
    walk.look("strict-policy-item").await;
}

/// Where scripts are taken away: the frame keeps its height and is read inside it; the fragment is in the page's own HTML.
pub async fn without_scripts(walk: &Walk, host: &str) {
    let address = format!("{host}{STRIPPED}");
    walk.go(&address).await;
    assert_eq!(walk.count("script").await, 0, "the page has no script");
    assert!(
        number(walk, &format!("const root = document; {ITEMS}")).await >= 1.0,
        "the fragment has items"
    );
    enter(walk).await;
    let list = walk.text("h1").await;
    walk.see("main a[href*='/bai/']").await;
    leave(walk).await;
    walk.look("stripped").await;
    let height = "return document.querySelector('iframe').clientHeight";
    let before = number(walk, height).await;
    assert!(before >= 400.0, "the frame is {before} high");

    enter(walk).await;
    walk.press("main a[href*='/bai/']").await;
    walk.see("article").await;
    let wide = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
    assert!(
        number(walk, wide).await < 1.0,
        "the item scrolls sideways in the frame"
    );
    leave(walk).await;
    assert!(
        (number(walk, height).await - before).abs() < 1.0,
        "nothing changes its height"
    );
    assert_eq!(walk.at().await, address, "nothing changes the page's address");
    walk.browser.back().await.unwrap();
    heading_becomes(walk, &list).await;
    assert_eq!(walk.at().await, address, "the page around it stays");
}
