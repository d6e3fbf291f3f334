//! Reports as the province sees them: follow, return, accept, consolidate, freeze, export.

pub mod accept;
pub mod consolidate;
pub mod due;
pub mod export;
pub mod follow;
pub mod freeze;
pub mod indicators;
pub mod read;
pub mod send_back;

use pbgdpl_model::manifest::PeriodKind;
use pbgdpl_model::report::{Forms, Span, period_word};
use pbgdpl_store::StoreError;
use pbgdpl_store::province::ProvinceReader;

use crate::Error;

/// Which period the province looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Term {
    /// Kind of period.
    pub kind: PeriodKind,
    /// Year.
    pub year: i32,
}

impl Term {
    /// The word of the period in addresses and tables.
    #[must_use]
    pub fn word(self) -> &'static str {
        period_word(self.kind)
    }
}

/// The forms and the days of a period.
pub(crate) async fn forms_of(store: &ProvinceReader, term: Term) -> Result<(Forms, Span), Error> {
    let forms = Forms::read(&store.catalogue_of(&Forms::KINDS).await?).map_err(unreadable)?;
    let span = forms.span(term.kind, term.year).ok_or(Error::NotFound)?;
    Ok((forms, span))
}

pub(crate) fn unreadable(error: serde_json::Error) -> StoreError {
    StoreError::Unreadable(error.to_string())
}
