//! One group: what it is, how many mediators it has, everything that was ever written down.

use askama::Template;

use crate::desk::DeskFrame;
use crate::part::{Link, State};

/// One fact that was written down.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FactLine {
    /// The day it holds from.
    pub from: String,
    /// What it says.
    pub what: String,
    /// Figures, decision, reason.
    pub note: String,
    /// Who wrote it down, and when.
    pub by: String,
    /// Another fact took its place.
    pub struck: bool,
    /// Where it is corrected or taken back.
    pub acts: Vec<Link>,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/mediation_group.html")]
pub struct GroupPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The list.
    pub back: String,
    /// Its name.
    pub name: String,
    /// How it stands today.
    pub state: State,
    /// What it is: name and value.
    pub facts: Vec<(String, String)>,
    /// Its figures today: name and value.
    pub figures: Vec<(String, String)>,
    /// Since when these figures hold; empty where there are none.
    pub since: String,
    /// What was written down, the newest first.
    pub history: Vec<FactLine>,
    /// What may be written down now.
    pub acts: Vec<Link>,
}
