//! `[mail]`: how letters leave.

use std::path::PathBuf;

use crate::reader::Reader;
use crate::secret::Secret;
use crate::section::{folder, with_host};

/// How letters leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// `smtp://user:password@host:587` (STARTTLS required, plain on loopback only), `smtps://…:465` or
    /// `file:folder`. `PBGDPL_MAIL__URL` or `PBGDPL_MAIL__URL_FILE`, default `file:var/mail`.
    pub url: Secret,
    /// The address letters come from. `PBGDPL_MAIL__FROM`, default `khong-tra-loi@localhost`.
    pub from: String,
    /// Certificates (PEM) of the authority that vouches for the mail server, trusted beside the public ones.
    /// `PBGDPL_MAIL__CA_FILE`, no default.
    pub ca_file: Option<PathBuf>,
}

impl Mail {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let url = |text: &str| match folder(text).is_some() || with_host(text, &["smtp", "smtps"]).is_some() {
            true => Ok(Secret::new(text)),
            false => {
                Err("phải có dạng \"smtp://người:mật-khẩu@máy:cổng\", \"smtps://…\" hoặc \"file:thư/mục\"")
            }
        };
        let from = |text: &str| match text.split_once('@') {
            Some((local, host)) if is_plain(local) && is_plain(host) => Ok(text.to_owned()),
            _ => Err("phải là một địa chỉ thư, không kèm tên; ví dụ \"khong-tra-loi@example.gov.vn\""),
        };
        let settings = Self {
            url: reader.parsed("mail", "url", Secret::new("file:var/mail"), url),
            from: reader.parsed("mail", "from", "khong-tra-loi@localhost".to_owned(), from),
            ca_file: reader.optional("mail", "ca_file").map(PathBuf::from),
        };
        if settings.ca_file.is_some() && folder(settings.url.reveal()).is_some() {
            reader.refuse(
                "mail",
                "ca_file",
                "chỉ dùng khi mail.url là \"smtp://…\" hoặc \"smtps://…\"",
            );
        }
        settings
    }
}

fn is_plain(part: &str) -> bool {
    !part.is_empty()
        && part
            .chars()
            .all(|sign| sign.is_ascii_alphanumeric() || ".-_+".contains(sign))
}
