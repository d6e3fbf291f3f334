//! Pictures and papers an agency uploads.

pub mod alt;
mod file_name;
mod picture;
mod sniff;
pub mod upload;
