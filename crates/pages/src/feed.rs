//! What machines read: Atom, RSS, JSON Feed, calendars, sitemaps, robots.txt. Functions over plain structs.

mod atom;
mod calendar;
mod json;
mod oembed;
mod rss;
mod sitemap;

pub use atom::atom;
pub use calendar::{Calendar, CalendarDay, calendar};
pub use json::json;
pub use oembed::{Oembed, OembedFrame, json as oembed_json, xml as oembed_xml};
pub use rss::rss;
pub use sitemap::{ADDRESSES, SitemapEntry, robots, sitemap, sitemap_index};

/// The forms in which a feed is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Atom (RFC 4287).
    Atom,
    /// RSS 2.0.
    Rss,
    /// JSON Feed 1.1.
    Json,
}

impl Format {
    /// The whole list.
    pub const ALL: [Self; 3] = [Self::Atom, Self::Rss, Self::Json];

    /// The last segment of its address.
    #[must_use]
    pub const fn file(self) -> &'static str {
        match self {
            Self::Atom => "feed.atom",
            Self::Rss => "feed.rss",
            Self::Json => "feed.json",
        }
    }

    /// Media type, without parameters.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml",
            Self::Rss => "application/rss+xml",
            Self::Json => "application/feed+json",
        }
    }

    /// As a reader of feeds calls it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Atom => "Atom",
            Self::Rss => "RSS",
            Self::Json => "JSON",
        }
    }

    /// The form whose address ends like this path.
    #[must_use]
    pub fn of_path(path: &str) -> Option<Self> {
        let file = path.rsplit('/').next()?;
        Self::ALL.into_iter().find(|format| format.file() == file)
    }

    /// The feed in this form.
    ///
    /// # Errors
    /// Never in practice: it writes into memory.
    pub fn write(self, feed: &Feed) -> std::io::Result<Vec<u8>> {
        match self {
            Self::Atom => atom(feed),
            Self::Rss => rss(feed),
            Self::Json => Ok(json(feed)),
        }
    }
}

/// A feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// Whose: "Sở Tư pháp tỉnh Kon Tum".
    pub title: String,
    /// What is in it.
    pub subtitle: String,
    /// Permanent id of the feed, a URI that survives a change of address (`urn:uuid:…`).
    pub id: String,
    /// The pages (absolute).
    pub home: String,
    /// The feed itself (absolute).
    pub address: String,
    /// Newest change, RFC 3339.
    pub updated: String,
    /// The language of its titles, and of entries that say no other (BCP 47); Vietnamese where it is empty.
    pub language: &'static str,
    /// Entries, newest first.
    pub entries: Vec<FeedEntry>,
}

/// One entry of a feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FeedEntry {
    /// Permanent id, a URI.
    pub id: String,
    /// Title.
    pub title: String,
    /// The page (absolute).
    pub address: String,
    /// One sentence.
    pub summary: String,
    /// The text, clean HTML; left out when the item was withdrawn.
    pub html: Option<String>,
    /// First published, RFC 3339.
    pub published: String,
    /// Last changed, RFC 3339.
    pub updated: String,
    /// The agency.
    pub author: String,
    /// Kind of item and fields of law, in words.
    pub categories: Vec<String>,
    /// In which language it is (BCP 47); Vietnamese where it is empty.
    pub language: &'static str,
}

/// A language that goes without saying, said.
const fn said(language: &'static str) -> &'static str {
    if language.is_empty() { "vi" } else { language }
}
