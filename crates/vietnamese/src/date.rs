//! Dates of Viet Nam: one zone, the spellings of NĐ 30/2020/NĐ-CP, and reading what people type.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Timelike, Utc, Weekday};
use thiserror::Error;

/// Asia/Ho_Chi_Minh: UTC+7 without summer time since 1975, older than every record we keep.
pub const ZONE: FixedOffset = match FixedOffset::east_opt(7 * 3_600) {
    Some(zone) => zone,
    None => panic!("seven hours are an offset"),
};

/// Returns the day it is in Viet Nam at that instant.
pub fn local_date(instant: DateTime<Utc>) -> NaiveDate {
    local_datetime(instant).date_naive()
}

/// Returns the instant as the clocks of Viet Nam show it.
pub fn local_datetime(instant: DateTime<Utc>) -> DateTime<FixedOffset> {
    instant.with_timezone(&ZONE)
}

/// Returns `09/11/2024`.
pub fn dmy(date: NaiveDate) -> String {
    format!("{:02}/{:02}/{}", date.day(), date.month(), date.year())
}

/// Returns `ngày 09 tháng 11 năm 2024`. NĐ 30/2020/NĐ-CP, Phụ lục I: a zero before days below 10 and before the
/// months 1 and 2 only.
pub fn day_month_year_words(date: NaiveDate) -> String {
    let month = match date.month() {
        month @ (1 | 2) => format!("0{month}"),
        month => month.to_string(),
    };
    format!("ngày {:02} tháng {month} năm {}", date.day(), date.year())
}

/// Returns `8 giờ 05`; the time must be local already (see [`local_datetime`]).
pub fn hour_minute(time: &impl Timelike) -> String {
    format!("{} giờ {:02}", time.hour(), time.minute())
}

/// Returns the day of the week, `Thứ Hai` to `Chủ nhật`.
pub fn weekday(date: NaiveDate) -> &'static str {
    match date.weekday() {
        Weekday::Mon => "Thứ Hai",
        Weekday::Tue => "Thứ Ba",
        Weekday::Wed => "Thứ Tư",
        Weekday::Thu => "Thứ Năm",
        Weekday::Fri => "Thứ Sáu",
        Weekday::Sat => "Thứ Bảy",
        Weekday::Sun => "Chủ nhật",
    }
}

/// Why a typed date cannot be read. `Display` is the sentence for the person who typed it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum DateError {
    /// Nothing was typed.
    #[error("chưa nhập ngày")]
    Empty,
    /// Not three numbers between slashes, dashes or points.
    #[error("ngày phải ghi theo dạng ngày/tháng/năm, ví dụ 09/11/2024")]
    Shape,
    /// The year has not four digits.
    #[error("năm phải ghi đủ bốn chữ số, ví dụ 2024")]
    Year,
    /// There is no such month.
    #[error("không có tháng {0}")]
    Month(u32),
    /// The month has no such day.
    #[error("tháng {month} năm {year} không có ngày {day}")]
    Day {
        /// The day as typed.
        day: u32,
        /// The month as typed.
        month: u32,
        /// The year as typed.
        year: i32,
    },
}

/// Reads `9/11/2024`, `09-11-2024`, `09.11.2024`, and `2024-11-09` as browsers send it.
pub fn parse_dmy(text: &str) -> Result<NaiveDate, DateError> {
    let text = text.trim();
    if text.is_empty() {
        return Err(DateError::Empty);
    }
    let separator = text
        .chars()
        .find(|sign| matches!(sign, '/' | '-' | '.'))
        .ok_or(DateError::Shape)?;
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let [day, month, year] = match parts.as_slice() {
        [year, month, day] if year.len() == 4 => [day, month, year],
        [day, month, year] => [day, month, year],
        _ => return Err(DateError::Shape),
    };
    let (day_of_month, month_of_year) = (small(day)?, small(month)?);
    let year = four_digits(year)?;
    if !(1..=12).contains(&month_of_year) {
        return Err(DateError::Month(month_of_year));
    }
    let missing = DateError::Day {
        day: day_of_month,
        month: month_of_year,
        year,
    };
    NaiveDate::from_ymd_opt(year, month_of_year, day_of_month).ok_or(missing)
}

