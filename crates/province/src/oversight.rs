//! What auditors and officers read over all agencies: dashboards, the way from a figure to its evidence, audit chains.

pub mod audit_log;
pub(crate) mod chain;
pub mod dashboard;
pub mod drain;
pub mod drill;
pub mod engagement;
pub mod evidence;
mod exception;
pub mod export;
pub mod freshness;
pub mod gather;
pub mod heat;
pub mod own_hosts;
pub mod pack;
pub mod part_of_year;
pub mod peers;
pub mod places;
pub mod quality;
pub(crate) mod reading;
pub mod retention;
pub mod same_days;
pub mod standpoint;
pub mod summary;
pub mod tiles;
pub mod verify;

pub use chain::Which;
pub use exception::{Exception, ExceptionKind};
