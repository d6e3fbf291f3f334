//! Content: items of three kinds, their immutable versions, and the way from draft to public.

pub mod content;
pub mod copied;
pub mod difference;
pub mod language;
pub mod transition;

pub use content::{Base, Content, ContentProblem, Document, Kind, PictureRef, Validity};
pub use copied::{Copied, HttpsAddress};
pub use language::Language;
pub use transition::{Illegal, Stage, Step, next};

use crate::clock::Moment;
use crate::id::{AccountId, ArticleId};

/// An item over all its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// Permanent id.
    pub id: ArticleId,
    /// What it is.
    pub kind: Kind,
    /// Where its latest version stands.
    pub stage: Stage,
    /// Title of the latest version.
    pub title: String,
    /// Number of the latest version.
    pub latest_version: i32,
    /// Number of the version published last.
    pub live_version: Option<i32>,
    /// First publication.
    pub first_published_at: Option<Moment>,
    /// Latest publication.
    pub published_at: Option<Moment>,
    /// Withdrawal, with its notice.
    pub withdrawn: Option<(Moment, String)>,
    /// Who submitted the latest version.
    pub submitted_by: Option<AccountId>,
    /// Remark of the last return.
    pub returned_note: Option<String>,
    /// Who made it.
    pub created_by: AccountId,
    /// When it was made.
    pub created_at: Moment,
    /// Last change.
    pub changed_at: Moment,
    /// Counts changes: a save over a newer one is refused (PUB-10).
    pub row_version: i64,
    /// Everybody who touched the text since the last publication (N-19).
    pub contributors: Vec<AccountId>,
}

impl Article {
    /// Whether the public sees a version of the item now. `live_version` stays the last published one when an item is
    /// withdrawn, so that contributors are still counted from there.
    #[must_use]
    pub const fn is_live(&self) -> bool {
        self.live_version.is_some() && self.withdrawn.is_none()
    }
}

/// One version, as it was saved; never changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// 1, 2, 3 …
    pub number: i32,
    /// What was written.
    pub content: Content,
    /// SHA-256 of the content, hexadecimal.
    pub content_hash: String,
    /// What changed, in the author's words.
    pub note: String,
    /// Who saved it.
    pub author: AccountId,
    /// Their name then.
    pub author_name: String,
    /// When.
    pub created_at: Moment,
}

/// An item as the public sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedItem {
    /// The agency that speaks.
    pub tenant: crate::id::TenantId,
    /// Permanent id.
    pub id: ArticleId,
    /// What it is.
    pub kind: Kind,
    /// Readable part of its address.
    pub slug: String,
    /// Title.
    pub title: String,
    /// One sentence.
    pub summary: String,
    /// The text, sanitised HTML.
    pub html: String,
    /// Legal facts, bases, picture, approver.
    pub facts: PublishedFacts,
    /// First publication.
    pub first_published_at: Moment,
    /// Latest publication.
    pub published_at: Moment,
    /// Withdrawal, with its notice.
    pub withdrawn: Option<(Moment, String)>,
}

/// What stands beside the text of a published item.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct PublishedFacts {
    /// Version number shown.
    pub version: i32,
    /// In which language it is.
    pub language: Language,
    /// The item of the same agency that it translates.
    pub translates: Option<ArticleId>,
    /// Where it stands first, outside of the platform or in another section.
    pub copied: Option<Copied>,
    /// Legal bases.
    pub bases: Vec<Base>,
    /// The document introduced.
    pub document: Option<Document>,
    /// Fields of law.
    pub fields: Vec<String>,
    /// Audiences.
    pub audiences: Vec<String>,
    /// Picture.
    pub picture: Option<PictureRef>,
    /// Source.
    pub source: String,
    /// Who wrote it.
    pub author: String,
    /// Who approved it.
    pub approver: String,
    /// Day the validity was checked.
    pub checked_on: Option<chrono::NaiveDate>,
    /// Public change notes: (day, note).
    pub changes: Vec<(chrono::NaiveDate, String)>,
    /// Visible mark: illustrative data.
    pub illustrative: bool,
}
