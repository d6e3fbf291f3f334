//! What must be right before a fact is written down: the field and the reason, as the screen says it.

use chrono::NaiveDate;

use super::{Decision, Details, Entry};
pub use crate::activity::Problem;

/// Longest line, in characters.
const LINE_MAX: usize = 200;

/// What is missing or wrong in who somebody is (Đ.3.5: what a request must name).
#[must_use]
pub fn of_details(details: &Details) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (field, text, missing) in [
        ("name", &details.name, "chưa có. Ghi họ và tên."),
        ("post", &details.post, "chưa có. Ghi chức vụ, chức danh."),
        (
            "workplace",
            &details.workplace,
            "chưa có. Ghi cơ quan, đơn vị công tác.",
        ),
        (
            "education",
            &details.education,
            "chưa có. Ghi trình độ chuyên môn, ví dụ Đại học Luật.",
        ),
    ] {
        if text.trim().is_empty() {
            problems.push(Problem::new(field, missing));
        }
    }
    if details.fields.is_empty() {
        let reason = "chưa chọn. Chọn ít nhất một lĩnh vực chuyên môn sâu.";
        problems.push(Problem::new("fields", reason));
    }
    for (field, text) in [
        ("name", &details.name),
        ("post", &details.post),
        ("workplace", &details.workplace),
        ("education", &details.education),
        ("ethnicity", &details.ethnicity),
    ] {
        if text.chars().count() > LINE_MAX {
            problems.push(Problem::new(field, "dài quá 200 ký tự. Rút ngắn lại."));
        }
    }
    problems
}

/// What is missing or wrong in a decision that was signed before today.
#[must_use]
pub fn of_decision(decision: &Decision, today: NaiveDate) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (field, text, missing) in [
        (
            "decision_number",
            &decision.number,
            "chưa có. Ghi số, ký hiệu, ví dụ 158/QĐ-UBND.",
        ),
        (
            "decision_issuer",
            &decision.issuer,
            "chưa có. Ghi cơ quan, người ban hành.",
        ),
    ] {
        if text.trim().is_empty() {
            problems.push(Problem::new(field, missing));
        } else if text.chars().count() > LINE_MAX {
            problems.push(Problem::new(field, "dài quá 200 ký tự. Rút ngắn lại."));
        }
    }
    if decision.day > today {
        problems.push(Problem::new("decision_day", "ở tương lai. Ghi ngày đã ký."));
    }
    problems
}

/// Whether the entry may stand so: no fact begins in the future, no standing before the one that it follows.
#[must_use]
pub fn in_form(entry: &Entry, field: &'static str, today: NaiveDate) -> Option<Problem> {
    if entry
        .facts
        .iter()
        .any(|fact| entry.holds(fact) && fact.from > today)
    {
        return Some(Problem::new(field, "ở tương lai. Ghi ngày không sau hôm nay."));
    }
    (!entry.is_in_order()).then(|| {
        Problem::new(
            field,
            "không đúng thứ tự. Mỗi lần thay đổi tình trạng phải từ ngày của lần trước trở đi.",
        )
    })
}
