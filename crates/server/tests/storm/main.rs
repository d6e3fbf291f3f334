//! A province on a primary with a hot standby: what is read where, and what a storm leaves of the books (issue 3).

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that unwraps fails with its line; what a storm left is printed for the campaign"
)]

mod books;
mod place;
mod programs;
mod reading;
mod recount;
mod storm;
mod wire;
mod writers;
