//! States, notices and ways: always a word and a shape, never colour alone.

use askama::Template;

use crate::part::{Link, prints_itself};

/// How a state looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Full circle: done, valid, on time.
    Ok,
    /// Half circle: due soon, not yet.
    Soon,
    /// Full diamond: late, ended, wrong.
    Late,
    /// Corner: sent back.
    Back,
    /// Dotted circle: waits for somebody.
    #[default]
    Wait,
}

impl Tone {
    /// The class in the style sheet.
    #[must_use]
    pub const fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Soon => "soon",
            Self::Late => "late",
            Self::Back => "back",
            Self::Wait => "wait",
        }
    }
}

/// A state: word and shape.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(
    source = r#"<span class="st {{ tone.class() }}">{{ word }}</span>"#,
    ext = "html"
)]
pub struct State {
    /// How it looks.
    pub tone: Tone,
    /// The word.
    pub word: String,
}

impl State {
    /// A state.
    #[must_use]
    pub fn new(tone: Tone, word: impl Into<String>) -> Self {
        Self {
            tone,
            word: word.into(),
        }
    }
}

/// What just happened, or what must be known before reading.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "part/notice.html")]
pub struct Notice {
    /// Good, warning or bad.
    pub tone: Tone,
    /// First words, bold.
    pub title: String,
    /// The rest.
    pub text: String,
    /// Where to go on.
    pub link: Option<Link>,
}

impl Notice {
    /// An act has been done.
    #[must_use]
    pub fn done(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            tone: Tone::Ok,
            title: title.into(),
            text: text.into(),
            link: None,
        }
    }

    /// Something to know or to do.
    #[must_use]
    pub fn warning(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            tone: Tone::Soon,
            title: title.into(),
            text: text.into(),
            link: None,
        }
    }

    /// Something went wrong; the text says what was kept and what to do.
    #[must_use]
    pub fn refused(title: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            tone: Tone::Late,
            title: title.into(),
            text: text.into(),
            link: None,
        }
    }

    /// With a way on.
    #[must_use]
    pub fn with_link(mut self, link: Link) -> Self {
        self.link = Some(link);
        self
    }

    /// Refusals interrupt, the rest waits its turn.
    #[must_use]
    pub fn role(&self) -> &'static str {
        if self.tone == Tone::Late {
            "alert"
        } else {
            "status"
        }
    }
}

/// A list without entries, with its next step.
#[derive(Debug, Clone, Default, PartialEq, Eq, Template)]
#[template(path = "part/empty.html")]
pub struct Empty {
    /// What there is not.
    pub title: String,
    /// Why, and what one may do.
    pub text: String,
    /// The next steps; the first is the button.
    pub links: Vec<Link>,
}

/// One station of a way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// What is done there.
    pub label: String,
    /// By whom, when.
    pub detail: String,
}

/// The way of a thing: stations behind, the present one, stations ahead.
#[derive(Debug, Clone, PartialEq, Eq, Template)]
#[template(path = "part/steps.html")]
pub struct Steps {
    /// What the way is of: "Đường đi của bài".
    pub label: String,
    /// Stations in order.
    pub steps: Vec<Step>,
    /// Position of the present one; all are done when it lies behind the last.
    pub present: usize,
}

prints_itself!(State, Notice, Empty, Steps);
