//! More time to report: what agencies asked for, and the province's answer.

pub mod answer;
pub mod list;
