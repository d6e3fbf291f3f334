//! What the dashboard counts: versions that follow each other, blocks and measures that occur once, words that are there.

use super::super::document::Parsed;
use super::super::problem::Problem;
use super::repeated;
use crate::dashboard::{Block, DashboardFile};

pub(super) fn check(file: &Parsed<'_, DashboardFile>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let versions = &file.value.versions;
    if file.value.summary_hour > 23 {
        problems.push(file.problem("summary_hour", "giờ từ 0 đến 23"));
    }
    for (i, version) in versions.iter().enumerate() {
        let mut wrong =
            |key: &str, message: String| problems.push(file.problem(&format!("version.{i}.{key}"), message));
        let expected = u32::try_from(i + 1).unwrap_or(u32::MAX);
        if version.number != expected {
            wrong(
                "number",
                format!("bản thứ {expected} phải mang số {expected}; các bản xếp cũ trước"),
            );
        }
        let before = i.checked_sub(1).and_then(|before| versions.get(before));
        if before.is_some_and(|before| version.valid_from <= before.valid_from) {
            wrong(
                "valid_from",
                "bản sau phải bắt đầu sau ngày bắt đầu của bản trước".into(),
            );
        }
        if before.is_some() && version.why.trim().is_empty() {
            wrong("why", "còn trống; ghi vì sao thay bản trước".into());
        }
        for (key, words) in [
            ("months_question", &version.months_question),
            ("agencies_question", &version.agencies_question),
        ] {
            if words.trim().is_empty() {
                wrong(key, "còn trống".into());
            }
        }
        if version.blocks.is_empty() {
            wrong("blocks", "cần ít nhất một khối".into());
        }
        for (at, block) in version.blocks.iter().enumerate() {
            if version.blocks.iter().take(at).any(|other| other == block) {
                wrong(&format!("blocks.{at}"), "khối này đã có ở trên".into());
            }
        }
        let measures = &version.measures;
        if measures.is_empty() && version.blocks.contains(&Block::Totals) {
            wrong("number", "cần ít nhất một [[version.measure]]".into());
        }
        let words = measures.iter().map(|counted| counted.measure.word()).enumerate();
        for (at, first, word) in repeated(words) {
            let message = format!("chỉ tiêu `{word}` đã có ở mục thứ {}", first + 1);
            wrong(&format!("measure.{at}.measure"), message);
        }
        for (at, counted) in measures.iter().enumerate() {
            for (key, words) in [("label", &counted.label), ("definition", &counted.definition)] {
                if words.trim().is_empty() {
                    wrong(
                        &format!("measure.{at}.{key}"),
                        "còn trống; ghi đúng lời dùng trên trang".into(),
                    );
                }
            }
        }
    }
    problems
}
