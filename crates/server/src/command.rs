//! The commands, one file each.

pub mod account;
pub mod audit;
pub mod check;
pub mod demo;
pub mod ledger;
pub mod migrate;
pub mod report;
pub mod rollup;
pub mod serve;
pub mod tenants;
pub mod work;
