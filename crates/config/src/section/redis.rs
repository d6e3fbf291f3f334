//! `[redis]`: hints, limits and caches shared by the nodes; never the truth.

use crate::reader::Reader;
use crate::secret::Secret;
use crate::section::with_host;

/// Hints, limits and caches shared by the nodes; everything works without, slower.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redis {
    /// The server. `PBGDPL_REDIS__URL`, `PBGDPL_REDIS__URL_FILE` or `REDIS_URL`, no default.
    pub url: Option<Secret>,
}

impl Redis {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let url = reader.optional_secret("redis", "url");
        let wrong = |url: &&Secret| {
            let text = url.reveal();
            with_host(text, &["redis", "rediss"]).is_none() && !text.starts_with("redis+unix:///")
        };
        if url.as_ref().filter(wrong).is_some() {
            reader.refuse(
                "redis",
                "url",
                "phải có dạng \"redis://máy:cổng\" hoặc \"redis+unix:///đường/dẫn\"",
            );
        }
        Self { url }
    }
}
