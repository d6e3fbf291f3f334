//! Who serves the agency, in which roles; giving and taking them.

use askama::Template;

use super::DeskFrame;
use crate::form::{Choice, ErrorSummary, Field};
use crate::{CachePolicy, Page};

/// A role somebody holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeldRole {
    /// In words.
    pub label: String,
    /// The word that is sent.
    pub value: String,
    /// Since when, dd/mm/yyyy.
    pub since: String,
}

/// A person of the agency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Member {
    /// What is sent for the person.
    pub account: String,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// Roles.
    pub roles: Vec<HeldRole>,
    /// The person both writes and approves here.
    pub both: bool,
}

/// The people of an agency.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/member.html")]
pub struct Members {
    /// Surroundings.
    pub frame: DeskFrame,
    /// People, by name.
    pub people: Vec<Member>,
    /// Where roles are given.
    pub grant: String,
    /// Where roles are taken.
    pub revoke: String,
    /// The reader may give and take.
    pub may_change: bool,
    /// To whom.
    pub email: Field,
    /// What.
    pub role: Field,
}

impl Members {
    /// The fields for a new role, empty. `roles`: word, label and what it may do, of each role the reader may give.
    #[must_use]
    pub fn fields(roles: &[(String, String, String)]) -> (Field, Field) {
        let email = Field {
            longest: 254,
            ..Field::line("email", "Thư điện tử của người được giao", "email")
        };
        let choices = roles
            .iter()
            .map(|(value, label, hint)| Choice {
                value: value.clone(),
                label: label.clone(),
                hint: hint.clone(),
                chosen: false,
            })
            .collect();
        let email = email.with_hint(
            "Chưa có tài khoản thì được mời qua thư. Một người dùng một tài khoản cho mọi cơ quan.",
        );
        (email, Field::radios("role", "Vai trò", choices))
    }

    fn errors(&self) -> ErrorSummary {
        ErrorSummary::of("Chưa giao được", [&self.email, &self.role])
    }
}

super::never_kept!(Members);
