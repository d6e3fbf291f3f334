//! The schema, one file per change, up and down, for both databases.
