//! The province's yearly report on a plan: every task in order with the figures of the whole province, the texts, what agencies
//! contributed, and of whom nothing came. Nothing is left blank: what is missing is named.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::contribution::{Contribution, Figure, drawn};
use crate::ledger::Measure;
use crate::manifest::plan::{is_whole_year, whole_year};
use crate::manifest::{Charge, PlanFile, PlanSection, PlanTask, SectionPlace};
use crate::report::{Amendment, hash_of};

/// The province's own texts, by number of the task or id of the chapter.
pub type Texts = BTreeMap<String, String>;

/// Why nothing of an agency stands under a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Absence {
    /// It sent nothing.
    NotSent,
    /// What it sent was not accepted yet.
    NotAccepted,
    /// It was returned, and nothing came since.
    Returned,
    /// What it sent says nothing of this task.
    Blank,
}

impl Absence {
    /// On the screen and on paper.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::NotSent => "chưa gửi báo cáo",
            Self::NotAccepted => "đã gửi, chưa được tiếp nhận",
            Self::Returned => "bị trả lại, chưa gửi lại",
            Self::Blank => "để trống nhiệm vụ này",
        }
    }
}

/// An agency of which nothing stands under a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absent {
    /// Slug then.
    pub slug: String,
    /// Official name then.
    pub name: String,
    /// Why.
    pub why: Absence,
}

/// What an agency wrote of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contributed {
    /// Slug then.
    pub slug: String,
    /// Official name then.
    pub name: String,
    /// What it is in the task.
    pub charge: Charge,
    /// Its text.
    pub text: String,
    /// The figures it sent.
    pub figures: Vec<Figure>,
}

/// A chapter that speaks of no single task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Id in the plan.
    pub id: String,
    /// Heading.
    pub title: String,
    /// The province's text; may be empty, and is named then.
    pub text: String,
}

/// A task in the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskPart {
    /// Number in the plan.
    pub number: String,
    /// Words of the plan.
    pub heading: String,
    /// Who leads, in the words of the plan.
    pub lead: String,
    /// Who joins, in the words of the plan.
    pub join: String,
    /// The figures of the whole province.
    pub figures: Vec<Figure>,
    /// The province's text; may be empty, and is named then.
    pub text: String,
    /// What agencies wrote.
    pub contributions: Vec<Contributed>,
    /// Of whom nothing came.
    pub absent: Vec<Absent>,
}

/// An accepted contribution that the report is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Slug then.
    pub slug: String,
    /// Official name then.
    pub name: String,
    /// Version.
    pub version: i32,
    /// SHA-256 of its frozen bytes.
    pub hash: String,
}

/// The ledger of one agency as far as it is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Book {
    /// Slug then.
    pub slug: String,
    /// Official name then.
    pub name: String,
    /// The last row that is counted.
    pub ledger_seq: i64,
    /// Sums over the days of the report.
    pub totals: BTreeMap<Measure, i64>,
}

/// The report. Its fields are written in this order; no name of a person and no hour stands in it, so that the same data give
/// the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// `pbgdpl/plan-report/1`.
    pub schema: String,
    /// Id of the plan.
    pub plan: String,
    /// Name of the plan.
    pub title: String,
    /// Trích yếu, with the year.
    pub summary: String,
    /// Căn cứ.
    pub basis: Vec<String>,
    /// Cơ quan ban hành.
    pub issuer: Vec<String>,
    /// Symbol of its number.
    pub symbol: String,
    /// Kính gửi.
    pub receiver: String,
    /// Who signs.
    pub signer: Vec<String>,
    /// Nơi nhận.
    pub recipients: Vec<String>,
    /// Year.
    pub year: i32,
    /// What the part of the year is called, before the year.
    #[serde(default = "whole_year", skip_serializing_if = "is_whole_year")]
    pub term: String,
    /// Version.
    pub version: i32,
    /// First day that is counted.
    pub from: NaiveDate,
    /// Last day that is counted.
    pub to: NaiveDate,
    /// In a later version: which one it replaces, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amends: Option<Amendment>,
    /// Chapters before the tasks.
    pub before: Vec<Part>,
    /// Every task of the plan, in order.
    pub tasks: Vec<TaskPart>,
    /// Chapters after the tasks.
    pub after: Vec<Part>,
    /// The contributions it is made of.
    pub sources: Vec<Sent>,
    /// The ledgers that its figures sum.
    pub books: Vec<Book>,
}

/// What one agency has to do with the report.
#[derive(Debug, Clone)]
pub struct Gathered {
    /// Slug.
    pub slug: String,
    /// Official name on the last day.
    pub name: String,
    /// What it is in each task, by number.
    pub charges: BTreeMap<String, Charge>,
    /// What was accepted of it, with its hash; or why nothing was.
    pub contribution: Result<(Contribution, String), Absence>,
}

