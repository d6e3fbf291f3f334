//! Which days a period covers (TT 03/2019/TT-BTP), and how it is called in addresses.

use chrono::NaiveDate;

use crate::manifest::{CalendarFile, PeriodKind};

/// The word of a period in addresses and tables: `nam`, `nam-chinh-thuc`, `6-thang`.
#[must_use]
pub const fn period_word(kind: PeriodKind) -> &'static str {
    match kind {
        PeriodKind::SixMonths => "6-thang",
        PeriodKind::Year => "nam",
        PeriodKind::OfficialYear => "nam-chinh-thuc",
    }
}

/// The period that a word of an address names.
#[must_use]
pub fn period_of(word: &str) -> Option<PeriodKind> {
    PeriodKind::ALL
        .iter()
        .copied()
        .find(|kind| period_word(*kind) == word)
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
            estimate_label: period.has_estimate().then(|| {
                period
                    .estimate_label
                    .clone()
                    .unwrap_or_else(|| "Số ước tính".to_owned())
            }),
        })
    }

    /// Whether some days are left to be estimated.
    #[must_use]
    pub const fn has_estimate(&self) -> bool {
        self.estimate_label.is_some()
    }

    /// As people say it: "Năm 2020", "6 tháng năm 2020", "Năm 2020 (chính thức)".
    #[must_use]
    pub fn title(&self) -> String {
        match self.kind {
            PeriodKind::SixMonths => format!("6 tháng năm {}", self.year),
            PeriodKind::Year => format!("Năm {}", self.year),
            PeriodKind::OfficialYear => format!("Năm {} (chính thức)", self.year),
        }
    }
}
