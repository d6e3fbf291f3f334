//! What pages load: styles, fonts, pictures of our own, each under a name with the hash of its bytes.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

mod minify;

/// The folder of all assets, under every origin and mount.
pub const FOLDER: &str = "/tai-nguyen/";

/// One file as it is sent.
#[derive(Debug)]
pub struct Asset {
    /// The plain name, `page.css`.
    pub name: &'static str,
    /// `/tai-nguyen/page.3f9a1c2b4d5e.css`.
    pub path: String,
    /// Content type.
    pub mime: &'static str,
    /// Whether a general compressor makes it smaller (fonts are compressed already).
    pub compressible: bool,
    /// The content.
    pub bytes: Vec<u8>,
}

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";
const WOFF2: &str = "font/woff2";

/// Assets that name no other asset; then the styles, which do.
static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    let mut all = vec![
        named(
            "be-vietnam-pro-400.woff2",
            WOFF2,
            include_bytes!("../assets/fonts/be-vietnam-pro-400.woff2").to_vec(),
        ),
        named(
            "be-vietnam-pro-600.woff2",
            WOFF2,
            include_bytes!("../assets/fonts/be-vietnam-pro-600.woff2").to_vec(),
        ),
        named(
            "noto-sans-tay-nguyen-400.woff2",
            WOFF2,
            include_bytes!("../assets/fonts/noto-sans-tay-nguyen-400.woff2").to_vec(),
        ),
        named(
            "noto-sans-tay-nguyen-600.woff2",
            WOFF2,
            include_bytes!("../assets/fonts/noto-sans-tay-nguyen-600.woff2").to_vec(),
        ),
        named("weave.svg", SVG, include_bytes!("../assets/weave.svg").to_vec()),
        named(
            "favicon.svg",
            SVG,
            include_bytes!("../assets/favicon.svg").to_vec(),
        ),
        named("dem.js", JS, include_bytes!("../assets/js/dem.js").to_vec()),
        named("desk.js", JS, include_bytes!("../assets/js/desk.js").to_vec()),
    ];
    let page = [
        include_str!("../assets/css/tokens.css"),
        include_str!("../assets/css/page.css"),
    ]
    .concat();
    for (name, source) in [
        ("page.css", page.as_str()),
        ("desk.css", include_str!("../assets/css/desk.css")),
        ("manh.css", include_str!("../assets/css/manh.css")),
    ] {
        let css = with_hashed_names(&minify::css(source), &all);
        all.push(named(name, CSS, css.into_bytes()));
    }
    all
});

/// The path of an asset by its plain name, `asset("page.css")`; empty for an unknown name (templates are tested for it).
#[must_use]
pub fn asset(name: &str) -> &'static str {
    ASSETS
        .iter()
        .find(|asset| asset.name == name)
        .map_or("", |asset| asset.path.as_str())
}

/// The asset under a path, to be served with [`crate::CachePolicy::Immutable`].
#[must_use]
pub fn lookup(path: &str) -> Option<&'static Asset> {
    ASSETS.iter().find(|asset| asset.path == path)
}

/// All assets, for whoever prepares them (compression, preloading).
#[must_use]
pub fn all() -> &'static [Asset] {
    &ASSETS
}

fn named(name: &'static str, mime: &'static str, bytes: Vec<u8>) -> Asset {
    let hash: String = hex::encode(Sha256::digest(&bytes)).chars().take(12).collect();
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    Asset {
        name,
        path: format!("{FOLDER}{stem}.{hash}.{ending}"),
        mime,
        compressible: mime != WOFF2,
        bytes,
    }
}

/// Styles name their neighbours relatively, so that they work under every mount.
fn with_hashed_names(css: &str, known: &[Asset]) -> String {
    known.iter().fold(css.to_owned(), |css, asset| {
        css.replace(
            &format!("url(\"{}\")", asset.name),
            &format!("url({})", asset.path.trim_start_matches(FOLDER)),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_carry_hashes_and_styles_follow_them() {
        for asset in all() {
            assert!(lookup(&asset.path).is_some_and(|found| found.name == asset.name));
        }
        let css = String::from_utf8(lookup(asset("page.css")).unwrap().bytes.clone()).unwrap();
        let font = asset("be-vietnam-pro-400.woff2").trim_start_matches(FOLDER);
        assert!(
            css.contains(&format!("url({font})")),
            "the style must name the hashed font"
        );
        assert!(
            !css.contains("url(\""),
            "a style names a file that is not an asset"
        );
        assert!(asset("nothing.css").is_empty());
    }

    #[test]
    fn first_view_stays_small() {
        // DESIGN.md 7: 50 KB with fonts and styles; the page itself needs its share. Styles count raw here, compressed on the wire.
        let fonts = |start: &str| -> usize {
            all()
                .iter()
                .filter(|a| !a.compressible && a.name.starts_with(start))
                .map(|a| a.bytes.len())
                .sum()
        };
        let (first, rare) = (fonts("be-vietnam-pro"), fonts("noto-sans-tay-nguyen"));
        let style = lookup(asset("page.css")).unwrap().bytes.len();
        assert!(first < 24_000, "fonts are {first} bytes");
        assert!(
            0 < rare && rare < 12_000,
            "the letters of Tây Nguyên are {rare} bytes"
        );
        assert_eq!(
            first + rare,
            fonts(""),
            "a font that is counted nowhere: is it of the first view?"
        );
        assert!(style < 24_000, "page.css is {style} bytes before compression");
    }
}
