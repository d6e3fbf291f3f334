//! Dev only: a running application, two agencies, builders, a fixed clock, private PostgreSQL and Redis.

pub mod browser;
pub mod furnish;
pub mod house;
pub mod names;
pub mod owner;
pub mod servers;
pub mod signer;
pub mod statements;
pub mod web;