fn small(part: &str) -> Result<u32, DateError> {
    if !(1..=2).contains(&part.len()) || !is_digits(part) {
        return Err(DateError::Shape);
    }
    part.parse().map_err(|_| DateError::Shape)
}

fn four_digits(part: &str) -> Result<i32, DateError> {
    if !is_digits(part) {
        return Err(DateError::Shape);
    }
    if part.len() != 4 || part.starts_with('0') {
        return Err(DateError::Year);
    }
    part.parse().map_err(|_| DateError::Year)
}

fn is_digits(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use chrono::{NaiveTime, TimeZone};

    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn the_day_begins_seven_hours_before_utc() {
        let evening = Utc.with_ymd_and_hms(2024, 11, 8, 16, 59, 59).unwrap();
        let midnight = Utc.with_ymd_and_hms(2024, 11, 8, 17, 0, 0).unwrap();
        assert_eq!(local_date(evening), day(2024, 11, 8));
        assert_eq!(local_date(midnight), day(2024, 11, 9));
        assert_eq!(local_datetime(midnight).to_rfc3339(), "2024-11-09T00:00:00+07:00");
    }

    #[test]
    fn dates_are_written_as_the_decree_says() {
        assert_eq!(dmy(day(2024, 11, 9)), "09/11/2024");
        for (date, words) in [
            (day(2024, 11, 9), "ngày 09 tháng 11 năm 2024"),
            (day(2020, 3, 5), "ngày 05 tháng 3 năm 2020"),
            (day(2021, 2, 10), "ngày 10 tháng 02 năm 2021"),
            (day(2021, 1, 31), "ngày 31 tháng 01 năm 2021"),
        ] {
            assert_eq!(day_month_year_words(date), words);
        }
        assert_eq!(
            hour_minute(&NaiveTime::from_hms_opt(8, 5, 59).unwrap()),
            "8 giờ 05"
        );
        assert_eq!(weekday(day(2024, 11, 5)), "Thứ Ba");
        assert_eq!(weekday(day(2024, 11, 10)), "Chủ nhật");
    }

    #[test]
    fn three_spellings_are_read() {
        for text in [
            "9/11/2024",
            "09/11/2024",
            "09-11-2024",
            "9.11.2024",
            "2024-11-09",
            " 9 / 11 / 2024 ",
            "2024/11/9",
        ] {
            assert_eq!(parse_dmy(text), Ok(day(2024, 11, 9)), "{text}");
        }
        assert_eq!(parse_dmy("29/02/2020"), Ok(day(2020, 2, 29)));
    }

    #[test]
    fn the_error_says_what_is_wrong() {
        let no_such_day = DateError::Day {
            day: 29,
            month: 2,
            year: 2021,
        };
        assert_eq!(no_such_day.to_string(), "tháng 2 năm 2021 không có ngày 29");
        for (text, error) in [
            ("", DateError::Empty),
            ("hôm nay", DateError::Shape),
            ("9/11", DateError::Shape),
            ("9/11-2024", DateError::Shape),
            ("009/11/2024", DateError::Shape),
            ("+9/11/2024", DateError::Shape),
            ("9/11/2024/1", DateError::Shape),
            ("9/11/24", DateError::Year),
            ("9/11/0024", DateError::Year),
            ("9/13/2024", DateError::Month(13)),
            ("9/0/2024", DateError::Month(0)),
            ("29/02/2021", no_such_day),
            (
                "0/5/2021",
                DateError::Day {
                    day: 0,
                    month: 5,
                    year: 2021,
                },
            ),
        ] {
            assert_eq!(parse_dmy(text), Err(error), "{text}");
        }
    }
}
