//! The calendar's file: periods, deadlines, holidays and the Saturdays worked in exchange.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::agency::is_false;
use super::period_kind::PeriodKind;

/// `calendar.toml`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarFile {
    /// `[[period]]`.
    #[serde(rename = "period", default)]
    pub periods: Vec<Period>,
    /// `[[deadline]]`.
    #[serde(rename = "deadline", default)]
    pub deadlines: Vec<Deadline>,
    /// `[[plan_deadline]]`.
    #[serde(rename = "plan_deadline", default, skip_serializing_if = "Vec::is_empty")]
    pub plan_deadlines: Vec<PlanDeadline>,
    /// `[[holiday]]`.
    #[serde(rename = "holiday", default)]
    pub holidays: Vec<Holiday>,
    /// `[[workday]]`.
    #[serde(rename = "workday", default)]
    pub workdays: Vec<Workday>,
}

impl CalendarFile {
    /// The last day to send a form for a period of that year.
    #[must_use]
    pub fn due(&self, form: &str, period: PeriodKind, year: i32) -> Option<NaiveDate> {
        let deadline = self
            .deadlines
            .iter()
            .find(|deadline| deadline.form == form && deadline.period == period)?;
        deadline.due.in_year(year + i32::from(deadline.next_year))
    }

    /// The last day on which a form of a period can be written at all, where the province closes it: the first such day of the
    /// year on or after the last day to send.
    #[must_use]
    pub fn closes(&self, form: &str, period: PeriodKind, year: i32) -> Option<NaiveDate> {
        let mut deadlines = self.deadlines.iter();
        let deadline = deadlines.find(|deadline| deadline.form == form && deadline.period == period)?;
        let (closes, due) = (deadline.closes?, self.due(form, period, year)?);
        [due.year(), due.year() + 1]
            .into_iter()
            .filter_map(|year| closes.in_year(year))
            .find(|day| *day >= due)
    }

    /// The last day to send the report on a plan, where the province set one.
    #[must_use]
    pub fn plan_due(&self, plan: &str, year: i32) -> Option<NaiveDate> {
        let deadline = self
            .plan_deadlines
            .iter()
            .find(|deadline| deadline.plan == plan)?;
        deadline.due.in_year(year + i32::from(deadline.next_year))
    }

    /// The period of that kind.
    #[must_use]
    pub fn period(&self, kind: PeriodKind) -> Option<&Period> {
        self.periods.iter().find(|period| period.kind == kind)
    }

    /// Every day off, days in lieu included; weekends are not listed unless a holiday falls on one.
    pub fn days_off(&self) -> impl Iterator<Item = NaiveDate> {
        self.holidays
            .iter()
            .flat_map(|holiday| holiday.from.iter_days().take_while(|day| *day <= holiday.to))
    }

    /// The weekend days on which people work.
    pub fn days_worked(&self) -> impl Iterator<Item = NaiveDate> {
        self.workdays.iter().map(|workday| workday.day)
    }
}

/// A kind of period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    /// Which.
    pub kind: PeriodKind,
    /// Its name.
    pub name: String,
    /// First day.
    pub from: MonthDay,
    /// Last day.
    pub to: MonthDay,
    /// Last day of actual figures; an estimate covers the rest.
    pub actual_to: MonthDay,
    /// What the estimate is called on the form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub estimate_label: Option<String>,
}

impl Period {
    /// Whether months are left to be estimated.
    #[must_use]
    pub fn has_estimate(&self) -> bool {
        self.actual_to < self.to
    }
}

/// The last day to send a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Deadline {
    /// Id of the form.
    pub form: String,
    /// For which period.
    pub period: PeriodKind,
    /// The day.
    pub due: MonthDay,
    /// In the year after the period.
    #[serde(default, skip_serializing_if = "is_false")]
    pub next_year: bool,
    /// After this day nothing is written any more without an extension (N-07); the province decides whether there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closes: Option<MonthDay>,
    /// Not yet checked against an official source.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
}

/// The last day to send the report on a plan.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanDeadline {
    /// Id of the plan.
    pub plan: String,
    /// The day.
    pub due: MonthDay,
    /// In the year after that of the report.
    #[serde(default, skip_serializing_if = "is_false")]
    pub next_year: bool,
    /// Not yet checked against an official source.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
}

/// Days off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Holiday {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// Its name.
    pub name: String,
    /// Not yet checked against an official source.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
}

/// A weekend day on which people work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Workday {
    /// The day.
    pub day: NaiveDate,
    /// The day off it pays for.
    pub instead_of: NaiveDate,
    /// Not yet checked against an official source.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
}

/// A day of any year, `06-30`; 29 February is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MonthDay {
    month: u32,
    day: u32,
}

/// A year without 29 February.
const COMMON_YEAR: i32 = 2001;

impl MonthDay {
    /// The day in a year.
    #[must_use]
    pub fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
    }
}

impl fmt::Display for MonthDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}-{:02}", self.month, self.day)
    }
}

impl FromStr for MonthDay {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const WRONG: &str = "invalid value: ngày trong năm viết \"tháng-ngày\", ví dụ \"06-30\"";
        let (month, day) = text.split_once('-').ok_or(WRONG)?;
        let (month, day) = (month.parse().map_err(|_| WRONG)?, day.parse().map_err(|_| WRONG)?);
        let found = Self { month, day };
        found.in_year(COMMON_YEAR).map(|_| found).ok_or(WRONG)
    }
}

impl Serialize for MonthDay {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for MonthDay {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}
