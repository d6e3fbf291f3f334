//! Settings: one struct per file, every key with its variable, default and meaning.
//!
//! A key exists because a section asks the `Reader` for it (`src/section/`); what nobody asked for is
//! refused. To add a key: a field with its doc line, one `reader` call, the same lines in `default.toml`.

mod address;
mod check;
mod environment;
mod problem;
mod reader;
mod secret;
mod section;
mod settings;
mod source;
#[cfg(test)]
mod tests;

pub use address::{Network, Origin, is_loopback_host};
pub use check::Run;
pub use problem::Problem;
pub use secret::Secret;
pub use section::database::{Database, Engine};
pub use section::exchange::Exchange;
pub use section::mail::Mail;
pub use section::metrics::Metrics;
pub use section::redis::Redis;
pub use section::server::Server;
pub use section::signature::Signature;
pub use section::storage::Storage;
pub use section::telemetry::{LogFormat, Telemetry};
pub use section::tenants::Tenants;
pub use settings::Settings;

/// The file read when the command line names none (and only if it exists).
pub const DEFAULT_FILE: &str = "pbgdpl.toml";

/// The commented file with every key and its default.
pub const DEFAULT_TOML: &str = include_str!("../default.toml");
