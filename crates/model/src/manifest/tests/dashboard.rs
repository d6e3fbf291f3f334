//! DSH-09: `dashboard.toml` says what is wrong, and where; without it everything is counted.

use super::*;

#[test]
fn dsh_09_a_bad_version_names_its_line_and_its_reason() {
    let file = "dashboard.toml";
    for (old, new, words) in [
        ("summary_hour = 7", "summary_hour = 24", "từ 0 đến 23"),
        ("number = 1", "number = 2", "phải mang số 1"),
        (
            "measure = \"contests\"",
            "measure = \"contest\"",
            "chỉ tiêu lạ của sổ hoạt động: contest",
        ),
        (
            "measure = \"broadcasts\"\nlabel = \"Lần phát",
            "measure = \"contests\"\nlabel = \"Lần phát",
            "đã có ở mục thứ 3",
        ),
        ("label = \"Lượt người dự thi\"", "label = \" \"", "còn trống"),
        ("\"days\", \"districts\"", "\"days\", \"days\"", "khối này đã có"),
        (
            "\"days\", \"districts\"",
            "\"hours\", \"districts\"",
            "giá trị lạ",
        ),
        (
            "plots = \"direct_sessions\"",
            "plot = \"direct_sessions\"",
            "khóa lạ",
        ),
        (
            "valid_from = \"2019-01-01\"",
            "valid_from = \"2019-13-01\"",
            "ngày không hợp lệ",
        ),
    ] {
        expect(file, old, new, words);
    }
}

#[test]
fn dsh_09_a_province_without_the_file_counts_everything() {
    let mut files = kon_tum();
    files.retain(|(name, _)| name != "dashboard.toml");
    assert_eq!(parse(&files).unwrap().dashboard, None);
    let versions = parse(&kon_tum()).unwrap().dashboard.unwrap().versions;
    assert_eq!(versions[0].measures.len(), crate::ledger::Measure::ALL.len());
}
