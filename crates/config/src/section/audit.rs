//! `[audit]`: where the logs go besides our own database; nowhere unless an address is given.

use std::path::PathBuf;

use crate::reader::Reader;
use crate::section::with_host;

/// The log server of the data centre (AUD-05).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// `tls://host:6514` (RFC 5425) or `tcp://host:601` (RFC 6587, inside one network). `PBGDPL_AUDIT__SYSLOG_URL`, no default:
    /// nothing is sent.
    pub syslog_url: Option<String>,
    /// Certificates (PEM) of the authority that vouches for the log server, trusted beside the public ones.
    /// `PBGDPL_AUDIT__CA_FILE`, no default.
    pub ca_file: Option<PathBuf>,
}

impl Audit {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let settings = Self {
            syslog_url: reader.optional("audit", "syslog_url"),
            ca_file: reader.optional("audit", "ca_file").map(PathBuf::from),
        };
        let url = settings.syslog_url.as_deref();
        if url.is_some_and(|url| with_host(url, &["tls", "tcp"]).is_none()) {
            let reason = "phải có dạng \"tls://máy:6514\", hoặc \"tcp://máy:601\" trong cùng một mạng";
            reader.refuse("audit", "syslog_url", reason);
        }
        if settings.ca_file.is_some() && !url.is_some_and(|url| url.starts_with("tls:")) {
            reader.refuse("audit", "ca_file", "chỉ dùng khi audit.syslog_url là \"tls://…\"");
        }
        settings
    }
}
