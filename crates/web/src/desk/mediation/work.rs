//! What may be written down of a group, and which fields that takes.

use chrono::NaiveDate;
use pbgdpl_model::mediation::{Body, Fact, Group};
use pbgdpl_pages::desk::mediation::GroupPart;

/// A thing to write down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Work {
    /// Other mediators from a day on.
    Figures,
    /// Another name, village, commune or decision from a day on.
    Details,
    /// The end.
    Dissolve,
    /// A fact, by its number, is put right.
    Correct(i32),
    /// A fact is taken back.
    TakeBack(i32),
}

impl Work {
    /// By the word of its address, and the number of a fact.
    pub(super) fn read(word: &str, number: Option<i32>) -> Option<Self> {
        match (word, number) {
            ("so-lieu", _) => Some(Self::Figures),
            ("thay-doi", _) => Some(Self::Details),
            ("giai-the", _) => Some(Self::Dissolve),
            ("dinh-chinh", Some(number)) => Some(Self::Correct(number)),
            ("huy", Some(number)) => Some(Self::TakeBack(number)),
            _ => None,
        }
    }

    /// Its address below that of the group.
    pub(super) fn path(self) -> String {
        match self {
            Self::Figures => "viec/so-lieu".into(),
            Self::Details => "viec/thay-doi".into(),
            Self::Dissolve => "viec/giai-the".into(),
            Self::Correct(number) => format!("viec/dinh-chinh?so={number}"),
            Self::TakeBack(number) => format!("viec/huy?so={number}"),
        }
    }

    /// Its name.
    pub(super) const fn heading(self) -> &'static str {
        match self {
            Self::Figures => "Ghi số hòa giải viên mới",
            Self::Details => "Ghi đổi tên, nơi hoạt động",
            Self::Dissolve => "Ghi giải thể",
            Self::Correct(_) => "Đính chính",
            Self::TakeBack(_) => "Hủy lần ghi",
        }
    }

    /// The sentence under the heading.
    pub(super) const fn lead(self) -> &'static str {
        match self {
            Self::Figures => {
                "Số mới có từ ngày ghi dưới đây; những ngày trước giữ số cũ. Ghi nhầm thì dùng đính chính."
            }
            Self::Details => "Thông tin mới có từ ngày ghi dưới đây; những ngày trước giữ thông tin cũ.",
            Self::Dissolve => "Từ ngày này tổ không còn được tính. Số liệu của những ngày trước giữ nguyên.",
            Self::Correct(_) => "Ghi lại cho đúng. Lần ghi sai được giữ trong lịch sử, kèm lý do.",
            Self::TakeBack(_) => {
                "Lần ghi này không còn được tính, nhưng vẫn được giữ trong lịch sử, kèm lý do."
            }
        }
    }

    /// The fact that it begins from.
    pub(super) fn fact(self, group: &Group, today: NaiveDate) -> Option<&Fact> {
        match self {
            Self::Figures => group.figures_on(today).map(|(fact, _)| fact),
            Self::Details => group.details_on(today).map(|(fact, _)| fact),
            Self::Dissolve => None,
            Self::Correct(number) | Self::TakeBack(number) => {
                group.fact(number).filter(|fact| group.holds(fact))
            }
        }
    }

    /// Whether it may be done as the group stands.
    pub(super) fn is_open(self, group: &Group, today: NaiveDate) -> bool {
        match self {
            Self::Figures | Self::Details | Self::Dissolve => {
                group.founded().is_some() && group.dissolved().is_none()
            }
            Self::Correct(_) | Self::TakeBack(_) => self.fact(group, today).is_some(),
        }
    }

    /// The fields of its form.
    pub(super) fn parts(self, group: &Group, today: NaiveDate) -> &'static [GroupPart] {
        use GroupPart::{Decision, Details, Figures, From, Reason};
        match self {
            Self::Figures => &[From, Figures],
            Self::Details => &[From, Details, Decision],
            Self::Dissolve => &[From, Reason],
            Self::TakeBack(_) => &[Reason],
            Self::Correct(_) => match self.fact(group, today).map(|fact| &fact.body) {
                Some(Body::Details(_)) => &[Reason, From, Details, Decision],
                Some(Body::Figures(_)) => &[Reason, From, Figures],
                _ => &[Reason, From],
            },
        }
    }
}
