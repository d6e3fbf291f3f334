//! The sections of the file, one struct per file.

pub mod audit;
pub mod database;
pub mod estate;
pub mod exchange;
pub mod mail;
pub mod metrics;
pub mod paper;
pub mod redis;
pub mod server;
pub mod signature;
pub mod storage;
pub mod telemetry;
pub mod tenants;

use std::path::PathBuf;

use url::Url;

/// Returns the folder of a `file:` address; `file:var/x` is relative to the working directory.
fn folder(text: &str) -> Option<PathBuf> {
    let path = text.strip_prefix("file:")?;
    let path = path.strip_prefix("//").unwrap_or(path);
    (!path.is_empty()).then(|| PathBuf::from(path))
}

/// Parses an address whose scheme is one of `schemes` and that names a host.
fn with_host(text: &str, schemes: &[&str]) -> Option<Url> {
    let url = Url::parse(text).ok()?;
    (schemes.contains(&url.scheme()) && url.has_host()).then_some(url)
}
