//! The province's forms and calendar, as the catalogue keeps them: which form whom concerns, and by when.

use chrono::NaiveDate;

use super::period::{Span, period_word};
use crate::agency::{Agency, ReportRow};
use crate::manifest::{CalendarFile, FormFile, PeriodKind};

/// Forms and calendar.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Forms {
    /// Every form, by id.
    pub all: Vec<FormFile>,
    /// Periods and deadlines.
    pub calendar: CalendarFile,
}

impl Forms {
    /// Reads the entries of the catalogue: (code, JSON).
    ///
    /// # Errors
    /// Where an entry is not what its kind says.
    pub fn read(
        forms: &[(String, String)],
        calendar: &[(String, String)],
    ) -> Result<Self, serde_json::Error> {
        let mut all: Vec<FormFile> = forms
            .iter()
            .map(|(_, body)| serde_json::from_str(body))
            .collect::<Result<_, _>>()?;
        all.sort_by(|a, b| a.id.cmp(&b.id).then(b.valid_from.cmp(&a.valid_from)));
        let calendar = match calendar.first() {
            Some((_, body)) => serde_json::from_str(body)?,
            None => CalendarFile::default(),
        };
        Ok(Self { all, calendar })
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
        Span::of(&self.calendar, kind, year)
    }

    /// The form that agencies of this row fill for a period.
    #[must_use]
    pub fn filled_by(&self, row: ReportRow, span: &Span) -> Option<&FormFile> {
        self.all.iter().find(|form| {
            form.filled_by.contains(&row) && form.periods.contains(&span.kind) && valid_on(form, span.to)
        })
    }

    /// The form that adds the agencies' forms up.
    #[must_use]
    pub fn consolidating(&self, span: &Span) -> Option<&FormFile> {
        self.all.iter().find(|form| {
            !form.consolidates.is_empty() && form.periods.contains(&span.kind) && valid_on(form, span.to)
        })
    }

    /// The last day to send.
    #[must_use]
    pub fn due(&self, form: &str, span: &Span) -> Option<NaiveDate> {
        self.calendar.due(form, span.kind, span.year)
    }

    /// The periods that agencies report now, as (kind, word, name).
    #[must_use]
    pub fn periods(&self) -> Vec<(PeriodKind, &'static str, &str)> {
        let periods = self.calendar.periods.iter();
        periods
            .map(|period| (period.kind, period_word(period.kind), period.name.as_str()))
            .collect()
    }
}

/// Whether this wording of the form holds on a day.
pub(super) fn valid_on(form: &FormFile, day: NaiveDate) -> bool {
    form.valid_from <= day && form.valid_to.is_none_or(|to| day <= to)
}

/// Whether an agency must report for a period: it stood on the last day (REP-05). One that was dissolved on 1 July
/// is expected for the first half of the year, not for the year.
#[must_use]
pub fn is_expected(agency: &Agency, span: &Span) -> bool {
    let stood = |name: &crate::agency::DatedName| {
        name.valid_from <= span.to && name.valid_to.is_none_or(|to| span.to <= to)
    };
    agency.report_row != ReportRow::None && agency.names.iter().any(stood)
}
