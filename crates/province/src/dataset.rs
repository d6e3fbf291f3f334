//! The Ministry's sixteen record types: what the house keeps of each, taken out whole over all agencies.

pub mod list;
pub mod take;
