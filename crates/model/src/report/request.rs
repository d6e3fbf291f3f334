//! A report asked for out of turn, on written request ("báo cáo đột xuất"): which form, of whom, of which days, by when, and why.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::id::TenantId;
use crate::manifest::{PeriodKind, RequestNumber};

/// A request. It names no person: who opened and who withdrew it stands in the province's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// 1, 2, 3 … in its year.
    pub number: u8,
    /// The year in which it was opened.
    pub year: i32,
    /// The form under which the reports are collected: 09c.
    pub form: String,
    /// Those who are asked, whatever they are called later; everybody who fills the form where nobody is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub agencies: Vec<TenantId>,
    /// First day that is counted.
    pub from: NaiveDate,
    /// Last day that is counted.
    pub to: NaiveDate,
    /// Last day to send.
    pub due: NaiveDate,
    /// The letter that asks for it: number and day.
    pub reference: String,
    /// Why.
    pub reason: String,
    /// Since which day nobody is asked any more, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawn: Option<Withdrawn>,
}

/// A request that was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// On which day.
    pub on: NaiveDate,
    /// Why.
    pub reason: String,
}

impl Request {
    /// Its period, as reports are kept under it.
    #[must_use]
    pub fn period(&self) -> Option<PeriodKind> {
        RequestNumber::new(self.number).map(PeriodKind::OnRequest)
    }

    /// Its name in the catalogue: `2021-03`.
    #[must_use]
    pub fn code(&self) -> String {
        format!("{}-{:02}", self.year, self.number)
    }

    /// "Đột xuất số 3 năm 2021".
    #[must_use]
    pub fn title(&self) -> String {
        let title = |period: PeriodKind| period.title(self.year);
        self.period().map(title).unwrap_or_default()
    }

    /// Whether it concerns an agency.
    #[must_use]
    pub fn concerns(&self, agency: TenantId) -> bool {
        self.agencies.is_empty() || self.agencies.contains(&agency)
    }

    /// What is wrong with it: field and reason.
    #[must_use]
    pub fn problems(&self, today: NaiveDate) -> Vec<(&'static str, &'static str)> {
        let mut found = Vec::new();
        let mut wrong = |is: bool, field: &'static str, why: &'static str| {
            if is {
                found.push((field, why));
            }
        };
        wrong(self.to < self.from, "den", "ngày cuối đứng trước ngày đầu");
        wrong(
            self.due < self.to,
            "han",
            "hạn gửi phải từ ngày cuối của số liệu trở đi",
        );
        wrong(self.due < today, "han", "hạn gửi đã qua");
        wrong(
            self.reference.trim().is_empty(),
            "van-ban",
            "còn trống; ghi số, ngày của văn bản yêu cầu",
        );
        wrong(
            self.reason.trim().is_empty(),
            "ly-do",
            "còn trống; ghi rõ vì sao cần số liệu ngoài kỳ",
        );
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn agency(number: u128) -> TenantId {
        TenantId(uuid::Uuid::from_u128(number))
    }

    fn request() -> Request {
        let day = |text: &str| text.parse().unwrap();
        Request {
            number: 3,
            year: 2021,
            form: "09c".into(),
            agencies: vec![agency(1)],
            from: day("2021-02-01"),
            to: day("2021-02-20"),
            due: day("2021-03-01"),
            reference: "Công văn số 12/STP".into(),
            reason: "Phục vụ phiên họp".into(),
            withdrawn: None,
        }
    }

    #[test]
    fn a_request_says_whom_it_concerns_and_reads_back() {
        let request = request();
        assert_eq!(request.code(), "2021-03");
        assert!(request.concerns(agency(1)) && !request.concerns(agency(2)));
        let everybody = Request {
            agencies: vec![],
            ..request.clone()
        };
        assert!(everybody.concerns(agency(2)));
        let text = serde_json::to_string(&request).unwrap();
        assert_eq!(serde_json::from_str::<Request>(&text).unwrap(), request);
    }

    #[test]
    fn what_is_wrong_names_its_field() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let fields = |request: Request, today: &str| -> Vec<&str> {
            request
                .problems(day(today))
                .iter()
                .map(|(field, _)| *field)
                .collect()
        };
        assert!(fields(request(), "2021-02-10").is_empty());
        assert!(fields(request(), "2021-03-01").is_empty(), "the last day itself");
        assert_eq!(fields(request(), "2021-03-02"), ["han"]);
        let backwards = Request {
            to: day("2021-01-31"),
            ..request()
        };
        assert_eq!(fields(backwards, "2021-02-10"), ["den"]);
        let early = Request {
            due: day("2021-02-19"),
            ..request()
        };
        assert_eq!(fields(early, "2021-02-10"), ["han"]);
        let silent = Request {
            reference: " ".into(),
            reason: String::new(),
            ..request()
        };
        assert_eq!(fields(silent, "2021-02-10"), ["van-ban", "ly-do"]);
    }
}
