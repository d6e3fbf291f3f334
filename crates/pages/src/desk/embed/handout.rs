//! Files for whoever runs the agency's server: those of `deploy/embed`, with this site's addresses in the place of the examples.

use super::snippet::Parts;
use super::way::{Shown, Way};

/// A file as it stands in `deploy/embed`, and what is said over it.
type Given = (&'static str, &'static str);

pub(super) const NGINX_MOUNT: Given = (
    "nginx, trong khối server: mount.conf",
    include_str!("../../../../../deploy/embed/nginx/mount.conf"),
);
const NGINX_SSI: Given = (
    "nginx, trong khối server: ssi.conf",
    include_str!("../../../../../deploy/embed/nginx/ssi.conf"),
);
const NGINX_CACHE: Given = (
    "nginx, trong khối http: cache.conf",
    include_str!("../../../../../deploy/embed/nginx/cache.conf"),
);
const NGINX_NOTICE: Given = (
    "nginx, trong khối http: luc.conf",
    include_str!("../../../../../deploy/embed/nginx/luc.conf"),
);
const APACHE_MOUNT: Given = (
    "Apache: mount.conf",
    include_str!("../../../../../deploy/embed/apache/mount.conf"),
);
const APACHE_SSI: Given = (
    "Apache: ssi.conf",
    include_str!("../../../../../deploy/embed/apache/ssi.conf"),
);
const APACHE_FETCH: Given = (
    "Apache: lay-manh.sh, chạy bằng cron",
    include_str!("../../../../../deploy/embed/apache/lay-manh.sh"),
);
const PHP: Given = (
    "Lưu thành pbgdpl.php trên máy chủ",
    include_str!("../../../../../deploy/embed/php/pbgdpl.php"),
);
const LINUX: Given = (
    "Linux: lay-goi.sh",
    include_str!("../../../../../deploy/embed/pack/lay-goi.sh"),
);
const WINDOWS: Given = (
    "Windows: lay-goi.ps1",
    include_str!("../../../../../deploy/embed/pack/lay-goi.ps1"),
);

/// With it PowerShell 5.1 knows a script for UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A file that is handed out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handout {
    /// Where it goes, and what it is called.
    pub label: &'static str,
    /// What stands in it.
    pub text: String,
}

/// The fragment that the files of `deploy/embed` name.
const FRAGMENT: &str = "manh?so=5";

/// The files that a way needs besides what is pasted; what is `shown` stands in those that fetch it.
#[must_use]
pub fn handouts(way: Way, shown: Shown, parts: &Parts<'_>) -> Vec<Handout> {
    let files: &[Given] = match way {
        Way::Mount => &[NGINX_CACHE, NGINX_NOTICE, APACHE_MOUNT],
        Way::Include => &[NGINX_SSI, NGINX_CACHE, NGINX_NOTICE, APACHE_SSI, APACHE_FETCH],
        Way::Php => &[PHP],
        Way::Pack => &[LINUX, WINDOWS],
        Way::Link | Way::Frame | Way::Loader | Way::Element => &[],
    };
    let fragment = parts.fragment(shown);
    files
        .iter()
        .map(|&(label, text)| Handout {
            label,
            // Whoever saves what is copied adds the mark again: PowerShell 5.1 stumbles over two.
            text: put_in(
                text.trim_start_matches(BYTE_ORDER_MARK),
                parts,
                Some(fragment.as_str()),
            ),
        })
        .collect()
}

/// A file with the addresses and the key of a site in the place of the examples (`deploy/embed/README.md`).
#[must_use]
pub fn filled(text: &str, parts: &Parts<'_>) -> String {
    put_in(text, parts, None)
}

