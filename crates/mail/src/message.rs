//! A letter as a mail message: typed headers only, nothing pre-encoded.

use std::time::{Duration, SystemTime};

use lettre::Address;
use lettre::message::header::{ContentType, Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use sha2::{Digest, Sha256};

use crate::letter::Letter;
use crate::sender::SendError;

/// Tells other programs not to answer (RFC 3834).
#[derive(Debug, Clone)]
struct AutoSubmitted;

impl Header for AutoSubmitted {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// Names a letter: one outbox row may go to several people, and the same row to the same person twice.
pub(crate) fn name(letter: &Letter) -> String {
    let recipient = Sha256::digest(letter.to_address.to_lowercase());
    let short = recipient.iter().take(8).copied().collect::<Vec<_>>();
    format!("{}.{}", letter.outbox_id.simple(), hex::encode(short))
}

/// Makes the message.
pub(crate) fn message(letter: &Letter, from: &Address) -> Result<Message, SendError> {
    let to: Address = letter
        .to_address
        .parse()
        .map_err(|_| SendError::never("the recipient's address is malformed"))?;
    let mailbox =
        |name: &str, address: Address| Mailbox::new((!name.is_empty()).then(|| name.to_owned()), address);
    let since_1970 = Duration::from_millis(u64::try_from(letter.at.millis()).unwrap_or_default());
    Message::builder()
        .from(mailbox(&letter.speaker, from.clone()))
        .to(mailbox(&letter.to_name, to))
        .subject(letter.subject.as_str())
        .date(SystemTime::UNIX_EPOCH + since_1970)
        .message_id(Some(format!("<{}@{}>", name(letter), from.domain())))
        .header(AutoSubmitted)
        .header(ContentType::TEXT_PLAIN)
        .body(letter.text.clone())
        .map_err(|_| SendError::never("the letter cannot be written as a message"))
}
