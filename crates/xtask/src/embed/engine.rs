//! The three engines: how each is asked for, made narrow, enlarged, and asked what went wrong.

use anyhow::{Context, ensure};
use pbgdpl_xtask::programs;
use pbgdpl_xtask::servers::scratch::is_root;
use serde_json::{Value, json};

use super::session::Session;

/// What draws the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// Blink: Chrome, Edge, Cốc Cốc, Android.
    Chromium,
    /// Gecko.
    Firefox,
    /// WebKit: Safari, every browser of an iPhone.
    WebKit,
}

impl Engine {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::WebKit];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "Chromium",
            Self::Firefox => "Firefox",
            Self::WebKit => "WebKitGTK",
        }
    }

    /// What the browser is asked for. Cookies of third parties are refused by each.
    pub fn capabilities(self, width: u32) -> anyhow::Result<Value> {
        Ok(match self {
            Self::Chromium => chromium(width)?,
            Self::Firefox => json!({
                "browserName": "firefox",
                "moz:firefoxOptions": {
                    "binary": programs::firefox().context("Firefox is not installed")?,
                    "args": ["-headless"],
                    "prefs": {
                        "network.cookie.cookieBehavior": 1,
                        "intl.accept_languages": "vi,en",
                        "app.normandy.enabled": false,
                        "app.update.disabledForTesting": true,
                        "services.settings.server": "",
                    },
                },
            }),
            Self::WebKit => json!({
                "browserName": "MiniBrowser",
                "pageLoadStrategy": "none",
                "webkitgtk:browserOptions": {
                    "binary": programs::mini_browser().context("WebKitGTK's MiniBrowser is not installed")?,
                    "args": ["--automation", "--cookies-policy=no-third-party"],
                },
            }),
        })
    }
}

fn chromium(width: u32) -> anyhow::Result<Value> {
    let mut arguments = vec![
        "--headless=new",
        // Every name leads to this machine, so that nothing leaves.
        "--host-resolver-rules=MAP * 127.0.0.1",
        "--no-proxy-server",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--hide-scrollbars",
        "--lang=vi",
    ];
    if is_root() {
        arguments.push("--no-sandbox");
    }
    let phone = width < 600;
    Ok(json!({
        "browserName": "chrome",
        "goog:chromeOptions": {
            "binary": programs::chromium().context("Chromium is not installed")?,
            "args": arguments,
            "mobileEmulation": {"deviceMetrics": {"width": width, "height": HEIGHT, "pixelRatio": 1.0, "touch": phone, "mobile": phone}},
            "prefs": {"profile.block_third_party_cookies": true, "profile.cookie_controls_mode": 1},
        },
        "goog:loggingPrefs": {"browser": "ALL"},
    }))
}

/// How high every window is.
const HEIGHT: u32 = 900;
/// How wide a window of 1,280 pixels is at 400 % (WCAG 2.2, 1.4.10).
const REFLOW: u32 = 320;

/// Makes the window as wide as it was asked for.
pub fn prepare(session: &Session) -> anyhow::Result<()> {
    if session.engine == Engine::Firefox {
        privileged(session, "document.documentElement.style.minWidth = '0'; return 1")?;
    }
    if session.engine == Engine::Chromium {
        return Ok(());
    }
    resize(session, session.width)?;
    session.go("about:blank")?;
    let width = session.number("return innerWidth")?;
    let close = (width - f64::from(session.width)).abs() < 3.0;
    ensure!(close, "the window is {width} wide");
    Ok(())
}

fn resize(session: &Session, width: u32) -> anyhow::Result<()> {
    // Without a window manager the window under the pointer has the focus; the pointer is in the middle of the screen.
    let left = if width < 1000 { 700 } else { 0 };
    let size = json!({"x": left, "y": 0, "width": width, "height": HEIGHT});
    session.command("POST", "/window/rect", &size).map(drop)
}

