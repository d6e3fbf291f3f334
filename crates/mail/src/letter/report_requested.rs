//! The province asks for a report out of turn, or takes that back.

use askama::Template;
use chrono::NaiveDate;

use crate::filters;
use crate::letter::Words;

/// A report is asked for on written request: to the agency's reporters.
#[derive(Debug, Clone, Template)]
#[template(path = "report_requested/body.txt")]
pub struct ReportRequested<'a> {
    /// Who must send it.
    pub agency: &'a str,
    /// The form, as people call it: `biểu 09d`.
    pub form: &'a str,
    /// "Đột xuất số 3 năm 2021".
    pub title: &'a str,
    /// First day that is counted.
    pub from: NaiveDate,
    /// Last day that is counted.
    pub to: NaiveDate,
    /// Last day to send.
    pub due: NaiveDate,
    /// The letter that asks for it.
    pub reference: &'a str,
    /// Why it is asked for, or why that was taken back.
    pub reason: &'a str,
    /// It was taken back.
    pub withdrawn: bool,
    /// The forms on the desk.
    pub link: &'a str,
}

impl Words for ReportRequested<'_> {
    fn subject(&self) -> String {
        if self.withdrawn {
            format!(
                "Đã rút yêu cầu báo cáo {}, {}",
                self.form,
                self.title.to_lowercase()
            )
        } else {
            format!("Yêu cầu báo cáo {}, {}", self.form, self.title.to_lowercase())
        }
    }
}
