//! axe-core in the page: WCAG 2.2 A and AA, and its own best practices.

use std::fmt;

use anyhow::{Context, bail};
use fantoccini::Client;
use serde::Deserialize;

/// axe-core, unchanged; see `assets/README.md`.
const AXE: &str = include_str!("../../assets/axe.min.js");

/// Answers through the callback WebDriver adds as last argument. Errors come back as text, or the script would hang.
const RUN: &str = "
    const answer = arguments[arguments.length - 1];
    axe.run(document, { resultTypes: ['violations'] }).then(
        (found) => answer({ violations: found.violations.map((v) => ({
            rule: v.id, impact: v.impact || 'unknown', help: v.help,
            places: v.nodes.map((n) => n.target.flat().join(' ') + ' — ' + n.html.slice(0, 160)),
        })) }),
        (error) => answer({ error: String(error) }),
    );
";

/// One rule that the page breaks.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Violation {
    /// The name of the rule in axe-core.
    pub rule: String,
    /// `minor`, `moderate`, `serious` or `critical`.
    pub impact: String,
    /// What the rule asks for.
    pub help: String,
    /// Where: selector and the beginning of the element.
    pub places: Vec<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}): {}", self.rule, self.impact, self.help)?;
        self.places
            .iter()
            .try_for_each(|place| write!(f, "\n    {place}"))
    }
}

#[derive(Deserialize)]
struct Answer {
    #[serde(default)]
    violations: Vec<Violation>,
    error: Option<String>,
}

pub(super) async fn violations(client: &Client) -> anyhow::Result<Vec<Violation>> {
    client
        .execute(AXE, vec![])
        .await
        .context("axe-core does not load")?;
    let answer: Answer = serde_json::from_value(client.execute_async(RUN, vec![]).await?)?;
    match answer.error {
        Some(error) => bail!("axe-core: {error}"),
        None => Ok(answer.violations),
    }
}