/// Enlarges the page to 400 % (Firefox), or gives it the width that 400 % leaves of 1,280 pixels.
pub fn enlarge(session: &Session) -> anyhow::Result<()> {
    match session.engine {
        Engine::Firefox if session.width > 1000 => {
            privileged(session, "ZoomManager.zoom = 4; return 1").map(drop)
        }
        Engine::Firefox | Engine::WebKit => resize(session, REFLOW),
        Engine::Chromium => metrics(session, REFLOW),
    }
}

/// Back to the size it was opened with.
pub fn reduce(session: &Session) -> anyhow::Result<()> {
    match session.engine {
        Engine::Firefox if session.width > 1000 => {
            privileged(session, "ZoomManager.zoom = 1; return 1").map(drop)
        }
        Engine::Firefox | Engine::WebKit => resize(session, session.width),
        Engine::Chromium => metrics(session, session.width),
    }
}

fn metrics(session: &Session, width: u32) -> anyhow::Result<()> {
    let size = json!({"width": width, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": width < 600 && session.width < 600});
    let order = json!({"cmd": "Emulation.setDeviceMetricsOverride", "params": size});
    session.command("POST", "/goog/cdp/execute", &order).map(drop)
}

/// A script in Firefox's own window instead of the page.
fn privileged(session: &Session, script: &str) -> anyhow::Result<Value> {
    session.command("POST", "/moz/context", &json!({"context": "chrome"}))?;
    let done = session.run(script);
    session.command("POST", "/moz/context", &json!({"context": "content"}))?;
    done
}

/// Forgets what the console said.
pub fn forget(session: &Session) -> anyhow::Result<()> {
    match session.engine {
        Engine::Chromium => errors(session).map(drop),
        Engine::Firefox => privileged(session, "Services.console.reset(); return 1").map(drop),
        Engine::WebKit => Ok(()),
    }
}

/// The errors of a page as Firefox's console keeps them: of pages, and no mere warnings unless something was blocked.
const FIREFOX_ERRORS: &str = "return Services.console.getMessageArray()
    .filter((m) => m instanceof Ci.nsIScriptError && /^https?:/.test(m.sourceName))
    .filter((m) => !(m.flags & Ci.nsIScriptError.warningFlag) || /block/i.test(m.errorMessage))
    .map((m) => m.errorMessage + ' (' + m.sourceName + ')')";

/// What WebKit tells a page of itself: violations of its policy, and answers of 400 and more. Its driver has no console.
const WEBKIT_ERRORS: &str = "const told = [];
    if (window.ReportingObserver) {
        const observer = new ReportingObserver(() => {}, { buffered: true });
        observer.observe();
        for (const report of observer.takeRecords()) told.push(report.type + ' ' + JSON.stringify(report.body));
    }
    for (const one of performance.getEntriesByType('resource'))
        if (one.responseStatus >= 400) told.push(one.responseStatus + ' ' + one.name);
    return told";

/// What the console said since it was last asked or forgot. WebKit tells of the document that is looked at.
pub fn errors(session: &Session) -> anyhow::Result<Vec<String>> {
    let lines = match session.engine {
        Engine::Chromium => session.command("POST", "/se/log", &json!({"type": "browser"}))?,
        Engine::Firefox => privileged(session, FIREFOX_ERRORS)?,
        Engine::WebKit => session.run(WEBKIT_ERRORS)?,
    };
    let lines = lines.as_array().cloned().unwrap_or_default();
    Ok(lines.iter().filter_map(error_of).collect())
}

/// A line of Chromium has a level and a source; the others send errors only.
fn error_of(line: &Value) -> Option<String> {
    if let Some(text) = line.as_str() {
        return Some(text.to_owned());
    }
    let text = |key: &str| line.get(key).and_then(Value::as_str).unwrap_or_default();
    let bad = text("level") == "SEVERE"
        || text("source") == "security"
        || text("message").contains("Content Security");
    bad.then(|| text("message").to_owned())
}
