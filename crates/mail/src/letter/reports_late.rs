//! Agencies did not send their reports in time.

use askama::Template;
use chrono::NaiveDate;

use crate::filters;
use crate::letter::Words;

/// Who is late: to those who wait for the reports in the province.
#[derive(Debug, Clone, Template)]
#[template(path = "reports_late/body.txt")]
pub struct ReportsLate<'a> {
    /// The agencies, by name.
    pub agencies: &'a [&'a str],
    /// The form under which they are collected: `biểu 09c`.
    pub form: &'a str,
    /// The period: `năm 2021`.
    pub period: &'a str,
    /// The last day.
    pub due: NaiveDate,
    /// The list in the province's desk.
    pub link: &'a str,
}

impl Words for ReportsLate<'_> {
    fn subject(&self) -> String {
        format!(
            "{} cơ quan chưa gửi {}, {}",
            self.agencies.len(),
            self.form,
            self.period
        )
    }
}
