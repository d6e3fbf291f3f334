//! Where a person begins: the choice of a place to work.

use askama::Template;

use super::DeskFrame;
use crate::part::{Empty, State};
use crate::{CachePolicy, Page};

/// One place where a person has roles.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WorkPlace {
    /// "Sở Tư pháp", "Toàn tỉnh Kon Tum".
    pub name: String,
    /// Its desk.
    pub href: String,
    /// Roles held there, in words.
    pub roles: String,
    /// Set where the section rests.
    pub state: Option<State>,
}

/// The choice of a place to work.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/chooser.html")]
pub struct Chooser {
    /// Surroundings.
    pub frame: DeskFrame,
    /// Places, the province first.
    pub places: Vec<WorkPlace>,
    /// Shown where there is none.
    pub empty: Empty,
}

super::never_kept!(Chooser);
