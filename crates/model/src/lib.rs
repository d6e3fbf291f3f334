//! The words of the field: ids, agencies, content, activity, forms and report arithmetic, the clock. No I/O.

pub mod activity;
pub mod agency;
pub mod alarm;
pub mod article;
pub mod audit;
pub mod catalogue;
pub mod clock;
mod closed_list;
pub mod dashboard;
pub mod dataset;
pub mod dated;
pub mod email;
pub mod exchange;
pub mod figure;
pub mod id;
pub mod indicator;
pub mod ledger;
pub mod manifest;
pub mod markdown;
pub mod mediation;
pub mod outbox;
pub mod plan;
pub mod policy;
pub mod register;
pub mod report;
pub mod retention;
pub mod structure;
