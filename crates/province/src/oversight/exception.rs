//! Exceptions first: which agencies somebody must ask today, and why (DSH-02).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Months, NaiveDate};
use pbgdpl_model::agency::{Agency, ReportRow, Status};
use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::{PeriodKind, RequestNumber};
use pbgdpl_model::report::{Forms, Span, is_expected};
use pbgdpl_store::province::{AskedExtension, Decision, Slice, SubmittedReport};

use super::same_days::days_of_year;
use crate::report::follow::completeness;

/// Why an agency stands on the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExceptionKind {
    /// Its last report that had to be sent was not.
    Late,
    /// Nothing at all in the ledger for a whole quarter.
    Silent {
        /// 1 to 4.
        quarter: u32,
    },
    /// It asked for more time, and nobody answered.
    ExtensionAsked,
    /// Its report says every figure, and some of them open no record (N-08).
    OnlyDeclared,
    /// Its report is due within a week.
    DueSoon,
    /// Its report came back and was not sent again.
    Returned,
    /// Its report waits for the province.
    Waiting,
    /// Its section is suspended.
    Suspended,
}

/// Reports of a collection that are due on a day.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct DueReport {
    /// The last day to send: the earliest comes first.
    pub due: NaiveDate,
    /// The form under which they are collected.
    pub form: String,
    /// Its short name: `09`.
    pub family: String,
    /// For which period.
    pub period: PeriodKind,
    /// Of which year.
    pub year: i32,
}

/// One thing to do, and whom it concerns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// Why.
    pub kind: ExceptionKind,
    /// The report that is meant, if one is.
    pub report: Option<DueReport>,
    /// Whom, by name.
    pub agencies: Vec<TenantId>,
}

/// Days before the last day from which a report counts as due soon.
const SOON_DAYS: i64 = 7;

/// What was sent and asked of one period.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sent {
    pub kind: PeriodKind,
    pub year: i32,
    /// All versions.
    pub reports: Vec<SubmittedReport>,
    pub extensions: Vec<AskedExtension>,
}

/// What exceptions are found from.
pub(super) struct Facts<'a> {
    pub year: i32,
    pub day: NaiveDate,
    /// By name; those of the year before too, where it is among what was sent.
    pub agencies: &'a [Agency],
    pub months: &'a [Slice],
    pub forms: &'a Forms,
    /// All periods of the year; and of the year before, where its reports are still owed in this one.
    pub sent: &'a [Sent],
}

/// The last quarter of the year that has ended.
pub(super) fn ended_quarter(year: i32, day: NaiveDate) -> Option<u32> {
    match year.cmp(&day.year()) {
        std::cmp::Ordering::Less => Some(4),
        std::cmp::Ordering::Equal => Some((day.month() - 1) / 3).filter(|quarter| *quarter > 0),
        std::cmp::Ordering::Greater => None,
    }
}

/// Adds an agency to the exception of its kind and report.
fn put(found: &mut Vec<Exception>, kind: ExceptionKind, report: Option<DueReport>, agency: TenantId) {
    let same = |there: &&mut Exception| there.kind == kind && there.report == report;
    if let Some(there) = found.iter_mut().find(same) {
        there.agencies.push(agency);
        return;
    }
    found.push(Exception {
        kind,
        report,
        agencies: vec![agency],
    });
}

