//! Bytes in the encodings that clients take: each is made when it is first asked for, and kept as long as the bytes are.

use std::sync::OnceLock;

use bytes::Bytes;
use http::{HeaderMap, header};

/// What is shorter gains nothing, in bytes.
const SHORTEST: usize = 512;
/// Media types of pictures whose bytes are plain text.
const DRAWN_IN_TEXT: &str = "image/svg+xml";
/// Beginnings of media types whose bytes are dense already.
const DENSE: [&str; 8] = [
    "application/gzip",
    "application/pdf",
    "application/vnd.openxmlformats-officedocument",
    "application/zip",
    "audio/",
    "font/woff",
    "image/",
    "video/",
];

/// An encoding that we make (RFC 9110 8.4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// `br`
    Brotli,
    /// `gzip`
    Gzip,
}

impl Coding {
    /// The best one that a client takes; nothing where it takes neither.
    #[must_use]
    pub fn taken(headers: &HeaderMap) -> Option<Self> {
        let accept = headers.get(header::ACCEPT_ENCODING)?.to_str().ok()?;
        [Self::Brotli, Self::Gzip]
            .into_iter()
            .find(|coding| takes(accept, coding.word()))
    }

    /// Its word in headers.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Gzip => "gzip",
        }
    }
}

/// Bytes, and what was made of them.
#[derive(Debug)]
pub struct Encodings {
    plain: Bytes,
    worth: bool,
    brotli: OnceLock<Bytes>,
    gzip: OnceLock<Bytes>,
}

impl Encodings {
    /// Of bytes of this media type.
    #[must_use]
    pub fn of(content_type: &str, plain: Bytes) -> Self {
        Self {
            worth: plain.len() >= SHORTEST && !is_dense(content_type),
            plain,
            brotli: OnceLock::new(),
            gzip: OnceLock::new(),
        }
    }

    /// How many bytes there are without any encoding.
    #[must_use]
    pub fn len(&self) -> usize {
        self.plain.len()
    }

    /// Whether there are no bytes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.plain.is_empty()
    }

    /// The bytes for a client that takes this encoding, and in which one they are.
    #[must_use]
    pub fn give(&self, taken: Option<Coding>) -> (Bytes, Option<Coding>) {
        let coding = taken.filter(|_| self.worth);
        let bytes = match coding {
            Some(Coding::Brotli) => self.brotli.get_or_init(|| brotli(&self.plain)),
            Some(Coding::Gzip) => self.gzip.get_or_init(|| gzip(&self.plain)),
            None => &self.plain,
        };
        (bytes.clone(), coding)
    }
}

/// Whether another compression would cost time and gain nothing.
fn is_dense(content_type: &str) -> bool {
    !content_type.starts_with(DRAWN_IN_TEXT) && DENSE.iter().any(|start| content_type.starts_with(start))
}

fn takes(accept: &str, coding: &str) -> bool {
    accept.split(',').any(|offer| {
        let mut parts = offer.split(';');
        parts.next().map(str::trim) == Some(coding)
            && !parts.any(|p| matches!(p.trim(), "q=0" | "q=0.0" | "q=0.000"))
    })
}

/// Brotli at a level that is cheap enough to do once a version.
fn brotli(plain: &[u8]) -> Bytes {
    let mut out = Vec::with_capacity(plain.len() / 3);
    let params = brotli::enc::BrotliEncoderParams {
        quality: 7,
        ..Default::default()
    };
    let mut input = plain;
    match brotli::BrotliCompress(&mut input, &mut out, &params) {
        Ok(_) => out.into(),
        Err(_) => Bytes::copy_from_slice(plain),
    }
}

fn gzip(plain: &[u8]) -> Bytes {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(7));
    let written = encoder.write_all(plain).and_then(|()| encoder.finish());
    written.map_or_else(|_| Bytes::copy_from_slice(plain), Bytes::from)
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    fn taken(accept: &'static str) -> Option<Coding> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accept));
        Coding::taken(&headers)
    }

    #[test]
    fn a_client_gets_the_best_that_it_takes() {
        assert_eq!(taken("gzip, deflate, br"), Some(Coding::Brotli));
        assert_eq!(taken("br;q=0, gzip"), Some(Coding::Gzip));
        assert_eq!(taken("identity"), None);
        assert_eq!(taken("brx, xgzip"), None);
        assert_eq!(Coding::taken(&HeaderMap::new()), None);
    }

    #[test]
    fn an_encoding_is_made_once() {
        let style = "a{color:red}".repeat(200);
        let encodings = Encodings::of("text/css; charset=utf-8", style.clone().into());
        for coding in [Coding::Brotli, Coding::Gzip] {
            let (first, said) = encodings.give(Some(coding));
            assert_eq!(said, Some(coding));
            assert!(first.len() < style.len() / 4, "{coding:?}: {} bytes", first.len());
            let (second, _) = encodings.give(Some(coding));
            assert_eq!(first.as_ptr(), second.as_ptr(), "{coding:?} is made anew");
        }
        assert_eq!(encodings.give(None), (Bytes::from(style), None));
    }

    #[test]
    fn what_is_dense_or_short_stays_as_it_is() {
        let bytes = Bytes::from_static(&[b'x'; 2_000]);
        for dense in [
            "font/woff2",
            "image/png",
            "image/jpeg",
            "image/webp",
            "application/zip",
            "application/pdf",
            "audio/mpeg",
            "video/mp4",
        ] {
            let (given, coding) = Encodings::of(dense, bytes.clone()).give(Some(Coding::Brotli));
            assert_eq!((given.len(), coding), (bytes.len(), None), "{dense}");
        }
        for text in ["image/svg+xml", "text/html; charset=utf-8", "application/json"] {
            let (_, coding) = Encodings::of(text, bytes.clone()).give(Some(Coding::Brotli));
            assert_eq!(coding, Some(Coding::Brotli), "{text}");
        }
        let short = Encodings::of("text/css", Bytes::from_static(b"a{}"));
        assert_eq!(short.give(Some(Coding::Gzip)).1, None);
    }
}
