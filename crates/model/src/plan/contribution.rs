//! What an agency writes of its results under a plan in a year: one text a task, with the figures of its own ledger beside it.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::id::{AccountId, ContributionId};
use crate::ledger::Measure;
use crate::manifest::{Charge, Indicator, PlanFile, PlanTask};
use crate::report::{Amendment, Sender};

/// What is being written: nothing of it has left the agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Permanent id, over all versions.
    pub id: ContributionId,
    /// Id of the plan.
    pub plan: String,
    /// Year.
    pub year: i32,
    /// The version that it becomes when it is sent.
    pub version: i32,
    /// A text for each task, by number.
    pub texts: BTreeMap<String, String>,
    /// Why what was accepted is amended.
    pub reason: String,
    /// Who wrote last.
    pub by: AccountId,
    /// Their name then.
    pub by_name: String,
    /// When.
    pub at: Moment,
    /// Rises with every change.
    pub row_version: i64,
}

/// One figure of a task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What is counted.
    pub label: String,
    /// Its unit.
    pub unit: String,
    /// How much.
    pub value: i64,
}

/// What was done of one task.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskResult {
    /// Number in the plan.
    pub number: String,
    /// What the agency is in it.
    pub charge: Charge,
    /// The text; may be empty.
    pub text: String,
    /// Figures of the agency's own ledger.
    pub figures: Vec<Figure>,
}

/// What was sent: frozen. Its fields are written in this order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contribution {
    /// `pbgdpl/contribution/1`.
    pub schema: String,
    /// Id of the plan.
    pub plan: String,
    /// Year.
    pub year: i32,
    /// Version.
    pub version: i32,
    /// Who reports.
    pub agency: Sender,
    /// First day that is counted.
    pub from: NaiveDate,
    /// Last day that is counted.
    pub to: NaiveDate,
    /// The last ledger row that is counted.
    pub ledger_seq: i64,
    /// In a later version: which one it replaces, and why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amends: Option<Amendment>,
    /// The tasks that the plan charges the agency with, in the order of the plan.
    pub tasks: Vec<TaskResult>,
}

impl Contribution {
    /// The bytes that are hashed.
    ///
    /// # Errors
    /// Never for what a contribution can hold.
    pub fn canonical(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Reads what [`Contribution::canonical`] wrote.
    ///
    /// # Errors
    /// Where the text is no contribution.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

/// Where a contribution stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Being written; also again after a return, or to amend.
    Draft,
    /// Sent, waits for the province.
    Sent,
    /// Returned with a remark: may be written again.
    Returned,
    /// Accepted.
    Accepted,
}

impl Standing {
    /// On the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Đang soạn",
            Self::Sent => "Đã gửi, chờ tiếp nhận",
            Self::Returned => "Bị trả lại",
            Self::Accepted => "Đã tiếp nhận",
        }
    }

    /// Whether its texts can be changed.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned)
    }
}

/// Where it stands: `draft` is the version being written, `sent` the newest one that was sent with what was decided of it.
#[must_use]
pub const fn standing(draft: i32, sent: Option<(i32, Standing)>) -> Standing {
    match sent {
        Some((version, decided)) if version >= draft => decided,
        _ => Standing::Draft,
    }
}

/// The figures of a task from the sums of a ledger. A measure without rows is zero: the ledger was read, and nothing stood in it.
#[must_use]
pub fn drawn(indicators: &[Indicator], totals: &BTreeMap<Measure, i64>) -> Vec<Figure> {
    let figure = |indicator: &Indicator| Figure {
        label: indicator.label.clone(),
        unit: indicator.unit.clone(),
        value: indicator
            .measures
            .iter()
            .filter_map(|measure| totals.get(measure))
            .sum(),
    };
    indicators.iter().map(figure).collect()
}

impl PlanFile {
    /// The tasks that the plan charges an agency with, in order.
    pub fn tasks_of<'a>(
        &'a self,
        agency: &'a crate::agency::Agency,
    ) -> impl Iterator<Item = (&'a PlanTask, Charge)> {
        self.tasks
            .iter()
            .filter_map(move |task| Some((task, task.charge_of(agency)?)))
    }
}
