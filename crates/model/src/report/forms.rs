//! The province's forms and calendar, as the catalogue keeps them: which form whom concerns, and by when.

use chrono::NaiveDate;

use super::period::Span;
use super::request::Request;
use crate::agency::{Agency, ReportRow};
use crate::catalogue::{Entry, of_kind};
use crate::indicator::written_out;
use crate::manifest::{CalendarFile, FormFile, IndicatorFile, PeriodKind};

/// Forms and calendar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forms {
    /// Every form by id, with the indicators it names written out.
    pub all: Vec<FormFile>,
    /// Periods and deadlines.
    pub calendar: CalendarFile,
    /// What is asked for out of turn, by year and number.
    pub requests: Vec<Request>,
}

impl Forms {
    /// Kinds of the catalogue that they are read from.
    pub const KINDS: [&'static str; 4] = ["form", "indicator", "calendar", Self::REQUEST];

    /// The kind of requests in the catalogue: written by acts, not by files.
    pub const REQUEST: &'static str = "request";

    /// From the catalogue.
    ///
    /// # Errors
    /// Where an entry is not what its kind says.
    pub fn read(entries: &[Entry]) -> Result<Self, serde_json::Error> {
        let calendar = of_kind(entries, "calendar")?;
        let mut requests: Vec<Request> = of_kind(entries, Self::REQUEST)?;
        requests.sort_by_key(|request| (request.year, request.number));
        Ok(Self {
            requests,
            ..Self::of(
                &of_kind::<FormFile>(entries, "form")?,
                &of_kind::<IndicatorFile>(entries, "indicator")?,
                calendar.into_iter().next().unwrap_or_default(),
            )
        })
    }

    /// Forms with the indicators they name written out.
    #[must_use]
    pub fn of(forms: &[FormFile], indicators: &[IndicatorFile], calendar: CalendarFile) -> Self {
        let mut all = written_out(forms, indicators);
        all.sort_by(|a, b| a.id.cmp(&b.id).then(b.valid_from.cmp(&a.valid_from)));
        Self {
            all,
            calendar,
            requests: Vec::new(),
        }
    }

    /// The form with this id, in the wording valid on the last day of the period (REP-01).
    #[must_use]
    pub fn form(&self, id: &str, span: &Span) -> Option<&FormFile> {
        self.all
            .iter()
            .find(|form| form.id == id && valid_on(form, span.to))
    }

    /// The days of a period.
    #[must_use]
    pub fn span(&self, kind: PeriodKind, year: i32) -> Option<Span> {
        match kind.request() {
            None => Span::of(&self.calendar, kind, year),
            Some(number) => {
                let mut requests = self.requests.iter();
                let is_it = |request: &&Request| request.year == year && request.number == number.get();
                Span::of_request(requests.find(is_it)?)
            }
        }
    }

    /// Every period of a year: those of the calendar, and what is asked for out of turn.
    #[must_use]
    pub fn kinds_of(&self, year: i32) -> Vec<PeriodKind> {
        let requests = self.requests.iter().filter(|request| request.year == year);
        let of_calendar = self.calendar.periods.iter().map(|period| period.kind);
        of_calendar.chain(requests.filter_map(Request::period)).collect()
    }

    /// The forms that agencies of this row fill for a period, one of each collection.
    pub fn filled_by(&self, row: ReportRow, span: &Span) -> impl Iterator<Item = &FormFile> {
        self.asked(span).filter(move |form| form.filled_by.contains(&row))
    }

    /// The form of a collection that agencies of this row fill for a period.
    #[must_use]
    pub fn part(&self, collection: &FormFile, row: ReportRow, span: &Span) -> Option<&FormFile> {
        self.filled_by(row, span)
            .find(|form| form.id == collection.id || collection.consolidates.contains(&form.id))
    }

    /// The collections of a period: every form that adds others up, and every one that agencies fill and nobody adds up.
    pub fn collections(&self, span: &Span) -> impl Iterator<Item = &FormFile> {
        self.asked(span).filter(move |form| {
            let added_up = || self.adds_up(&form.id, span).is_some();
            !form.consolidates.is_empty() || !form.filled_by.is_empty() && !added_up()
        })
    }

    /// The collection that a form belongs to, by its id: the form that adds it up, or itself.
    #[must_use]
    pub fn collection_of(&self, id: &str, span: &Span) -> Option<&FormFile> {
        self.adds_up(id, span)
            .or_else(|| self.collections(span).find(|form| form.id == id))
    }

    /// The form that adds this one up.
    fn adds_up(&self, id: &str, span: &Span) -> Option<&FormFile> {
        self.asked(span)
            .find(|form| form.consolidates.iter().any(|part| part == id))
    }

    /// The forms that are asked for a period, in the wording of its last day; of a request, those of its collection.
    fn asked(&self, span: &Span) -> impl Iterator<Item = &FormFile> {
        let (kind, day) = (span.kind, span.to);
        let parts: Option<Vec<&str>> = span.request.as_ref().map(|request| {
            let mut all = self.all.iter();
            let head = all.find(|form| form.id == request.form && valid_on(form, day));
            let own = head.map(|head| {
                std::iter::once(head.id.as_str()).chain(head.consolidates.iter().map(String::as_str))
            });
            own.into_iter().flatten().collect()
        });
        self.all.iter().filter(move |form| {
            let asked = match &parts {
                None => form.periods.contains(&kind),
                Some(parts) => parts.contains(&form.id.as_str()),
            };
            asked && valid_on(form, day)
        })
    }

    /// The last day to send.
    #[must_use]
    pub fn due(&self, form: &str, span: &Span) -> Option<NaiveDate> {
        match &span.request {
            None => self.calendar.due(form, span.kind, span.year),
            Some(request) => Some(request.due),
        }
    }

    /// The last day on which it can be written at all, where the province closes the period (REP-11).
    #[must_use]
    pub fn closes(&self, form: &str, span: &Span) -> Option<NaiveDate> {
        match span.withdrawn() {
            Some(withdrawn) => withdrawn.on.pred_opt(),
            None => self.calendar.closes(form, span.kind, span.year),
        }
    }
}

/// Whether this wording of the form holds on a day.
pub(super) fn valid_on(form: &FormFile, day: NaiveDate) -> bool {
    form.valid_from <= day && form.valid_to.is_none_or(|to| day <= to)
}

/// Whether an agency must report for a period: it stood on the last day (REP-05). One that was dissolved on 1 July
/// is expected for the first half of the year, not for the year; one made on 1 July for the year, not for its first half.
#[must_use]
pub fn is_expected(agency: &Agency, span: &Span) -> bool {
    let stood = |name: &crate::agency::DatedName| {
        name.valid_from <= span.to && name.valid_to.is_none_or(|to| span.to <= to)
    };
    let ended = agency.last_day.is_some_and(|last| last < span.to);
    let asked = |request: &Request| request.withdrawn.is_none() && request.concerns(agency.id);
    agency.report_row != ReportRow::None
        && !ended
        && agency.names.iter().any(stood)
        && span.request.as_ref().is_none_or(asked)
}

/// Whether an agency may report for a period although nobody expects it: it ended within the period, and what it did until
/// then is told by itself, for figures stay with the unit that made them.
#[must_use]
pub fn may_report(agency: &Agency, span: &Span) -> bool {
    let ended = agency.last_day.is_some_and(|last| last < span.to);
    let row = agency.report_row != ReportRow::None;
    match &span.request {
        // Of a request that was withdrawn, what was begun stays to be read.
        Some(request) => row && request.concerns(agency.id) && agency.stood_between(span.from, span.to),
        None => row && (is_expected(agency, span) || ended && agency.stood_between(span.from, span.to)),
    }
}
