//! Figures as Vietnamese readers write them: `1.234.567`, `1.234,5`, `412 KB`.

use thiserror::Error;

/// Returns the integer with a point after every three digits.
pub fn grouped(value: i64) -> String {
    let digits = value.unsigned_abs().to_string();
    let sign = if value < 0 { "-" } else { "" };
    format!("{sign}{}", with_points(&digits))
}

/// Returns the value with that many digits after a comma; a dash if it is no number (a rate over nothing).
pub fn decimal(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return "–".to_owned();
    }
    let text = format!("{:.places$}", value.abs());
    let is_zero = text.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let sign = if value < 0.0 && !is_zero { "-" } else { "" };
    match text.split_once('.') {
        Some((whole, rest)) => format!("{sign}{},{rest}", with_points(whole)),
        None => format!("{sign}{}", with_points(&text)),
    }
}

/// Returns the size of a file as `412 KB` or `1,4 MB` (1 KB is 1.024 bytes, as file managers show it).
pub fn file_size(bytes: u64) -> String {
    const UNITS: [&str; 4] = ["KB", "MB", "GB", "TB"];
    let mut shown = format!("{} byte", with_points(&bytes.to_string()));
    let mut unit: u64 = 1;
    for name in UNITS {
        unit *= 1024;
        if bytes < unit {
            break;
        }
        let whole = bytes / unit;
        let tenth = bytes % unit * 10 / unit;
        shown = match (whole, tenth) {
            (1..10, 1..) if name != "KB" => format!("{whole},{tenth} {name}"),
            _ => format!("{} {name}", with_points(&whole.to_string())),
        };
    }
    shown
}

/// Why a typed figure cannot be read. `Display` is the sentence for the person who typed it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NumberError {
    /// Nothing was typed.
    #[error("chưa nhập số")]
    Empty,
    /// A sign that is neither a digit nor a separator.
    #[error("“{0}” không phải là chữ số")]
    NotADigit(char),
    /// A comma: in Vietnamese it begins the fraction, and this is a count.
    #[error("số này là số nguyên, không dùng dấu phẩy; hàng nghìn cách nhau bằng dấu chấm, ví dụ 1.234")]
    Comma,
    /// The points do not stand at every third digit, or points and spaces are mixed.
    #[error("dấu chấm phân cách hàng nghìn đặt chưa đúng chỗ, ví dụ đúng: 1.234.567")]
    Grouping,
    /// More digits than a count can have.
    #[error("số quá lớn")]
    TooLarge,
}

/// Reads an integer typed as `1234`, `1.234` or `1 234`, with a minus in front if need be.
pub fn parse_grouped(text: &str) -> Result<i64, NumberError> {
    let text = text.trim();
    let unsigned = text.strip_prefix(['-', '−']);
    let digits = unsigned.unwrap_or(text);
    if digits.is_empty() {
        return Err(NumberError::Empty);
    }
    if let Some(other) = digits
        .chars()
        .find(|sign| !sign.is_ascii_digit() && !is_separator(*sign))
    {
        return Err(if other == ',' {
            NumberError::Comma
        } else {
            NumberError::NotADigit(other)
        });
    }
    if !is_well_grouped(digits) {
        return Err(NumberError::Grouping);
    }
    let sign = if unsigned.is_some() { "-" } else { "" };
    let plain: String = sign
        .chars()
        .chain(digits.chars().filter(char::is_ascii_digit))
        .collect();
    plain.parse().map_err(|_| NumberError::TooLarge)
}

/// Point, space, no-break space, narrow no-break space.
fn is_separator(sign: char) -> bool {
    matches!(sign, '.' | ' ' | '\u{00A0}' | '\u{202F}')
}

fn is_well_grouped(digits: &str) -> bool {
    let mut separators = digits.chars().filter(|sign| is_separator(*sign));
    let Some(separator) = separators.next() else {
        return true;
    };
    let mut groups = digits.split(is_separator).map(str::len);
    let first_fits = groups.next().is_some_and(|length| (1..=3).contains(&length));
    first_fits && groups.all(|length| length == 3) && separators.all(|other| other == separator)
}

fn with_points(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_are_grouped_and_read_back() {
        for (value, text) in [
            (0, "0"),
            (7, "7"),
            (999, "999"),
            (1_000, "1.000"),
            (1_234_567, "1.234.567"),
            (-45_000, "-45.000"),
            (i64::MAX, "9.223.372.036.854.775.807"),
            (i64::MIN, "-9.223.372.036.854.775.808"),
        ] {
            assert_eq!(grouped(value), text);
            assert_eq!(parse_grouped(text), Ok(value));
        }
    }

    #[test]
    fn people_type_in_several_ways() {
        for text in ["1234", "1.234", "1 234", " 1.234 ", "1\u{00A0}234", "01.234"] {
            assert_eq!(parse_grouped(text), Ok(1_234), "{text}");
        }
        assert_eq!(parse_grouped("−12"), Ok(-12));
    }

    #[test]
    fn the_error_says_what_is_wrong() {
        for (text, error) in [
            ("", NumberError::Empty),
            (" - ", NumberError::Empty),
            ("12a", NumberError::NotADigit('a')),
            ("+5", NumberError::NotADigit('+')),
            ("1,5", NumberError::Comma),
            ("1.23", NumberError::Grouping),
            ("1234.567", NumberError::Grouping),
            (".123", NumberError::Grouping),
            ("1..234", NumberError::Grouping),
            ("1.234 567", NumberError::Grouping),
            ("99999999999999999999", NumberError::TooLarge),
        ] {
            assert_eq!(parse_grouped(text), Err(error), "{text}");
        }
    }

    #[test]
    fn decimals_have_a_comma() {
        assert_eq!(decimal(1_234.5, 1), "1.234,5");
        assert_eq!(decimal(-0.04, 1), "0,0");
        assert_eq!(decimal(-12.345, 2), "-12,35");
        assert_eq!(decimal(1_000_000.0, 0), "1.000.000");
        assert_eq!(decimal(99.96, 1), "100,0");
        assert_eq!(decimal(f64::NAN, 1), "–");
    }

    #[test]
    fn file_sizes_are_short() {
        for (bytes, text) in [
            (0, "0 byte"),
            (1_023, "1.023 byte"),
            (1_024, "1 KB"),
            (412 * 1_024, "412 KB"),
            (1_048_575, "1.023 KB"),
            (1_468_006, "1,3 MB"),
            (2 * 1_048_576, "2 MB"),
            (25 * 1_048_576 + 900_000, "25 MB"),
            (u64::MAX, "16.777.215 TB"),
        ] {
            assert_eq!(file_size(bytes), text);
        }
    }
}
