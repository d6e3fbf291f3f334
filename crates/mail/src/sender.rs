//! Sends letters by SMTP, or puts them into a folder for the demo's mailbox page.

use std::fmt;
use std::path::{Path, PathBuf};

use lettre::{Address, AsyncSmtpTransport, AsyncTransport, Tokio1Executor};

use crate::letter::Letter;
use crate::{folder, message, smtp};

/// Why a letter did not leave. The text names no address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{reason}")]
pub struct SendError {
    /// Whether a later attempt may succeed.
    pub retry: bool,
    /// What happened, for the operator.
    pub reason: String,
}

impl SendError {
    pub(crate) fn never(reason: impl Into<String>) -> Self {
        Self {
            retry: false,
            reason: reason.into(),
        }
    }

    pub(crate) fn later(reason: impl Into<String>) -> Self {
        Self {
            retry: true,
            reason: reason.into(),
        }
    }
}

/// Why the way out cannot be opened. The text names no password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// `mail.url` cannot be read.
    #[error("mail.url: không đọc được địa chỉ máy chủ thư")]
    Url,
    /// `mail.url` carries options, and one of them could switch encryption off.
    #[error("mail.url: không được có phần \"?…\" sau địa chỉ")]
    Options,
    /// `mail.ca_file` cannot be read.
    #[error("mail.ca_file: không đọc được tệp {0}")]
    AuthorityFile(String),
    /// `mail.ca_file` holds no certificate.
    #[error("mail.ca_file: phải chứa chứng thư của CA ở dạng PEM")]
    Authority,
    /// `mail.from` is not an address.
    #[error("mail.from: không phải địa chỉ thư")]
    From,
}

/// The way out: `mail.url` and `mail.from`, opened.
pub struct Sender {
    from: Address,
    way: Way,
}

enum Way {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
}

impl Sender {
    /// Opens `smtp:` (encryption required except on loopback), `smtps:` or `file:`. Connects to nothing yet.
    /// Must be called inside a tokio runtime, which will look after idle connections.
    pub fn open(url: &str, from: &str) -> Result<Self, OpenError> {
        Self::open_trusting(url, from, None)
    }

    /// The same, trusting the authorities of a PEM file beside the public ones: mail servers inside a province have
    /// certificates of the province's own. With such a file encryption is required on loopback too.
    pub fn open_trusting(url: &str, from: &str, ca_file: Option<&Path>) -> Result<Self, OpenError> {
        let from = from.parse().map_err(|_| OpenError::From)?;
        let way = match url.strip_prefix("file:") {
            Some(path) => Way::Folder(PathBuf::from(path.strip_prefix("//").unwrap_or(path))),
            None => {
                let authority = ca_file.map(authority).transpose()?;
                let url = smtp::protected(url, authority.is_some())?;
                Way::Smtp(smtp::transport(&url, authority.as_deref())?)
            }
        };
        Ok(Self { from, way })
    }

    /// Returns the folder letters are put into, if that is the way.
    pub fn folder(&self) -> Option<&Path> {
        match &self.way {
            Way::Smtp(_) => None,
            Way::Folder(folder) => Some(folder),
        }
    }

    /// Sends one letter. At least once: the same letter twice has the same Message-ID.
    pub async fn send(&self, letter: &Letter) -> Result<(), SendError> {
        let message = message::message(letter, &self.from)?;
        match &self.way {
            Way::Smtp(transport) => transport
                .send(message)
                .await
                .map(drop)
                .map_err(|error| smtp::judge(&error)),
            Way::Folder(path) => {
                let written = folder::put(path, &message::name(letter), &message.formatted()).await;
                written
                    .map_err(|error| SendError::later(format!("the mail folder cannot be written: {error}")))
            }
        }
    }

    #[cfg(test)]
    pub(crate) fn through(transport: AsyncSmtpTransport<Tokio1Executor>, from: &str) -> Self {
        Self {
            from: from.parse().unwrap(),
            way: Way::Smtp(transport),
        }
    }
}

fn authority(file: &Path) -> Result<Vec<u8>, OpenError> {
    const BEGIN: &[u8] = b"-----BEGIN CERTIFICATE-----";
    let pem = std::fs::read(file).map_err(|_| OpenError::AuthorityFile(file.display().to_string()))?;
    if pem.windows(BEGIN.len()).any(|window| window == BEGIN) {
        Ok(pem)
    } else {
        Err(OpenError::Authority)
    }
}

impl fmt::Debug for Sender {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.way {
            Way::Smtp(_) => out.write_str("Sender(smtp)"),
            Way::Folder(folder) => write!(out, "Sender({})", folder.display()),
        }
    }
}
