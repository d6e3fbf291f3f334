//! One window of one browser over WebDriver (W3C): JSON over HTTP, and nothing else.

use std::time::{Duration, Instant};

use anyhow::{Context, bail};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::engine::{self, Engine};
use super::http;

/// How long a page may take to become what is waited for.
const PATIENCE: Duration = Duration::from_secs(12);
/// The name under which WebDriver wraps an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// An open window; closed when dropped.
pub struct Session {
    url: String,
    /// What runs it.
    pub engine: Engine,
    /// How wide its pages are, in CSS pixels.
    pub width: u32,
    /// Which version of the browser it is.
    pub version: String,
}

/// An element of the page, or of the frame, that is looked at.
#[derive(Clone, Debug)]
pub struct Element(String);

impl Session {
    /// Opens a window of this width.
    pub fn open(driver: &str, engine: Engine, width: u32) -> anyhow::Result<Self> {
        Self::open_as(driver, engine, width, &engine.capabilities(width)?)
    }

    /// The same with other capabilities.
    pub fn open_as(driver: &str, engine: Engine, width: u32, capabilities: &Value) -> anyhow::Result<Self> {
        let wanted = json!({"capabilities": {"alwaysMatch": capabilities}});
        let made = ask("POST", &format!("{driver}/session"), &wanted).context("no browser opens")?;
        let id = made
            .get("sessionId")
            .and_then(Value::as_str)
            .context("no session")?;
        let version = made
            .pointer("/capabilities/browserVersion")
            .and_then(Value::as_str);
        let session = Self {
            url: format!("{driver}/session/{id}"),
            engine,
            width,
            version: version.unwrap_or("of unknown version").to_owned(),
        };
        engine::prepare(&session)?;
        Ok(session)
    }

    /// Sends a command of this session.
    pub fn command(&self, method: &str, path: &str, body: &Value) -> anyhow::Result<Value> {
        ask(method, &format!("{}{path}", self.url), body)
    }

    /// Opens an address.
    pub fn go(&self, url: &str) -> anyhow::Result<()> {
        self.leave()?;
        if self.engine == Engine::WebKit {
            self.run("document.documentElement.dataset.before = ''; return 1")?;
        }
        self.command("POST", "/url", &json!({ "url": url }))
            .map(drop)
            .with_context(|| url.to_owned())?;
        if self.engine == Engine::WebKit {
            // Its driver is told not to wait: it would wait for ever after a step back.
            let there = "const page = document.documentElement;
                return document.readyState === 'complete' && !('before' in page.dataset)";
            self.wait(url, there)?;
        }
        Ok(())
    }

    /// The address of the whole page.
    pub fn at(&self) -> anyhow::Result<String> {
        Ok(self
            .command("GET", "/url", &Value::Null)?
            .as_str()
            .unwrap_or_default()
            .to_owned())
    }

    /// Goes one step back in the history of the whole page.
    pub fn back(&self) -> anyhow::Result<()> {
        if self.engine == Engine::Firefox {
            // geckodriver waits for ever for its own command where the step belongs to a frame.
            let step = "setTimeout(() => history.back(), 0); return 1";
            return self.run(step).map(drop);
        }
        self.command("POST", "/back", &json!({})).map(drop)
    }

    /// Runs a script in what is looked at.
    pub fn run(&self, script: &str) -> anyhow::Result<Value> {
        self.command("POST", "/execute/sync", &json!({"script": script, "args": []}))
    }

    /// A number that a script returns.
    pub fn number(&self, script: &str) -> anyhow::Result<f64> {
        let value = self.run(script)?;
        value.as_f64().with_context(|| format!("{value} is no number"))
    }

    /// A text that a script returns; empty where it returns none.
    pub fn text(&self, script: &str) -> anyhow::Result<String> {
        Ok(self.run(script)?.as_str().unwrap_or_default().to_owned())
    }

    /// Waits until a script returns something that is neither false, null, 0 nor empty.
    pub fn wait(&self, what: &str, script: &str) -> anyhow::Result<Value> {
        let end = Instant::now() + PATIENCE;
        loop {
            let value = self.run(script);
            if let Ok(value) = &value
                && is_something(value)
            {
                return Ok(value.clone());
            }
            if Instant::now() > end {
                value?;
                bail!("{what}: waited in vain");
            }
            std::thread::sleep(Duration::from_millis(80));
        }
    }

    /// Waits for the first element of a selector.
    pub fn find(&self, css: &str) -> anyhow::Result<Element> {
        let end = Instant::now() + PATIENCE;
        let asked = json!({"using": "css selector", "value": css});
        loop {
            match self.command("POST", "/element", &asked) {
                Ok(found) => {
                    let id = found.get(ELEMENT).and_then(Value::as_str).context("no element")?;
                    return Ok(Element(id.to_owned()));
                }
                Err(_) if Instant::now() < end => std::thread::sleep(Duration::from_millis(80)),
                Err(error) => return Err(error.context(format!("no {css}"))),
            }
        }
    }

