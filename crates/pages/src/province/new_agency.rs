//! The form of a new agency.

use askama::Template;

use crate::desk::DeskFrame;
use crate::form::{Button, Buttons, ErrorSummary, Field};
use crate::{CachePolicy, Page};

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "province/new_agency.html")]
pub struct NewAgency {
    /// Surroundings.
    pub frame: DeskFrame,
    /// All agencies.
    pub back: String,
    /// Where it goes.
    pub action: String,
    /// What the agency is called and what it is.
    pub identity: Vec<Field>,
    /// How to reach it, and who runs it first.
    pub contact: Vec<Field>,
}

impl NewAgency {
    fn errors(&self) -> ErrorSummary {
        ErrorSummary::of("Chưa lập được cơ quan", self.identity.iter().chain(&self.contact))
    }

    fn buttons(&self) -> Buttons {
        Buttons {
            note: "Chuyên mục dùng được và nhúng được ngay sau khi lập.".into(),
            buttons: vec![Button::primary("Lập cơ quan")],
        }
    }
}

impl Page for NewAgency {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
