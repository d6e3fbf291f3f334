//! The register of báo cáo viên pháp luật on the desk: the list as of a day, one person with their history, the forms.

mod fields;
mod list;
mod person;

pub use fields::{Part, RegisterWords, parts};
pub use list::{Narrowed, RegisterLine, RegisterList};
pub use person::{HistoryLine, RegisterPerson, SessionLine, Term};

use askama::Template;
use pbgdpl_model::register::State;

use super::DeskFrame;
use super::activity::Group;
use crate::form::{Button, Buttons, ErrorSummary, Field};
use crate::part::{self, Notice, Tone};
use crate::{CachePolicy, Page};

/// One thing that may be written into the register, as a form.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/register_form.html")]
pub struct RegisterForm {
    /// Surroundings.
    pub frame: DeskFrame,
    /// "Ghi quyết định miễn nhiệm".
    pub heading: String,
    /// One sentence under it.
    pub lead: String,
    /// Where the form goes.
    pub action: String,
    /// The newest fact before the person's eyes; 0 of a new entry.
    pub based_on: i32,
    /// Somebody wrote in between.
    pub stale: Option<Notice>,
    /// The fields, in groups.
    pub groups: Vec<Group>,
    /// What happens.
    pub note: String,
    /// The button.
    pub button: String,
    /// Where one goes without saving.
    pub back: String,
}

impl RegisterForm {
    fn errors(&self) -> ErrorSummary {
        ErrorSummary::of("Chưa ghi được", self.fields())
    }

    fn fields(&self) -> impl Iterator<Item = &Field> {
        self.groups.iter().flat_map(|group| &group.fields)
    }

    fn buttons(&self) -> Buttons {
        Buttons {
            note: self.note.clone(),
            buttons: vec![Button::primary(&self.button)],
        }
    }

    fn is_wrong(&self) -> bool {
        self.fields().any(|field| field.error.is_some())
    }
}

/// How a state looks.
#[must_use]
pub fn state(state: State) -> part::State {
    let tone = match state {
        State::Proposed => Tone::Wait,
        State::Recognised => Tone::Ok,
        State::Suspended | State::DismissalAsked => Tone::Soon,
        State::Refused | State::Ended => Tone::Back,
    };
    part::State::new(tone, state.label())
}

super::never_kept!(RegisterForm, RegisterList, RegisterPerson);
