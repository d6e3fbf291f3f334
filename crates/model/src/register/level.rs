//! The levels of báo cáo viên and tuyên truyền viên pháp luật: each only within the area that recognised them (Đ.2).

use chrono::NaiveDate;

use crate::closed_list::closed_lists;
use crate::manifest;

closed_lists! {
    /// A level.
    Level {
        /// Of a province.
        BcvTinh = "bcv_tinh", "Báo cáo viên pháp luật cấp tỉnh";
        /// Of a district, until the districts ended.
        BcvHuyen = "bcv_huyen", "Báo cáo viên pháp luật cấp huyện";
        /// Of a commune.
        TtvXa = "ttv_xa", "Tuyên truyền viên pháp luật cấp xã";
    }
}

impl Level {
    /// The last day on which there was such a level: districts ended with 30/6/2025.
    #[must_use]
    pub fn last_day(self) -> Option<NaiveDate> {
        match self {
            Self::BcvHuyen => NaiveDate::from_ymd_opt(2025, 6, 30),
            Self::BcvTinh | Self::TtvXa => None,
        }
    }

    /// Whether somebody may be recognised at it from that day.
    #[must_use]
    pub fn is_open_on(self, day: NaiveDate) -> bool {
        self.last_day().is_none_or(|last| day <= last)
    }

    /// The level that a form of this level counts: 09a–09d; the centre's own are in no register of a province.
    #[must_use]
    pub const fn counted_at(form: manifest::Level) -> Option<Self> {
        match form {
            manifest::Level::Xa => Some(Self::TtvXa),
            manifest::Level::Huyen => Some(Self::BcvHuyen),
            manifest::Level::Tinh | manifest::Level::SoNganh => Some(Self::BcvTinh),
            manifest::Level::TrungUong => None,
        }
    }
}
