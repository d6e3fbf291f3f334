//! An agency asks for more time to report.

use askama::Template;
use chrono::NaiveDate;

use crate::filters;
use crate::letter::Words;

/// More time is asked for: to those who follow reports in the province.
#[derive(Debug, Clone, Template)]
#[template(path = "extension_asked/body.txt")]
pub struct ExtensionAsked<'a> {
    /// Who asks.
    pub agency: &'a str,
    /// The form, as people call it: `biểu 09c`.
    pub form: &'a str,
    /// The period: `năm 2021`.
    pub period: &'a str,
    /// Until which day.
    pub until: NaiveDate,
    /// Why.
    pub reason: &'a str,
    /// Where it is answered.
    pub link: &'a str,
}

impl Words for ExtensionAsked<'_> {
    fn subject(&self) -> String {
        format!("{} xin gia hạn {}, {}", self.agency, self.form, self.period)
    }
}
