//! Report arithmetic: the cells of a statistical form, how they are filled, checked, frozen and added up.
//!
//! | file | holds |
//! |---|---|
//! | `period` | which days a period covers, and how it is called in addresses |
//! | `cell` | one cell: actual, estimate, note, where it comes from; empty is not zero |
//! | `sheet` | the lines of a form, filled from the ledger, the registers and from what was declared |
//! | `check` | the demands of the form and what must be explained |
//! | `stage` | who may do what next with a report |
//! | `body` | the frozen figures: canonical JSON and its hash |
//! | `forms` | which form concerns whom, and by when |
//! | `request` | a report asked for out of turn, on written request |
//! | `reminder` | when a report that was not sent is spoken of |
//! | `remark` | what the province says of single cells |
//! | `difference` | what differs between two states of a form |
//! | `since` | what the books say today of figures that were frozen |
//! | `completeness` | as it was declared, and as the platform saw it |
//! | `extension` | the lock of a period, and its exception under dual control |
//! | `timeliness` | whether a report came in time, and under which extension |
//! | `consolidation` | the province's form, added up from accepted reports |
//! | `redrawn` | the same form read by another structure |

mod body;
mod cell;
mod check;
mod completeness;
mod consolidation;
mod difference;
mod extension;
mod forms;
mod period;
mod record;
mod redrawn;
mod remark;
mod reminder;
mod request;
mod sheet;
mod signature;
mod since;
mod stage;
#[cfg(test)]
mod tests;
mod timeliness;

pub use body::{Amendment, Body, Sender, hash_of};
pub use cell::{Cell, Cells, Origin, add, add_cells};
pub use check::{Finding, Severity, check, jumps};
pub use completeness::Completeness;
pub use consolidation::{
    Accepted, Consolidated, ConsolidatedLine, Missing, SourceReport, consolidate, taken_over,
};
pub use difference::{Difference, differences};
pub use extension::{Answer, Extended, Extension, Lock};
pub use forms::{Forms, is_expected, may_report};
pub use period::{Span, period_of, period_word};
pub use record::{CheckedFigures, Declared, Report, Walk};
pub use redrawn::{Redrawn, StandingUnit, redraw};
pub use remark::CellRemark;
pub use reminder::{Nearness, Reminder};
pub use request::{Request, Withdrawn};
pub use sheet::{
    Books, LARGEST_DECLARED, Line, LineKind, Mediation, Place, commune_key, commune_of, figures_hash, fill,
    may_declare,
};
pub use signature::Signature;
pub use since::{Since, since, since_groups};
pub use stage::{Stage, Step, StepRefused, next};
pub use timeliness::Timeliness;
