//! "Việc của tôi": what waits for a person in an agency, the first of it open beside the list.

use askama::Template;

use super::article::Reading;
use super::{DeskFrame, never_kept};
use crate::form::ErrorSummary;
use crate::part::{Empty, Link, State};
use crate::{CachePolicy, Page};

/// One thing that waits.
#[derive(Debug, Clone)]
pub struct TaskRow {
    /// What is to be done: "Duyệt bài".
    pub kind: String,
    /// How it stands.
    pub state: State,
    /// What it is about.
    pub title: String,
    /// "Tin, bài · sửa lần cuối 08/11/2020".
    pub detail: String,
    /// Where it is opened.
    pub href: String,
    /// It is open beside the list.
    pub current: bool,
}

/// What waits for a person.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/tasks.html")]
pub struct Tasks {
    /// Surroundings.
    pub frame: DeskFrame,
    /// "Thứ Năm, 12/11/2020 · 3 việc chờ bạn".
    pub today: String,
    /// What waits.
    pub rows: Vec<TaskRow>,
    /// What the list leaves out, and where it is.
    pub more: Vec<Link>,
    /// What stopped the last act.
    pub errors: ErrorSummary,
    /// The thing that is open.
    pub open: Option<Reading>,
    /// Where nothing waits.
    pub empty: Empty,
}

never_kept!(Tasks);
