//! Controlled words: one file per list, managed by the province.

use serde::{Deserialize, Serialize};

use super::agency::is_false;
use super::document::{self, Parsed};
use super::problem::Problem;
use crate::activity::Kind;
use crate::ledger::Measure;

/// A list of words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermList {
    /// What the list is.
    pub title: String,
    /// The law it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// `[[term]]`, in order.
    #[serde(rename = "term")]
    pub terms: Vec<Term>,
}

impl TermList {
    /// The word with this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Term> {
        self.terms.iter().find(|term| term.id == id)
    }
}

/// A word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Permanent.
    pub id: String,
    /// The exact words.
    pub label: String,
    /// For lists, where the exact words are long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short: Option<String>,
    /// Article and clause.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// A code of some standard (ISO 639 for languages).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Not yet checked against an official source.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verify: bool,
}

impl Term {
    /// The short words, or the exact ones.
    #[must_use]
    pub fn name(&self) -> &str {
        self.short.as_deref().unwrap_or(&self.label)
    }
}

/// The kinds of activities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityKinds {
    /// What the list is.
    pub title: String,
    /// `[[term]]`, in order.
    #[serde(rename = "term")]
    pub terms: Vec<ActivityTerm>,
}

/// A kind of activity and what it counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityTerm {
    /// Which.
    pub id: Kind,
    /// Its name.
    pub label: String,
    /// The form of law education proposed first.
    pub form: String,
    /// The measures it may raise.
    pub raises: Vec<Measure>,
}

macro_rules! lists {
    ($($(#[$doc:meta])* $field:ident: $value:ty = $file:literal),* $(,)?) => {
        /// All lists.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct Vocabulary { $($(#[$doc])* pub $field: $value),* }

        /// The lists with their files.
        pub(super) struct Lists<'a> { $(pub $field: Parsed<'a, $value>),* }

        /// The lists found so far.
        #[derive(Default)]
        pub(super) struct Found<'a> { seen: Vec<&'a str>, $($field: Option<Parsed<'a, $value>>),* }

        impl Lists<'_> {
            pub fn into_vocabulary(self) -> Vocabulary {
                Vocabulary { $($field: self.$field.value),* }
            }
        }

        impl<'a> Found<'a> {
            pub fn knows(name: &str) -> bool {
                matches!(name, $($file)|*)
            }

            pub fn read(&mut self, path: &'a str, name: &'a str, text: &'a str, problems: &mut Vec<Problem>) {
                self.seen.push(name);
                match name {
                    $($file => match document::parse(path, text) {
                        Ok(parsed) => self.$field = Some(parsed),
                        Err(problem) => problems.push(problem),
                    },)*
                    _ => {}
                }
            }

            pub fn complete(self, problems: &mut Vec<Problem>) -> Option<Lists<'a>> {
                for file in [$($file),*] {
                    if !self.seen.contains(&file) {
                        problems.push(Problem::new(&format!("vocabulary/{file}"), 1, "thiếu tệp này"));
                    }
                }
                Some(Lists { $($field: self.$field?),* })
            }
        }
    };
}

lists! {
    /// The eight forms of law education (Luật 14/2012/QH13 Đ.11).
    education_forms: TermList = "education-forms.toml",
    /// Fields of law (Đ.10).
    fields: TermList = "fields.toml",
    /// Audiences (Đ.17-22 and general).
    audiences: TermList = "audiences.toml",
    /// Information groups an agency chooses from.
    information_groups: TermList = "information-groups.toml",
    /// Types of legal documents.
    document_types: TermList = "document-types.toml",
    /// Languages.
    languages: TermList = "languages.toml",
    /// Kinds of materials.
    material_kinds: TermList = "material-kinds.toml",
    /// Cases in which báo cáo viên are dismissed and tuyên truyền viên let go.
    dismissal_cases: TermList = "dismissal-cases.toml",
    /// Kinds of activities.
    activity_kinds: ActivityKinds = "activity-kinds.toml",
}

impl Lists<'_> {
    /// The plain lists, for checks common to all.
    pub fn plain(&self) -> [&Parsed<'_, TermList>; 8] {
        [
            &self.education_forms,
            &self.fields,
            &self.audiences,
            &self.information_groups,
            &self.document_types,
            &self.languages,
            &self.material_kinds,
            &self.dismissal_cases,
        ]
    }
}
