//! What a working form is of: agency, form and its wording, period, version, and the figures it was drawn from.

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::FormFile;
use pbgdpl_model::report::{Line, Span, hash_of, period_word};
use serde::{Deserialize, Serialize};

/// The name of this kind of file and its edition.
const SCHEMA: &str = "pbgdpl/working-form/1";

/// What a working form is drawn from.
#[derive(Debug, Clone)]
pub struct Drawn<'a> {
    /// Whose it is.
    pub agency: TenantId,
    /// Cơ quan chủ quản; empty where there is none.
    pub superior: &'a str,
    /// Đơn vị báo cáo.
    pub issuer: &'a str,
    /// The form, in the wording of the period.
    pub form: &'a FormFile,
    /// The period.
    pub span: &'a Span,
    /// Version of the report.
    pub version: i32,
    /// Hash of its figures.
    pub figures: &'a str,
    /// Its lines.
    pub lines: &'a [Line],
    /// When.
    pub at: Moment,
}

/// What a working form says of itself. All that stands fixed in the file follows from it and from the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Identity {
    pub(super) schema: String,
    /// Whose it is.
    pub agency: TenantId,
    pub(super) superior: String,
    /// The agency's name then.
    pub issuer: String,
    /// Id of the form.
    pub form: String,
    /// Its official code.
    pub code: String,
    pub(super) wording: String,
    /// Period, as in addresses.
    pub period: String,
    /// Year.
    pub year: i32,
    /// Version of the report.
    pub version: i32,
    /// Hash of the figures it was drawn from.
    pub figures: String,
    /// When it was drawn.
    pub at: i64,
    /// The lines it was drawn from.
    pub lines: Vec<Line>,
    pub(super) layout: String,
}

impl Identity {
    /// Says what the file is; [`sealed`](super::sealed) adds what its fixed cells are.
    ///
    /// # Errors
    /// Never for figures that a form can hold.
    pub fn of(drawn: &Drawn<'_>) -> Result<Self, serde_json::Error> {
        Ok(Self {
            schema: SCHEMA.to_owned(),
            agency: drawn.agency,
            superior: drawn.superior.to_owned(),
            issuer: drawn.issuer.to_owned(),
            form: drawn.form.id.clone(),
            code: drawn.form.code.clone(),
            wording: wording(drawn.form, drawn.span)?,
            period: period_word(drawn.span.kind).to_owned(),
            year: drawn.span.year,
            version: drawn.version,
            figures: drawn.figures.to_owned(),
            at: drawn.at.millis(),
            lines: drawn.lines.to_vec(),
            layout: String::new(),
        })
    }

    /// The text that is signed.
    ///
    /// # Errors
    /// Never for figures that a form can hold.
    pub fn canonical(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Reads what [`Identity::canonical`] wrote; nothing where it is of another edition.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text)
            .ok()
            .filter(|read: &Self| read.schema == SCHEMA)
    }

    /// Whether it was drawn from this wording of the form, over these days.
    #[must_use]
    pub fn is_of_wording(&self, form: &FormFile, span: &Span) -> bool {
        wording(form, span).is_ok_and(|now| now == self.wording)
    }

    /// When it was drawn.
    #[must_use]
    pub const fn drawn_at(&self) -> Moment {
        Moment::from_millis(self.at)
    }
}

/// Hash of the form's wording and of the days of the period: both say which cells there are.
fn wording(form: &FormFile, span: &Span) -> Result<String, serde_json::Error> {
    let days: [NaiveDate; 3] = [span.from, span.actual_to, span.to];
    let text = serde_json::to_string(&(form, days, &span.estimate_label, span.title()))?;
    Ok(hash_of(&text))
}
