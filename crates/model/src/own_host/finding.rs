//! One thing found at a host name of an agency's own, in the words of the screen: what is the matter, and what to do.

use chrono::NaiveDate;
use pbgdpl_vietnamese::date::dmy;
use serde::{Deserialize, Serialize};

use crate::estate::Weight;

/// One thing found at a host name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Finding {
    /// There is no record with the proof.
    NoRecord,
    /// There is a record, and it holds something else.
    OtherRecord,
    /// Nobody answers for the domain.
    Silent,
    /// The name shows the section of another agency.
    Taken,
    /// The name leads nowhere.
    NoAddress,
    /// The name leads to somebody else.
    Elsewhere,
    /// The name is not ours any more, and still leads here.
    Dangling,
    /// Browsers do not believe the certificate, or there is none.
    NoCertificate {
        /// Why, in the words of the screen.
        why: String,
    },
    /// The certificate ends soon.
    CertificateEnds {
        /// Its last day.
        day: NaiveDate,
    },
    /// The registration of the domain ends soon, or has ended.
    RegistrationEnds {
        /// Its last day.
        day: NaiveDate,
    },
}

impl Finding {
    /// How much it matters.
    #[must_use]
    pub const fn weight(&self) -> Weight {
        match self {
            Self::Silent | Self::CertificateEnds { .. } | Self::RegistrationEnds { .. } => Weight::Mend,
            Self::NoRecord
            | Self::OtherRecord
            | Self::Taken
            | Self::NoAddress
            | Self::Elsewhere
            | Self::NoCertificate { .. } => Weight::Broken,
            Self::Dangling => Weight::Alarm,
        }
    }

    /// What is the matter.
    #[must_use]
    pub fn says(&self) -> String {
        match self {
            Self::NoRecord => "Không thấy bản ghi TXT chứng minh tên miền thuộc cơ quan.".into(),
            Self::OtherRecord => "Có bản ghi TXT nhưng giá trị không đúng.".into(),
            Self::Silent => "Máy chủ tên miền không trả lời.".into(),
            Self::Taken => "Tên miền này đang hoặc vừa dẫn tới chuyên mục của cơ quan khác.".into(),
            Self::NoAddress => "Tên miền chưa dẫn tới đâu: không có bản ghi CNAME hay địa chỉ.".into(),
            Self::Elsewhere => "Tên miền dẫn tới máy chủ khác, không phải hệ thống này.".into(),
            Self::Dangling => {
                "Tên miền đã thôi dùng nhưng bản ghi vẫn dẫn tới hệ thống này: kẻ xấu có thể lợi dụng.".into()
            }
            Self::NoCertificate { why } => format!("Trình duyệt không vào được bằng https: {why}."),
            Self::CertificateEnds { day } => format!("Chứng thư hết hạn ngày {}.", dmy(*day)),
            Self::RegistrationEnds { day } => format!("Đăng ký tên miền hết hạn ngày {}.", dmy(*day)),
        }
    }

    /// What to do.
    #[must_use]
    pub const fn advises(&self) -> &'static str {
        match self {
            Self::NoRecord => {
                "Thêm bản ghi TXT ở mục “Bản ghi cần có” của tên miền này vào nơi quản lý tên miền và giữ nguyên: hệ thống xem lại mỗi ngày."
            }
            Self::OtherRecord => "Chép lại đúng giá trị ở mục “Bản ghi cần có” của tên miền này.",
            Self::Silent => "Hỏi đơn vị quản lý tên miền; hệ thống tự xem lại.",
            Self::Taken => "Báo Sở Tư pháp nếu tên miền này thuộc cơ quan mình.",
            Self::NoAddress | Self::Elsewhere => {
                "Thêm bản ghi dẫn tới hệ thống, ở mục “Bản ghi cần có” của tên miền này; nếu đã thêm, chờ bản ghi có hiệu lực."
            }
            Self::Dangling => "Xóa bản ghi CNAME của tên này tại nơi quản lý tên miền.",
            Self::NoCertificate { .. } => {
                "Mở thử https của tên này sau ít phút; nếu vẫn lỗi, báo đơn vị vận hành hệ thống."
            }
            Self::CertificateEnds { .. } => "Báo đơn vị vận hành hệ thống: chứng thư chưa được gia hạn.",
            Self::RegistrationEnds { .. } => "Gia hạn đăng ký tên miền, rồi ghi ngày hết hạn mới.",
        }
    }

    /// Whether it says where the name leads, and what browsers meet there.
    #[must_use]
    pub const fn is_of_the_way(&self) -> bool {
        matches!(
            self,
            Self::NoAddress | Self::Elsewhere | Self::NoCertificate { .. } | Self::CertificateEnds { .. }
        )
    }

    /// Whether it is the same matter, if perhaps of another day.
    #[must_use]
    pub fn same_matter(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }
}
