//! An odd act stands in the logs.

use askama::Template;
use pbgdpl_model::clock::Moment;

use crate::filters;
use crate::letter::Words;

/// An alarm was raised: to those in charge whom it is not about. Names nobody: whoever reads it signs in first.
#[derive(Debug, Clone, Template)]
#[template(path = "alarm_raised/body.txt")]
pub struct AlarmRaised<'a> {
    /// What the rule is called.
    pub title: &'a str,
    /// How many entries it is about.
    pub entries: &'a str,
    /// The first of them.
    pub from: Moment,
    /// The last of them.
    pub to: Moment,
    /// What to ask first.
    pub advice: &'a str,
    /// Where it is read.
    pub link: &'a str,
}

impl Words for AlarmRaised<'_> {
    fn subject(&self) -> String {
        format!("Cảnh báo: {}", self.title)
    }
}
