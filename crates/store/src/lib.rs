//! Everything that outlives the process: database, files, Redis. Entities are private.
//!
//! | door | opens | who may call |
//! |---|---|---|
//! | [`Store::tenant`] | one transaction inside one agency | acts, jobs |
//! | [`ReadStore::tenant`] | the same, reading only | pages |
//! | [`ReadStore::public`] | the published projection, over all agencies | public pages |
//! | [`Store::identity`] | accounts, sessions, memberships, factors | `app/account`, the session extractor |
//! | [`Store::province`] | the province tables, with a warrant | the `province` crate |
//! | [`Store::audit`] | one agency, reading only, with an audit warrant | the `province` crate, which logs the reading |
//! | [`Store::look_over`], [`Store::look_into`], [`ReadStore::look_into`] | the same, reading only, on a replica where one is fit | who oversees, exports |
//! | [`Store::machinery`] | registry, generations, outbox, due list: no content | `jobs`, `server` |
//!
//! `docs/how-to/add-a-table.md` says how to add a table.

mod convert;
mod database;
mod entity;
mod error;
mod files;
mod fold;
mod generation;
mod hint;
pub mod identity;
pub mod machinery;
pub mod migrate;
pub mod province;
pub mod public;
mod replica;
mod store;
pub mod tenant;
mod words;

pub use database::{Database, DatabaseSettings, Engine};
pub use error::StoreError;
pub use files::Files;
pub use generation::Generations;
pub use hint::{Hint, Hints};
pub use replica::ReplicaSettings;
pub use store::{ReadStore, Store};
