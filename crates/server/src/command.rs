//! The commands, one file each.

pub mod account;
pub mod demo;
pub mod migrate;
pub mod serve;
pub mod tenants;
pub mod work;
