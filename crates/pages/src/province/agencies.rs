//! All agencies, by kind, with what administrators may know.

use askama::Template;

use crate::desk::DeskFrame;
use crate::part::{Empty, Link, State};
use crate::{CachePolicy, Page};

/// One agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencyRow {
    /// Its name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Its section, for everybody.
    pub section: String,
    /// Whether its section is open.
    pub state: State,
    /// How many facts are not yet checked against an official source; said to administrators only.
    pub unverified: Option<usize>,
}

/// Agencies of one kind.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgencyGroup {
    /// The kind.
    pub name: String,
    /// The agencies.
    pub agencies: Vec<AgencyRow>,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "province/agencies.html")]
pub struct Agencies {
    /// Surroundings.
    pub frame: DeskFrame,
    /// "47 cơ quan".
    pub count: String,
    /// By kind.
    pub groups: Vec<AgencyGroup>,
    /// Whether the reader is told what is yet to be checked.
    pub verify: bool,
    /// Where a new one is made; none where the reader may not.
    pub create: Option<Link>,
}

impl Agencies {
    fn empty(&self) -> Empty {
        Empty {
            title: "Chưa có cơ quan nào.".into(),
            text: "Lập cơ quan đầu tiên, hoặc áp dụng danh mục của tỉnh bằng lệnh “pbgdpl tenants apply”."
                .into(),
            links: self.create.iter().cloned().collect(),
        }
    }
}

impl Page for Agencies {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
