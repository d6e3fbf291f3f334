//! EMBED: the loader that webmasters paste, and the small script that a framed section runs to tell its height.

use std::sync::LazyLock;

use axum::body::Bytes;
use axum::response::Response;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use http::StatusCode;
use sha2::{Digest, Sha256, Sha384};

use crate::cache::Encodings;
use crate::error::Error;
use crate::extract::{Path, Taken};
use crate::page;

/// The loader: finds our frames on the host's page, gives them their height, follows deep links and anchors.
pub const LOADER: &str = include_str!("embed/nhung.js");
/// Inside the frame: tells the embedding page how high the section is, where the reader is, and which heading to scroll to.
pub const INSIDE: &str = include_str!("embed/khung.js");

/// Every loader that a page out there may name by its hash: the newest first, none is ever taken away. Who changes the loader
/// keeps the older text under `embed/nhung.{hash}.js` and adds it here.
const LOADERS: &[&str] = &[
    LOADER,
    include_str!("embed/nhung.04ce73ddcaf9.js"),
    include_str!("embed/nhung.91ba41af0e60.js"),
    include_str!("embed/nhung.07592804d7cd.js"),
];

const SCRIPT: &str = "text/javascript; charset=utf-8";

/// One loader under the name that never changes.
#[derive(Debug)]
pub struct Twin {
    /// `nhung.3f9a1c2b4d5e.js`
    pub file: String,
    /// What a page writes into `integrity`.
    pub integrity: String,
    bytes: Encodings,
}

static TWINS: LazyLock<Vec<Twin>> = LazyLock::new(|| LOADERS.iter().map(|text| twin_of(text)).collect());

fn twin_of(text: &'static str) -> Twin {
    let hash: String = hex::encode(Sha256::digest(text)).chars().take(12).collect();
    Twin {
        file: format!("nhung.{hash}.js"),
        integrity: format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(text))),
        bytes: Encodings::of(SCRIPT, Bytes::from_static(text.as_bytes())),
    }
}

/// The newest loader under its unchanging name.
#[must_use]
pub fn newest() -> Option<&'static Twin> {
    TWINS.first()
}

/// `GET /nhung.js`
pub async fn loader() -> Response {
    script(LOADER)
}

/// `GET /nhung.{hash}.js`: the same for ever, for pages that name it with its integrity.
pub async fn twin(Taken(taken): Taken, Path(file): Path<String>) -> Result<Response, Error> {
    let twin = TWINS
        .iter()
        .find(|twin| twin.file == file)
        .ok_or(Error::NotFound)?;
    Ok(page::lasting(SCRIPT, &twin.bytes, taken))
}

/// `GET /khung.js`
pub async fn inside() -> Response {
    script(INSIDE)
}

fn script(text: &'static str) -> Response {
    page::bytes(StatusCode::OK, SCRIPT, text)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Names that were given out. May only grow: a page that pins one would stop growing with its section.
    const GIVEN_OUT: &[&str] = &[
        "nhung.07592804d7cd.js",
        "nhung.91ba41af0e60.js",
        "nhung.04ce73ddcaf9.js",
        "nhung.d4f1fa9e3ab1.js",
    ];

    #[test]
    fn a_loader_that_was_given_out_is_served_for_ever() {
        let served: Vec<&str> = TWINS.iter().map(|twin| twin.file.as_str()).collect();
        for name in GIVEN_OUT {
            assert!(
                served.contains(name),
                "{name} is gone: keep its text and list it in LOADERS; served: {served:?}"
            );
        }
        let newest = newest().unwrap();
        assert!(
            GIVEN_OUT.contains(&newest.file.as_str()),
            "the loader changed: add {} here, and keep the older text in LOADERS",
            newest.file
        );
    }
}
