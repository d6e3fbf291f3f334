//! A section that cannot be shown here, and why: the site is not listed, or the section rests.

use askama::Template;

use crate::part::Link;
use crate::{Bare, CachePolicy, Page};

/// Why a key shows nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stopped {
    /// The site is not listed.
    Unlisted,
    /// The key was switched off.
    Off,
    /// The key was replaced, and the time for which both held is over.
    Replaced,
}

/// The frame was asked for by a site that the key does not list (EMB-07). Says whom it concerns and where the setting is.
#[derive(Debug, Clone, Template)]
#[template(path = "public/unlisted_origin.html")]
pub struct UnlistedOrigin {
    /// Surroundings.
    pub frame: Bare,
    /// The site that asked, if the browser told it.
    pub origin: Option<String>,
    /// The section itself, to open outside the frame.
    pub section: Option<Link>,
    /// Why.
    pub why: Stopped,
}

impl Page for UnlistedOrigin {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}

/// The section of an agency rests (TEN-05): no content, the way to the others. Sent with 503.
#[derive(Debug, Clone, Template)]
#[template(path = "public/suspended.html")]
pub struct Suspended {
    /// Surroundings.
    pub frame: Bare,
    /// The province's front page.
    pub province: Option<Link>,
}

impl Page for Suspended {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
