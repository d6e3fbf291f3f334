//! Handlers: province.
