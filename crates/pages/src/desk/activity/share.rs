//! Invitations to confirm a share in other agencies' activities.

use askama::Template;
use pbgdpl_model::activity::Answer;

use crate::desk::DeskFrame;
use crate::form::{ErrorSummary, Field};
use crate::part::{Empty, Pager, State, Tone};

/// One share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShareLine {
    /// Its id, for anchors.
    pub id: String,
    /// What it was called.
    pub title: String,
    /// Who counts it.
    pub owner: String,
    /// The day it took place.
    pub day: String,
    /// What the owner says of it.
    pub summary: String,
    /// The answer.
    pub answer: Answer,
    /// Why refused.
    pub reason: String,
    /// Where the answer goes, and the reason of a refusal; none where nothing is asked.
    pub reply: Option<(String, Field)>,
}

impl ShareLine {
    /// The answer, as a state.
    #[must_use]
    pub fn state(&self) -> State {
        let tone = match self.answer {
            Answer::Invited => Tone::Soon,
            Answer::Confirmed => Tone::Ok,
            Answer::Refused | Answer::Withdrawn => Tone::Back,
        };
        State::new(tone, self.answer.label())
    }
}

/// The list.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/shares.html")]
pub struct ShareList {
    /// Surroundings.
    pub frame: DeskFrame,
    /// The shares.
    pub shares: Vec<ShareLine>,
    /// The way through them.
    pub pager: Pager,
}

impl ShareList {
    fn errors(&self) -> ErrorSummary {
        let fields = self.shares.iter().filter_map(|share| share.reply.as_ref());
        ErrorSummary::of("Chưa trả lời được", fields.map(|(_, reason)| reason))
    }

    fn empty(&self) -> Empty {
        Empty {
            title: "Không có lời mời nào.".into(),
            text:
                "Khi cơ quan khác ghi hoạt động tổ chức chung với cơ quan bạn, lời mời xác nhận hiện ở đây."
                    .into(),
            links: Vec::new(),
        }
    }
}
