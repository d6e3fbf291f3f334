//! A form came back from the province.

use askama::Template;

use crate::letter::Words;

/// A form was returned: to the agency's reporter.
#[derive(Debug, Clone, Template)]
#[template(path = "report_returned/body.txt")]
pub struct ReportReturned<'a> {
    /// Whose report it is.
    pub agency: &'a str,
    /// The form, as people call it: `biểu 09c`.
    pub form: &'a str,
    /// The period: `năm 2021`.
    pub period: &'a str,
    /// What the province asks for.
    pub remark: &'a str,
    /// The report on the agency's desk.
    pub link: &'a str,
}

impl Words for ReportReturned<'_> {
    fn subject(&self) -> String {
        format!("Báo cáo được trả lại: {}, {}", self.form, self.period)
    }
}
