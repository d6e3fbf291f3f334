//! What an act leaves to be done after its commit: a closed list of messages, each inside its agency.

use serde::{Deserialize, Serialize};

use crate::id::{AccountId, ActivityId, ArticleId, HostId, MediaId, PlaceId, ReportId, TenantId};

/// A message of one agency. Ids, not content: the job reads what it needs through the agency's own door.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Message {
    /// Something public changed: the province's generation follows.
    SectionChanged,
    /// An item waits for approval: letters to the approvers.
    ArticleSubmitted {
        /// Which.
        article: ArticleId,
    },
    /// An item came back: letter to the submitter.
    ArticleReturned {
        /// Which.
        article: ArticleId,
        /// To whom.
        to: AccountId,
    },
    /// A co-organiser is invited; carried through its own door.
    ShareInvited {
        /// The activity, in the owner's ledger.
        activity: ActivityId,
        /// The co-organiser.
        partner: TenantId,
    },
    /// A co-organiser answered; carried back to the owner.
    ShareAnswered {
        /// The activity.
        activity: ActivityId,
        /// Whose it is.
        owner: TenantId,
    },
    /// A form was submitted: letters to those who follow it in the province.
    ReportSubmitted {
        /// Which.
        report: ReportId,
    },
    /// An agency asks for more time to report: letters to those who follow reports in the province.
    ExtensionAsked {
        /// Form code.
        form: String,
        /// Period.
        period: String,
        /// Year.
        year: i32,
        /// Number of what was asked.
        number: i32,
    },
    /// The province decided on a form; the agency's own copy follows, and a letter tells its reporter.
    ReportDecided {
        /// Form code.
        form: String,
        /// Period.
        period: String,
        /// Year.
        year: i32,
        /// Version.
        version: i32,
    },
    /// A page that shows the section is to be looked at.
    PlaceDue {
        /// Which.
        place: PlaceId,
    },
    /// A page no longer shows the section, or somebody else put something there: letters to those who answer for the section.
    PlaceTroubled {
        /// Which.
        place: PlaceId,
    },
    /// A host name of the agency's own is to be looked at.
    HostDue {
        /// Which.
        host: HostId,
    },
    /// Something is the matter with a host name: letters to those who answer for the section.
    HostTroubled {
        /// Which.
        host: HostId,
    },
    /// A picture of a page that shows the section is to be made.
    PlacePicture {
        /// Which.
        place: PlaceId,
    },
    /// Nothing shows a file any more: its bytes go.
    FileDropped {
        /// Which.
        file: MediaId,
    },
}

impl Message {
    /// The word of the kind, for the header.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::SectionChanged => "section-changed",
            Self::ArticleSubmitted { .. } => "article-submitted",
            Self::ArticleReturned { .. } => "article-returned",
            Self::ShareInvited { .. } => "share-invited",
            Self::ShareAnswered { .. } => "share-answered",
            Self::ReportSubmitted { .. } => "report-submitted",
            Self::ExtensionAsked { .. } => "extension-asked",
            Self::ReportDecided { .. } => "report-decided",
            Self::PlaceDue { .. } => "place-due",
            Self::PlaceTroubled { .. } => "place-troubled",
            Self::HostDue { .. } => "host-due",
            Self::HostTroubled { .. } => "host-troubled",
            Self::PlacePicture { .. } => "place-picture",
            Self::FileDropped { .. } => "file-dropped",
        }
    }
}

/// A message of no agency: of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum AccountMessage {
    /// A sign-in from a device not seen before: letter to the person.
    NewDevice {
        /// Whose.
        account: AccountId,
        /// What the browser said of itself, shortened.
        device: String,
        /// When, milliseconds since 1970.
        at: i64,
    },
}
