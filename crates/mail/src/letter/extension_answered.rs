//! The province answered an agency that asked for more time.

use askama::Template;
use chrono::NaiveDate;

use crate::filters;
use crate::letter::Words;

/// More time was granted or refused: to the agency's reporters.
#[derive(Debug, Clone, Template)]
#[template(path = "extension_answered/body.txt")]
pub struct ExtensionAnswered<'a> {
    /// Whose report it is.
    pub agency: &'a str,
    /// The form, as people call it: `biểu 09c`.
    pub form: &'a str,
    /// The period: `năm 2021`.
    pub period: &'a str,
    /// Until which day; nothing where it was refused.
    pub until: Option<NaiveDate>,
    /// What the province says.
    pub reason: &'a str,
    /// The report on the agency's desk.
    pub link: &'a str,
}

impl Words for ExtensionAnswered<'_> {
    fn subject(&self) -> String {
        let answer = if self.until.is_some() {
            "được đồng ý"
        } else {
            "không được đồng ý"
        };
        format!("Gia hạn {}, {}: {answer}", self.form, self.period)
    }
}
