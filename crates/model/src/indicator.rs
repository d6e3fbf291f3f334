//! The catalogue of indicators (REP-01): versions by day, the columns of forms that name them, and forms with what each
//! indicator means in each stretch of time written out.

use chrono::NaiveDate;

use crate::manifest::{Column, ColumnSource, FormFile, IndicatorFile};

/// Every version of every indicator, and the forms as their files say them.
#[derive(Debug, Clone, Default)]
pub struct Indicators {
    /// By id, the newest version first.
    pub all: Vec<IndicatorFile>,
    /// Forms, their columns still naming indicators.
    pub forms: Vec<FormFile>,
}

/// A column that shows an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown<'a> {
    /// The form, in one wording.
    pub form: &'a FormFile,
    /// Its column.
    pub column: &'a Column,
}

impl Indicators {
    /// Kinds of the catalogue that it is read from.
    pub const KINDS: [&'static str; 2] = ["indicator", "form"];

    /// From the catalogue.
    ///
    /// # Errors
    /// Where an entry is not what its kind says.
    pub fn read(entries: &[crate::catalogue::Entry]) -> Result<Self, serde_json::Error> {
        let mut all: Vec<IndicatorFile> = crate::catalogue::of_kind(entries, "indicator")?;
        all.sort_by(|a, b| a.id.cmp(&b.id).then(b.valid_from.cmp(&a.valid_from)));
        let mut forms: Vec<FormFile> = crate::catalogue::of_kind(entries, "form")?;
        forms.sort_by(|a, b| a.id.cmp(&b.id).then(a.valid_from.cmp(&b.valid_from)));
        Ok(Self { all, forms })
    }

    /// Every version of one, the newest first.
    pub fn versions(&self, id: &str) -> impl Iterator<Item = &IndicatorFile> {
        self.all.iter().filter(move |version| version.id == id)
    }

    /// The version to show on a day: that of the day, else the newest.
    #[must_use]
    pub fn shown_on(&self, id: &str, day: NaiveDate) -> Option<&IndicatorFile> {
        let of_day = self.versions(id).find(|version| version.holds_on(day));
        of_day.or_else(|| self.versions(id).next())
    }

    /// Ids, each once, in the order of their names on a day.
    #[must_use]
    pub fn ids(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.all.iter().map(|version| version.id.as_str()).collect();
        ids.dedup();
        ids
    }

    /// The columns that show an indicator.
    pub fn columns_of(&self, id: &str) -> impl Iterator<Item = Shown<'_>> {
        self.forms.iter().flat_map(move |form| {
            let columns = form.columns.iter();
            columns
                .filter(move |column| column.indicator.as_deref() == Some(id))
                .map(move |column| Shown { form, column })
        })
    }
}

/// Forms with the meaning of each named indicator written out. A wording that outlives a version of an indicator it names is cut
/// at that day, so that each period reads the form of its last day and finds in it what the indicator meant then.
#[must_use]
pub fn written_out(forms: &[FormFile], indicators: &[IndicatorFile]) -> Vec<FormFile> {
    forms
        .iter()
        .flat_map(|form| {
            let starts = starts(form, indicators);
            let ends = starts
                .iter()
                .skip(1)
                .map(|next| next.pred_opt())
                .chain([form.valid_to]);
            starts
                .iter()
                .zip(ends)
                .map(|(from, to)| on(form, indicators, *from, to))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// The first days of the stretches in which nothing that the form names changes.
fn starts(form: &FormFile, indicators: &[IndicatorFile]) -> Vec<NaiveDate> {
    let named = |indicator: &&IndicatorFile| {
        let id = Some(indicator.id.as_str());
        form.columns
            .iter()
            .any(|column| column.indicator.as_deref() == id)
    };
    let changes = indicators.iter().filter(named).flat_map(|indicator| {
        let after = indicator.valid_to.and_then(|to| to.succ_opt());
        std::iter::once(indicator.valid_from).chain(after)
    });
    let within = |day: &NaiveDate| form.valid_from < *day && form.valid_to.is_none_or(|to| *day <= to);
    let mut days: Vec<NaiveDate> = changes.filter(within).chain([form.valid_from]).collect();
    days.sort_unstable();
    days.dedup();
    days
}

fn on(form: &FormFile, indicators: &[IndicatorFile], from: NaiveDate, to: Option<NaiveDate>) -> FormFile {
    let mut form = FormFile {
        valid_from: from,
        valid_to: to,
        ..form.clone()
    };
    let numbers: Vec<(String, u8)> = form
        .columns
        .iter()
        .filter_map(|column| Some((column.indicator.clone()?, column.number)))
        .collect();
    for column in form
        .columns
        .iter_mut()
        .filter(|column| column.source == ColumnSource::Indicator)
    {
        let id = column.indicator.as_deref().unwrap_or_default();
        let version = indicators
            .iter()
            .find(|version| version.id == id && version.holds_on(from));
        // Files that leave a day open are refused; what stands in a database all the same is typed by hand.
        let Some(version) = version else {
            column.source = ColumnSource::Declared;
            continue;
        };
        column.source = version.source;
        column.measures.clone_from(&version.measures);
        column.register = version.register;
        column.mediation = version.mediation;
        column.tolerance = version.tolerance;
        column.sum = version
            .parts
            .iter()
            .flat_map(|part| numbers.iter().filter(move |(id, _)| id == part))
            .map(|(_, number)| *number)
            .collect();
    }
    form
}
