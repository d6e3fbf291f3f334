//! Pictures and papers an agency uploads.
