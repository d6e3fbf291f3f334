//! Pages for what went wrong: what happened, what to do, a code to read out, and a way back.

use askama::Template;

use crate::part::Link;
use crate::{Bare, CachePolicy, Page};

/// What went wrong, as far as a person can use it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// 400.
    BadRequest,
    /// 403.
    Forbidden,
    /// 404; also for what must not be known to exist.
    NotFound,
    /// 405.
    WrongMethod,
    /// 408: the sender was too slow.
    TooSlow,
    /// 409.
    Conflict,
    /// 410: published once, taken away as an error.
    Gone,
    /// 413.
    TooLarge,
    /// 415.
    WrongType,
    /// 421: this name is not one of ours.
    WrongHost,
    /// 422: a form that could not be read.
    Unreadable,
    /// 429.
    TooMany,
    /// 431.
    HeadersTooLarge,
    /// 500.
    Internal,
    /// 503.
    Overloaded,
}

impl Problem {
    /// All of them.
    pub const ALL: [Self; 15] = [
        Self::BadRequest,
        Self::Forbidden,
        Self::NotFound,
        Self::WrongMethod,
        Self::TooSlow,
        Self::Conflict,
        Self::Gone,
        Self::TooLarge,
        Self::WrongType,
        Self::WrongHost,
        Self::Unreadable,
        Self::TooMany,
        Self::HeadersTooLarge,
        Self::Internal,
        Self::Overloaded,
    ];

    /// The problem of a status; a status we do not send reads as an internal error.
    #[must_use]
    pub fn of(status: u16) -> Self {
        Self::ALL
            .into_iter()
            .find(|problem| problem.status() == status)
            .unwrap_or(Self::Internal)
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(self) -> u16 {
        match self {
            Self::BadRequest => 400,
            Self::Forbidden => 403,
            Self::NotFound => 404,
            Self::WrongMethod => 405,
            Self::TooSlow => 408,
            Self::Conflict => 409,
            Self::Gone => 410,
            Self::TooLarge => 413,
            Self::WrongType => 415,
            Self::WrongHost => 421,
            Self::Unreadable => 422,
            Self::TooMany => 429,
            Self::HeadersTooLarge => 431,
            Self::Internal => 500,
            Self::Overloaded => 503,
        }
    }

    /// What happened, in a few words.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::BadRequest => "Chưa hiểu được yêu cầu",
            Self::Forbidden => "Bạn chưa được phép làm việc này",
            Self::NotFound => "Không có trang này",
            Self::WrongMethod => "Trang này không nhận cách gửi đó",
            Self::TooSlow => "Yêu cầu đến quá chậm",
            Self::Conflict => "Có người vừa sửa trước bạn",
            Self::Gone => "Bài này không còn nữa",
            Self::TooLarge => "Nội dung gửi lên quá lớn",
            Self::WrongType => "Loại tệp này không nhận được",
            Self::WrongHost => "Địa chỉ này không thuộc hệ thống",
            Self::Unreadable => "Biểu mẫu gửi lên bị thiếu hoặc sai",
            Self::TooMany => "Bạn thao tác quá nhanh",
            Self::HeadersTooLarge => "Trình duyệt gửi kèm quá nhiều dữ liệu",
            Self::Internal => "Hệ thống gặp lỗi",
            Self::Overloaded => "Trang đang quá\u{a0}tải, chưa mở được",
        }
    }

    /// What was kept and what to do.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::BadRequest => {
                "Địa chỉ hoặc nội dung gửi lên có chỗ không đúng. Chưa có gì bị thay đổi. Hãy quay lại và thử lần nữa."
            }
            Self::Forbidden => {
                "Tài khoản của bạn chưa có quyền này. Chưa có gì bị thay đổi. Cần quyền, hãy hỏi quản trị của cơ quan."
            }
            Self::NotFound => "Có thể địa chỉ gõ thiếu, hoặc trang đã đổi chỗ. Hãy tìm lại từ trang đầu.",
            Self::WrongMethod => "Hãy mở trang bằng đường dẫn trong hệ thống, rồi thử lại.",
            Self::TooSlow => "Đường truyền có thể đang yếu. Chưa có gì bị thay đổi. Hãy thử lại.",
            Self::Conflict => {
                "Bản bạn đang sửa không còn là bản mới nhất. Hãy quay lại, đọc bản mới rồi ghi phần của bạn."
            }
            Self::Gone => "Cơ quan đăng bài đã bỏ bài này vì có sai sót. Hãy đọc bài khác của chuyên mục.",
            Self::TooLarge => "Chưa có gì được lưu. Hãy chọn tệp nhỏ hơn hoặc chia nội dung làm nhiều phần.",
            Self::WrongType => "Chưa có gì được lưu. Hãy dùng loại tệp ghi ở chỗ tải lên.",
            Self::WrongHost => "Tên miền này chưa được đăng ký cho chuyên mục nào.",
            Self::Unreadable => "Chưa có gì được lưu. Hãy quay lại biểu mẫu và gửi lần nữa.",
            Self::TooMany => "Hãy chờ một chút rồi thử lại. Những gì đã gửi trước đó vẫn được giữ.",
            Self::HeadersTooLarge => "Hãy xóa dữ liệu của trang này trong trình duyệt rồi mở lại.",
            Self::Internal => {
                "Lỗi đã được ghi lại. Việc đang làm dở chưa được lưu; những gì đã lưu trước đó vẫn còn."
            }
            Self::Overloaded => "Những gì đã lưu vẫn được giữ. Hãy thử lại sau ít phút.",
        }
    }
}

/// An error page.
#[derive(Debug, Clone, Template)]
#[template(path = "public/error.html")]
pub struct ErrorPage {
    /// Surroundings; no brand where nobody may be named (421).
    pub frame: Bare,
    /// What went wrong.
    pub problem: Problem,
    /// More exactly: the field and the reason.
    pub detail: Option<String>,
    /// Seconds to wait, as in `Retry-After`.
    pub retry_after: Option<u64>,
    /// Ways back; the first is the button. The first page follows by itself when a brand is given.
    pub links: Vec<Link>,
    /// To read out when reporting.
    pub request_id: String,
    /// When, "12/11/2024, 9 giờ 41".
    pub at: String,
}

impl ErrorPage {
    fn ways(&self) -> Vec<Link> {
        let home = self
            .frame
            .brand
            .iter()
            .map(|brand| Link::new(format!("Về trang đầu: {}", brand.label), &brand.href));
        self.links.iter().cloned().chain(home).collect()
    }
}

impl Page for ErrorPage {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}
