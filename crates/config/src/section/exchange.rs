//! `[exchange]`: the exchange with the Ministry; off where no address is given.

use std::path::PathBuf;

use crate::address::is_loopback_host;
use crate::reader::Reader;
use crate::secret::Secret;
use crate::section::with_host;

/// The exchange with the Ministry (`docs/reference/exchange.md`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The other side: `https://…`, plain http on loopback only. `PBGDPL_EXCHANGE__URL`, no default: nothing is sent.
    pub url: Option<String>,
    /// The name under which the secret is known there. `PBGDPL_EXCHANGE__KEY`, needed with `url`.
    pub key: Option<String>,
    /// The secret that both sides hold, at least 32 signs. `PBGDPL_EXCHANGE__SECRET` or `PBGDPL_EXCHANGE__SECRET_FILE`,
    /// needed with `url`.
    pub secret: Option<Secret>,
    /// Certificates (PEM) of the authority that vouches for the other side, trusted beside the public ones.
    /// `PBGDPL_EXCHANGE__CA_FILE`, no default.
    pub ca_file: Option<PathBuf>,
}

/// Signs of a secret that nobody guesses.
const SHORTEST_SECRET: usize = 32;

impl Exchange {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let settings = Self {
            url: reader.optional("exchange", "url"),
            key: reader.optional("exchange", "key"),
            secret: reader.optional_secret("exchange", "secret"),
            ca_file: reader.optional("exchange", "ca_file").map(PathBuf::from),
        };
        let Some(url) = &settings.url else {
            return settings;
        };
        let good = with_host(url, &["http", "https"]).is_some_and(|url| {
            let local = url.host_str().is_some_and(is_loopback_host);
            let plain = url.query().is_none() && url.fragment().is_none() && url.password().is_none();
            plain && (url.scheme() == "https" || local)
        });
        if !good {
            reader.refuse(
                "exchange",
                "url",
                "phải có dạng \"https://máy/đường-dẫn\" (http chỉ dùng cho localhost)",
            );
        }
        let plain = |key: &&String| {
            let signs = key
                .chars()
                .all(|sign| sign.is_ascii_alphanumeric() || "-_.".contains(sign));
            signs && !key.is_empty()
        };
        if settings.key.as_ref().filter(plain).is_none() {
            let reason = "cần có khi đặt exchange.url: tên khóa do bên nhận cấp, gồm chữ, số, dấu - _ .";
            reader.refuse("exchange", "key", reason);
        }
        let long = |secret: &&Secret| secret.reveal().len() >= SHORTEST_SECRET;
        if settings.secret.as_ref().filter(long).is_none() {
            let reason = "cần có khi đặt exchange.url, ít nhất 32 ký tự; nên đặt trong tệp (secret_file)";
            reader.refuse("exchange", "secret", reason);
        }
        settings
    }
}
