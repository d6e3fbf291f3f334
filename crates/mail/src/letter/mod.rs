//! A letter as a value: what it says, to whom, caused by which outbox row.

mod account_invited;
mod alarm_raised;
mod article_returned;
mod article_submitted;
mod extension_answered;
mod extension_asked;
mod factor_reset;
mod host_troubled;
mod new_device;
mod place_troubled;
mod report_due;
mod report_requested;
mod report_returned;
mod report_submitted;
mod reports_late;
mod share_invited;
mod summary;

use askama::Template;
use pbgdpl_model::clock::Moment;
use uuid::Uuid;

pub use account_invited::AccountInvited;
pub use alarm_raised::AlarmRaised;
pub use article_returned::ArticleReturned;
pub use article_submitted::ArticleSubmitted;
pub use extension_answered::ExtensionAnswered;
pub use extension_asked::ExtensionAsked;
pub use factor_reset::FactorReset;
pub use host_troubled::HostTroubled;
pub use new_device::NewDevice;
pub use place_troubled::PlaceTroubled;
pub use report_due::ReportDue;
pub use report_requested::ReportRequested;
pub use report_returned::ReportReturned;
pub use report_submitted::ReportSubmitted;
pub use reports_late::ReportsLate;
pub use share_invited::ShareInvited;
pub use summary::SummaryLetter;

/// What a letter says: its template is the text, this is the subject.
pub trait Words: Template {
    /// Returns the subject line.
    fn subject(&self) -> String;
}

/// Where a letter goes and what caused it.
#[derive(Debug, Clone)]
pub struct Envelope<'a> {
    /// The outbox row; the same row and address always give the same Message-ID.
    pub outbox_id: Uuid,
    /// When the letter is written.
    pub at: Moment,
    /// The agency that speaks.
    pub speaker: &'a str,
    /// The recipient's name, empty if unknown.
    pub to_name: &'a str,
    /// The recipient's address.
    pub to_address: &'a str,
}

/// A letter ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The outbox row that caused it.
    pub outbox_id: Uuid,
    /// When it was written.
    pub at: Moment,
    /// The agency that speaks, one line.
    pub speaker: String,
    /// The recipient's name, one line.
    pub to_name: String,
    /// The recipient's address.
    pub to_address: String,
    /// The subject, one line.
    pub subject: String,
    /// The text.
    pub text: String,
}

impl Letter {
    /// Writes a letter.
    pub fn write(words: &impl Words, envelope: &Envelope<'_>) -> Result<Self, askama::Error> {
        let speaker = one_line(envelope.speaker);
        let text = words.render()?;
        // "-- " is where mail programs begin a signature (RFC 3676, 4.3).
        let text = format!(
            "{}\n\n-- \n{speaker}\nThư gửi tự động, xin không trả lời thư này.\n",
            text.trim_end()
        );
        Ok(Self {
            outbox_id: envelope.outbox_id,
            at: envelope.at,
            to_name: one_line(envelope.to_name),
            to_address: envelope.to_address.trim().to_owned(),
            subject: one_line(&words.subject()),
            text: without_controls(&text),
            speaker,
        })
    }
}

/// Makes a header value of a text: no control characters, no direction marks that make a name look like another.
fn one_line(text: &str) -> String {
    let plain = text
        .chars()
        .map(|sign| if sign.is_control() { ' ' } else { sign })
        .filter(|sign| !is_direction(*sign));
    let plain: String = plain.collect();
    let words: Vec<&str> = plain.split_whitespace().collect();
    words.join(" ").chars().take(200).collect()
}

fn without_controls(text: &str) -> String {
    text.chars()
        .filter(|sign| matches!(sign, '\n' | '\t') || !(sign.is_control() || is_direction(*sign)))
        .collect()
}

fn is_direction(sign: char) -> bool {
    matches!(sign, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}
