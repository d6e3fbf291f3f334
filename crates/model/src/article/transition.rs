//! The way of an item: from which stage which step leads where (PUB-01). Pure; who may take a step is not asked here.

use crate::policy::UnknownWord;

/// Where the latest version of an item stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Being written.
    Draft,
    /// Waiting for approval.
    Submitted,
    /// Sent back with a remark.
    Returned,
    /// Public.
    Published,
    /// Readable under a notice.
    Withdrawn,
}

impl Stage {
    /// The whole list.
    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::Submitted,
        Self::Returned,
        Self::Published,
        Self::Withdrawn,
    ];

    /// The word in tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Returned => "returned",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// On the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Draft => "Đang soạn",
            Self::Submitted => "Chờ duyệt",
            Self::Returned => "Bị trả lại",
            Self::Published => "Đã công bố",
            Self::Withdrawn => "Đã gỡ",
        }
    }
}

impl std::str::FromStr for Stage {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|stage| stage.word() == word)
            .ok_or_else(|| UnknownWord {
                list: "stage",
                word: word.to_owned(),
            })
    }
}

/// A step that a person takes with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// Save a new version.
    Save,
    /// Send for approval.
    Submit,
    /// Send back.
    Return,
    /// Approve and publish.
    Publish,
    /// Take back, leaving a notice.
    Withdraw,
}

impl Step {
    /// The whole list.
    pub const ALL: [Self; 5] = [
        Self::Save,
        Self::Submit,
        Self::Return,
        Self::Publish,
        Self::Withdraw,
    ];
}

/// A step that cannot be taken from here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("cannot {step:?} from {from:?}")]
pub struct Illegal {
    /// Where the item stands.
    pub from: Stage,
    /// What was tried.
    pub step: Step,
}

/// Where the step leads. `live`: whether the public sees a version of the item now.
///
/// # Errors
/// [`Illegal`] where the step is not possible; the answer to the browser is 409.
pub fn next(from: Stage, step: Step, live: bool) -> Result<Stage, Illegal> {
    use Stage::{Draft, Published, Returned, Submitted, Withdrawn};
    match (from, step) {
        (Draft | Returned | Published | Withdrawn, Step::Save) => Ok(Draft),
        (Draft | Returned, Step::Submit) => Ok(Submitted),
        (Submitted, Step::Return) => Ok(Returned),
        (Submitted, Step::Publish) => Ok(Published),
        (Published, Step::Withdraw) => Ok(Withdrawn),
        // A newer draft is being written while the public still sees the old version: the draft stays a draft.
        (Draft | Submitted | Returned, Step::Withdraw) if live => Ok(from),
        _ => Err(Illegal { from, step }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PUB-01: the whole table, stage by stage; `-` is refused.
    const TABLE: &str = "
        stage      live  save   submit     return    publish    withdraw
        draft      no    draft  submitted  -         -          -
        draft      yes   draft  submitted  -         -          draft
        submitted  no    -      -          returned  published  -
        submitted  yes   -      -          returned  published  submitted
        returned   no    draft  submitted  -         -          -
        returned   yes   draft  submitted  -         -          returned
        published  yes   draft  -          -         -          withdrawn
        withdrawn  no    draft  -          -         -          -
    ";

    #[test]
    fn pub_01_every_cell_of_the_table_holds() {
        let mut cells = 0;
        for line in TABLE.lines().skip(2).filter(|l| !l.trim().is_empty()) {
            let words: Vec<&str> = line.split_whitespace().collect();
            let from: Stage = words[0].parse().unwrap();
            for (step, expected) in Step::ALL.into_iter().zip(&words[2..]) {
                let got = next(from, step, words[1] == "yes");
                assert_eq!(
                    got.map_or("-", Stage::word),
                    *expected,
                    "{from:?} {step:?} live={}",
                    words[1]
                );
                cells += 1;
            }
        }
        assert_eq!(cells, 40);
    }
}
