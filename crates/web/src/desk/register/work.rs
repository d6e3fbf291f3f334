//! What may be written into the register: a closed list, each with its form and the act that it leads to.

use pbgdpl_model::register::{Entry, State, Step, next};
use pbgdpl_pages::desk::register::Part;

/// One thing that may be written down of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Work {
    /// How the person stands changes.
    Step(Step),
    /// Something of the person changed from a day on.
    Change,
    /// The details were written down wrongly.
    CorrectDetails,
    /// The newest decision was written down wrongly.
    CorrectStanding,
    /// The newest standing was written down by mistake.
    TakeBack,
}

/// Everything, in the order in which a page offers it.
const ALL: [Work; 11] = [
    Work::Step(Step::Recognise),
    Work::Step(Step::Refuse),
    Work::Step(Step::Suspend),
    Work::Step(Step::Resume),
    Work::Step(Step::AskDismissal),
    Work::Step(Step::Dismiss),
    Work::Step(Step::Transfer),
    Work::Change,
    Work::CorrectDetails,
    Work::CorrectStanding,
    Work::TakeBack,
];

impl Work {
    /// What stands open for an entry as it is now.
    pub(super) fn open(entry: &Entry) -> Vec<Self> {
        ALL.into_iter().filter(|work| work.is_open(entry)).collect()
    }

    /// By its address.
    pub(super) fn read(decides: bool, word: &str) -> Option<Self> {
        ALL.into_iter()
            .find(|work| work.decides() == decides && work.word() == word)
    }

    /// Whether it writes a decision down, or takes one back.
    pub(super) const fn decides(self) -> bool {
        !matches!(
            self,
            Self::Change | Self::CorrectDetails | Self::Step(Step::AskDismissal)
        )
    }

    /// Its word in addresses, among those that decide or those that do not.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Step(step) => step.word(),
            Self::Change => "thay-doi",
            Self::CorrectDetails | Self::CorrectStanding => "dinh-chinh",
            Self::TakeBack => "huy-ghi-nham",
        }
    }

    /// Its address below an entry's.
    pub(super) fn path(self) -> String {
        let group = if self.decides() { "quyet-dinh" } else { "viec" };
        format!("{group}/{}", self.word())
    }

    /// Whether it can be done as the entry stands.
    pub(super) fn is_open(self, entry: &Entry) -> bool {
        let standing = entry.standings().last().map(|(_, standing)| (*standing).clone());
        match (self, standing) {
            (Self::Step(step), Some(standing)) => next(standing.state, step).is_some(),
            (Self::Change, Some(standing)) => !matches!(standing.state, State::Ended | State::Refused),
            (Self::CorrectDetails, _) => true,
            (_, standing) => standing.is_some(),
        }
    }

    /// The heading of its form.
    pub(super) const fn heading(self) -> &'static str {
        match self {
            Self::Step(Step::Recognise) => "Ghi quyết định công nhận",
            Self::Step(Step::Refuse) => "Không công nhận",
            Self::Step(Step::Suspend) => "Tạm không cử",
            Self::Step(Step::Resume) => "Cử lại",
            Self::Step(Step::AskDismissal) => "Ghi đề nghị miễn nhiệm, cho thôi",
            Self::Step(Step::Dismiss) => "Ghi quyết định miễn nhiệm, cho thôi",
            Self::Step(Step::Transfer) => "Chuyển cấp",
            Self::Change => "Thay đổi thông tin",
            Self::CorrectDetails => "Đính chính thông tin",
            Self::CorrectStanding => "Đính chính quyết định, ngày",
            Self::TakeBack => "Hủy lần ghi nhầm gần nhất",
        }
    }

    /// One sentence under it.
    pub(super) const fn lead(self) -> &'static str {
        match self {
            Self::Step(Step::Recognise) => "Tên người này hiện ngay trong danh sách công khai.",
            Self::Step(Step::Refuse) => "Đề nghị được khép lại; lý do nằm trong lịch sử.",
            Self::Step(Step::Suspend) => {
                "Không được cử người đang bị khởi tố, điều tra, truy tố, xét xử trong các trường hợp của điểm e khoản 1 Điều 8. Quyết định công nhận vẫn còn."
            }
            Self::Step(Step::Resume) => {
                "Người này lại được cử. Nếu đang có đề nghị miễn nhiệm thì đề nghị ấy không được chấp nhận."
            }
            Self::Step(Step::AskDismissal) => "Thời hạn quyết định tính từ ngày nhận đề nghị.",
            Self::Step(Step::Dismiss) => "Tên người này rời danh sách công khai; lịch sử được giữ.",
            Self::Step(Step::Transfer) => {
                "Cấp cũ kết thúc và cấp mới bắt đầu cùng ngày, theo một quyết định. Báo cáo viên cấp huyện kết thúc từ 01/07/2025."
            }
            Self::Change => {
                "Ghi thông tin mới và ngày bắt đầu đúng. Danh sách của những ngày trước vẫn hiện thông tin cũ."
            }
            Self::CorrectDetails => {
                "Dùng khi thông tin ghi sai ngay từ đầu. Thông tin cũ được giữ trong lịch sử cùng lý do."
            }
            Self::CorrectStanding => {
                "Sửa số, ngày quyết định hoặc ngày hiệu lực của lần ghi gần nhất. Lần ghi cũ được giữ trong lịch sử."
            }
            Self::TakeBack => {
                "Người này trở lại tình trạng trước lần ghi ấy. Lần ghi nhầm được giữ trong lịch sử."
            }
        }
    }

    /// The fields of its form.
    pub(super) const fn parts(self) -> &'static [Part] {
        match self {
            Self::Step(Step::Recognise) => &[Part::Decision, Part::From],
            Self::Step(Step::Refuse | Step::Suspend | Step::Resume) => &[Part::From, Part::Reason],
            Self::Step(Step::AskDismissal) => &[Part::Received, Part::Case, Part::Reason],
            Self::Step(Step::Dismiss) => &[Part::Decision, Part::From, Part::Case],
            Self::Step(Step::Transfer) => &[Part::Level, Part::Decision, Part::From],
            Self::Change => &[Part::From, Part::Details],
            Self::CorrectDetails => &[Part::Reason, Part::Details],
            Self::CorrectStanding => &[Part::Reason, Part::Decision, Part::From],
            Self::TakeBack => &[Part::Reason],
        }
    }
}
