//! One field of a form.

use askama::Template;

/// One of several choices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// A line under it.
    pub hint: String,
    /// Chosen.
    pub chosen: bool,
}

/// How a field is filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Control {
    /// One line; `kind` is the HTML type.
    Line {
        /// `text`, `email`, `password`, `url`, `search`, `number`.
        kind: &'static str,
        /// `numeric`, `decimal`, `email` or nothing: the keyboard on a phone.
        keyboard: &'static str,
    },
    /// Several lines.
    Area {
        /// Lines shown.
        rows: u8,
    },
    /// One of a long list.
    Select(Vec<Choice>),
    /// One of a few.
    Radios(Vec<Choice>),
    /// Any of a few; also one box alone.
    Boxes(Vec<Choice>),
    /// Files.
    Files {
        /// Accepted types.
        accept: &'static str,
        /// More than one.
        several: bool,
    },
}

/// One field: label, hint, error, and what was typed.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "part/field.html")]
pub struct Field {
    /// Name in the form, also its anchor.
    pub name: String,
    /// Label.
    pub label: String,
    /// A line under the label.
    pub hint: String,
    /// What is wrong and what to write, as it follows "label: " in the summary: "lớn hơn tổng lượt người (58)."
    pub error: Option<String>,
    /// What was typed.
    pub value: String,
    /// How it is filled.
    pub control: Control,
    /// The form is not sent without it. Shown by words ("không bắt buộc" on the others), not by a star.
    pub required: bool,
    /// May stay empty without a word about it: what narrows a list, the cells of a sheet.
    pub quiet: bool,
    /// `current-password`, `one-time-code` …
    pub autocomplete: &'static str,
    /// Longest text in characters; 0 says nothing.
    pub longest: u32,
    /// A narrow field (`short`) for a code or a figure.
    pub short: bool,
}

impl Field {
    fn new(name: &str, label: &str, control: Control) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            hint: String::new(),
            error: None,
            value: String::new(),
            control,
            required: true,
            quiet: false,
            autocomplete: "off",
            longest: 0,
            short: false,
        }
    }

    /// One line of text.
    #[must_use]
    pub fn text(name: &str, label: &str) -> Self {
        Self::new(
            name,
            label,
            Control::Line {
                kind: "text",
                keyboard: "",
            },
        )
    }

    /// One line of another type: `email`, `password`, `url`.
    #[must_use]
    pub fn line(name: &str, label: &str, kind: &'static str) -> Self {
        Self::new(name, label, Control::Line { kind, keyboard: "" })
    }

    /// A figure; typed as text so that "1.234" is understood.
    #[must_use]
    pub fn figure(name: &str, label: &str) -> Self {
        Self {
            short: true,
            ..Self::new(
                name,
                label,
                Control::Line {
                    kind: "text",
                    keyboard: "numeric",
                },
            )
        }
    }

    /// A day, dd/mm/yyyy.
    #[must_use]
    pub fn day(name: &str, label: &str) -> Self {
        Self {
            hint: "Ngày/tháng/năm, ví dụ 09/11/2020".into(),
            ..Self::figure(name, label)
        }
    }

    /// Several lines.
    #[must_use]
    pub fn area(name: &str, label: &str, rows: u8) -> Self {
        Self::new(name, label, Control::Area { rows })
    }

    /// One of a long list. An empty `value` among the choices reads "Chưa chọn".
    #[must_use]
    pub fn select(name: &str, label: &str, choices: Vec<Choice>) -> Self {
        Self::new(name, label, Control::Select(choices))
    }

    /// One of a few.
    #[must_use]
    pub fn radios(name: &str, label: &str, choices: Vec<Choice>) -> Self {
        Self::new(name, label, Control::Radios(choices))
    }

    /// Any of a few.
    #[must_use]
    pub fn boxes(name: &str, label: &str, choices: Vec<Choice>) -> Self {
        Self {
            required: false,
            ..Self::new(name, label, Control::Boxes(choices))
        }
    }

    /// Files.
    #[must_use]
    pub fn files(name: &str, label: &str, accept: &'static str, several: bool) -> Self {
        Self::new(name, label, Control::Files { accept, several })
    }

    /// With what was typed.
    #[must_use]
    pub fn with_value(mut self, value: impl Into<String>) -> Self {
        self.value = value.into();
        self
    }

    /// With a line under the label.
    #[must_use]
    pub fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    /// With what is wrong, if something is.
    #[must_use]
    pub fn with_error(mut self, error: Option<impl Into<String>>) -> Self {
        self.error = error.map(Into::into);
        self
    }

    /// May stay empty.
    #[must_use]
    pub fn optional(mut self) -> Self {
        self.required = false;
        self
    }

    /// May stay empty, and the form says so by itself or demands it only with others.
    #[must_use]
    pub fn unmarked(mut self) -> Self {
        self.required = false;
        self.quiet = true;
        self
    }

    /// The choice that is made: chosen already, or what was typed.
    #[must_use]
    pub fn is_chosen(&self, choice: &Choice) -> bool {
        choice.chosen || (!self.value.is_empty() && choice.value == self.value)
    }

    /// The error as a sentence of its own, under the label.
    #[must_use]
    pub fn error_sentence(&self) -> Option<String> {
        let mut letters = self.error.as_ref()?.chars();
        Some(letters.next()?.to_uppercase().chain(letters).collect())
    }

    /// Ids of hint and error, for screen readers.
    #[must_use]
    pub fn described_by(&self) -> String {
        let hint = (!self.hint.is_empty()).then(|| format!("{}-goi-y", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-loi", self.name));
        [hint, error].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// Label and control are tied by `for`; a group has a legend instead.
    #[must_use]
    pub fn is_group(&self) -> bool {
        matches!(self.control, Control::Radios(_) | Control::Boxes(_))
    }
}
