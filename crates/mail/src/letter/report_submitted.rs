//! A form reached the province.

use askama::Template;
use pbgdpl_model::clock::Moment;

use crate::filters;
use crate::letter::Words;

/// A form was submitted: to those who follow it in the province.
#[derive(Debug, Clone, Template)]
#[template(path = "report_submitted/body.txt")]
pub struct ReportSubmitted<'a> {
    /// Who submitted.
    pub agency: &'a str,
    /// The form, as people call it: `biểu 09c`.
    pub form: &'a str,
    /// The period: `năm 2021`.
    pub period: &'a str,
    /// When it was submitted.
    pub at: Moment,
    /// The report in the province's desk.
    pub link: &'a str,
}

impl Words for ReportSubmitted<'_> {
    fn subject(&self) -> String {
        format!("{} đã gửi {}, {}", self.agency, self.form, self.period)
    }
}
