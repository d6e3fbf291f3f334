//! Answers of OAI-PMH 2.0 as XML (openarchives.org/OAI/openarchivesprotocol.html).

mod write;

pub use write::document;

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Who answers.
    Identify(Identify),
    /// The one format: Dublin Core.
    Formats,
    /// The sets.
    Sets(Vec<Set>),
    /// One record.
    Record(Box<Record>),
    /// Records, or their headers alone.
    List {
        /// The records.
        records: Vec<Record>,
        /// Where the list goes on; empty at the end of a list of several answers, none where one holds all.
        token: Option<String>,
        /// Whether what they say is wanted too.
        whole: bool,
    },
}

/// Who answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identify {
    /// Name.
    pub name: String,
    /// Whom to write to.
    pub mail: String,
    /// The oldest datestamp.
    pub earliest: String,
}

/// A set.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Set {
    /// Its name for programs.
    pub spec: String,
    /// Its name.
    pub name: String,
}

/// A record.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    /// Permanent id, a URI.
    pub identifier: String,
    /// Last change, UTC, to the second.
    pub stamp: String,
    /// The sets that it belongs to.
    pub sets: Vec<String>,
    /// What it says; none of what was withdrawn.
    pub about: Option<Dublin>,
}

/// An item in the fifteen elements of Dublin Core.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dublin {
    /// Title.
    pub title: String,
    /// Who made it.
    pub creator: String,
    /// Who published it.
    pub publisher: String,
    /// Kind and fields of law.
    pub subjects: Vec<String>,
    /// One sentence.
    pub description: String,
    /// Day of first publication.
    pub date: String,
    /// Its one address.
    pub identifier: String,
    /// Where it comes from.
    pub sources: Vec<String>,
    /// The document that it introduces.
    pub relation: Option<String>,
    /// Its language (BCP 47).
    pub language: &'static str,
    /// On which terms it may be used (an address).
    pub rights: String,
}

/// What is wrong with a request (3.6).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OaiError {
    /// An argument is unknown, missing, repeated or unreadable.
    BadArgument(String),
    /// A token that was not given out here.
    BadResumptionToken,
    /// No verb, an unknown one, or several.
    BadVerb,
    /// Another format than the one there is.
    CannotDisseminateFormat,
    /// No such record.
    IdDoesNotExist,
    /// Nothing is in this list.
    NoRecordsMatch,
}

impl OaiError {
    const fn code(&self) -> &'static str {
        match self {
            Self::BadArgument(_) => "badArgument",
            Self::BadResumptionToken => "badResumptionToken",
            Self::BadVerb => "badVerb",
            Self::CannotDisseminateFormat => "cannotDisseminateFormat",
            Self::IdDoesNotExist => "idDoesNotExist",
            Self::NoRecordsMatch => "noRecordsMatch",
        }
    }

    fn words(&self) -> &str {
        match self {
            Self::BadArgument(why) => why,
            Self::BadResumptionToken => "the token was not given out here",
            Self::BadVerb => "the verb is missing, unknown or repeated",
            Self::CannotDisseminateFormat => "the only format is oai_dc",
            Self::IdDoesNotExist => "there is no record of this identifier",
            Self::NoRecordsMatch => "no record is in this list",
        }
    }
}
