//! The agency's yearly report on a plan: a text a task, with the figures of its own ledger beside it.

use askama::Template;

use super::DeskFrame;
use super::report::{ReportAct, Station};
use crate::form::{Buttons, ErrorSummary, Field};
use crate::part::{Link, Notice, State};
use crate::{CachePolicy, Page};

/// One task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskBlock {
    /// "Nhiệm vụ II.3a".
    pub number: String,
    /// Its anchor.
    pub anchor: String,
    /// Words of the plan.
    pub text: String,
    /// Who leads, who joins, until when: name and words.
    pub facts: Vec<(String, String)>,
    /// Figures: name and value with its unit.
    pub figures: Vec<(String, String)>,
    /// Instead of figures.
    pub no_figures: String,
    /// Hidden field beside it: its name, and the hash of the text that stands.
    pub read: (String, String),
    /// The field with what was typed; nothing where it is only read.
    pub field: Option<Field>,
    /// Paragraphs, where it is only read; none where nothing was written.
    pub paragraphs: Vec<String>,
    /// Paragraphs that somebody else saved meanwhile, where they differ from what was typed.
    pub theirs: Option<Vec<String>>,
}

/// The report.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/contribution.html")]
pub struct ContributionPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The list.
    pub list: Link,
    /// Name of the plan.
    pub plan: String,
    /// Part of the year and year: "năm 2020".
    pub term: String,
    /// Where it stands.
    pub state: State,
    /// Which days its figures count.
    pub counted: String,
    /// What must be known first: returned with a remark, somebody saved meanwhile, figures moved.
    pub notices: Vec<Notice>,
    /// What is wrong with what was typed.
    pub errors: ErrorSummary,
    /// The tasks.
    pub tasks: Vec<TaskBlock>,
    /// Where the texts go; nothing where they are only read.
    pub action: Option<String>,
    /// Hash of the figures that stand on it.
    pub figures: String,
    /// Buttons.
    pub buttons: Buttons,
    /// Versions that were sent, newest first.
    pub walk: Vec<Station>,
    /// Hash and ledger position of what was sent.
    pub facts: Vec<(String, String)>,
    /// Send, amend.
    pub acts: Vec<ReportAct>,
    /// Nothing, for the template of acts.
    pub links: Vec<Link>,
}

impl Page for ContributionPage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
