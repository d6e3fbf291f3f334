//! The demo: Kon Tum with illustrative data, built once through the acts themselves, then only served.

pub mod accounts;
pub mod build;
mod forms;
mod hosts;
mod items;
mod mediation;
mod odd;
mod people;
mod picture;
mod plans;
pub mod ready;
mod record;
mod register;
mod time;
mod year;

pub use hosts::own_hosts;

use std::path::{Path, PathBuf};

/// Agencies with accounts for every role, an own host and an embed key.
pub const FULL: [&str; 2] = ["so-tu-phap", "huyen-dak-glei"];

/// Where the demo keeps its data.
#[derive(Debug, Clone)]
pub struct Data {
    folder: PathBuf,
}

impl Data {
    /// In this folder.
    pub fn at(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where it is built, until it is whole.
    fn building(&self) -> PathBuf {
        self.folder.join("dang-lap")
    }

    /// Whether it was built whole: the database is moved into place last.
    pub fn stands(&self) -> bool {
        self.folder.join("pbgdpl.db").exists()
    }

    /// Sign-ins of the demo's people.
    pub fn accounts(&self) -> PathBuf {
        self.folder.join("tai-khoan.json")
    }
}
