//! An agency is invited to a joint activity.

use askama::Template;
use chrono::NaiveDate;

use crate::filters;
use crate::letter::Words;

/// A joint activity asks for confirmation: to the co-organiser's reporters.
#[derive(Debug, Clone, Template)]
#[template(path = "share_invited/body.txt")]
pub struct ShareInvited<'a> {
    /// The agency that records and counts the activity.
    pub owner: &'a str,
    /// What the activity is called.
    pub title: &'a str,
    /// When it took place.
    pub day: NaiveDate,
    /// The invitation on the co-organiser's desk.
    pub link: &'a str,
}

impl Words for ShareInvited<'_> {
    fn subject(&self) -> String {
        format!("Mời xác nhận hoạt động phối hợp: {}", self.title)
    }
}
