//! Reports on plans as the province handles them: the plans, one report, one text of it, one contribution, the paper.

use askama::Template;

use crate::desk::DeskFrame;
use crate::desk::plan::TaskBlock;
use crate::desk::report::{ReportAct, Station};
use crate::form::{Buttons, ErrorSummary, Field};
use crate::paper::{Block, Paper};
use crate::part::{Empty, Link, Notice, State, Table};
use crate::{CachePolicy, Page};

/// Every plan with its years.
#[derive(Debug, Clone, Template)]
#[template(path = "province/plans.html")]
pub struct PlanList {
    /// Surroundings.
    pub frame: DeskFrame,
    /// Its heading.
    pub heading: String,
    /// What stands here.
    pub lead: String,
    /// The plans.
    pub table: Table,
    /// Instead of the table.
    pub empty: Option<Empty>,
}

/// The province's report.
#[derive(Debug, Clone, Template)]
#[template(path = "province/plan.html")]
pub struct PlanPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The list.
    pub list: Link,
    /// Name of the plan.
    pub plan: String,
    /// Part of the year and year: "năm 2020".
    pub term: String,
    /// What of the plan is still to be compared with the signed papers.
    pub unchecked: Option<State>,
    /// Being written, frozen.
    pub state: State,
    /// What was not done, what is missing.
    pub notices: Vec<Notice>,
    /// What is wrong with what was typed.
    pub errors: ErrorSummary,
    /// Chapters and tasks.
    pub parts: Table,
    /// The agencies that the plan asks.
    pub agencies: Table,
    /// What differs from the version before.
    pub differences: Option<Table>,
    /// Hash, ledgers, who froze it.
    pub facts: Vec<(String, String)>,
    /// Freeze, amend.
    pub acts: Vec<ReportAct>,
    /// Paper, file, other versions.
    pub links: Vec<Link>,
}

/// What an agency wrote of a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// Who.
    pub agency: Link,
    /// "chủ trì", "phối hợp".
    pub charge: String,
    /// Its text.
    pub paragraphs: Vec<String>,
    /// The figures it sent.
    pub figures: Vec<(String, String)>,
}

/// One text of the report: a task, or a chapter.
#[derive(Debug, Clone, Template)]
#[template(path = "province/plan_part.html")]
pub struct PartPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The report.
    pub back: Link,
    /// "Nhiệm vụ II.2", "Đánh giá chung".
    pub heading: String,
    /// Words of the plan; empty for a chapter.
    pub text: String,
    /// Who leads, who joins.
    pub facts: Vec<(String, String)>,
    /// Figures of the whole province.
    pub figures: Vec<(String, String)>,
    /// Somebody saved meanwhile.
    pub stale: Option<Notice>,
    /// What they saved.
    pub theirs: Vec<String>,
    /// What is wrong with what was typed.
    pub errors: ErrorSummary,
    /// The field; nothing where it is only read.
    pub field: Option<Field>,
    /// What the page was drawn from.
    pub read: String,
    /// Where it goes.
    pub action: String,
    /// Buttons.
    pub buttons: Buttons,
    /// The text, where it is only read.
    pub paragraphs: Vec<String>,
    /// What agencies wrote.
    pub voices: Vec<Voice>,
    /// Whether agencies are asked here: a task, not a chapter.
    pub asks_agencies: bool,
    /// Of whom nothing came, and why.
    pub absent: Vec<String>,
    /// The part before and the one after.
    pub neighbours: Vec<Link>,
}

/// One contribution to decide upon.
#[derive(Debug, Clone, Template)]
#[template(path = "province/contribution.html")]
pub struct SentPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The report.
    pub back: Link,
    /// Who sent it.
    pub agency: String,
    /// Plan and year.
    pub plan: String,
    /// How it stands.
    pub state: State,
    /// What is wrong with what was typed.
    pub errors: ErrorSummary,
    /// Its tasks.
    pub tasks: Vec<TaskBlock>,
    /// Who sent it when, hash, ledger position.
    pub facts: Vec<(String, String)>,
    /// All versions.
    pub versions: Vec<Station>,
    /// Accept, return.
    pub acts: Vec<ReportAct>,
    /// Other versions.
    pub links: Vec<Link>,
}

/// The report on paper; for auditors also the way to read it.
#[derive(Debug, Clone, Template)]
#[template(path = "province/plan_paper.html")]
pub struct PaperPage {
    /// Surroundings; not printed.
    pub frame: DeskFrame,
    /// Back.
    pub back: Link,
    /// The document.
    pub paper: Paper,
    /// What to know of it: not printed.
    pub facts: Vec<(String, String)>,
    /// What differs from the version before: not printed.
    pub differences: Option<Table>,
    /// What agencies wrote, by task: not printed.
    pub voices: Vec<(String, Vec<Voice>)>,
    /// The file, other versions.
    pub links: Vec<Link>,
}

macro_rules! never_kept {
    ($($page:ty),+) => {$(
        impl Page for $page {
            fn cache(&self) -> CachePolicy {
                CachePolicy::Never
            }
        }
    )+};
}

never_kept!(PlanList, PlanPage, PartPage, SentPage, PaperPage);
