//! One agency as the province sees it: facts, what is still to be checked, people, and opening or closing its section.

use askama::Template;

use crate::desk::DeskFrame;
use crate::form::{ErrorSummary, Field};
use crate::part::{Link, State};
use crate::{CachePolicy, Page};

/// One role of one person.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonRow {
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// The role's name.
    pub role: String,
    /// The role's word, as it is sent.
    pub role_word: String,
    /// The account, as it is sent.
    pub account: String,
    /// Since when.
    pub since: String,
    /// Where taking it goes; none where the reader may not.
    pub revoke: Option<String>,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "province/agency.html")]
pub struct AgencyPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// All agencies.
    pub back: String,
    /// Official name.
    pub name: String,
    /// Whether its section is open.
    pub state: State,
    /// Name and value.
    pub facts: Vec<(String, String)>,
    /// Facts not yet checked against an official source.
    pub unverified: Vec<String>,
    /// Its section, its figures.
    pub links: Vec<Link>,
    /// Its people.
    pub people: Vec<PersonRow>,
    /// Where a new role goes.
    pub grant: Option<String>,
    /// E-mail and role.
    pub grant_fields: Vec<Field>,
    /// Where suspending goes; none where it is not to be done.
    pub suspend: Option<String>,
    /// How and why.
    pub suspend_fields: Vec<Field>,
    /// Where opening again goes; none where it is open.
    pub reactivate: Option<String>,
    /// Why.
    pub reactivate_fields: Vec<Field>,
}

impl AgencyPage {
    fn errors(&self) -> ErrorSummary {
        let fields = self
            .grant_fields
            .iter()
            .chain(&self.suspend_fields)
            .chain(&self.reactivate_fields);
        ErrorSummary::of("Chưa làm được", fields)
    }
}

impl Page for AgencyPage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
