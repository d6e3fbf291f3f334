//! Databases, Redis and a faulty wire for one test each: private, fast, gone afterwards.
//!
//! Under `cargo xtask test` all test programs share its servers; started alone, a test program starts its own. Every
//! connection first asks the server who it is, so that no test ever writes into somebody's real database.

mod fault_proxy;
mod postgres;
mod redis;
mod replicated;
mod scratch;
mod sqlite;

pub use fault_proxy::FaultProxy;
pub use pbgdpl_xtask::servers::mail::MailServer;
pub use pbgdpl_xtask::servers::port::free_port;
pub use pbgdpl_xtask::servers::postgres::PostgresServer;
pub use pbgdpl_xtask::servers::redis::RedisServer;
pub use pbgdpl_xtask::servers::syslog::LogServer;
pub use postgres::{Databases, PostgresTemplate, PrivatePostgres};
pub use redis::PrivateRedis;
pub use replicated::ReplicatedPostgres;
pub use scratch::ScratchDirectory;
pub use sqlite::{SqliteFile, SqliteTemplate, fresh_sqlite};
