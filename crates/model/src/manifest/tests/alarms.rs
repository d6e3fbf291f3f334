//! AUD-07: `alarms.toml` says what is wrong, and where; without it nothing is watched.

use super::*;

#[test]
fn aud_07_a_bad_rule_names_its_line_and_its_reason() {
    let file = "alarms.toml";
    for (old, new, words) in [
        ("pattern = \"many\"", "pattern = \"often\"", "giá trị lạ"),
        ("hours = \"22:00-05:00\"", "hours = \"22h-5h\"", "giờ viết"),
        ("at_least = 20", "at_least = 1", "từ 2 trở lên"),
        ("within_minutes = 420", "within_minutes = 5000", "3 ngày"),
        (
            "\"evidence-read\"",
            "\"evidence-reed\"",
            "việc lạ: `evidence-reed`",
        ),
        (
            "id = \"duyet-don-dap\"\ntitle = \"Duyệt bài dồn dập\"",
            "id = \"bi-tu-choi-nhieu-lan\"\ntitle = \"Duyệt bài dồn dập\"",
            "đã có ở mục thứ 2",
        ),
        ("id = \"duyet-don-dap\"", "id = \"Duyệt\"", "chữ thường không dấu"),
        (
            "of = \"object\"\nacts = [\"account-locked\"]",
            "of = \"actor\"\nacts = [\"account-locked\"]",
            "do hệ thống ghi",
        ),
        ("at_least = 15", "atleast = 15", "khóa lạ"),
    ] {
        expect(file, old, new, words);
    }
    // One entry begins a run or goes on with one, never both.
    expect(
        file,
        "then = [\"member-revoke\"",
        "then = [\"member-grant\", \"member-revoke\"",
        "không được là một việc trong acts",
    );
    // What a pattern needs.
    expect(
        file,
        "pattern = \"then\"\nof = \"object\"",
        "pattern = \"many\"\nof = \"object\"",
        "`many` cần at_least",
    );
}

#[test]
fn aud_07_a_province_without_the_file_watches_for_nothing() {
    let mut files = kon_tum();
    files.retain(|(name, _)| name != "alarms.toml");
    assert_eq!(parse(&files).unwrap().alarms, None);
    let rules = parse(&kon_tum()).unwrap().alarms.unwrap().rules;
    assert_eq!(rules.len(), 6);
}
