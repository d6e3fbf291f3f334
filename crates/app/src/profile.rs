//! How a section presents itself: who is responsible, where the agency is found.

pub mod change;
