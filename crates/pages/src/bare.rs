//! What surrounds a page that belongs to no section: sign-in, errors, a section that rests.

use crate::assets;
use crate::frame::is_elsewhere;
use crate::part::Link;

/// A masthead and nothing more.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bare {
    /// As in [`crate::Frame::assets`].
    pub assets: String,
    /// One of the twelve accents.
    pub accent: String,
    /// Who speaks and their first page; nobody where even that must not be said.
    pub brand: Option<Link>,
    /// Under the name.
    pub strap: String,
    /// Example data.
    pub demo_notice: bool,
    /// Inside another site: tells the page around it how high it is.
    pub embed: bool,
}

impl Bare {
    /// As [`crate::Frame::leaves`].
    #[must_use]
    pub fn leaves(&self, href: &str) -> bool {
        self.embed && is_elsewhere(href)
    }

    /// The address of an asset.
    #[must_use]
    pub fn asset(&self, name: &str) -> String {
        format!("{}{}", self.assets, assets::asset(name))
    }
}
