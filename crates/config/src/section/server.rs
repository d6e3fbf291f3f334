//! `[server]`: where we listen and the four origins we answer for.

use std::net::SocketAddr;

use crate::address::{Network, Origin, listening};
use crate::reader::Reader;

/// Where we listen and the four origins we answer for (DESIGN.md 5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Server {
    /// The address requests come to. `PBGDPL_SERVER__LISTEN`, default `127.0.0.1:8080`.
    pub listen: SocketAddr,
    /// The province's front page and all sections. `PBGDPL_SERVER__PUBLIC_URL`, default `http://localhost:8080`.
    pub public_url: Origin,
    /// Sign-in and all desks. `PBGDPL_SERVER__DESK_URL`, default `http://quantri.localhost:8080`.
    pub desk_url: Origin,
    /// Frames, fragments and the loader. `PBGDPL_SERVER__EMBED_URL`, default `http://nhung.localhost:8080`.
    pub embed_url: Origin,
    /// Uploads. `PBGDPL_SERVER__FILES_URL`, default `http://tep.localhost:8080`.
    pub files_url: Origin,
    /// Proxies whose `X-Forwarded-*` count. `PBGDPL_SERVER__TRUSTED_PROXIES`, default none.
    pub trusted_proxies: Vec<Network>,
}

impl Server {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let port = 8080;
        let mut origin = |key, host| reader.parsed("server", key, Origin::http(host, port), str::parse);
        let public_url = origin("public_url", "localhost");
        let desk_url = origin("desk_url", "quantri.localhost");
        let embed_url = origin("embed_url", "nhung.localhost");
        let files_url = origin("files_url", "tep.localhost");
        Self {
            listen: reader.parsed(
                "server",
                "listen",
                SocketAddr::from(([127, 0, 0, 1], port)),
                listening,
            ),
            public_url,
            desk_url,
            embed_url,
            files_url,
            trusted_proxies: reader.list("server", "trusted_proxies", str::parse),
        }
    }

    /// Returns the four origins with the key of each.
    pub fn origins(&self) -> [(&'static str, &Origin); 4] {
        [
            ("public_url", &self.public_url),
            ("desk_url", &self.desk_url),
            ("embed_url", &self.embed_url),
            ("files_url", &self.files_url),
        ]
    }
}
