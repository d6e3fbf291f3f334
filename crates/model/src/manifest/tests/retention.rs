//! AUD-06: `retention.toml` says what is wrong, and where; without it nothing goes by itself.

use super::*;
use crate::clock::Moment;
use crate::retention::RetentionFile;

#[test]
fn aud_06_a_bad_term_names_its_line_and_its_reason() {
    let file = "retention.toml";
    for (old, new, words) in [
        ("years = 10", "years = 0", "cần từ 1 đến 100 năm"),
        (
            "keeps = \"audit-words\"\nyears = 10",
            "keeps = \"audit-words\"\nterm = \"lâu\"",
            "cần years",
        ),
        (
            "keeps = \"audit-words\"\nyears = 10",
            "years = 10",
            "chỉ dùng khi có keeps",
        ),
        ("keeps = \"audit-words\"", "keeps = \"words\"", "giá trị lạ"),
        ("term = \"Vĩnh viễn\"", "term = \" \"", "chưa có term"),
        (
            "id = \"tai-khoan\"\ntitle = \"Tài",
            "id = \"ten-trong-nhat-ky\"\ntitle = \"Tài",
            "đã có ở mục thứ 1",
        ),
        ("basis = \"", "basic = \"", "khóa lạ"),
    ] {
        expect(file, old, new, words);
    }
}

#[test]
fn aud_06_words_are_kept_for_whole_years() {
    let kept = parse(&kon_tum()).unwrap().retention.unwrap();
    let now = Moment::from_millis(1_606_370_400_000);
    let since = kept.audit_words_since(now).unwrap();
    assert_eq!(
        (now.day().to_string(), since.day().to_string()),
        ("2020-11-26".into(), "2010-11-26".into())
    );
    assert_eq!(RetentionFile::default().audit_words_since(now), None);
    let mut files = kon_tum();
    files.retain(|(name, _)| name != "retention.toml");
    assert_eq!(parse(&files).unwrap().retention, None);
}
