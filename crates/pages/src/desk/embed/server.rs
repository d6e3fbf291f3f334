//! What an agency's web server is given: the very files of `deploy/embed/`, which the campaign tries, with this site's addresses in them.

use super::snippet::Parts;

const CACHE: &str = include_str!("../../../../../deploy/embed/nginx/cache.conf");
const NOTICE: &str = include_str!("../../../../../deploy/embed/nginx/luc.conf");
const SSI: &str = include_str!("../../../../../deploy/embed/nginx/ssi.conf");
const MOUNT: &str = include_str!("../../../../../deploy/embed/nginx/mount.conf");
const PHP: &str = include_str!("../../../../../deploy/embed/php/pbgdpl.php");

/// Of nginx, in its `http` block: where copies are kept, and the notice of their time.
#[must_use]
pub fn copies() -> String {
    format!("{CACHE}\n{NOTICE}")
}

/// Of nginx, in a `server` block: fragments for pages with includes.
#[must_use]
pub fn includes(parts: &Parts<'_>) -> String {
    filled(SSI, parts)
}

/// Of nginx, in a `server` block: the section under a path.
#[must_use]
pub fn mount(parts: &Parts<'_>) -> String {
    filled(MOUNT, parts)
}

/// The PHP file that a page calls.
#[must_use]
pub fn php(parts: &Parts<'_>) -> String {
    filled(PHP, parts)
}

/// A recipe with the addresses, the agency and the key in place of its examples.
fn filled(recipe: &str, parts: &Parts<'_>) -> String {
    recipe
        .replace("https://nhung.pbgdpl.example.vn", parts.embed)
        .replace("nhung.pbgdpl.example.vn", authority(parts.embed))
        .replace("https://pbgdpl.example.vn", parts.public)
        .replace("pbgdpl.example.vn", authority(parts.public))
        .replace("so-tu-phap", parts.slug)
        .replace("0123456789abcdefghjkmnpqrs", parts.key)
}

/// Host and port of an origin.
fn authority(origin: &str) -> &str {
    origin
        .split_once("://")
        .map_or(origin, |(_, authority)| authority)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_example_is_left() {
        let parts = Parts {
            embed: "https://nhung.phapluat.vn",
            public: "https://phapluat.vn",
            slug: "so-y-te",
            key: "7h3q",
            ..Parts::default()
        };
        for text in [includes(&parts), mount(&parts), php(&parts)] {
            for example in ["example.vn", "so-tu-phap", "0123456789"] {
                assert!(!text.contains(example), "{example}:\n{text}");
            }
        }
        assert!(includes(&parts).contains("proxy_pass https://nhung.phapluat.vn/k/7h3q/;"));
        assert!(includes(&parts).contains("proxy_set_header Host nhung.phapluat.vn;"));
        assert!(mount(&parts).contains("proxy_pass https://phapluat.vn/so-y-te/;"));
        assert!(php(&parts).contains("PBGDPL_MA = '7h3q'"));
        assert!(copies().contains("keys_zone=pbgdpl:"));
    }

    /// The notice of a copy's time is put where these stand; elsewhere it would silently be nowhere.
    #[test]
    fn the_notice_finds_its_place_in_pages_and_fragments() {
        for (place, template) in [
            (
                "<main id=\"chinh\">",
                include_str!("../../../templates/base.html"),
            ),
            (
                "<p class=\"pbgdpl-nguon\">",
                include_str!("../../../templates/public/fragment.html"),
            ),
        ] {
            assert!(NOTICE.contains(&format!("'{place}'")), "{place}");
            assert_eq!(template.matches(place).count(), 1, "{place}");
        }
        let css = include_str!("../../../assets/css/page.css");
        assert!(css.contains("\n.notice.soon {") && MOUNT.contains("class=\"notice soon\""));
    }
}
