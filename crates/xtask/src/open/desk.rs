//! What is written at the desk before anybody reads: items that fill several pages of every list, and a public figure.

use anyhow::Context;

use super::{AGENCY, People};

/// More than OAI-PMH and the read interface give in one answer, and more than a feed holds.
const ITEMS: usize = 230;
/// Words that a format, a spreadsheet or an address might take for its own.
const HARD: [&str; 6] = [
    "Hòa giải ở cơ sở",
    "=1+1; \"trích\" & <b>không phải thẻ</b>",
    "Điều 5, khoản 2 – “ngoặc kép” … 100 %",
    "Ẵ ặ Ỡ ỡ 𝄞 🌾 \\n, dấu chéo \\ và |",
    "@người dùng, +84, -1",
    "Ngày 'Pháp luật' ]]> kết thúc",
];
const TEXT: &str = "## Nội dung\n\nHòa giải ở cơ sở giúp bà con tự giải quyết việc nhỏ trong thôn, làng.";

/// An editor writes and sends, an approver publishes; one officer of the province proposes a figure, another agrees.
pub fn write(people: &People) -> anyhow::Result<()> {
    let (editor, approver) = (people.of("editor")?, people.of("approver")?);
    for (number, hard) in HARD.iter().cycle().take(ITEMS).enumerate() {
        let (title, summary) = (format!("{hard} ({number})"), format!("{hard}: một câu."));
        let form = [
            ("kind", "tin"),
            ("based_on", "0"),
            ("act", "gui"),
            ("title", title.as_str()),
            ("summary", summary.as_str()),
            ("body", TEXT),
            ("fields", "dan-su"),
            ("audiences", "nhan-dan"),
        ];
        let to = editor.post(&format!("/quan-tri/{AGENCY}/bai"), &form)?;
        let item = to.split('?').next().unwrap_or_default();
        approver.post(&format!("{item}/cong-bo"), &[("ban", "1")])?;
    }
    let figure = [
        ("chi-tieu", "direct_sessions"),
        ("ky", "2020"),
        ("pham-vi", "toan-tinh"),
        ("ten", "Cuộc phổ biến trực tiếp, \"=2020\" & <toàn tỉnh>"),
        ("ghi-chu", "Số liệu minh hoạ."),
    ];
    people.of("province-admin")?.post("/tinh/cong-khai", &figure)?;
    let second = people.of("province-reporter")?;
    let waiting = second.read("/tinh/cong-khai")?;
    let agree = waiting
        .split('"')
        .find(|part| part.starts_with("/tinh/cong-khai/") && part.ends_with("/duyet"));
    second
        .post(agree.context("no figure waits for a second officer")?, &[])
        .map(drop)
}
