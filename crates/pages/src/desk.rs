//! The signed-in pages: what surrounds the work. Each noun has its own file here and its templates in `templates/desk/`.

pub mod account;
pub mod activity;
pub mod article;
pub mod embed;
pub mod engagement;
pub mod figures;
pub mod home;
pub mod indicator;
pub mod mediation;
pub mod member;
pub mod own_host;
pub mod plan;
pub mod profile;
pub mod register;
pub mod report;
pub mod task;

use crate::assets;
use crate::part::{Link, Notice};

/// Signed-in pages are made for one person and kept by nobody.
macro_rules! never_kept {
    ($($page:ty),+) => { $(impl Page for $page {
        fn cache(&self) -> CachePolicy {
            CachePolicy::Never
        }
    })+ };
}
pub(crate) use never_kept;

/// One place of the desk.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// What it is called.
    pub label: String,
    /// Where it is.
    pub href: String,
    /// Icon (see [`crate::icon::icon`]).
    pub icon: &'static str,
    /// Things that wait there.
    pub count: Option<u64>,
    /// The page is in it.
    pub current: bool,
}

impl Place {
    /// A place.
    #[must_use]
    pub fn new(label: &str, href: impl Into<String>, icon: &'static str) -> Self {
        Self {
            label: label.into(),
            href: href.into(),
            icon,
            ..Self::default()
        }
    }
}

/// Places under one head: Việc, Công tác, Chuyên mục.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlaceGroup {
    /// The head.
    pub label: String,
    /// The places.
    pub places: Vec<Place>,
}

/// The surroundings of a signed-in page; `templates/desk/base.html` draws them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DeskFrame {
    /// Who the work is for: "Sở Tư pháp".
    pub agency: String,
    /// Which desk: "Bàn biên tập", "Tổng hợp của tỉnh", "Giám sát".
    pub strap: String,
    /// Where the masthead leads: the desk's first page.
    pub home: String,
    /// One of the twelve accents.
    pub accent: String,
    /// Places, in groups.
    pub groups: Vec<PlaceGroup>,
    /// Who is signed in.
    pub person: String,
    /// Own account.
    pub account: String,
    /// Where "Thoát" posts to.
    pub sign_out: String,
    /// Other ways out: "Đổi cơ quan", "Xem chuyên mục".
    pub links: Vec<Link>,
    /// What the last act did.
    pub notice: Option<Notice>,
    /// The desk shows example data.
    pub demo_notice: bool,
    /// As in [`crate::Frame::assets`].
    pub assets: String,
}

impl DeskFrame {
    /// Marks the place with this address as the present one.
    #[must_use]
    pub fn at(mut self, href: &str) -> Self {
        for place in self.groups.iter_mut().flat_map(|group| &mut group.places) {
            place.current = place.href == href;
        }
        self
    }

    /// With what the last act did.
    #[must_use]
    pub fn with_notice(mut self, notice: Option<Notice>) -> Self {
        self.notice = notice;
        self
    }

    /// The address of an asset.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        format!("{}{}", self.assets, assets::asset(name))
    }
}