/// The same, with a fragment in the place of the example's where there is one.
fn put_in(text: &str, parts: &Parts<'_>, fragment: Option<&str>) -> String {
    let section = format!("/{}", parts.slug);
    // Of those that begin alike the longer one first.
    let examples = [
        ("https://nhung.pbgdpl.example.vn", parts.embed),
        ("nhung.pbgdpl.example.vn", host(parts.embed)),
        ("https://pbgdpl.example.vn", parts.public),
        ("pbgdpl.example.vn", host(parts.public)),
        ("/so-tu-phap", section.as_str()),
        ("0123456789abcdefghjkmnpqrs", parts.key),
        (FRAGMENT, fragment.unwrap_or(FRAGMENT)),
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Read once from the beginning: what was put in is never taken for an example.
    while let Some(letter) = rest.chars().next() {
        let found = examples
            .iter()
            .find_map(|(example, own)| Some((*own, rest.strip_prefix(*example)?)));
        if let Some((own, after)) = found {
            out.push_str(own);
            rest = after;
        } else {
            out.push(letter);
            rest = rest.strip_prefix(letter).unwrap_or_default();
        }
    }
    out
}

/// Host and port of an origin.
fn host(origin: &str) -> &str {
    origin.split_once("://").map_or(origin, |(_, host)| host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::embed::frame;
    use crate::desk::embed::way::Chosen;

    fn parts() -> Parts<'static> {
        Parts {
            // An address that holds an example.
            embed: "https://khung.pbgdpl.example.vn:8443",
            public: "https://pl.example",
            slug: "so-a",
            key: "0zzzzzzzzzzzzzzzzzzzzzzzzz",
            ..Parts::default()
        }
    }

    #[test]
    fn examples_give_way_to_the_sites_own() {
        let text = "a https://nhung.pbgdpl.example.vn/k/0123456789abcdefghjkmnpqrs/manh b nhung.pbgdpl.example.vn c \
                    https://pbgdpl.example.vn/so-tu-phap/ d pbgdpl.example.vn; đ so-tu-phap";
        assert_eq!(
            filled(text, &parts()),
            "a https://khung.pbgdpl.example.vn:8443/k/0zzzzzzzzzzzzzzzzzzzzzzzzz/manh b khung.pbgdpl.example.vn:8443 c \
             https://pl.example/so-a/ d pl.example; đ so-tu-phap"
        );
        assert_eq!(filled("", &parts()), "");
    }

    /// What was chosen is what is fetched, on either server.
    #[test]
    fn files_name_the_fragment_that_was_chosen() {
        let parts = Parts {
            kind: "tin",
            count: Some(3),
            item: "7h3q",
            ..parts()
        };
        for (shown, fragment) in [
            (Shown::Section, "manh"),
            (Shown::List, "manh?loai=tin&so=3"),
            (Shown::Item, "manh?bai=7h3q"),
        ] {
            let files = handouts(Way::Include, shown, &parts);
            let text = |given: Given| {
                let file = files.iter().find(|file| file.label == given.0);
                file.map(|file| file.text.clone()).unwrap_or_default()
            };
            let script = text(APACHE_FETCH);
            let called = format!(
                "/k/{}/{fragment}' /var/lib/pbgdpl/manh.inc 2>&1 | logger -t pbgdpl\n",
                parts.key
            );
            assert!(script.contains(&called), "{shown:?}: {script}");
            let line = format!("virtual=\"/pbgdpl/{fragment}\"");
            let included = text(NGINX_SSI);
            assert!(included.contains(&line), "{shown:?}: {included}");
            assert!(parts.snippet(Way::Include, shown).contains(&line));
            // Of Apache the included file is the one that the script writes.
            assert!(text(APACHE_SSI).contains("virtual=\"/pbgdpl/manh.inc\""));
        }
    }

    #[test]
    fn a_mark_at_the_beginning_is_not_copied() {
        assert!(WINDOWS.1.starts_with(BYTE_ORDER_MARK), "PowerShell 5.1 needs it");
        for file in handouts(Way::Pack, Shown::Section, &parts()) {
            assert!(!file.text.contains(BYTE_ORDER_MARK), "{}", file.label);
        }
    }

    /// Apache sends its own words as iso-8859-1, and says a refused connection with 503.
    #[test]
    fn what_apache_says_itself_is_readable_everywhere() {
        for status in [502, 503, 504] {
            let start = format!("ErrorDocument {status} \"");
            let said = APACHE_MOUNT
                .1
                .split_once(&start)
                .and_then(|(_, rest)| rest.split_once("\"\n"));
            let (said, _) = said.unwrap_or_default();
            assert!(
                said.contains("Chuy&#234;n m&#7909;c") && said.is_ascii(),
                "{status}: {said}"
            );
        }
    }

    #[test]
    fn no_file_is_handed_out_with_an_example_in_it() {
        let parts = Parts {
            embed: "https://nhung.example",
            ..parts()
        };
        let mut files = vec![NGINX_MOUNT.1.to_owned()];
        for way in Way::ALL {
            let handouts = handouts(*way, Shown::Section, &parts);
            assert!(
                handouts.iter().all(|file| !file.label.is_empty()),
                "{way:?}: a file without a word over it"
            );
            files.extend(handouts.into_iter().map(|file| file.text));
        }
        assert!(files.len() >= 9, "{} files", files.len());
        for file in files {
            let file = filled(&file, &parts);
            for example in ["example.vn", "0123456789abcdefghjkmnpqrs", "/so-tu-phap"] {
                assert!(!file.contains(example), "{example} stays in {file}");
            }
        }
    }

    /// The page for sites written by hand holds the very frame that the desk hands out.
    #[test]
    fn the_frame_of_the_recipes_is_the_one_of_the_desk() {
        let page = include_str!("../../../../../deploy/embed/html/khung.html");
        let page = page.split_whitespace().collect::<Vec<_>>().join(" ");
        let src = "https://nhung.pbgdpl.example.vn/k/0123456789abcdefghjkmnpqrs/";
        let ours = frame(src, "Chuyên mục phổ biến, giáo dục pháp luật", ("100%", 900));
        assert!(page.contains(&ours), "{page}");
    }
}
