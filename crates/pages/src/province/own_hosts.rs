//! Host names of agencies' own, over all agencies, and how they stand (TEN-22).

use askama::Template;

use crate::desk::DeskFrame;
use crate::part::{Empty, State};
use crate::{CachePolicy, Page};

/// A host name of an agency's own.
#[derive(Debug, Clone)]
pub struct ProvinceHostRow {
    /// The agency.
    pub agency: String,
    /// The name.
    pub host: String,
    /// How it stands.
    pub state: State,
    /// The gravest of what was found.
    pub trouble: String,
    /// When its record was last seen.
    pub proved: Option<String>,
    /// When it was last looked at.
    pub looked: Option<String>,
}

/// The names of the whole province.
#[derive(Debug, Clone, Template)]
#[template(path = "province/own_hosts.html")]
pub struct ProvinceHostsPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// Names that need somebody, the gravest first.
    pub troubled: Vec<ProvinceHostRow>,
    /// The others, by name.
    pub well: Vec<ProvinceHostRow>,
}

impl ProvinceHostsPage {
    fn empty(&self) -> Empty {
        Empty {
            title: "Chưa cơ quan nào dùng tên miền riêng.".into(),
            text: "Người quản trị chuyên mục của từng cơ quan thêm tên miền ở mục “Tên miền riêng”.".into(),
            links: Vec::new(),
        }
    }
}

crate::desk::never_kept!(ProvinceHostsPage);
