//! A page of the agency no longer shows the section, or somebody else put something there.

use askama::Template;

use crate::letter::Words;

/// A page is ill: to those who answer for the section.
#[derive(Debug, Clone, Template)]
#[template(path = "place_troubled/body.txt")]
pub struct PlaceTroubled<'a> {
    /// The agency.
    pub agency: &'a str,
    /// The page.
    pub address: &'a str,
    /// Whom to call for it.
    pub contact: &'a str,
    /// What is the matter.
    pub trouble: &'a str,
    /// What to do.
    pub advice: &'a str,
    /// Somebody else put something there.
    pub tampered: bool,
    /// Where it is read.
    pub link: &'a str,
}

impl Words for PlaceTroubled<'_> {
    fn subject(&self) -> String {
        if self.tampered {
            format!("Khẩn: trang nghi bị chèn liên kết lạ, {}", self.address)
        } else {
            format!("Trang không hiện chuyên mục: {}", self.address)
        }
    }
}
