//! Who serves an agency, in which roles.