    /// Clicks the first element of a selector as a person would.
    pub fn click(&self, css: &str) -> anyhow::Result<()> {
        let Element(id) = self.find(css)?;
        self.command("POST", &format!("/element/{id}/click"), &json!({}))
            .map(drop)
            .with_context(|| format!("click {css}"))
    }

    /// Looks into the first frame of a selector; once more where the frame is just becoming another page.
    pub fn enter(&self, css: &str) -> anyhow::Result<()> {
        let end = Instant::now() + PATIENCE;
        loop {
            let Element(id) = self.find(css)?;
            match self.command("POST", "/frame", &json!({"id": {ELEMENT: id}})) {
                Ok(_) => return Ok(()),
                Err(error) if Instant::now() > end => return Err(error.context(format!("into {css}"))),
                Err(_) => std::thread::sleep(Duration::from_millis(80)),
            }
        }
    }

    /// Waits as [`Self::wait`] does, in a frame whose page may change meanwhile; looks at the whole page afterwards.
    pub fn wait_in(&self, css: &str, what: &str, script: &str) -> anyhow::Result<Value> {
        let end = Instant::now() + PATIENCE;
        loop {
            self.leave()?;
            let value = self.enter(css).and_then(|()| self.run(script));
            self.leave()?;
            match value {
                Ok(value) if is_something(&value) => return Ok(value),
                Err(error) if Instant::now() > end => return Err(error.context(what.to_owned())),
                _ if Instant::now() > end => bail!("{what}: waited in vain"),
                _ => std::thread::sleep(Duration::from_millis(80)),
            }
        }
    }

    /// Looks at the whole page again.
    pub fn leave(&self) -> anyhow::Result<()> {
        self.command("POST", "/frame", &json!({"id": null})).map(drop)
    }

    /// The name and the role that a screen reader is told.
    pub fn name_and_role(&self, css: &str) -> anyhow::Result<(String, String)> {
        let Element(id) = self.find(css)?;
        let told = |what: &str| -> anyhow::Result<String> {
            let value = self.command("GET", &format!("/element/{id}/{what}"), &Value::Null)?;
            Ok(value.as_str().unwrap_or_default().to_owned())
        };
        Ok((told("computedlabel")?, told("computedrole")?))
    }

    /// Presses a key and lets it go.
    pub fn press(&self, key: char) -> anyhow::Result<()> {
        let strokes =
            [("keyDown", key), ("keyUp", key)].map(|(kind, value)| json!({"type": kind, "value": value}));
        let actions = json!({"actions": [{"type": "key", "id": "keyboard", "actions": strokes}]});
        self.command("POST", "/actions", &actions).map(drop)
    }

    /// The cookies of what is looked at.
    pub fn cookies(&self) -> anyhow::Result<Vec<String>> {
        let cookies = self.command("GET", "/cookie", &Value::Null)?;
        let cookies = cookies.as_array().cloned().unwrap_or_default();
        Ok(cookies
            .iter()
            .map(|cookie| cookie.get("name").map_or_else(String::new, ToString::to_string))
            .collect())
    }

    /// The page on paper, as a PDF file.
    pub fn print(&self) -> anyhow::Result<Vec<u8>> {
        let paper = self.command("POST", "/print", &json!({"background": false}))?;
        Ok(BASE64_STANDARD.decode(paper.as_str().context("no paper")?)?)
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.command("DELETE", "", &Value::Null).ok();
    }
}

fn is_something(value: &Value) -> bool {
    !matches!(value, Value::Null | Value::Bool(false)) && value != &json!("") && value != &json!(0)
}

/// One command; an error of WebDriver is an error here.
fn ask(method: &str, url: &str, body: &Value) -> anyhow::Result<Value> {
    let body = if method == "POST" {
        body.to_string()
    } else {
        String::new()
    };
    let answer = http::send(method, url, &[("content-type", "application/json")], &body)?;
    let text = answer.text();
    let mut said: Value = serde_json::from_str(&text).with_context(|| format!("{url}: {text}"))?;
    let value = said.get_mut("value").map(Value::take).unwrap_or_default();
    if answer.status != 200 {
        let error = |name: &str| {
            value
                .get(name)
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let message: String = error("message")
            .lines()
            .next()
            .unwrap_or_default()
            .chars()
            .take(200)
            .collect();
        bail!("{}: {message}", error("error"));
    }
    Ok(value)
}
