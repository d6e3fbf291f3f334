//! How somebody stands in the register, what may be done next, and by when (TT 10/2016/TT-BTP).

use chrono::NaiveDate;
use pbgdpl_vietnamese::working_days::Calendar;
use serde::{Deserialize, Serialize};

use super::{Decision, Level};
use crate::closed_list::closed_lists;

closed_lists! {
    /// Where somebody stands.
    State {
        /// A request was received; nothing is decided.
        Proposed = "de-nghi", "Đề nghị công nhận";
        /// The request was not followed.
        Refused = "khong-cong-nhan", "Không công nhận";
        /// Recognised, and may be sent.
        Recognised = "hoat-dong", "Đang hoạt động";
        /// Recognised, and must not be sent for now (Đ.8.1e).
        Suspended = "tam-khong-cu", "Tạm không cử";
        /// Recognised; a request to dismiss was received.
        DismissalAsked = "de-nghi-mien-nhiem", "Đề nghị miễn nhiệm, cho thôi";
        /// Dismissed (báo cáo viên) or let go (tuyên truyền viên).
        Ended = "thoi", "Đã miễn nhiệm, cho thôi";
    }

    /// What may be done with somebody's standing.
    Step {
        /// The decision of recognition.
        Recognise = "cong-nhan", "Công nhận";
        /// The request is not followed.
        Refuse = "khong-cong-nhan", "Không công nhận";
        /// Must not be sent for now.
        Suspend = "tam-khong-cu", "Tạm không cử";
        /// May be sent again; a dismissal that was asked for is not followed.
        Resume = "cu-lai", "Cử lại";
        /// A request to dismiss.
        AskDismissal = "de-nghi-mien-nhiem", "Đề nghị miễn nhiệm, cho thôi";
        /// The decision of dismissal.
        Dismiss = "mien-nhiem", "Miễn nhiệm, cho thôi";
        /// To another level, by its decision: the one ends, the other begins.
        Transfer = "chuyen-cap", "Chuyển cấp";
    }
}

impl State {
    /// Whether the person is báo cáo viên or tuyên truyền viên by a decision that holds.
    #[must_use]
    pub const fn is_recognised(self) -> bool {
        matches!(self, Self::Recognised | Self::Suspended | Self::DismissalAsked)
    }
}

/// Where a step leads; nothing where it cannot be done.
#[must_use]
pub const fn next(state: State, step: Step) -> Option<State> {
    match (state, step) {
        (State::Proposed, Step::Recognise) => Some(State::Recognised),
        (State::Proposed, Step::Refuse) => Some(State::Refused),
        (State::Recognised, Step::Suspend) => Some(State::Suspended),
        (State::Suspended | State::DismissalAsked, Step::Resume) => Some(State::Recognised),
        (State::Recognised | State::Suspended, Step::AskDismissal) => Some(State::DismissalAsked),
        (State::Recognised | State::Suspended | State::DismissalAsked, Step::Dismiss) => Some(State::Ended),
        // Whoever is suspended, or may be dismissed, is not sent to another level before that is decided.
        (State::Recognised, Step::Transfer) => Some(State::Recognised),
        _ => None,
    }
}

/// How somebody stands, with the papers behind it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Where.
    pub state: State,
    /// At which level.
    pub level: Level,
    /// The day a request was received that waits for its decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received: Option<NaiveDate>,
    /// The decision of recognition.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recognition: Option<Decision>,
    /// The decision that ended it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ending: Option<Decision>,
    /// The case of the law by which it ends (id of the vocabulary `dismissal-cases`).
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub case: String,
    /// Suspended when the request to dismiss came: must not be sent while it waits, nor where it is not followed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub suspended: bool,
}

impl Standing {
    /// The standing that a step leads to, with the same papers and nothing that waits; nothing where it cannot be done.
    #[must_use]
    pub fn after(&self, step: Step) -> Option<Self> {
        let state = match next(self.state, step)? {
            State::Recognised if self.suspended => State::Suspended,
            state => state,
        };
        Some(Self {
            state,
            received: None,
            case: String::new(),
            suspended: state == State::DismissalAsked && self.may_not_be_sent(),
            ..self.clone()
        })
    }

    /// Whether the person must not be sent to speak (Đ.8.1e).
    #[must_use]
    pub fn may_not_be_sent(&self) -> bool {
        self.state == State::Suspended || self.suspended
    }

    /// Whether the person, standing so, is recognised on a day: a recognition ends with its level.
    #[must_use]
    pub fn is_recognised_on(&self, day: NaiveDate) -> bool {
        self.state.is_recognised() && self.level.is_open_on(day)
    }

    /// The day from which a recognition is over because its level is, where it is over on `day`.
    #[must_use]
    pub fn lapsed_on(&self, day: NaiveDate) -> Option<NaiveDate> {
        let lapsed = self.state.is_recognised() && !self.level.is_open_on(day);
        self.level.last_day().filter(|_| lapsed)?.succ_opt()
    }
}

/// Until when something must have been done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// What.
    pub what: &'static str,
    /// The last day.
    pub last: NaiveDate,
    /// Whether its passing means that the decision is late; else it is said for information.
    pub decides: bool,
}

/// The terms that run for a standing, in working days after the day of receipt: recognition 05, missing information 02,
/// dismissal 05 and objection 03 (báo cáo viên), letting go 03 (tuyên truyền viên).
#[must_use]
pub fn deadlines(standing: &Standing, calendar: &Calendar) -> Vec<Deadline> {
    let Some(received) = standing.received else {
        return Vec::new();
    };
    let term = |what, days, decides| Deadline {
        what,
        last: calendar.add_working_days(received, days),
        decides,
    };
    match (standing.state, standing.level) {
        (State::Proposed, _) => vec![
            term("Yêu cầu bổ sung thông tin còn thiếu", 2, false),
            term("Ra quyết định công nhận", 5, true),
        ],
        (State::DismissalAsked, Level::TtvXa) => vec![term("Ra quyết định cho thôi", 3, true)],
        (State::DismissalAsked, _) => vec![
            term("Báo cáo viên có ý kiến phản đối", 3, false),
            term("Ra quyết định miễn nhiệm", 5, true),
        ],
        _ => Vec::new(),
    }
}
