//! Offline activities on the desk: the list, the form, one activity with its ledger rows, shares in others' activities.

mod fields;
mod input;
mod list;
mod one;
mod share;

pub use fields::{Group, Words};
pub use input::Input;
pub use list::{ActivityLine, ActivityList, Chosen, list_address};
pub use one::{ActivityPage, Evidence, Fact, LedgerLine, PartnerLine, TimelineLine};
pub use share::{ShareLine, ShareList};

use askama::Template;
use pbgdpl_model::activity::Problem;

use super::DeskFrame;
use crate::form::{Button, Buttons, ErrorSummary, Field};
use crate::part::Notice;
use crate::{CachePolicy, Page};

/// Writing an activity down, editing a draft, or correcting what is counted.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/activity_form.html")]
pub struct ActivityForm {
    /// Surroundings.
    pub frame: DeskFrame,
    /// "Ghi một hoạt động", "Đính chính hoạt động".
    pub heading: String,
    /// One sentence under it.
    pub lead: String,
    /// Where the form goes.
    pub action: String,
    /// The version before the reporter's eyes; 0 of a new one.
    pub based_on: i32,
    /// Somebody saved in between.
    pub stale: Option<Notice>,
    /// What the newer version says, side by side with what was typed.
    pub newer: Vec<(String, String)>,
    /// The fields, in groups.
    pub groups: Vec<Group>,
    /// What went wrong, as the head of the list: "Chưa ghi được".
    pub refused: String,
    /// The buttons.
    pub buttons: Buttons,
    /// Where one goes without saving.
    pub back: String,
}

impl ActivityForm {
    /// The form for these words and what was typed, with what is wrong in it.
    #[must_use]
    pub fn filled(frame: DeskFrame, words: &Words, input: &Input, problems: &[Problem]) -> Self {
        Self {
            frame,
            heading: "Ghi một hoạt động".into(),
            lead: "Số liệu ghi ở đây tự vào biểu 09 của cơ quan sau khi ghi sổ.".into(),
            action: String::new(),
            based_on: 0,
            stale: None,
            newer: Vec::new(),
            groups: fields::groups(words, input, problems),
            refused: "Chưa ghi được".into(),
            buttons: Buttons {
                note: "Tệp minh chứng gắn ở trang của hoạt động, sau khi lưu.".into(),
                buttons: vec![
                    Button::quiet("Lưu nháp", "luu"),
                    Button::primary("Ghi sổ").with_act("ghi"),
                ],
            },
            back: String::new(),
        }
    }

    /// The same form as a correction: the reason comes first, and there is one button.
    #[must_use]
    pub fn correcting(mut self, input: &Input, problems: &[Problem]) -> Self {
        self.heading = "Đính chính hoạt động đã ghi sổ".into();
        self.lead =
            "Dòng sổ cũ không bị xóa: sổ ghi thêm bút toán đảo cùng lý do, rồi ghi lại số đúng.".into();
        self.refused = "Chưa đính chính được".into();
        self.groups.insert(0, fields::reason(input, problems));
        self.buttons = Buttons {
            note: "Cơ quan phối hợp được báo về thay đổi.".into(),
            buttons: vec![Button::primary("Đính chính")],
        };
        self
    }

    fn errors(&self) -> ErrorSummary {
        ErrorSummary::of(&self.refused, self.fields())
    }

    fn fields(&self) -> impl Iterator<Item = &Field> {
        self.groups.iter().flat_map(|group| &group.fields)
    }

    fn is_wrong(&self) -> bool {
        self.fields().any(|field| field.error.is_some())
    }
}

super::never_kept!(ActivityForm, ActivityList, ActivityPage, ShareList);
