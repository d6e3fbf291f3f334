//! The ladder of a report (REP-09): filled, checked by another person, sent, then accepted or returned from above.

use crate::policy::UnknownWord;

/// Where a report stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Being filled.
    Draft,
    /// Checked by a person who did not fill it.
    Checked,
    /// Sent to the province; frozen.
    Submitted,
    /// Returned with a remark; goes on as a new version.
    Returned,
    /// Accepted; its figures count.
    Accepted,
}

impl Stage {
    /// The whole list.
    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::Checked,
        Self::Submitted,
        Self::Returned,
        Self::Accepted,
    ];

    /// The word in tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Checked => "checked",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Accepted => "accepted",
        }
    }

    /// On the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Đang lập",
            Self::Checked => "Đã kiểm tra, chờ gửi",
            Self::Submitted => "Đã gửi, chờ tiếp nhận",
            Self::Returned => "Bị trả lại",
            Self::Accepted => "Đã tiếp nhận",
        }
    }

    /// Whether its figures are frozen.
    #[must_use]
    pub const fn is_frozen(self) -> bool {
        matches!(self, Self::Submitted | Self::Returned | Self::Accepted)
    }
}

impl std::str::FromStr for Stage {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|stage| stage.word() == word)
            .ok_or_else(|| UnknownWord {
                list: "report stage",
                word: word.to_owned(),
            })
    }
}

/// What is done with a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// A cell is declared.
    Declare,
    /// Another person checked it.
    Check,
    /// The figures are others than those that were checked.
    Move,
    /// It is sent.
    Submit,
    /// The province accepts it.
    Accept,
    /// The province returns it, also after it had accepted it.
    Return,
}

impl Step {
    /// The whole list.
    pub const ALL: [Self; 6] = [
        Self::Declare,
        Self::Check,
        Self::Move,
        Self::Submit,
        Self::Accept,
        Self::Return,
    ];

    /// The verb on the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Declare => "Khai số liệu",
            Self::Check => "Kiểm tra",
            Self::Move => "Kiểm tra lại",
            Self::Submit => "Gửi",
            Self::Accept => "Tiếp nhận",
            Self::Return => "Trả lại",
        }
    }
}

/// A step that cannot be taken from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{} cannot follow {}", step.label(), stage.label())]
pub struct StepRefused {
    /// Where the report stands.
    pub stage: Stage,
    /// What was asked.
    pub step: Step,
}

/// Where a step leads.
///
/// # Errors
/// [`StepRefused`] where the ladder has no such step.
pub const fn next(stage: Stage, step: Step) -> Result<Stage, StepRefused> {
    match (stage, step) {
        (Stage::Draft | Stage::Checked, Step::Declare) | (Stage::Checked, Step::Move) => Ok(Stage::Draft),
        (Stage::Draft, Step::Check) => Ok(Stage::Checked),
        (Stage::Checked, Step::Submit) => Ok(Stage::Submitted),
        (Stage::Submitted, Step::Accept) => Ok(Stage::Accepted),
        (Stage::Submitted | Stage::Accepted, Step::Return) => Ok(Stage::Returned),
        _ => Err(StepRefused { stage, step }),
    }
}
