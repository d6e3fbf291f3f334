//! axum: the route table, extractors, layers, handlers.
//!
//! # How to add a route
//!
//! 1. A line in `routes/<noun>.rs`: method, path, audience, and what differs from the defaults. A route outside the table
//!    cannot be reached: the routers are built from the table alone, and so are the isolation matrix and the header test.
//! 2. A handler in `<area>/<noun>.rs`, at most 25 lines: take what the extractors give ([`extract::Visitor`],
//!    [`extract::Staff`], [`extract::Officer`], [`extract::Person`], [`extract::Path`], [`extract::Query`], [`extract::Form`]),
//!    call one act or one reader, return a page ([`page::html`]) or a redirect ([`page::go`]).
//! 3. The page in `pbgdpl-pages` (its `lib.rs` says how).
//!
//! The audience is checked by the table's own layer before the handler runs; the act then asks its permit for the very thing.

pub mod account;
pub mod api;
pub mod arrival;
pub mod cache;
pub mod certificate;
pub mod csp;
pub mod denials;
pub mod desk;
pub mod dispatch;
pub mod embed;
pub mod engagement;
pub mod error;
pub mod extract;
pub mod files;
pub mod headers;
pub mod machine;
pub mod oai;
pub mod oversight;
pub mod page;
pub mod province;
pub mod public;
pub mod routes;
pub mod serve;
pub mod session;
pub mod signature;
pub mod state;
pub mod violation;

pub use error::Error;
pub use state::{AppState, Parts, WebSettings};
