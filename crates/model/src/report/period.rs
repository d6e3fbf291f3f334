//! Which days a period covers (TT 03/2019/TT-BTP), and how it is called in addresses.

use chrono::NaiveDate;

use super::request::{Request, Withdrawn};
use crate::manifest::{CalendarFile, PeriodKind};

/// The word of a period in addresses and tables: `nam`, `nam-chinh-thuc`, `6-thang`.
#[must_use]
pub fn period_word(kind: PeriodKind) -> &'static str {
    kind.in_addresses()
}

/// The period that a word of an address names.
#[must_use]
pub fn period_of(word: &str) -> Option<PeriodKind> {
    PeriodKind::ALL
        .iter()
        .copied()
        .find(|kind| kind.in_addresses() == word)
        .or_else(|| {
            word.parse()
                .ok()
                .filter(|kind: &PeriodKind| kind.request().is_some())
        })
}

/// The days of one period of one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// Which kind.
    pub kind: PeriodKind,
    /// The year.
    pub year: i32,
    /// First day.
    pub from: NaiveDate,
    /// Last day of actual figures.
    pub actual_to: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// What the estimate for the rest is called, where there is one.
    pub estimate_label: Option<String>,
    /// The request, where the days are those of one.
    pub request: Option<Request>,
}

impl Span {
    /// The period as the province's calendar knows it.
    #[must_use]
    pub fn of(calendar: &CalendarFile, kind: PeriodKind, year: i32) -> Option<Self> {
        let period = calendar.period(kind)?;
        Some(Self {
            kind,
            year,
            from: period.from.in_year(year)?,
            actual_to: period.actual_to.in_year(year)?,
            to: period.to.in_year(year)?,
            request: None,
            estimate_label: period.has_estimate().then(|| {
                period
                    .estimate_label
                    .clone()
                    .unwrap_or_else(|| "Số ước tính".to_owned())
            }),
        })
    }

    /// The days of a request: all of them actual figures.
    #[must_use]
    pub fn of_request(request: &Request) -> Option<Self> {
        Some(Self {
            kind: request.period()?,
            year: request.year,
            from: request.from,
            actual_to: request.to,
            to: request.to,
            estimate_label: None,
            request: Some(request.clone()),
        })
    }

    /// Why nobody is asked any more: the request was withdrawn.
    #[must_use]
    pub fn withdrawn(&self) -> Option<&Withdrawn> {
        self.request.as_ref()?.withdrawn.as_ref()
    }

    /// The year before, for figures to be compared with; a request has none.
    #[must_use]
    pub fn year_before(&self) -> Option<i32> {
        self.request.is_none().then_some(self.year - 1)
    }

    /// Whether some days are left to be estimated.
    #[must_use]
    pub const fn has_estimate(&self) -> bool {
        self.estimate_label.is_some()
    }

    /// As people say it.
    #[must_use]
    pub fn title(&self) -> String {
        self.kind.title(self.year)
    }
}
