//! One person with one browser: goes, types, presses, and looks whether each page is as it must be.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use pbgdpl_testkit::browser::fantoccini::elements::Element;
use pbgdpl_testkit::browser::fantoccini::{Client, Locator};
use pbgdpl_testkit::browser::{Browser, Window};
use serde_json::json;

use crate::demo::built;

/// How long a page may take on a busy machine, and a report to reach the province.
pub const PATIENCE: Duration = Duration::from_secs(30);

/// A person who walks.
pub struct Walk {
    /// The browser.
    pub browser: Browser,
    window: Window,
    journey: &'static str,
}

impl Walk {
    /// Opens a browser. `journey` names the pictures.
    pub async fn begin(journey: &'static str, window: Window) -> Self {
        let browser = Browser::open(window).await.unwrap();
        Self {
            browser,
            window,
            journey,
        }
    }

    /// Goes to an address.
    pub async fn go(&self, address: &str) {
        self.browser.goto(address).await.unwrap();
    }

    /// The element, as soon as it is there.
    pub async fn see(&self, css: &str) -> Element {
        let wait = self.browser.wait().at_most(PATIENCE);
        match wait.for_element(Locator::Css(css)).await {
            Ok(found) => found,
            Err(error) => {
                let at = self.at().await;
                let text = self.text("body").await;
                panic!("{css} is not on {at} ({error}):\n{text}")
            }
        }
    }

    /// The visible text of an element.
    pub async fn text(&self, css: &str) -> String {
        let end = Instant::now() + PATIENCE;
        loop {
            let found = self.browser.find(Locator::Css(css)).await.unwrap();
            match found.text().await {
                Ok(text) => return text,
                // The next page came between finding and reading.
                Err(error) if error.is_stale_element_reference() && Instant::now() < end => {}
                Err(error) => panic!("{css}: {error}"),
            }
        }
    }

    /// Where the browser stands.
    pub async fn at(&self) -> String {
        self.browser.current_url().await.unwrap().to_string()
    }

    /// Waits until the address holds this piece.
    pub async fn arrive(&self, piece: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.at().await.contains(piece) {
            if Instant::now() > end {
                let (at, text) = (self.at().await, self.text("main").await);
                let said = self.browser.console_errors().await;
                panic!("expected {piece}, stands at {at}: {said:?}\n{text}");
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    }

    /// Opens an address again and again until its text holds the words.
    pub async fn until(&self, address: &str, words: &str) {
        let end = Instant::now() + PATIENCE;
        loop {
            self.go(address).await;
            if self.text("main").await.contains(words) {
                return;
            }
            assert!(Instant::now() < end, "{words} never came to {address}");
            tokio::time::sleep(Duration::from_millis(500)).await;
        }
    }

    /// Presses.
    pub async fn press(&self, css: &str) {
        let found = self.see(css).await;
        // The bar of buttons at the foot of the window lies over what is scrolled below it.
        let middle = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})";
        let element = serde_json::to_value(&found).unwrap();
        self.browser.execute(middle, vec![element]).await.unwrap();
        found.click().await.unwrap();
    }

    /// Types into a field that may hold something.
    pub async fn fill(&self, css: &str, words: &str) {
        let field = self.see(css).await;
        field.clear().await.unwrap();
        field.send_keys(words).await.unwrap();
    }

    /// Chooses a file: nothing can be cleared there, only replaced.
    pub async fn choose(&self, css: &str, file: &std::path::Path) {
        let path = std::fs::canonicalize(file).unwrap();
        self.see(css)
            .await
            .send_keys(&path.to_string_lossy())
            .await
            .unwrap();
    }

    /// How many there are.
    pub async fn count(&self, css: &str) -> usize {
        self.browser.find_all(Locator::Css(css)).await.unwrap().len()
    }

    /// Looks at the page: a picture, nothing in the console, axe-core content, no sideways scroll.
    pub async fn look(&self, page: &str) {
        self.look_at(page, "").await;
    }

    /// The same where the page itself is a refusal: the console may name its status, and nothing else.
    pub async fn look_at(&self, page: &str, refusal: &str) {
        let what = format!("{}-{page}-{:?}", self.journey, self.window);
        let picture = built().join("../journeys").join(format!("{what}.png"));
        self.browser.screenshot(&picture).await.unwrap();
        let errors = self.browser.console_errors().await.unwrap();
        let unasked: Vec<_> = errors
            .iter()
            .filter(|error| refusal.is_empty() || !error.contains(&format!("status of {refusal}")))
            .collect();
        assert!(unasked.is_empty(), "{what}: {unasked:#?}");
        let broken = self.browser.accessibility_violations().await.unwrap();
        // axe-core tries styles of its own; what a strict policy says of them is not the page's fault.
        self.browser.console_errors().await.unwrap();
        let broken: Vec<String> = broken.iter().map(ToString::to_string).collect();
        assert!(broken.is_empty(), "{what}:\n{}", broken.join("\n"));
        let wide = self.browser.scrolls_sideways().await.unwrap();
        assert!(!wide, "{what} scrolls sideways");
    }

    /// A picture of the window alone: what another origin frames is drawn nowhere else.
    pub async fn glance(&self, page: &str) {
        let what = format!("{}-{page}-{:?}.png", self.journey, self.window);
        let picture = Client::screenshot(&self.browser).await.unwrap();
        std::fs::write(built().join("../journeys").join(what), picture).unwrap();
    }

    /// A picture for the guides, the element at the top of the window. Drawn anew only where `PBGDPL_PICTURES` is set, at a desk.
    pub async fn picture(&self, name: &str, css: &str) {
        if std::env::var_os("PBGDPL_PICTURES").is_none() || matches!(self.window, Window::Phone) {
            return;
        }
        let top =
            "arguments[0].scrollIntoView({block: 'start', behavior: 'instant'}); window.scrollBy(0, -24)";
        let element = serde_json::to_value(self.see(css).await).unwrap();
        self.browser.execute(top, vec![element]).await.unwrap();
        let picture = Client::screenshot(&self.browser).await.unwrap();
        let pictures = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../docs/pictures");
        std::fs::write(pictures.join(format!("{name}.png")), picture).unwrap();
    }

    /// Sets a read-only thing aside: the value of a field.
    pub async fn value(&self, css: &str) -> String {
        let script = "return document.querySelector(arguments[0]).value";
        let value = self.browser.execute(script, vec![json!(css)]).await.unwrap();
        value.as_str().unwrap().to_owned()
    }

    /// Closes the browser.
    pub async fn end(self) {
        self.browser.close().await.unwrap();
    }
}