impl Facts<'_> {
    /// All exceptions, the most urgent kind first.
    pub(super) fn exceptions(&self) -> Vec<Exception> {
        let mut found: Vec<Exception> = Vec::new();
        let mut put = |kind, report, agency| put(&mut found, kind, report, agency);
        let silent = self.silent();
        for agency in self.agencies {
            for (kind, report) in self.report_exceptions(agency) {
                put(kind, Some(report), agency.id);
            }
            for (kind, report) in self.askings(agency) {
                put(kind, Some(report), agency.id);
            }
            if let Some((quarter, active)) = &silent
                && self.answers_for(agency, *quarter)
                && !active.contains(&agency.id)
            {
                put(ExceptionKind::Silent { quarter: *quarter }, None, agency.id);
            }
            let (begin, end) = days_of_year(self.year);
            if agency.status != Status::Open && agency.stood_between(begin, end) {
                put(ExceptionKind::Suspended, None, agency.id);
            }
        }
        found.sort_by(|a, b| (a.kind, &a.report).cmp(&(b.kind, &b.report)));
        found
    }

    /// The quarter, and the agencies that did something in it.
    fn silent(&self) -> Option<(u32, BTreeSet<TenantId>)> {
        let quarter = ended_quarter(self.year, self.day)?;
        let active = self
            .months
            .iter()
            .filter(|slice| slice.quantity > 0 && slice.month.div_ceil(3) == quarter)
            .map(|slice| slice.tenant)
            .collect();
        Some((quarter, active))
    }

    /// Whether the agency reports at all, and stood for the whole quarter.
    fn answers_for(&self, agency: &Agency, quarter: u32) -> bool {
        let began = NaiveDate::from_ymd_opt(self.year, quarter * 3 - 2, 1);
        let next = began.and_then(|day| day.checked_add_months(Months::new(3)));
        let stood_on = agency.last_day.and_then(|last| last.succ_opt());
        let ended = stood_on.is_some_and(|after| next.is_some_and(|next| after < next));
        agency.report_row != ReportRow::None && agency.first_day() <= began && !ended
    }

    /// What is to be done about the agency's reports, one thing of each collection and year.
    fn report_exceptions(&self, agency: &Agency) -> Vec<(ExceptionKind, DueReport)> {
        // What is asked for on request stands by itself: no period of the calendar takes its place.
        let mut reports: BTreeMap<(i32, String, Option<RequestNumber>), Vec<Owed<'_>>> = BTreeMap::new();
        for sent in self.sent {
            let expected = |span: &Span| is_expected(agency, span);
            let Some(span) = self.forms.span(sent.kind, sent.year).filter(expected) else {
                continue;
            };
            for form in self.forms.filled_by(agency.report_row, &span) {
                if let Some(report) = self.due_report(sent, &form.id) {
                    reports
                        .entry((sent.year, form.id.clone(), sent.kind.request()))
                        .or_default()
                        .push((report, sent, &form.id));
                }
            }
        }
        reports
            .into_values()
            .filter_map(|periods| report_exception(agency, self.day, periods))
            .collect()
    }

    /// What it asked for, and its last report where that was only declared.
    fn askings(&self, agency: &Agency) -> Vec<(ExceptionKind, DueReport)> {
        let mut found = Vec::new();
        for sent in self.sent {
            let waiting = sent
                .extensions
                .iter()
                .filter(|asked| asked.tenant == agency.id && asked.extension.answer.is_none());
            found.extend(waiting.filter_map(|asked| {
                Some((ExceptionKind::ExtensionAsked, self.due_report(sent, &asked.form)?))
            }));
        }
        for sent in self.sent {
            let Some(span) = self.forms.span(sent.kind, sent.year) else {
                continue;
            };
            for form in self.forms.filled_by(agency.report_row, &span) {
                let newest = sent.newest(agency, &form.id);
                // What cannot be read is reported by the pages that read it.
                let complete = completeness(self.forms, &span, newest).ok().flatten();
                let open = newest.is_some_and(|sent| sent.decision != Decision::Accepted);
                if open
                    && complete.is_some_and(|complete| complete.only_declared())
                    && let Some(report) = self.due_report(sent, &form.id)
                {
                    found.push((ExceptionKind::OnlyDeclared, report));
                }
            }
        }
        found
    }

    /// The report of a period; none where it is no matter of this year: of the year before counts what is due in this one.
    fn due_report(&self, sent: &Sent, form: &str) -> Option<DueReport> {
        let span = self.forms.span(sent.kind, sent.year)?;
        let due = self.forms.due(form, &span)?;
        let collection = self.forms.collection_of(form, &span)?;
        (sent.year == self.year || due.year() >= self.year).then(|| DueReport {
            form: collection.id.clone(),
            family: collection.family().to_owned(),
            period: sent.kind,
            year: sent.year,
            due,
        })
    }
}

/// A report, what was sent of its period, and the form that the agency fills.
type Owed<'a> = (DueReport, &'a Sent, &'a str);

