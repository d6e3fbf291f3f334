//! Forms: fields with their hint, error and what was typed; the list of errors at the head; the buttons at the foot.

use askama::Template;

use crate::part::prints_itself;

mod field;

pub use field::{Choice, Control, Field};

/// What is wrong with a form, as links to its fields. Prints nothing when nothing is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "part/error_summary.html")]
pub struct ErrorSummary {
    /// What was not done: "Chưa ghi được".
    pub title: String,
    /// What was kept: "Những gì bạn đã nhập vẫn còn."
    pub kept: String,
    /// Anchor and message of each.
    pub errors: Vec<(String, String)>,
}

impl ErrorSummary {
    /// The errors of these fields, under "`title`: còn n chỗ cần sửa".
    #[must_use]
    pub fn of<'a>(title: &str, fields: impl IntoIterator<Item = &'a Field>) -> Self {
        let errors: Vec<_> = fields
            .into_iter()
            .filter_map(|field| {
                Some((
                    field.name.clone(),
                    format!("{}: {}", field.label, field.error.as_ref()?),
                ))
            })
            .collect();
        Self {
            title: format!("{title}: còn {} chỗ cần sửa", errors.len()),
            kept: "Những gì đã nhập vẫn được giữ.".into(),
            errors,
        }
    }

    /// Nothing is wrong.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }
}

/// A button that sends the form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Button {
    /// Verb first: "Gửi duyệt".
    pub label: String,
    /// Sent as `act` when the form has several.
    pub act: Option<String>,
    /// Not the primary one.
    pub quiet: bool,
    /// Key that presses it, shown beside: "Ctrl+Enter".
    pub key: Option<String>,
    /// Where the form goes instead of its own address.
    pub action: Option<String>,
}

impl Button {
    /// The primary act of a form.
    #[must_use]
    pub fn primary(label: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            key: Some("Ctrl+Enter".into()),
            ..Self::default()
        }
    }

    /// Another act of the same form.
    #[must_use]
    pub fn quiet(label: impl Into<String>, act: impl Into<String>) -> Self {
        Self {
            label: label.into(),
            act: Some(act.into()),
            quiet: true,
            ..Self::default()
        }
    }

    /// With the word that says which button sent the form.
    #[must_use]
    pub fn with_act(mut self, act: impl Into<String>) -> Self {
        self.act = Some(act.into());
        self
    }
}

/// The foot of a form: a word on the left, quiet acts, the primary act at the right edge; it stays in sight.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "part/buttons.html")]
pub struct Buttons {
    /// What happens, or what still lacks.
    pub note: String,
    /// Quiet ones first, the primary one last.
    pub buttons: Vec<Button>,
}

prints_itself!(ErrorSummary, Buttons, Field);
