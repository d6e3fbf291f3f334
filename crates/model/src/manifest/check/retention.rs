//! Terms of keeping: each class once, with words for its term, or years where the program carries it out.

use super::super::document::Parsed;
use super::super::problem::Problem;
use super::{is_slug, repeated};
use crate::retention::RetentionFile;

/// No term is longer: nobody would be there to see it end.
const LONGEST_YEARS: u16 = 100;

pub(super) fn check(file: &Parsed<'_, RetentionFile>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let classes = &file.value.classes;
    let ids = classes.iter().map(|class| class.id.as_str()).enumerate();
    for (at, first, id) in repeated(ids) {
        let message = format!("loại `{id}` đã có ở mục thứ {}", first + 1);
        problems.push(file.problem(&format!("class.{at}.id"), message));
    }
    let mut carried_out = Vec::new();
    for (at, class) in classes.iter().enumerate() {
        let mut wrong =
            |key: &str, message: &str| problems.push(file.problem(&format!("class.{at}.{key}"), message));
        if !is_slug(&class.id) {
            wrong("id", "mã chỉ gồm chữ thường không dấu, chữ số và gạch nối");
        }
        for (key, words) in [
            ("title", &class.title),
            ("holds", &class.holds),
            ("after", &class.after),
            ("basis", &class.basis),
        ] {
            if words.trim().is_empty() {
                wrong(key, "còn trống");
            }
        }
        match (class.keeps, class.years, class.term.trim().is_empty()) {
            (Some(_), Some(years), true) if (1..=LONGEST_YEARS).contains(&years) => {}
            (Some(_), Some(_), true) => wrong("years", "cần từ 1 đến 100 năm"),
            (Some(_), _, _) => wrong("keeps", "cần years và không cần term: chương trình tự thực hiện"),
            (None, Some(_), _) => wrong(
                "years",
                "chỉ dùng khi có keeps; thời hạn khác ghi bằng lời ở term",
            ),
            (None, None, true) => wrong("term", "chưa có term: thời hạn bằng lời"),
            (None, None, false) => {}
        }
        if class.keeps.is_some() && carried_out.contains(&class.keeps) {
            wrong("keeps", "đã có loại khác ghi thời hạn này");
        }
        carried_out.push(class.keeps);
    }
    problems
}
