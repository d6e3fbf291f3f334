//! The register of agencies: create, suspend, reactivate, list.

pub mod create;
mod entry;
pub mod list;
mod profile;
pub mod reactivate;
pub mod slug;
pub mod suspend;

pub(crate) use entry::{entry, file_of, known};
pub(crate) use profile::{Carry, carry};
