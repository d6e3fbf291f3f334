//! The summary of the province for a leader, on working days.

use askama::Template;
use chrono::NaiveDate;

use crate::filters;
use crate::letter::Words;

/// The summary. Sums and names of agencies; nothing of a person.
#[derive(Debug, Clone, Template)]
#[template(path = "summary/body.txt")]
pub struct SummaryLetter<'a> {
    /// `Tỉnh Kon Tum`.
    pub province: &'a str,
    /// The day.
    pub day: NaiveDate,
    /// What is late, silent or left lying: a sentence each.
    pub exceptions: &'a [String],
    /// What waits for the reader.
    pub waiting: &'a [String],
    /// What changed since the day before which the reader was told.
    pub changes: &'a [String],
    /// When the reader was last told.
    pub since: Option<NaiveDate>,
    /// The figures on the desk; it asks to sign in.
    pub link: &'a str,
    /// Where the reader asks for no more letters; it asks to sign in.
    pub stop: &'a str,
}

impl Words for SummaryLetter<'_> {
    fn subject(&self) -> String {
        let day = self.day.format("%d/%m/%Y");
        match (self.waiting.len(), self.exceptions.len()) {
            (0, 0) => format!("Tóm tắt ngày {day}: mọi việc bình thường"),
            (0, late) => format!("Tóm tắt ngày {day}: {late} việc cần xem"),
            (waiting, 0) => format!("Tóm tắt ngày {day}: {waiting} việc chờ bạn"),
            (waiting, late) => format!("Tóm tắt ngày {day}: {waiting} việc chờ bạn, {late} việc cần xem"),
        }
    }
}
