//! `tenants/` and the database: what differs, putting it there in one transaction, writing it back as files.

pub mod apply;
pub mod export;
pub mod folder;
pub mod plan;
mod present;

pub use folder::Folder;
pub use plan::{Change, Line, Plan};
pub(crate) use present::{ALARMS, DASHBOARD, RETENTION};
