//! Handlers: account.
