//! The levels of báo cáo viên and tuyên truyền viên pháp luật: each only within the area that recognised them (Đ.2).

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::manifest;
use crate::policy::UnknownWord;

/// A level.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Báo cáo viên pháp luật cấp tỉnh.
    BcvTinh,
    /// Báo cáo viên pháp luật cấp huyện, until the districts ended.
    BcvHuyen,
    /// Tuyên truyền viên pháp luật cấp xã.
    TtvXa,
}

impl Level {
    /// The whole list.
    pub const ALL: [Self; 3] = [Self::BcvTinh, Self::BcvHuyen, Self::TtvXa];

    /// The word in tables and addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::BcvTinh => "bcv_tinh",
            Self::BcvHuyen => "bcv_huyen",
            Self::TtvXa => "ttv_xa",
        }
    }

    /// On the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::BcvTinh => "Báo cáo viên pháp luật cấp tỉnh",
            Self::BcvHuyen => "Báo cáo viên pháp luật cấp huyện",
            Self::TtvXa => "Tuyên truyền viên pháp luật cấp xã",
        }
    }

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

impl std::str::FromStr for Level {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        Self::ALL
            .into_iter()
            .find(|level| level.word() == word)
            .ok_or_else(|| UnknownWord {
                list: "register level",
                word: word.to_owned(),
            })
    }
}
