//! What auditors and officers read over all agencies: dashboards, the way from a figure to its evidence, audit chains.

pub mod audit_log;
pub mod dashboard;
pub mod drill;
pub mod evidence;
mod exception;
pub mod gather;
pub(crate) mod reading;
pub mod verify;

pub use exception::{Exception, ExceptionKind};
