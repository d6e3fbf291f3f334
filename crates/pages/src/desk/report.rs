//! Statistical forms on the desk: the list of the agency's reports, and one report as its official sheet.

mod offline;
mod sheet;
mod signature;

pub use offline::{Confirm, OfflineBox, OfflinePage, Section};
pub use sheet::{Drawn, DrawnLine, Head, LineOf, Marks, Sheet, in_words};
pub use signature::{AddSignature, SignatureBox, SignatureLine};

use askama::Template;

use super::DeskFrame;
use crate::form::{Buttons, ErrorSummary, Field};
use crate::part::{Empty, Link, Notice, Pager, State, Steps, Table};
use crate::{CachePolicy, Page};

/// A period that the agency may open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Openable {
    /// "Năm 2020 (chính thức)".
    pub title: String,
    /// Form and last day.
    pub detail: String,
    /// Where it is opened.
    pub action: String,
}

/// The agency's reports.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/reports.html")]
pub struct ReportList {
    /// Surroundings.
    pub frame: DeskFrame,
    /// Periods not yet opened.
    pub openable: Vec<Openable>,
    /// What was opened and sent.
    pub table: Table,
    /// Instead of the table.
    pub empty: Option<Empty>,
    /// Reports on plans; none where no plan asks this agency.
    pub plans: Option<Table>,
}

/// One thing that the checks found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// "Phải sửa", "Cần giải thích", "Đã giải thích".
    pub state: State,
    /// Line and column.
    pub place: String,
    /// What is wrong.
    pub message: String,
    /// What was said about it.
    pub explained: String,
    /// The line it is in.
    pub href: String,
}

/// One station of the report's way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Station {
    /// Who.
    pub who: String,
    /// What.
    pub what: String,
    /// Remark.
    pub note: String,
    /// When.
    pub at: String,
}

/// One column of the open line.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CellLine {
    /// Column number.
    pub column: u8,
    /// Its heading and unit.
    pub label: String,
    /// The figure.
    pub figure: String,
    /// Actual and estimate, where both are.
    pub parts: String,
    /// Where it comes from, and the reason that was signed.
    pub origin: String,
    /// Its records: rows of the ledger, people of the register.
    pub records: Option<Link>,
}

/// The line that is open: its cells, and the form that fills it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenLine {
    /// Its label.
    pub label: String,
    /// Its cells.
    pub cells: Vec<CellLine>,
    /// The fields that fill it, with what was typed; none where it is only read.
    pub fields: Vec<Field>,
    /// Where they go.
    pub action: String,
    /// Key of the line.
    pub key: String,
    /// Buttons.
    pub buttons: Buttons,
}

/// An act on the whole report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportAct {
    /// Head over it.
    pub title: String,
    /// What it does, or why it cannot be done now.
    pub text: String,
    /// Where it goes; nothing where it cannot be done now.
    pub action: Option<String>,
    /// What the form sends besides: names and values.
    pub hidden: Vec<(String, String)>,
    /// Its fields.
    pub fields: Vec<Field>,
    /// Its button.
    pub button: String,
}

/// The head of the official form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Masthead {
    /// Title of the form.
    pub title: String,
    /// "Năm 2020 (01/01/2020 – 31/12/2020)".
    pub period: String,
    /// Which days are actual, which estimated.
    pub basis_of_days: String,
    /// Official code.
    pub code: String,
    /// The circular.
    pub basis: String,
    /// Who receives it, by when.
    pub receiver: String,
    /// The form's layout is not yet checked against an official source.
    pub verify: bool,
}

/// One report as its official sheet.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/report.html")]
pub struct ReportPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The list.
    pub list: String,
    /// Head of the form.
    pub head: Masthead,
    /// The way.
    pub steps: Steps,
    /// What the province said when it returned the report.
    pub returned: Option<Notice>,
    /// What differs from the figures that were checked last.
    pub moved: Option<Notice>,
    /// Why nothing can be written any more, or until when it can.
    pub lock: Option<Notice>,
    /// What the province says of single cells.
    pub remarks: Option<Table>,
    /// What was asked for more time, and answered.
    pub extensions: Vec<Station>,
    /// What is wrong with what was typed.
    pub errors: ErrorSummary,
    /// The sheet.
    pub sheet: Sheet,
    /// Frozen figures that the ledger gives otherwise today.
    pub since: Option<Table>,
    /// The open line.
    pub line: Option<OpenLine>,
    /// What the checks found; none in a frozen report.
    pub found: Vec<Found>,
    /// A sentence about what holds.
    pub passed: String,
    /// The way it went.
    pub walk: Vec<Station>,
    /// Filling without a connection, for who may fill.
    pub offline: Option<OfflineBox>,
    /// Acts.
    pub acts: Vec<ReportAct>,
    /// Hash and ledger position of a frozen report.
    pub frozen: Vec<(String, String)>,
    /// Digital signatures of a frozen report.
    pub signatures: Option<SignatureBox>,
    /// Other versions, print, files.
    pub links: Vec<Link>,
}

/// The rows of the ledger that a cell counts.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/report_records.html")]
pub struct Records {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The report.
    pub back: Link,
    /// "Cột 4, Số lượt người tham dự".
    pub title: String,
    /// Where its rule of counting stands.
    pub rule: Option<Link>,
    /// What the rows add up to.
    pub sentence: String,
    /// The rows of this page.
    pub table: Table,
    /// Other pages.
    pub pager: Pager,
    /// Rows that were written after the report was frozen, with what they add up to.
    pub later: Option<(String, Table)>,
    /// Instead of the rows.
    pub empty: Option<Empty>,
}

impl Page for Records {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}

impl Page for ReportList {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}

impl Page for ReportPage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
