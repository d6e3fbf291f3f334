//! A framed item on paper: without the links around it, and not empty.

use http::Method;
use pbgdpl_testkit::browser::fantoccini::wd::{PrintConfigurationBuilder, WebDriverCompatibleCommand};
use serde_json::json;
use url::{ParseError, Url};

use crate::framed::{enter, leave};
use crate::walk::Walk;

/// Pretends that the page is printed, or shown again.
#[derive(Debug)]
struct Media(&'static str);

impl WebDriverCompatibleCommand for Media {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let body = json!({"cmd": "Emulation.setEmulatedMedia", "params": {"media": self.0}});
        (Method::POST, Some(body.to_string()))
    }
}

/// The page around the frame is printed with it; the item alone is printed without its furniture.
pub async fn prints(walk: &Walk) {
    printed(walk).await;
    enter(walk).await;
    walk.press("main a[href*='/bai/']").await;
    walk.see("article").await;
    let own = walk
        .browser
        .execute("return location.href", vec![])
        .await
        .unwrap();
    leave(walk).await;

    walk.go(own.as_str().unwrap()).await;
    assert!(furniture(walk).await > 0, "on the screen there is a way around");
    walk.browser.issue_cmd(Media("print")).await.unwrap();
    assert_eq!(furniture(walk).await, 0, "on paper it is only in the way");
    assert!(!walk.text("article h1").await.is_empty());
    walk.look("print").await;
    walk.browser.issue_cmd(Media("")).await.unwrap();
    printed(walk).await;
}

async fn printed(walk: &Walk) {
    let options = PrintConfigurationBuilder::default().build().unwrap();
    let paper = walk.browser.print(options).await.unwrap();
    assert!(
        paper.starts_with(b"%PDF") && paper.len() > 10_000,
        "{} bytes",
        paper.len()
    );
}

/// How much of what leads elsewhere is visible.
async fn furniture(walk: &Walk) -> u64 {
    let script =
        "return [...document.querySelectorAll('.crumbs, .toc, .embed-foot, .find, .pager, .nav, .foot')]
        .filter((e) => getComputedStyle(e).display !== 'none').length";
    walk.browser
        .execute(script, vec![])
        .await
        .unwrap()
        .as_u64()
        .unwrap()
}
