//! One activity: its facts, its ledger rows with what was taken back struck out, evidence, co-organisers, what happened.

use askama::Template;
use pbgdpl_model::activity::{Answer, Stage};

use super::list::state;
use crate::desk::DeskFrame;
use crate::form::{ErrorSummary, Field};
use crate::part::{State, Tone};

/// One fact: its name and what it says.
pub type Fact = (String, String);

/// One row of the ledger.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LedgerLine {
    /// Its number.
    pub seq: String,
    /// The day it counts for.
    pub day: String,
    /// What is counted.
    pub what: String,
    /// Why it takes back, or when it was taken back.
    pub note: String,
    /// How much, signed, with its unit.
    pub quantity: String,
    /// It was taken back.
    pub struck: bool,
}

/// One file of evidence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Evidence {
    /// What it is.
    pub label: String,
    /// Kind and size: "PDF, 318 KB".
    pub detail: String,
    /// Where it opens.
    pub href: String,
}

/// One co-organiser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerLine {
    /// Its name.
    pub name: String,
    /// Its answer.
    pub answer: Answer,
}

impl PartnerLine {
    /// The answer, as a state.
    #[must_use]
    pub fn state(&self, stage: &Stage) -> State {
        let tone = match self.answer {
            Answer::Invited => Tone::Wait,
            Answer::Confirmed => Tone::Ok,
            Answer::Refused | Answer::Withdrawn => Tone::Back,
        };
        if *stage == Stage::Draft {
            return State::new(Tone::Wait, "Sẽ mời khi ghi sổ");
        }
        State::new(tone, self.answer.label())
    }
}

/// One thing that happened.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TimelineLine {
    /// What.
    pub verb: String,
    /// Who and when.
    pub by: String,
    /// Remark.
    pub note: String,
}

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/activity.html")]
pub struct ActivityPage {
    /// Surroundings.
    pub frame: DeskFrame,
    /// All activities.
    pub back: String,
    /// What it was called.
    pub title: String,
    /// Kind and day: "Hội nghị, 03/05/2021".
    pub line: String,
    /// Whether it counts.
    pub stage: Stage,
    /// Several agencies organised it.
    pub joint: bool,
    /// The version before the reader's eyes.
    pub version: i32,
    /// What was recorded.
    pub facts: Vec<Fact>,
    /// Ledger rows, oldest first.
    pub ledger: Vec<LedgerLine>,
    /// Files.
    pub evidence: Vec<Evidence>,
    /// Co-organisers.
    pub partners: Vec<PartnerLine>,
    /// What happened, newest first.
    pub timeline: Vec<TimelineLine>,
    /// Where the draft is edited.
    pub edit: Option<String>,
    /// Where it is put into the ledger.
    pub record: Option<String>,
    /// Where it is corrected.
    pub correct: Option<String>,
    /// Where it is taken back whole, and the reason for it.
    pub reverse: Option<(String, Field)>,
    /// Where a file is added, and its fields.
    pub attach: Option<(String, Vec<Field>)>,
}

impl ActivityPage {
    fn state(&self) -> State {
        state(self.stage)
    }

    fn errors(&self) -> ErrorSummary {
        let reason = self.reverse.iter().map(|(_, reason)| reason);
        let file = self.attach.iter().flat_map(|(_, fields)| fields);
        ErrorSummary::of("Chưa làm được", reason.chain(file))
    }

    fn counts(&self) -> bool {
        self.stage != Stage::Draft
    }
}
