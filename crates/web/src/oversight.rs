//! Handlers: oversight.
