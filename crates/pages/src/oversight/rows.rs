//! The rows of one agency's ledger behind a figure, with the evidence of each.

use askama::Template;

use super::{Freshness, HeatMap, Station};
use crate::desk::DeskFrame;
use crate::part::{Empty, Pager, State, Table, prints_itself};
use crate::{CachePolicy, Page};

/// A file that proves a row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EvidenceLink {
    /// What it is.
    pub label: String,
    /// Where it is opened.
    pub href: String,
    /// "PDF · 318 KB".
    pub detail: String,
}

/// One row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SheetRow {
    /// Its number.
    pub seq: String,
    /// The day it counts for.
    pub day: String,
    /// What happened.
    pub title: String,
    /// Who wrote it when; in a reversal, why.
    pub note: String,
    /// Another row took it back.
    pub reversed: bool,
    /// Evidence.
    pub evidence: Vec<EvidenceLink>,
    /// How much.
    pub quantity: String,
}

/// Rows of a ledger, each with what it came from and its evidence, and what they add up to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "oversight/row_table.html")]
pub struct RowTable {
    /// What the table is, for a screen reader.
    pub caption: String,
    /// Unit of the quantities.
    pub unit: String,
    /// The rows of this page.
    pub rows: Vec<SheetRow>,
    /// What they add up to, on all pages.
    pub sum: String,
}

prints_itself!(RowTable);

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "oversight/rows.html")]
pub struct RowsPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// What is counted.
    pub measure: String,
    /// Its unit.
    pub unit: String,
    /// Whose, and of when.
    pub of: String,
    /// The way down.
    pub trail: Vec<Station>,
    /// The figure.
    pub total: String,
    /// What was compared, each with its result.
    pub states: Vec<State>,
    /// The months, each leading to its rows.
    pub months: Table,
    /// As of when the copied figures are.
    pub fresh: Freshness,
    /// The agency's year day by day.
    pub heat: HeatMap,
    /// "16 dòng sổ hoạt động".
    pub heading: String,
    /// The rows of this page.
    pub table: RowTable,
    /// Other pages.
    pub pager: Pager,
    /// Where the agency's log is.
    pub log: String,
}

impl RowsPage {
    fn empty(&self) -> Empty {
        Empty {
            title: "Không có dòng sổ nào.".into(),
            text: "Cơ quan chưa ghi hoạt động nào cho chỉ tiêu này trong kỳ.".into(),
            links: vec![],
        }
    }
}

impl Page for RowsPage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