impl Document {
    /// The bytes that are hashed.
    ///
    /// # Errors
    /// Never for what a report can hold.
    pub fn canonical(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Reads what [`Document::canonical`] wrote.
    ///
    /// # Errors
    /// Where the text is no such report.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// The task with this number.
    #[must_use]
    pub fn task(&self, number: &str) -> Option<&TaskPart> {
        self.tasks.iter().find(|task| task.number == number)
    }

    /// Headings of the province's own texts that are empty, in order.
    #[must_use]
    pub fn unwritten(&self) -> Vec<String> {
        let empty = |part: &&Part| part.text.is_empty();
        let before = self.before.iter().filter(empty).map(|part| part.title.clone());
        let after = self.after.iter().filter(empty).map(|part| part.title.clone());
        let tasks = self.tasks.iter().filter(|task| task.text.is_empty());
        let tasks = tasks.map(|task| format!("Nhiệm vụ {}", task.number));
        before.chain(tasks).chain(after).collect()
    }

    /// "năm 2020", "6 tháng đầu năm 2020".
    #[must_use]
    pub fn term_words(&self) -> String {
        format!("{} {}", self.term, self.year)
    }

    /// How many texts of agencies are missing, over all tasks.
    #[must_use]
    pub fn absences(&self) -> usize {
        self.tasks.iter().map(|task| task.absent.len()).sum()
    }
}

/// SHA-256 over the ledgers that are counted: their positions and sums.
///
/// # Errors
/// Never for sums that a ledger can hold.
pub fn ledger_hash(books: &[Book]) -> Result<String, serde_json::Error> {
    Ok(hash_of(&serde_json::to_string(books)?))
}

/// Draws the report. `gathered` are the agencies that the plan asks, `books` every ledger of the province, both in the order of
/// their names.
#[must_use]
pub fn document(
    plan: &PlanFile,
    (year, version): (i32, i32),
    (from, to): (NaiveDate, NaiveDate),
    texts: &Texts,
    gathered: &[Gathered],
    books: Vec<Book>,
    amends: Option<Amendment>,
) -> Document {
    let mut totals: BTreeMap<Measure, i64> = BTreeMap::new();
    for (measure, quantity) in books.iter().flat_map(|book| &book.totals) {
        *totals.entry(*measure).or_default() += quantity;
    }
    let text_of = |key: &str| {
        texts
            .get(key)
            .map_or_else(String::new, |text| text.trim().to_owned())
    };
    let part = |section: &PlanSection| Part {
        id: section.id.clone(),
        title: section.title.clone(),
        text: text_of(&section.id),
    };
    let task = |task: &PlanTask| TaskPart {
        number: task.number.clone(),
        heading: task.text.clone(),
        lead: task.lead.clone(),
        join: task.join.clone(),
        figures: drawn(&task.indicators, &totals),
        text: text_of(&task.number),
        contributions: contributions(task, gathered),
        absent: absent(task, gathered),
    };
    let sources = gathered.iter().filter_map(|agency| {
        let (contribution, hash) = agency.contribution.as_ref().ok()?;
        Some(Sent {
            slug: agency.slug.clone(),
            name: agency.name.clone(),
            version: contribution.version,
            hash: hash.clone(),
        })
    });
    Document {
        schema: "pbgdpl/plan-report/1".to_owned(),
        plan: plan.id.clone(),
        title: plan.title.clone(),
        summary: format!("{}, {}", plan.summary, plan.term_words(year)),
        basis: plan.basis.clone(),
        issuer: plan.issuer.clone(),
        symbol: plan.symbol.clone(),
        receiver: plan.receiver.clone(),
        signer: plan.signer.clone(),
        recipients: plan.recipients.clone(),
        year,
        term: plan.term.clone(),
        version,
        from,
        to,
        amends,
        before: plan.sections_in(SectionPlace::Before).map(part).collect(),
        tasks: plan.tasks.iter().map(task).collect(),
        after: plan.sections_in(SectionPlace::After).map(part).collect(),
        sources: sources.collect(),
        books,
    }
}

/// What was accepted of this task from this agency.
fn result_of<'a>(task: &PlanTask, agency: &'a Gathered) -> Option<&'a super::TaskResult> {
    let (contribution, _) = agency.contribution.as_ref().ok()?;
    let mut tasks = contribution.tasks.iter();
    tasks.find(|result| result.number == task.number && !result.text.is_empty())
}

/// Leading agencies first.
fn contributions(task: &PlanTask, gathered: &[Gathered]) -> Vec<Contributed> {
    let mut found: Vec<Contributed> = gathered
        .iter()
        .filter_map(|agency| {
            let result = result_of(task, agency)?;
            Some(Contributed {
                slug: agency.slug.clone(),
                name: agency.name.clone(),
                charge: result.charge,
                text: result.text.clone(),
                figures: result.figures.clone(),
            })
        })
        .collect();
    found.sort_by_key(|one| one.charge);
    found
}

fn absent(task: &PlanTask, gathered: &[Gathered]) -> Vec<Absent> {
    let charged = gathered
        .iter()
        .filter(|agency| agency.charges.contains_key(&task.number));
    let lacking = charged.filter(|agency| result_of(task, agency).is_none());
    let one = |agency: &Gathered| Absent {
        slug: agency.slug.clone(),
        name: agency.name.clone(),
        why: agency
            .contribution
            .as_ref()
            .err()
            .copied()
            .unwrap_or(Absence::Blank),
    };
    lacking.map(one).collect()
}
