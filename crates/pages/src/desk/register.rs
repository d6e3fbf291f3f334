//! The register of báo cáo viên pháp luật on the desk: the list as of a day, one person with their history, the forms.

mod fields;
mod list;
mod person;

pub use fields::{Part, RegisterWords, parts};
pub use list::{Narrowed, RegisterLine, RegisterList};
pub use person::{HistoryLine, RegisterPerson, SessionLine, Term};

use askama::Template;
use pbgdpl_model::register::{Problem, State};

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
    /// Everything that is wrong, also what none of the fields shows.
    pub problems: Vec<Problem>,
    /// What happens.
    pub note: String,
    /// The button.
    pub button: String,
    /// Where one goes without saving.
    pub back: String,
}

impl RegisterForm {
    fn errors(&self) -> ErrorSummary {
        let mut summary = ErrorSummary::of("Chưa ghi được", self.fields());
        let rest: Vec<_> = self
            .unshown()
            .map(|problem| ("mau-ghi".to_owned(), format!("Mẫu này: {}", problem.reason)))
            .collect();
        if !rest.is_empty() {
            summary.errors.extend(rest);
            summary.title = format!("Chưa ghi được: còn {} chỗ cần sửa", summary.errors.len());
        }
        summary
    }

    /// What is wrong with nothing that the form shows: a refusal is never silent.
    fn unshown(&self) -> impl Iterator<Item = &Problem> {
        self.problems
            .iter()
            .filter(|problem| self.fields().all(|field| field.name != problem.field))
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
        !self.problems.is_empty() || self.fields().any(|field| field.error.is_some())
    }
}

/// How a state looks. `lapsed`: the day from which it is over because its level is, dd/mm/yyyy; only districts ended.
#[must_use]
pub fn state(state: State, lapsed: &str) -> part::State {
    if !lapsed.is_empty() {
        return part::State::new(Tone::Back, format!("Hết cấp huyện từ {lapsed}"));
    }
    let tone = match state {
        State::Proposed => Tone::Wait,
        State::Recognised => Tone::Ok,
        State::Suspended | State::DismissalAsked => Tone::Soon,
        State::Refused | State::Ended => Tone::Back,
    };
    part::State::new(tone, state.label())
}

super::never_kept!(RegisterForm, RegisterList, RegisterPerson);
