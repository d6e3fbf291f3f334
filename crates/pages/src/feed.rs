//! What machines read: Atom, JSON Feed, sitemaps, robots.txt. Functions over plain structs.

mod atom;
mod json;
mod oembed;
mod sitemap;

pub use atom::atom;
pub use json::json;
pub use oembed::{Oembed, OembedFrame, json as oembed_json, xml as oembed_xml};
pub use sitemap::{SitemapEntry, robots, sitemap};

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
}
