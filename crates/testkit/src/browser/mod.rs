//! A real browser for journeys: two window sizes, whole-page pictures, the console, and axe-core.

mod accessibility;
mod devtools;
mod driver;

use std::ops::Deref;
use std::path::Path;

use anyhow::Context;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use pbgdpl_exchange::{Allowed, Camera, Exposure};
use pbgdpl_xtask::programs;
use pbgdpl_xtask::servers::scratch::is_root;
use serde_json::json;

pub use accessibility::Violation;
use devtools::{Console, DevTools};
pub use fantoccini;

/// The windows a journey is walked in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Window {
    /// A desk: 1280 pixels wide.
    Desk,
    /// A telephone: 390 pixels wide, with touch.
    Phone,
}

impl Window {
    /// Every journey is walked in both.
    pub const BOTH: [Self; 2] = [Self::Desk, Self::Phone];

    /// Returns width and height in CSS pixels.
    #[must_use]
    pub fn size(self) -> (u32, u32) {
        match self {
            Self::Desk => (1280, 900),
            Self::Phone => (390, 844),
        }
    }
}

/// A font with which letters of an element are drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DrawnFont {
    /// Its family.
    pub family: String,
    /// Whether it came with the page, and not from the system.
    pub ours: bool,
}

/// The camera of the program over the browser of this machine, which may ask these addresses besides public ones.
///
/// # Errors
/// When Chromium is missing.
pub fn camera(allowed: &Allowed) -> anyhow::Result<Camera> {
    let program = programs::chromium().context("Chromium is not installed")?;
    // Chromium's sandbox refuses root; only containers run tests as root.
    Camera::new(&program, !is_root(), allowed, Exposure::default()).map_err(|why| anyhow::anyhow!(why))
}

/// One browser with a profile of its own. What fantoccini's `Client` can do, it can do.
#[derive(Debug)]
pub struct Browser {
    client: Client,
}

impl Browser {
    /// Opens a window. Every host name leads to this machine: agencies' own hosts work, and nothing leaves.
    ///
    /// # Errors
    /// When Chromium or chromedriver is missing or does not start.
    pub async fn open(window: Window) -> anyhow::Result<Self> {
        Self::open_as(window, None).await
    }

    /// The same, as a browser that calls itself otherwise: what drives it says so, and is counted as a program.
    ///
    /// # Errors
    /// When Chromium or chromedriver is missing or does not start.
    pub async fn open_as(window: Window, agent: Option<&str>) -> anyhow::Result<Self> {
        let driver = driver::url()?;
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(driver::capabilities(window, agent)?)
            .connect(&driver)
            .await
            .context("chromedriver opens no browser")?;
        Ok(Self { client })
    }

    /// Writes a picture of the whole page, below the window's edge too.
    ///
    /// # Errors
    /// When the browser is gone or the file cannot be written.
    pub async fn screenshot(&self, file: &Path) -> anyhow::Result<()> {
        let options = json!({"format": "png", "captureBeyondViewport": true});
        let answer = self
            .client
            .issue_cmd(DevTools::new("Page.captureScreenshot", options))
            .await?;
        let picture = answer
            .get("data")
            .and_then(|data| data.as_str())
            .context("no picture came")?;
        if let Some(folder) = file.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(file, BASE64_STANDARD.decode(picture)?)?;
        Ok(())
    }

    /// Returns the errors the console showed since the last question: scripts, failed requests, violations of the CSP.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn console_errors(&self) -> anyhow::Result<Vec<String>> {
        Ok(devtools::errors(&self.client.issue_cmd(Console).await?))
    }

    /// Returns what axe-core finds wrong with the page.
    ///
    /// # Errors
    /// When axe-core itself fails.
    pub async fn accessibility_violations(&self) -> anyhow::Result<Vec<Violation>> {
        accessibility::violations(&self.client).await
    }

    /// Says whether the page is wider than its window: the sin of every page on a telephone.
    ///
    /// # Errors
    /// When the browser is gone.
    pub async fn scrolls_sideways(&self) -> anyhow::Result<bool> {
        let script = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
        Ok(self
            .client
            .execute(script, vec![])
            .await?
            .as_bool()
            .unwrap_or(true))
    }

    /// Returns the fonts with which the text of the first such element is drawn.
    ///
    /// # Errors
    /// When the browser is gone or no element is found.
    pub async fn fonts_of(&self, css: &str) -> anyhow::Result<Vec<DrawnFont>> {
        let ask = |command, parameters| self.client.issue_cmd(DevTools::new(command, parameters));
        ask("DOM.enable", json!({})).await?;
        ask("CSS.enable", json!({})).await?;
        let document = ask("DOM.getDocument", json!({"depth": 0})).await?;
        let root = document.pointer("/root/nodeId").context("no document")?;
        let query = json!({"nodeId": root, "selector": css});
        let found = ask("DOM.querySelector", query).await?;
        let node = found.get("nodeId").context("no element")?;
        let fonts = ask("CSS.getPlatformFontsForNode", json!({"nodeId": node})).await?;
        let fonts = fonts.get("fonts").and_then(|fonts| fonts.as_array());
        let drawn = fonts.context("no fonts")?.iter().map(|font| DrawnFont {
            family: font
                .get("familyName")
                .and_then(|name| name.as_str())
                .unwrap_or_default()
                .to_owned(),
            ours: font.get("isCustomFont").and_then(serde_json::Value::as_bool) == Some(true),
        });
        Ok(drawn.collect())
    }

    /// Closes the browser. One that is dropped instead ends with the test program.
    ///
    /// # Errors
    /// When the browser is gone already.
    pub async fn close(self) -> anyhow::Result<()> {
        Ok(self.client.close().await?)
    }
}

impl Deref for Browser {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

#[cfg(test)]
mod tests;
