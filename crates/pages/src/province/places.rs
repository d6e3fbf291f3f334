//! Every page of every agency that shows a section, and how it stands (N-30).

use askama::Template;

use crate::desk::DeskFrame;
use crate::part::{Empty, Shot, State};
use crate::{CachePolicy, Page};

/// A page of an agency's site.
#[derive(Debug, Clone)]
pub struct ProvincePlaceRow {
    /// The agency.
    pub agency: String,
    /// The page.
    pub address: String,
    /// What the site is called.
    pub site: String,
    /// How it stands.
    pub state: State,
    /// How it shows the section.
    pub shows: String,
    /// The gravest of what was found.
    pub trouble: String,
    /// Since when it is in the register, dd/mm/yyyy.
    pub since: String,
    /// When it was last looked at.
    pub looked: Option<String>,
    /// When it was last seen showing the section.
    pub good: Option<String>,
    /// Its last picture.
    pub picture: Option<Shot>,
}

/// The register of the whole province.
#[derive(Debug, Clone, Template)]
#[template(path = "province/places.html")]
pub struct ProvincePlacesPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// Pages that need somebody, the gravest first.
    pub troubled: Vec<ProvincePlaceRow>,
    /// The others, by agency.
    pub well: Vec<ProvincePlaceRow>,
    /// Agencies without any page in the register.
    pub without: Vec<String>,
    /// Pictures of pages are made here.
    pub pictures: bool,
}

impl ProvincePlacesPage {
    fn empty(&self) -> Empty {
        Empty {
            title: "Chưa có trang nào trong sổ.".into(),
            text: "Người quản trị chuyên mục của từng cơ quan ghi trang đã gắn ở mục “Gắn vào trang của cơ quan”.".into(),
            links: Vec::new(),
        }
    }
}

crate::desk::never_kept!(ProvincePlacesPage);
