//! The chromedriver of this test run, and how its browsers are started.

use std::sync::OnceLock;

use anyhow::{Context, anyhow};
use fantoccini::wd::Capabilities;
use pbgdpl_xtask::programs;
use pbgdpl_xtask::servers::CHROMEDRIVER;
use pbgdpl_xtask::servers::chromedriver::Chromedriver;
use pbgdpl_xtask::servers::scratch::is_root;
use serde_json::json;

use super::Window;

/// Returns the WebDriver address that `cargo xtask test` gave, or starts a chromedriver for this test program.
pub(super) fn url() -> anyhow::Result<String> {
    static OWN: OnceLock<Result<Chromedriver, String>> = OnceLock::new();
    if let Ok(given) = std::env::var(CHROMEDRIVER) {
        return Ok(given);
    }
    let own = OWN.get_or_init(|| Chromedriver::start().map_err(|e| format!("{e:#}")));
    own.as_ref().map(Chromedriver::url).map_err(|e| anyhow!("{e}"))
}

/// Returns what the browser is asked for.
pub(super) fn capabilities(window: Window, agent: Option<&str>) -> anyhow::Result<Capabilities> {
    let program = programs::chromium().context("Chromium is not installed")?;
    let (width, height) = window.size();
    let mut arguments = vec![
        "--headless=new".to_owned(),
        format!("--window-size={width},{height}"),
        "--host-resolver-rules=MAP * 127.0.0.1".to_owned(),
        "--no-proxy-server".to_owned(),
        "--no-first-run".to_owned(),
        "--disable-background-networking".to_owned(),
        "--disable-component-update".to_owned(),
        "--disable-dev-shm-usage".to_owned(),
        "--disable-gpu".to_owned(),
        "--force-color-profile=srgb".to_owned(),
        "--hide-scrollbars".to_owned(),
        "--lang=vi".to_owned(),
    ];
    arguments.extend(agent.map(|agent| format!("--user-agent={agent}")));
    if is_root() {
        // Chromium's sandbox refuses root; only containers run tests as root, and only our own pages are opened.
        arguments.push("--no-sandbox".to_owned());
    }
    // A desk is measured like a telephone: without this, the frame of the window is taken from the width.
    let phone = window == Window::Phone;
    let ratio = if phone { 2.0 } else { 1.0 };
    let screen = json!({"deviceMetrics": {"width": width, "height": height, "pixelRatio": ratio, "touch": phone, "mobile": phone}});
    let wanted = json!({
        "browserName": "chrome",
        "goog:chromeOptions": {
            "binary": program,
            "args": arguments,
            "mobileEmulation": screen,
            "prefs": {"intl.accept_languages": "vi,en"},
        },
        "goog:loggingPrefs": {"browser": "ALL"},
    });
    serde_json::from_value(wanted).context("capabilities are a map")
}
