//! A report is not sent and its last day is near, or over.

use askama::Template;
use chrono::NaiveDate;

use crate::filters;
use crate::letter::Words;

/// A report is due: to those who must send it.
#[derive(Debug, Clone, Template)]
#[template(path = "report_due/body.txt")]
pub struct ReportDue<'a> {
    /// Who must send it.
    pub agency: &'a str,
    /// What it has not done: `chưa gửi`, `chưa gửi lại`, `chưa chốt`.
    pub lacks: &'a str,
    /// The form, as people call it: `biểu 09d`.
    pub form: &'a str,
    /// The period: `năm 2021`.
    pub period: &'a str,
    /// The last day.
    pub due: NaiveDate,
    /// How far it is: `còn 7 ngày`.
    pub when: &'a str,
    /// The forms on the desk.
    pub link: &'a str,
}

impl Words for ReportDue<'_> {
    fn subject(&self) -> String {
        format!("Hạn gửi {}, {}: {}", self.form, self.period, self.when)
    }
}
