//! JSON Feed 1.1 (jsonfeed.org).

use serde_json::{Value, json};

use super::{Feed, said};

/// The feed as JSON Feed, `application/feed+json`.
#[must_use]
pub fn json(feed: &Feed) -> Vec<u8> {
    let items: Vec<Value> = feed
        .entries
        .iter()
        .map(|entry| {
            // An item needs content_html or content_text; a withdrawn one has its notice only.
            let (field, content) = entry
                .html
                .as_ref()
                .map_or(("content_text", &entry.summary), |html| ("content_html", html));
            json!({
                "id": entry.id,
                "url": entry.address,
                "title": entry.title,
                "summary": entry.summary,
                field: content,
                "date_published": entry.published,
                "date_modified": entry.updated,
                "authors": [{ "name": entry.author }],
                "tags": entry.categories,
                "language": said(entry.language),
            })
        })
        .collect();
    let feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.home,
        "feed_url": feed.address,
        "language": said(feed.language),
        "items": items,
    });
    feed.to_string().into_bytes()
}

#[cfg(test)]
mod tests {
    use super::super::FeedEntry;
    use super::*;

    #[test]
    fn has_the_required_members() {
        let feed = Feed {
            title: "Sở".into(),
            entries: vec![FeedEntry {
                id: "a".into(),
                summary: "Gỡ".into(),
                ..FeedEntry::default()
            }],
            ..Feed::default()
        };
        let value: Value = serde_json::from_slice(&super::json(&feed)).unwrap();
        assert_eq!(value["version"], "https://jsonfeed.org/version/1.1");
        assert_eq!(value["items"][0]["content_text"], "Gỡ");
    }
}
