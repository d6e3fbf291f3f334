//! The operator's way: a private PostgreSQL, Redis and mail server, the built program, and what its commands print.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that unwraps fails with its line"
)]

mod browser;
mod contracts;
mod journey;
mod place;
mod refusals;
