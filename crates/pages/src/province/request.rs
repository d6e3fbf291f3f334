//! Reports asked for out of turn, on written request.

use askama::Template;

use crate::desk::report::ReportAct;
use crate::desk::{DeskFrame, never_kept};
use crate::form::ErrorSummary;
use crate::part::{Empty, Link, Table};
use crate::{CachePolicy, Page};

/// The list, with what opens and withdraws them.
#[derive(Debug, Clone, Template)]
#[template(path = "province/requests.html")]
pub struct RequestList {
    /// Surroundings.
    pub frame: DeskFrame,
    /// What was refused.
    pub errors: ErrorSummary,
    /// The requests, the newest first.
    pub table: Table,
    /// Instead of the table.
    pub empty: Option<Empty>,
    /// Opens one; withdraws one of those that are open.
    pub acts: Vec<ReportAct>,
    /// Nothing, for the template of acts.
    pub links: Vec<Link>,
}

never_kept!(RequestList);
