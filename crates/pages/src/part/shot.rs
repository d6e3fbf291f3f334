//! The picture of a page of an agency's site: small in its place, whole behind a link.

use askama::Template;

use crate::part::prints_itself;

/// The last picture of a page.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "part/shot.html")]
pub struct Shot {
    /// Where the picture is.
    pub src: String,
    /// The address of the page.
    pub of: String,
    /// When it was made, "08:15 ngày 01/02/2026".
    pub at: String,
}

prints_itself!(Shot);
