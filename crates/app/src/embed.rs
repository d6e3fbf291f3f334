//! A section inside an agency's own website: keys and the origins that may frame it.

pub mod add;
pub mod change;
pub mod end;
pub mod expect;
pub mod origins;
pub mod replace;
