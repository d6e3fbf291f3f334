//! Pages of a site that show the section: the register, and a look at any page.

use askama::Template;

use crate::desk::DeskFrame;
use crate::form::{ErrorSummary, Field};
use crate::part::{Empty, Shot, State};
use crate::{CachePolicy, Page};

/// One thing found on a page.
#[derive(Debug, Clone)]
pub struct Found {
    /// How much it matters.
    pub state: State,
    /// What is the matter.
    pub says: String,
    /// What to do.
    pub advises: String,
}

/// What a look at a page showed.
#[derive(Debug, Clone)]
pub struct Looked {
    /// The page.
    pub address: String,
    /// How it stands.
    pub state: State,
    /// How it shows the section.
    pub shows: String,
    /// What was found, the gravest first.
    pub found: Vec<Found>,
}

/// A page in the register.
#[derive(Debug, Clone)]
pub struct PlaceRow {
    /// Its id, for the names of its fields.
    pub id: String,
    /// Its address.
    pub address: String,
    /// How it stands.
    pub state: State,
    /// How it shows the section.
    pub shows: String,
    /// Since when it is in the register, dd/mm/yyyy.
    pub since: String,
    /// When it was last looked at, "08:15 ngày 01/02/2026"; nothing: not yet.
    pub looked: Option<String>,
    /// When it was last seen showing the section.
    pub good: Option<String>,
    /// Whom to call.
    pub contact: String,
    /// What was found.
    pub found: Vec<Found>,
    /// Its last picture.
    pub picture: Option<Shot>,
    /// Why the last attempt gave no picture.
    pub no_picture: Option<String>,
    /// Where its form goes.
    pub action: String,
    /// No longer looked at.
    pub retired: bool,
}

/// The register of a site's pages.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/embed_places.html")]
pub struct PlacesPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// What the site is called.
    pub site: String,
    /// The site's page.
    pub back: String,
    /// Where a new page goes.
    pub action: String,
    /// Where a look is asked for.
    pub look: String,
    /// The reader may change.
    pub may_change: bool,
    /// Pictures of pages are made here.
    pub pictures: bool,
    /// Address of a page.
    pub address: Field,
    /// Whom to call.
    pub contact: Field,
    /// What the look that was asked for showed.
    pub looked: Option<Looked>,
    /// The pages; those that are no longer looked at last.
    pub places: Vec<PlaceRow>,
}

impl PlacesPage {
    fn errors(&self) -> ErrorSummary {
        ErrorSummary::of("Chưa làm được", [&self.address, &self.contact])
    }

    fn empty(&self) -> Empty {
        Empty {
            title: "Chưa có trang nào trong sổ.".into(),
            text:
                "Ghi địa chỉ trang đã dán mã. Hệ thống xem trang đó mỗi ngày và báo khi chuyên mục biến mất."
                    .into(),
            links: Vec::new(),
        }
    }
}

/// Address and contact of a page, filled.
#[must_use]
pub fn place_fields(address: &str, contact: &str) -> (Field, Field) {
    let page = Field {
        longest: 1000,
        ..Field::line("address", "Địa chỉ trang", "url")
    };
    let whom = Field {
        longest: 200,
        ..Field::text("contact", "Liên hệ của trang")
    };
    (
        page.with_hint("Trang có dán mã, ví dụ https://sotuphap.kontum.gov.vn/chuyen-muc-pbgdpl.")
            .with_value(address),
        whom.with_hint("Ai quản trị trang và cách liên hệ khi trang hỏng.")
            .with_value(contact)
            .unmarked(),
    )
}

crate::desk::never_kept!(PlacesPage);
