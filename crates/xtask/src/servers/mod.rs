//! Private servers on free ports of this machine. Each proves that it is the one we started, and none outlives its starter.

pub mod chromedriver;
pub mod mail;
pub mod port;
pub mod postgres;
pub mod redis;
pub mod scratch;
pub mod syslog;
pub mod watchdog;
mod watched;

/// Where a running `cargo xtask test` tells the tests its PostgreSQL: the superuser's address.
pub const POSTGRES: &str = "PBGDPL_TEST_PG";
/// The data directory that PostgreSQL must name when asked.
pub const POSTGRES_DATA: &str = "PBGDPL_TEST_PG_DATA";
/// Where a running `cargo xtask test` tells the tests its Redis.
pub const REDIS: &str = "PBGDPL_TEST_REDIS";
/// The directory that Redis must name when asked.
pub const REDIS_DATA: &str = "PBGDPL_TEST_REDIS_DATA";
/// Where a running `cargo xtask test` tells the tests its chromedriver.
pub const CHROMEDRIVER: &str = "PBGDPL_TEST_CHROMEDRIVER";
