//! Faults between files: what each file may say only if another says it too.

mod agency;
mod alarms;
mod calendar;
mod council;
mod dashboard;
mod form;
mod indicator;
mod plan;
mod reorganisation;
mod retention;
mod tile;
mod vocabulary;

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Folder;
use super::problem::Problem;

/// All faults of a folder whose files each stand by themselves, in the order of files and lines.
pub(super) fn all(folder: &Folder<'_>) -> Vec<Problem> {
    let mut problems = vocabulary::check(&folder.vocabulary);
    problems.extend(agency::check_province(&folder.province));
    problems.extend(agency::check(folder));
    problems.extend(tile::check(folder));
    problems.extend(form::check(&folder.forms));
    problems.extend(indicator::check(&folder.indicators, &folder.forms));
    problems.extend(council::check(&folder.councils, &folder.agencies));
    problems.extend(plan::check(&folder.plans, &folder.agencies, &folder.councils));
    problems.extend(calendar::check(&folder.calendar, &folder.forms, &folder.plans));
    problems.extend(folder.alarms.iter().flat_map(alarms::check));
    problems.extend(folder.retention.iter().flat_map(retention::check));
    problems.extend(folder.dashboard.iter().flat_map(dashboard::check));
    problems.extend(reorganisation::check(&folder.reorganisations, &folder.agencies));
    problems.sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
    problems
}

/// A first and a last day, if it ended.
type Validity = (NaiveDate, Option<NaiveDate>);

/// Entries (by place) that end before they begin or overlap another of the same key.
fn wrong_validity(entries: &[(&str, Validity)]) -> Vec<(usize, String)> {
    let mut wrong = Vec::new();
    for (i, (key, (from, to))) in entries.iter().enumerate() {
        if to.is_some_and(|to| to < *from) {
            wrong.push((i, "ngày hết hiệu lực đứng trước ngày bắt đầu".to_owned()));
        }
        let clash = entries
            .iter()
            .take(i)
            .zip(1..)
            .find(|((other, (start, end)), _)| {
                other == key && to.is_none_or(|to| *start <= to) && end.is_none_or(|end| *from <= end)
            });
        if let Some((_, number)) = clash {
            wrong.push((i, format!("thời gian hiệu lực chồng lên mục thứ {number}")));
        }
    }
    wrong
}

/// The places of values that occurred before, with the first place of each.
fn repeated<'v, P: Clone>(values: impl IntoIterator<Item = (P, &'v str)>) -> Vec<(P, P, &'v str)> {
    let mut seen: BTreeMap<&str, P> = BTreeMap::new();
    let mut found = Vec::new();
    for (place, value) in values {
        match seen.get(value) {
            Some(first) => found.push((place, first.clone(), value)),
            None => {
                seen.insert(value, place);
            }
        }
    }
    found
}

/// Lower-case letters without marks, digits and single dashes: what stands in addresses.
fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.split('-').all(|part| {
            !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}
