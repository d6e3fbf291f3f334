//! A form that is filled without a connection: where it is taken and brought back, and what it would change.

use askama::Template;

use crate::desk::DeskFrame;
use crate::form::{Buttons, Field};
use crate::part::{Link, Notice, Table};
use crate::{CachePolicy, Page};

/// Where the working form is taken, and where it is brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfflineBox {
    /// The file.
    pub download: Link,
    /// Where the filled file goes.
    pub action: String,
    /// The file that is brought back.
    pub file: Field,
}

/// A table under a head, with a word before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Head.
    pub title: String,
    /// What it shows, and what to do.
    pub text: String,
    /// What it shows.
    pub table: Table,
}

/// The form that takes in what was filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// Where it goes.
    pub action: String,
    /// What it sends: names and values.
    pub hidden: Vec<(String, String)>,
    /// Buttons.
    pub buttons: Buttons,
}

/// What a filled file would change, or why it is not taken; nothing is changed by looking.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/report_offline.html")]
pub struct OfflinePage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The report.
    pub back: Link,
    /// Head.
    pub title: String,
    /// What came of it.
    pub notice: Notice,
    /// What differs, what is wrong, what the file held.
    pub sections: Vec<Section>,
    /// Takes it in; nothing where it cannot be taken.
    pub confirm: Option<Confirm>,
    /// Another file; nothing where none can be taken now.
    pub again: Option<OfflineBox>,
}

impl Page for OfflinePage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
