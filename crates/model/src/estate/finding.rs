//! One thing found on a page, in the words of the screen: what is the matter, and what to ask of whom.

use serde::{Deserialize, Serialize};

/// How much a finding matters; the order is that of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// As it should be.
    Fine,
    /// It works, and could be better.
    Mend,
    /// The section does not show.
    Broken,
    /// The page was changed by somebody else.
    Alarm,
}

/// One thing found on a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Finding {
    /// Not reached at all.
    Unreachable {
        /// Why, in the words of the screen.
        why: String,
    },
    /// It answers with an error.
    Status {
        /// The status.
        code: u16,
    },
    /// It leads elsewhere.
    Moved {
        /// Where to.
        to: String,
    },
    /// It is no page.
    NotHtml,
    /// It is a page like any other: nothing of ours stands there.
    NoSnippet,
    /// It is longer than what was read.
    Cut,
    /// It is not served by https.
    NotHttps,
    /// The section is loaded by plain http from a page that is not: browsers refuse (mixed content).
    Mixed,
    /// There is a frame of ours with a key that is not this site's.
    OtherKey,
    /// The key was replaced; it still holds, or no more.
    Replaced {
        /// Until when, dd/mm/yyyy; nothing: for ever.
        until: Option<String>,
        /// It still holds.
        holds: bool,
    },
    /// The site was switched off.
    Off,
    /// The page's origin is not on the site's list.
    Unlisted {
        /// The origin.
        origin: String,
    },
    /// The page's own policy does not let our frame in.
    PolicyFrame {
        /// What to add.
        origin: String,
    },
    /// The page's own policy does not let our loader in.
    PolicyScript {
        /// What to add.
        origin: String,
    },
    /// Marks of the frame that the editor took away.
    Stripped {
        /// Which attributes.
        attributes: Vec<String>,
    },
    /// The frame's sandbox forbids what it needs.
    Sandbox {
        /// What is missing.
        missing: Vec<String>,
    },
    /// The frame has no title: a screen reader says nothing of it.
    NoTitle,
    /// The element is there and its loader is not: the editor took the script away.
    NoLoader,
    /// A proxy before us forbids framing: its header comes with our own page.
    FrameForbidden {
        /// The header.
        header: String,
    },
    /// Links that a reader does not see, or that lead to betting: somebody broke into the page.
    StrangeLinks {
        /// Where they lead.
        hosts: Vec<String>,
    },
}

impl Finding {
    /// How much it matters.
    #[must_use]
    pub const fn weight(&self) -> Weight {
        match self {
            Self::StrangeLinks { .. } => Weight::Alarm,
            Self::Cut
            | Self::NoTitle
            | Self::Stripped { .. }
            | Self::NotHttps
            | Self::PolicyScript { .. } => Weight::Mend,
            Self::Replaced { holds, .. } => {
                if *holds {
                    Weight::Mend
                } else {
                    Weight::Broken
                }
            }
            Self::Unreachable { .. }
            | Self::Status { .. }
            | Self::Moved { .. }
            | Self::NotHtml
            | Self::NoSnippet
            | Self::Mixed
            | Self::OtherKey
            | Self::Off
            | Self::Unlisted { .. }
            | Self::PolicyFrame { .. }
            | Self::Sandbox { .. }
            | Self::NoLoader
            | Self::FrameForbidden { .. } => Weight::Broken,
        }
    }