/// The last period whose day has passed decides; a period before it is superseded. Else the next one, when it is near.
fn report_exception(
    agency: &Agency,
    day: NaiveDate,
    mut periods: Vec<Owed<'_>>,
) -> Option<(ExceptionKind, DueReport)> {
    periods.sort_by_key(|(report, ..)| (report.due, report.period));
    let passed = periods.iter().rev().find(|(report, ..)| report.due < day);
    let next = periods.iter().find(|(report, ..)| report.due >= day);
    let of = |kind, report: &DueReport| Some((kind, report.clone()));
    if let Some((report, sent, form)) = passed {
        match sent.decision(agency, form) {
            None => return of(ExceptionKind::Late, report),
            Some(Decision::Returned) => return of(ExceptionKind::Returned, report),
            Some(Decision::Waiting) => return of(ExceptionKind::Waiting, report),
            Some(Decision::Accepted) => {}
        }
    }
    let (report, sent, form) = next?;
    match sent.decision(agency, form) {
        None if (report.due - day).num_days() <= SOON_DAYS => of(ExceptionKind::DueSoon, report),
        Some(Decision::Returned) => of(ExceptionKind::Returned, report),
        Some(Decision::Waiting) => of(ExceptionKind::Waiting, report),
        _ => None,
    }
}

impl Sent {
    /// The newest version of a report that was sent.
    fn newest(&self, agency: &Agency, form: &str) -> Option<&SubmittedReport> {
        // Sorted by agency, as the store gives them.
        let first = self.reports.partition_point(|report| report.tenant < agency.id);
        let own = self
            .reports
            .iter()
            .skip(first)
            .take_while(|report| report.tenant == agency.id);
        own.filter(|report| report.form == form)
            .max_by_key(|report| report.version)
    }

    /// What the province decided about the newest version that was sent, if one was.
    fn decision(&self, agency: &Agency, form: &str) -> Option<Decision> {
        self.newest(agency, form).map(|report| report.decision)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pbgdpl_model::agency::DatedName;
    use pbgdpl_model::ledger::Measure;
    use uuid::Uuid;

    fn day(y: i32, m: u32, d: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(y, m, d).unwrap()
    }

    fn agency(number: u128, row: ReportRow, status: Status) -> Agency {
        Agency {
            id: TenantId(Uuid::from_u128(number)),
            slug: format!("a{number}"),
            kinds: Vec::new(),
            membership: "subordinate".into(),
            report_row: row,
            status,
            accent: "son".into(),
            names: vec![DatedName {
                valid_from: day(2019, 1, 1),
                valid_to: None,
                official: "A".into(),
                short: "A".into(),
            }],
            parents: vec![],
            last_day: None,
        }
    }

    #[test]
    fn quarters_end_with_their_last_day() {
        assert_eq!(ended_quarter(2020, day(2020, 3, 31)), None);
        assert_eq!(ended_quarter(2020, day(2020, 4, 1)), Some(1));
        assert_eq!(ended_quarter(2019, day(2020, 1, 1)), Some(4));
        assert_eq!(ended_quarter(2021, day(2020, 12, 31)), None);
    }

    #[test]
    fn dsh_02_seeded_exceptions_are_all_listed_and_none_extra() {
        let agencies = [
            agency(1, ReportRow::SoNganh, Status::Open),
            agency(2, ReportRow::SoNganh, Status::Open),
            agency(3, ReportRow::None, Status::Open),
            agency(4, ReportRow::SoNganh, Status::Hidden),
        ];
        let active = |number| Slice {
            tenant: TenantId(Uuid::from_u128(number)),
            month: 8,
            measure: Measure::DirectSessions,
            quantity: 2,
        };
        let facts = Facts {
            year: 2020,
            day: day(2020, 10, 5),
            agencies: &agencies,
            months: &[active(1), active(4)],
            forms: &Forms::default(),
            sent: &[],
        };
        let found = facts.exceptions();
        let named: Vec<_> = found
            .iter()
            .map(|e| {
                (
                    e.kind,
                    e.agencies.iter().map(|a| a.0.as_u128()).collect::<Vec<_>>(),
                )
            })
            .collect();
        assert_eq!(
            named,
            [
                (ExceptionKind::Silent { quarter: 3 }, vec![2]),
                (ExceptionKind::Suspended, vec![4])
            ]
        );
    }
}
