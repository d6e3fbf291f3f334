//! `[estate]`: how pages of agencies' sites that show a section are looked at.

use std::net::SocketAddr;
use std::path::PathBuf;

use crate::address::Network;
use crate::reader::Reader;

/// Looking at pages of agencies' sites (N-30).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estate {
    /// Networks that are not public and still may be asked: sites inside the province's own network.
    /// `PBGDPL_ESTATE__NETWORKS`, default none.
    pub networks: Vec<Network>,
    /// Certificates (PEM) trusted beside the public ones. `PBGDPL_ESTATE__CA_FILE`, no default.
    pub ca_file: Option<PathBuf>,
    /// The host to which agencies' own names lead (CNAME), where it is not that of `server.public_url`.
    /// `PBGDPL_ESTATE__TARGET`, no default.
    pub target: Option<String>,
    /// Servers of the domain name system that are asked for proofs, address and port; none: those of the machine.
    /// `PBGDPL_ESTATE__RESOLVERS`, default none.
    pub resolvers: Vec<SocketAddr>,
    /// A browser of the Chromium family that makes pictures of the pages, by its whole path. `PBGDPL_ESTATE__BROWSER`, no default:
    /// no pictures.
    pub browser: Option<PathBuf>,
    /// The browser's own sandbox: it needs user namespaces and another user than root. `PBGDPL_ESTATE__BROWSER_SANDBOX`, default on.
    pub browser_sandbox: bool,
}

impl Estate {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let settings = Self {
            networks: reader.list("estate", "networks", str::parse),
            ca_file: reader.optional("estate", "ca_file").map(PathBuf::from),
            target: reader.parsed("estate", "target", None, |text| host(text).map(Some)),
            resolvers: reader.list("estate", "resolvers", |text| {
                text.parse()
                    .map_err(|_| "không phải địa chỉ và cổng; ví dụ \"10.0.0.53:53\"")
            }),
            browser: reader.optional("estate", "browser").map(PathBuf::from),
            browser_sandbox: reader.parsed("estate", "browser_sandbox", true, switch),
        };
        if settings.browser.as_ref().is_some_and(|path| !path.is_absolute()) {
            let reason = "phải là đường dẫn đầy đủ, như \"/usr/bin/chromium\"";
            reader.refuse("estate", "browser", reason);
        }
        settings
    }
}

fn switch(word: &str) -> Result<bool, &'static str> {
    match word {
        "on" => Ok(true),
        "off" => Ok(false),
        _ => Err("phải là \"on\" hoặc \"off\""),
    }
}

/// A host name as it is compared: small letters, no last dot.
fn host(text: &str) -> Result<String, &'static str> {
    match url::Host::parse(text.trim().trim_end_matches('.')) {
        Ok(url::Host::Domain(name)) => Ok(name),
        _ => Err("phải là tên máy chủ, như \"chuyen-muc.example.gov.vn\""),
    }
}
