//! Two commands of chromedriver that WebDriver does not have: the DevTools protocol and the console.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// One DevTools command.
#[derive(Debug)]
pub(super) struct DevTools {
    command: &'static str,
    parameters: Value,
}

impl DevTools {
    pub(super) fn new(command: &'static str, parameters: Value) -> Self {
        Self { command, parameters }
    }
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        let body = json!({"cmd": self.command, "params": self.parameters});
        (Method::POST, Some(body.to_string()))
    }
}

/// Asks for the lines of the console since the last question.
#[derive(Debug)]
pub(super) struct Console;

impl WebDriverCompatibleCommand for Console {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(json!({"type": "browser"}).to_string()))
    }
}

/// Returns the errors among the lines, and every word of a security policy whatever its level.
pub(super) fn errors(lines: &Value) -> Vec<String> {
    let text = |line: &Value, key: &str| {
        line.get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let lines = lines.as_array().map(Vec::as_slice).unwrap_or_default();
    lines
        .iter()
        .filter(|line| {
            text(line, "level") == "SEVERE"
                || text(line, "source") == "security"
                || text(line, "message").contains("Content Security Policy")
        })
        .map(|line| text(line, "message"))
        .collect()
}
