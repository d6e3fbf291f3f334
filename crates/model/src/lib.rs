//! The words of the field: ids, agencies, content, activity, forms and report arithmetic, the clock. No I/O.

pub mod manifest;
