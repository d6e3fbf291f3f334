//! The language and the calendar: folding, collation, slugs, legal citations, working days and Tết. Pure.

pub mod citation;
pub mod collate;
pub mod date;
pub mod fold;
pub mod number;
pub mod slug;
pub mod token;
pub mod tone;
pub mod working_days;

pub use citation::DocumentNumber;
pub use collate::{compare, sort_by_name};
pub use fold::{fold, normalise};
pub use slug::{is_slug, slug};
pub use token::{exact_tokens, syllables};
pub use working_days::Calendar;
