//! The versions of an item: all of them, one of them, two of them side by side.

use askama::Template;
use pbgdpl_model::article::difference::{FieldDifference, Piece};

use super::Preview;
use crate::desk::{DeskFrame, never_kept};
use crate::form::Field;
use crate::part::{Link, Table};
use crate::{CachePolicy, Page};

/// All versions of an item.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/article_versions.html")]
pub struct ArticleVersions {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The item.
    pub item: Link,
    /// The versions, newest first.
    pub table: Table,
    /// Where two are compared.
    pub compare: String,
    /// Older and newer; empty with a single version.
    pub choose: Vec<Field>,
}

/// One version of an item.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/article_version.html")]
pub struct OneVersion {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The item.
    pub item: Link,
    /// All versions.
    pub versions: String,
    /// Its number.
    pub number: i32,
    /// "Y Lan lưu 08/11/2020, 14 giờ 05".
    pub saved: String,
    /// What changed, in the author's words.
    pub note: String,
    /// Its text.
    pub preview: Preview,
    /// Fingerprint of the content.
    pub hash: String,
    /// Where it is compared with the newest; none for the newest.
    pub compare: Option<String>,
    /// Where it is made the newest again.
    pub restore: Option<String>,
}

/// What differs between two versions.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/article_compare.html")]
pub struct Comparison {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The item.
    pub item: Link,
    /// All versions.
    pub versions: String,
    /// Number and "Y Lan lưu …" of the older.
    pub older: (i32, String),
    /// Number and "Y Lan lưu …" of the newer.
    pub newer: (i32, String),
    /// Fields that differ.
    pub fields: Vec<FieldDifference>,
}

never_kept!(ArticleVersions, OneVersion, Comparison);
