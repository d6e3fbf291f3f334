//! A fault in a file: where it stands and, in Vietnamese, what is wrong.

use std::fmt;

/// One fault. `Display` gives `file:line: message`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Path inside the province's folder.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl Problem {
    pub(super) fn new(file: &str, line: usize, message: impl Into<String>) -> Self {
        Self {
            file: file.to_owned(),
            line,
            message: message.into(),
        }
    }

    pub(super) fn of_toml(file: &str, line: usize, error: &toml::de::Error) -> Self {
        Self::new(file, line, in_vietnamese(error.message()))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

impl std::error::Error for Problem {}

/// How serde, toml, chrono and uuid begin their messages, and what an administrator reads instead.
const BEGINNINGS: [(&str, &str); 9] = [
    ("unknown field ", "khóa lạ "),
    ("unknown variant ", "giá trị lạ "),
    ("unknown measure: ", "chỉ tiêu lạ của sổ hoạt động: "),
    ("missing field ", "thiếu khóa "),
    ("duplicate field ", "khóa bị lặp "),
    ("duplicate key", "khóa bị lặp"),
    ("invalid type: ", "sai kiểu giá trị: "),
    ("invalid value: ", "giá trị không hợp lệ: "),
    ("UUID parsing failed: ", "mã UUID không hợp lệ: "),
];

/// Words by which chrono's messages are known.
const OF_DATES: [&str; 5] = [
    "formatted date",
    "invalid characters",
    "end of input",
    "out of range",
    "trailing input",
];

fn in_vietnamese(message: &str) -> String {
    let message = message.replace('\n', "; ");
    if OF_DATES.iter().any(|words| message.contains(words)) {
        return "ngày không hợp lệ; viết năm-tháng-ngày trong ngoặc kép, ví dụ \"2019-01-31\"".to_owned();
    }
    let known = BEGINNINGS.iter().find_map(|(english, vietnamese)| {
        message
            .strip_prefix(english)
            .map(|rest| format!("{vietnamese}{rest}"))
    });
    match known {
        Some(text) => text
            .replace(", expected one of ", "; chọn một trong: ")
            .replace(", there are no ", "; không có ")
            .replace(", expected ", "; cần "),
        None => format!("sai cú pháp TOML: {message}"),
    }
}
