//! Lists of words: ids that repeat or cannot stand in addresses, kinds of activities that are missing.

use super::super::problem::Problem;
use super::super::vocabulary::Lists;
use super::{is_slug, repeated};
use crate::activity::Kind;

pub(super) fn check(lists: &Lists<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in lists.plain() {
        let terms = &file.value.terms;
        for (i, term) in terms.iter().enumerate() {
            if !is_slug(&term.id) {
                let message = format!("`{}`: chỉ dùng chữ thường không dấu, chữ số và gạch nối", term.id);
                problems.push(file.problem(&format!("term.{i}.id"), message));
            }
            if term.label.trim().is_empty() {
                problems.push(file.problem(&format!("term.{i}.label"), "để trống"));
            }
        }
        for (i, _, id) in repeated(terms.iter().map(|term| term.id.as_str()).enumerate()) {
            problems.push(file.problem(&format!("term.{i}.id"), format!("`{id}` bị lặp")));
        }
    }
    activity_kinds(lists, &mut problems);
    problems
}

fn activity_kinds(lists: &Lists<'_>, problems: &mut Vec<Problem>) {
    let file = &lists.activity_kinds;
    let terms = &file.value.terms;
    for (i, term) in terms.iter().enumerate() {
        if lists.education_forms.value.get(&term.form).is_none() {
            let message = format!(
                "hình thức `{}` không có trong vocabulary/education-forms.toml",
                term.form
            );
            problems.push(file.problem(&format!("term.{i}.form"), message));
        }
    }
    for (i, _, id) in repeated(terms.iter().map(|term| term.id.word()).enumerate()) {
        problems.push(file.problem(&format!("term.{i}.id"), format!("`{id}` bị lặp")));
    }
    for kind in Kind::ALL {
        if !terms.iter().any(|term| term.id == kind) {
            problems.push(file.problem("term", format!("thiếu loại hoạt động `{}`", kind.word())));
        }
    }
}