    /// What is the matter.
    #[must_use]
    pub fn says(&self) -> String {
        match self {
            Self::Unreachable { why } => format!("Không mở được trang: {why}."),
            Self::Status { code } => format!("Trang trả lời lỗi {code}."),
            Self::Moved { to } => format!("Trang chuyển sang địa chỉ khác: {to}"),
            Self::NotHtml => "Địa chỉ này không phải một trang HTML.".into(),
            Self::NoSnippet => "Không thấy mã nhúng nào của hệ thống trên trang.".into(),
            Self::Cut => "Trang dài quá 1 MB; chỉ phần đầu được xem.".into(),
            Self::NotHttps => "Trang chưa dùng https.".into(),
            Self::Mixed => "Trang https nạp chuyên mục bằng http; trình duyệt chặn (nội dung hỗn hợp).".into(),
            Self::OtherKey => "Trang có khung của hệ thống nhưng dùng mã của trang khác.".into(),
            Self::Replaced { until: Some(day), holds: true } => {
                format!("Trang còn dán mã cũ, dùng được đến ngày {day}.")
            }
            Self::Replaced { holds: true, .. } => "Trang còn dán mã cũ.".into(),
            Self::Replaced { holds: false, .. } => "Trang dán mã cũ đã hết hạn.".into(),
            Self::Off => "Mã nhúng này đang tắt.".into(),
            Self::Unlisted { origin } => format!("Tên miền {origin} chưa có trong danh sách được phép nhúng."),
            Self::PolicyFrame { .. } => {
                "Chính sách bảo mật nội dung (CSP) của trang không cho hiện khung của hệ thống.".into()
            }
            Self::PolicyScript { .. } => {
                "Chính sách bảo mật nội dung (CSP) của trang không cho nạp mã tự chỉnh chiều cao; khung vẫn hiện ở chiều cao cố định."
                    .into()
            }
            Self::Stripped { attributes } => format!(
                "Trình soạn thảo của trang đã cắt mất thuộc tính của khung: {}.",
                attributes.join(", ")
            ),
            Self::Sandbox { missing } => {
                format!("Khung thiếu quyền cần để hoạt động: {}.", missing.join(", "))
            }
            Self::NoTitle => "Khung không có tên (title): trình đọc màn hình không đọc được.".into(),
            Self::NoLoader => "Có thẻ pbgdpl-section nhưng mã kịch bản đi kèm đã bị cắt mất.".into(),
            Self::FrameForbidden { header } => {
                format!("Máy chủ trung gian trước hệ thống thêm dòng {header}, cấm hiện trong khung.")
            }
            Self::StrangeLinks { hosts } => format!(
                "Trang có liên kết ẩn hoặc liên kết cờ bạc đến: {}.",
                hosts.join(", ")
            ),
        }
    }

    /// What to do, or to ask of the page's operator.
    #[must_use]
    pub fn advises(&self) -> String {
        match self {
            Self::Unreachable { .. } | Self::Status { .. } => {
                "Mở thử trang bằng trình duyệt; nếu trang vẫn mở được, hỏi đơn vị vận hành trang có chặn truy cập từ máy chủ của hệ thống không.".into()
            }
            Self::Moved { .. } => "Ghi lại địa chỉ mới vào sổ rồi kiểm tra lại.".into(),
            Self::NotHtml => "Ghi địa chỉ của trang có dán mã.".into(),
            Self::NoSnippet => "Dán lại mã ở mục “Mã để dán”. Trang mới đổi giao diện hay vừa cập nhật thì xem lại chỗ đã dán.".into(),
            Self::Cut => "Nếu mã dán ở cuối trang, hãy xem bằng mắt.".into(),
            Self::NotHttps => "Đề nghị đơn vị vận hành cài chứng thư và chuyển trang sang https.".into(),
            Self::Mixed | Self::OtherKey => "Chép lại mã ở mục “Mã để dán” và dán thay.".into(),
            Self::Replaced { .. } => "Chép mã mới ở mục “Mã để dán” và dán thay mã cũ.".into(),
            Self::Off => "Bật lại ở mục “Tình trạng”.".into(),
            Self::Unlisted { origin } => {
                format!("Thêm {origin} vào ô “Tên miền được phép nhúng”.")
            }
            Self::PolicyFrame { origin } => {
                format!("Gửi đơn vị vận hành trang: thêm {origin} vào frame-src của dòng Content-Security-Policy.")
            }
            Self::PolicyScript { origin } => {
                format!("Gửi đơn vị vận hành trang: thêm {origin} vào script-src của dòng Content-Security-Policy.")
            }
            Self::Stripped { .. } | Self::Sandbox { .. } | Self::NoTitle => {
                "Dán lại nguyên mã ở chế độ mã nguồn; nếu vẫn bị cắt, nhờ quản trị trang cho phép các thuộc tính này.".into()
            }
            Self::NoLoader => "Dùng cách “Khung, chiều cao cố định”, hoặc nhờ quản trị trang cho phép mã kịch bản.".into(),
            Self::FrameForbidden { header } => {
                format!("Đề nghị đơn vị vận hành hệ thống bỏ dòng {header} ở máy chủ trung gian cho tên miền của khung.")
            }
            Self::StrangeLinks { .. } => {
                "Báo ngay quản trị trang: gỡ liên kết, đổi mật khẩu quản trị, rà tài khoản lạ và tệp mới tải lên.".into()
            }
        }
    }
}
