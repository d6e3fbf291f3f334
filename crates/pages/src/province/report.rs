//! Reports as the province sees them: who sent what, one report to decide upon, the sum, and the sum on paper.

use askama::Template;

use crate::desk::DeskFrame;
use crate::desk::report::{Masthead, ReportAct, Sheet, SignatureBox, Station};
use crate::form::ErrorSummary;
use crate::oversight::StructureChoice;
use crate::part::{Empty, Link, Notice, State, Table};
use crate::{CachePolicy, Page};

/// A figure over the list: how many agencies stand so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// How they stand.
    pub state: State,
    /// How many.
    pub count: usize,
}

/// Who has sent, who is late, who is missing.
#[derive(Debug, Clone, Template)]
#[template(path = "province/reports.html")]
pub struct ReportFollowing {
    /// Surroundings.
    pub frame: DeskFrame,
    /// "Năm 2020 (chính thức)".
    pub period: String,
    /// Code and title of the form under which they are collected.
    pub form: String,
    /// The other forms of the period.
    pub collections: Vec<Link>,
    /// One sentence: how many must report, how many did.
    pub answer: String,
    /// Other periods and years.
    pub periods: Vec<Link>,
    /// Counts.
    pub tallies: Vec<Tally>,
    /// The agencies, the worst first.
    pub table: Table,
    /// Instead of the table.
    pub empty: Option<Empty>,
    /// What agencies asked for more time, and what was answered.
    pub askings: Vec<Link>,
    /// Accepts several at once.
    pub acts: Vec<ReportAct>,
    /// Nothing, for the template of acts.
    pub links: Vec<Link>,
    /// Where the sum is.
    pub consolidation: Option<Link>,
}

/// One report to decide upon.
#[derive(Debug, Clone, Template)]
#[template(path = "province/report.html")]
pub struct SubmittedPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The list.
    pub list: Link,
    /// Who sent it.
    pub agency: String,
    /// How it stands.
    pub state: State,
    /// Head of the form.
    pub head: Masthead,
    /// What is wrong with what was typed.
    pub errors: ErrorSummary,
    /// What to know before deciding.
    pub notice: Option<Notice>,
    /// The sheet.
    pub sheet: Sheet,
    /// Declared figures with the reasons that were signed.
    pub notes: Table,
    /// Figures that the ledger gives otherwise since they were frozen.
    pub since: Option<Table>,
    /// Why it takes the place of the version before; empty in a first version.
    pub amended: String,
    /// What differs from the version before.
    pub differences: Option<Table>,
    /// Unusual against the year before.
    pub jumps: Vec<String>,
    /// Who sent it when, hash, ledger position, decision.
    pub facts: Vec<(String, String)>,
    /// Digital signatures.
    pub signatures: Option<SignatureBox>,
    /// All versions.
    pub versions: Vec<Station>,
    /// Accept, return.
    pub acts: Vec<ReportAct>,
    /// Other versions.
    pub links: Vec<Link>,
}

/// An agency asked for more time.
#[derive(Debug, Clone, Template)]
#[template(path = "province/extension.html")]
pub struct ExtensionPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The list.
    pub list: Link,
    /// Who asks.
    pub agency: String,
    /// Form and period.
    pub report: String,
    /// What is wrong with what was typed.
    pub errors: ErrorSummary,
    /// What was asked and answered, oldest first.
    pub stations: Vec<Station>,
    /// The answer.
    pub acts: Vec<ReportAct>,
    /// Nothing, for the template of acts.
    pub links: Vec<Link>,
}

/// The province's form.
#[derive(Debug, Clone, Template)]
#[template(path = "province/consolidation.html")]
pub struct ConsolidationPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The list.
    pub list: Link,
    /// Head of the form.
    pub head: Masthead,
    /// Draft or frozen.
    pub state: State,
    /// Whose figures are not in it.
    pub missing: Option<Notice>,
    /// The sheet.
    pub sheet: Option<Sheet>,
    /// By which structure the sheet is drawn; none before the first consolidation.
    pub structure: Option<StructureChoice>,
    /// Before the first consolidation.
    pub empty: Option<Empty>,
    /// The reports it is made of.
    pub sources: Table,
    /// Hash, who made it, who froze it.
    pub facts: Vec<(String, String)>,
    /// Consolidate, freeze.
    pub acts: Vec<ReportAct>,
    /// Files, print, versions.
    pub links: Vec<Link>,
}

/// What was sent to the Ministry for a period, the receipts, and how both sides compare.
#[derive(Debug, Clone, Template)]
#[template(path = "province/exchange.html")]
pub struct ExchangePage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The list of reports.
    pub list: Link,
    /// "Năm 2020 (chính thức)".
    pub period: String,
    /// What was sent.
    pub sent: Table,
    /// Instead of it.
    pub empty: Option<Empty>,
    /// How the comparison stands.
    pub compared: Option<Notice>,
    /// What differs.
    pub mismatches: Option<Table>,
    /// Compare.
    pub acts: Vec<ReportAct>,
    /// Nothing, for the template of acts.
    pub links: Vec<Link>,
}

/// A document in the layout of NĐ 30/2020/NĐ-CP, Phụ lục I.
#[derive(Debug, Clone, Template)]
#[template(path = "province/document.html")]
pub struct Document {
    /// Surroundings; not printed.
    pub frame: DeskFrame,
    /// Cơ quan chủ quản.
    pub superior: String,
    /// Cơ quan ban hành.
    pub issuer: String,
    /// Symbol: "BC-STP".
    pub symbol: String,
    /// Địa danh và thời gian.
    pub place_and_day: String,
    /// Tên loại: "BÁO CÁO THỐNG KÊ".
    pub kind: String,
    /// Trích yếu.
    pub summary: String,
    /// Head of the form.
    pub head: Masthead,
    /// The sheet.
    pub sheet: Sheet,
    /// Units of figures, missing agencies.
    pub notes: Vec<String>,
    /// Who signs, from left to right.
    pub signatures: Vec<String>,
    /// Nơi nhận.
    pub recipients: Vec<String>,
    /// Hash of the frozen figures, as the last line.
    pub hash: String,
    /// Back.
    pub back: Link,
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

never_kept!(
    ReportFollowing,
    SubmittedPage,
    ExtensionPage,
    ConsolidationPage,
    ExchangePage,
    Document
);
