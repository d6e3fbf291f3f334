//! One rule: which acts, whose, how many, how soon after each other, at which hours.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use crate::clock::Moment;

/// `alarms.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlarmsFile {
    /// `[[rule]]`.
    #[serde(rename = "rule", default)]
    pub rules: Vec<Rule>,
}

/// What is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pattern {
    /// Many of the same within a time.
    Many,
    /// One, and soon after it another.
    Then,
}

/// Which entries belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Of {
    /// Those of one person who acts; the system is none.
    Actor,
    /// Those that something was done to: an account, for acts on accounts and roles.
    Object,
}

/// One rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name in tables; never used again for another rule.
    pub id: String,
    /// On the screen and in letters.
    pub title: String,
    /// What whoever looks into it asks first.
    pub advice: String,
    /// What is looked for.
    pub pattern: Pattern,
    /// Which entries belong together.
    pub of: Of,
    /// The words of the acts.
    pub acts: Vec<String>,
    /// `then`: the words of the acts that follow.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<String>,
    /// `many`: from how many on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u32>,
    /// From the first to the last of them at most so long.
    pub within_minutes: u32,
    /// Only at these hours of the province.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<Hours>,
}

impl Rule {
    /// The time between the first and the last, in milliseconds.
    #[must_use]
    pub fn within_millis(&self) -> i64 {
        i64::from(self.within_minutes) * 60_000
    }
}

/// Hours of a day, `22:00-05:00`: the first minute belongs to them, the last does not. They may run over midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    from: NaiveTime,
    to: NaiveTime,
}

impl Hours {
    /// Whether a moment falls into them, by the province's clock.
    #[must_use]
    pub fn hold(self, at: Moment) -> bool {
        let time = at.local_time();
        if self.from <= self.to {
            self.from <= time && time < self.to
        } else {
            self.from <= time || time < self.to
        }
    }
}

impl fmt::Display for Hours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from.format("%H:%M"), self.to.format("%H:%M"))
    }
}

impl FromStr for Hours {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "invalid value: giờ viết \"từ-đến\", ví dụ \"22:00-05:00\"";
        let time = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| WRONG);
        let (from, to) = text.split_once('-').ok_or(WRONG)?;
        let (from, to) = (time(from)?, time(to)?);
        if from == to {
            Err(WRONG)
        } else {
            Ok(Self { from, to })
        }
    }
}

impl Serialize for Hours {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hours {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
