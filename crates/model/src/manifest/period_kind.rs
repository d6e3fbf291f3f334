//! Kinds of periods: those of the calendar, and the one of a written request (TT 03/2019/TT-BTP: "đột xuất").

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::policy::UnknownWord;

/// A request of a year, 1 to 99.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestNumber(u8);

impl RequestNumber {
    /// The last number of a year.
    pub const LAST: u8 = 99;

    /// A number there can be.
    #[must_use]
    pub const fn new(number: u8) -> Option<Self> {
        if number >= 1 && number <= Self::LAST {
            Some(Self(number))
        } else {
            None
        }
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// For which period a form is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PeriodKind {
    /// 1 January to 30 June.
    SixMonths,
    /// The year, with an estimate.
    Year,
    /// The year, final.
    OfficialYear,
    /// The days of a written request, by its number in the year.
    OnRequest(RequestNumber),
}

macro_rules! numbered {
    ($($tens:literal)*) => { numbered!(@ [] $($tens)*) };
    (@ [$($done:expr,)*] $first:literal $($rest:literal)*) => {
        numbered!(@ [$($done,)* concat!("dot-xuat-", $first),] $($rest)*)
    };
    (@ [$($done:expr,)*]) => { [$($done),*] };
}

/// The words of requests in addresses and tables, by number.
const REQUESTS: [&str; 100] = numbered!(
    0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43
    44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79 80 81 82 83 84
    85 86 87 88 89 90 91 92 93 94 95 96 97 98 99
);

impl PeriodKind {
    /// The kinds of the calendar.
    pub const ALL: &'static [Self] = &[Self::SixMonths, Self::Year, Self::OfficialYear];

    /// The word in files; of a request the one in addresses, for no file speaks of it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::SixMonths => "6_thang",
            Self::Year => "nam",
            Self::OfficialYear => "nam_chinh_thuc",
            Self::OnRequest(_) => self.in_addresses(),
        }
    }

    /// The word in addresses and tables: `6-thang`, `nam`, `nam-chinh-thuc`, `dot-xuat-3`.
    #[must_use]
    pub fn in_addresses(self) -> &'static str {
        match self {
            Self::SixMonths => "6-thang",
            Self::Year => "nam",
            Self::OfficialYear => "nam-chinh-thuc",
            Self::OnRequest(number) => REQUESTS.get(usize::from(number.0)).copied().unwrap_or("dot-xuat"),
        }
    }

    /// Of a year, as people say it: "Năm 2020", "6 tháng năm 2020", "Năm 2020 (chính thức)", "Đột xuất số 3 năm 2021".
    #[must_use]
    pub fn title(self, year: i32) -> String {
        match self {
            Self::SixMonths => format!("6 tháng năm {year}"),
            Self::Year => format!("Năm {year}"),
            Self::OfficialYear => format!("Năm {year} (chính thức)"),
            Self::OnRequest(number) => format!("Đột xuất số {} năm {year}", number.get()),
        }
    }

    /// On the screen: "6 tháng", "Năm chính thức", "Đột xuất số 3".
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::SixMonths => "6 tháng".to_owned(),
            Self::Year => "Năm".to_owned(),
            Self::OfficialYear => "Năm chính thức".to_owned(),
            Self::OnRequest(number) => format!("Đột xuất số {}", number.get()),
        }
    }

    /// The number of the request, where it is one.
    #[must_use]
    pub const fn request(self) -> Option<RequestNumber> {
        match self {
            Self::OnRequest(number) => Some(number),
            _ => None,
        }
    }
}

impl FromStr for PeriodKind {
    type Err = UnknownWord;
    fn from_str(word: &str) -> Result<Self, UnknownWord> {
        let of_calendar = Self::ALL.iter().copied().find(|kind| kind.word() == word);
        let on_request = || {
            let at = REQUESTS.iter().position(|known| *known == word)?;
            Some(Self::OnRequest(RequestNumber::new(u8::try_from(at).ok()?)?))
        };
        of_calendar.or_else(on_request).ok_or_else(|| UnknownWord {
            list: "PeriodKind",
            word: word.to_owned(),
        })
    }
}

impl Serialize for PeriodKind {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.word())
    }
}

impl<'de> Deserialize<'de> for PeriodKind {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let word = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        // Files speak of the calendar only; requests are made by acts.
        Self::ALL
            .iter()
            .copied()
            .find(|kind| kind.word() == word)
            .ok_or_else(|| {
                let known: Vec<String> = Self::ALL
                    .iter()
                    .map(|kind| format!("`{}`", kind.word()))
                    .collect();
                serde::de::Error::custom(format!(
                    "unknown variant `{word}`, expected one of {}",
                    known.join(", ")
                ))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_read_back() {
        let request = |number| PeriodKind::OnRequest(RequestNumber::new(number).unwrap());
        for kind in PeriodKind::ALL
            .iter()
            .copied()
            .chain([request(1), request(10), request(99)])
        {
            assert_eq!(kind.word().parse(), Ok(kind));
        }
        assert_eq!(request(7).in_addresses(), "dot-xuat-7");
        for wrong in ["dot-xuat-0", "dot-xuat-100", "dot-xuat-", "dot-xuat-07", "quy"] {
            assert!(wrong.parse::<PeriodKind>().is_err(), "{wrong}");
        }
        assert_eq!(RequestNumber::new(0), None);
        assert_eq!(RequestNumber::new(100), None);
    }
}
