//! Logs and evidence packs taken out of the house: of whom, of which days, in which form.

use askama::Template;

use crate::desk::DeskFrame;
use crate::form::{ErrorSummary, Field};
use crate::{CachePolicy, Page};

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "oversight/take.html")]
pub struct TakePage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// What cannot be taken.
    pub errors: ErrorSummary,
    /// Where the form goes.
    pub action: String,
    /// Of whom, from, to.
    pub fields: Vec<Field>,
    /// In which form.
    pub format: Field,
}

impl Page for TakePage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
