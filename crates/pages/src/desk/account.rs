//! A person's own pages: the account, the password, the first password of somebody who was invited.

use askama::Template;

use super::DeskFrame;
use super::home::WorkPlace;
use crate::form::{ErrorSummary, Field};
use crate::part::State;
use crate::{Bare, CachePolicy, Page};

/// The own account.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/account.html")]
pub struct Account {
    /// Surroundings.
    pub frame: DeskFrame,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
    /// How the second factor stands: "Đang bật, từ 08/11/2020".
    pub factor: State,
    /// Where it is set up; none where it is on.
    pub set_up: Option<String>,
    /// Where the password is changed.
    pub change_password: String,
    /// This session: "Chrome trên Windows, từ 8 giờ 12".
    pub session: String,
    /// When it ends, whatever happens.
    pub session_ends: String,
    /// After how many minutes of rest it ends.
    pub idle_minutes: i64,
    /// Places where the person has roles.
    pub places: Vec<WorkPlace>,
    /// Whether they get the summary of the province by letter; none for whoever cannot.
    pub summary: Option<bool>,
}

/// A new password.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/change_password.html")]
pub struct ChangePassword {
    /// Surroundings.
    pub frame: DeskFrame,
    /// Where the form goes.
    pub action: String,
    /// The account, for password managers.
    pub email: String,
    /// The password so far.
    pub old: Field,
    /// The new one.
    pub new: Field,
}

/// The first password of an invited person.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/first_password.html")]
pub struct FirstPassword {
    /// Surroundings.
    pub frame: Bare,
    /// Where the form goes.
    pub action: String,
    /// Whose account it is.
    pub email: String,
    /// How they are called.
    pub name: Field,
    /// The password.
    pub new: Field,
}

/// The field for the name of a person.
#[must_use]
pub fn own_name(so_far: &str) -> Field {
    let field = Field {
        autocomplete: "name",
        longest: 100,
        ..Field::text("name", "Họ và tên")
    };
    field
        .with_hint("Ghi cạnh mọi việc bạn làm.")
        .with_value(so_far)
        .optional()
}

/// The field for a new password.
#[must_use]
pub fn new_password() -> Field {
    let field = Field {
        autocomplete: "new-password",
        longest: 200,
        ..Field::line("new", "Mật khẩu mới", "password")
    };
    field.with_hint(
        "Ít nhất 15 ký tự, ví dụ bốn năm từ không liên quan với nhau. Dấu cách và chữ có dấu đều được.",
    )
}

/// The field for the password so far.
#[must_use]
pub fn old_password() -> Field {
    Field {
        autocomplete: "current-password",
        longest: 200,
        ..Field::line("old", "Mật khẩu đang dùng", "password")
    }
}

impl ChangePassword {
    fn errors(&self) -> ErrorSummary {
        ErrorSummary {
            kept: String::new(),
            ..ErrorSummary::of("Chưa đổi được", [&self.old, &self.new])
        }
    }
}

impl FirstPassword {
    fn errors(&self) -> ErrorSummary {
        ErrorSummary {
            kept: String::new(),
            ..ErrorSummary::of("Chưa đặt được", [&self.name, &self.new])
        }
    }
}

super::never_kept!(Account, ChangePassword, FirstPassword);
