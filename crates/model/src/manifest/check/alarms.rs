//! The alarms: rules that say all that their pattern needs, acts that exist.

use super::super::document::Parsed;
use super::super::problem::Problem;
use super::{is_slug, repeated};
use crate::alarm::{AlarmsFile, Of, Pattern};
use crate::audit::account_act_label;
use crate::policy::Action;

/// Longest time that is looked back: the schedule reads entries anew so far.
const LONGEST_MINUTES: u32 = 3 * 24 * 60;

pub(super) fn check(file: &Parsed<'_, AlarmsFile>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let rules = &file.value.rules;
    for (i, first, id) in repeated(
        (0..)
            .zip(rules)
            .map(|(i, rule): (usize, _)| (i, rule.id.as_str())),
    ) {
        let message = format!("quy tắc `{id}` đã có ở mục thứ {}", first + 1);
        problems.push(file.problem(&format!("rule.{i}.id"), message));
    }
    for (i, rule) in rules.iter().enumerate() {
        let mut wrong =
            |key: &str, message: &str| problems.push(file.problem(&format!("rule.{i}.{key}"), message));
        if !is_slug(&rule.id) {
            wrong("id", "mã chỉ gồm chữ thường không dấu, chữ số và gạch nối");
        }
        if rule.title.trim().is_empty() {
            wrong("title", "tên còn trống");
        }
        if rule.acts.is_empty() {
            wrong("acts", "cần ít nhất một việc");
        }
        if !(1..=LONGEST_MINUTES).contains(&rule.within_minutes) {
            wrong("within_minutes", "cần từ 1 phút đến 3 ngày (4320 phút)");
        }
        match (rule.pattern, rule.at_least, rule.then.is_empty()) {
            (Pattern::Many, Some(2..), true) | (Pattern::Then, None, false) => {}
            (Pattern::Many, Some(2..), false) => wrong("then", "chỉ dùng với pattern = \"then\""),
            (Pattern::Many, Some(_), _) => wrong("at_least", "cần từ 2 trở lên"),
            (Pattern::Many, None, _) => wrong("pattern", "`many` cần at_least"),
            (Pattern::Then, _, true) => wrong("pattern", "`then` cần then: việc tiếp theo"),
            (Pattern::Then, Some(_), false) => wrong("at_least", "chỉ dùng với pattern = \"many\""),
        }
        if rule.then.iter().any(|act| rule.acts.contains(act)) {
            wrong("then", "việc tiếp theo không được là một việc trong acts");
        }
        for (key, acts) in [("acts", &rule.acts), ("then", &rule.then)] {
            for (n, act) in acts.iter().enumerate() {
                if act.parse::<Action>().is_err() && account_act_label(act).is_none() {
                    wrong(&format!("{key}.{n}"), &format!("việc lạ: `{act}`"));
                }
            }
        }
        // Of the accounts' chain the system acts; whom it concerns is the object.
        if rule.of == Of::Actor && rule.acts.iter().any(|act| act == "account-locked") {
            wrong("of", "việc do hệ thống ghi, cần of = \"object\"");
        }
    }
    problems
}
