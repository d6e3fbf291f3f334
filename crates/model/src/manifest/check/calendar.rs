//! The calendar: periods, a deadline for every form that travels, holidays that do not overlap.

use chrono::{Datelike, Weekday};

use super::super::calendar::CalendarFile;
use super::super::document::Parsed;
use super::super::form::FormFile;
use super::super::plan::PlanFile;
use super::super::problem::Problem;

pub(super) fn check(
    file: &Parsed<'_, CalendarFile>,
    forms: &[Parsed<'_, FormFile>],
    plans: &[Parsed<'_, PlanFile>],
) -> Vec<Problem> {
    let mut problems = Vec::new();
    periods(file, &mut problems);
    deadlines(file, forms, &mut problems);
    of_plans(file, plans, &mut problems);
    holidays(file, &mut problems);
    workdays(file, &mut problems);
    problems
}

fn periods(file: &Parsed<'_, CalendarFile>, problems: &mut Vec<Problem>) {
    let periods = &file.value.periods;
    for (i, period) in periods.iter().enumerate() {
        if periods.iter().take(i).any(|other| other.kind == period.kind) {
            let message = format!("kỳ `{}` bị lặp", period.kind.word());
            problems.push(file.problem(&format!("period.{i}.kind"), message));
        }
        if !(period.from <= period.actual_to && period.actual_to <= period.to) {
            let message = "cần from ≤ actual_to ≤ to";
            problems.push(file.problem(&format!("period.{i}.actual_to"), message));
        }
    }
}

fn deadlines(file: &Parsed<'_, CalendarFile>, forms: &[Parsed<'_, FormFile>], problems: &mut Vec<Problem>) {
    let calendar = &file.value;
    for (i, deadline) in calendar.deadlines.iter().enumerate() {
        let mut wrong = |key: &str, message: String| {
            problems.push(file.problem(&format!("deadline.{i}.{key}"), message));
        };
        match forms.iter().find(|form| form.value.id == deadline.form) {
            None => wrong("form", format!("không có biểu `{}`", deadline.form)),
            Some(form) if !form.value.periods.contains(&deadline.period) => {
                let message = format!(
                    "biểu `{}` không có kỳ `{}`",
                    deadline.form,
                    deadline.period.word()
                );
                wrong("period", message);
            }
            Some(_) => {}
        }
        let mut before = calendar.deadlines.iter().take(i);
        if before.any(|other| other.form == deadline.form && other.period == deadline.period) {
            wrong("form", "thời hạn của biểu và kỳ này đã có ở trên".to_owned());
        }
    }
    for form in forms {
        let travels = !form.value.filled_by.is_empty() || !form.value.consolidates.is_empty();
        for (i, kind) in form.value.periods.iter().enumerate() {
            let place = format!("periods.{i}");
            if calendar.period(*kind).is_none() {
                let message = format!("calendar.toml không có kỳ `{}`", kind.word());
                problems.push(form.problem(&place, message));
            }
            let mut all = calendar.deadlines.iter();
            if travels && !all.any(|d| d.form == form.value.id && d.period == *kind) {
                let message = format!(
                    "calendar.toml không có thời hạn cho kỳ `{}` của biểu này",
                    kind.word()
                );
                problems.push(form.problem(&place, message));
            }
        }
    }
}

/// Deadlines of reports on plans: each plan has one at most, and there is such a plan.
fn of_plans(file: &Parsed<'_, CalendarFile>, plans: &[Parsed<'_, PlanFile>], problems: &mut Vec<Problem>) {
    let deadlines = &file.value.plan_deadlines;
    for (i, deadline) in deadlines.iter().enumerate() {
        let place = format!("plan_deadline.{i}.plan");
        if !plans.iter().any(|plan| plan.value.id == deadline.plan) {
            problems.push(file.problem(&place, format!("không có kế hoạch `{}`", deadline.plan)));
        }
        if deadlines.iter().take(i).any(|other| other.plan == deadline.plan) {
            problems.push(file.problem(&place, "thời hạn của kế hoạch này đã có ở trên"));
        }
    }
}

fn holidays(file: &Parsed<'_, CalendarFile>, problems: &mut Vec<Problem>) {
    let holidays = &file.value.holidays;
    let entries: Vec<_> = holidays.iter().map(|h| ("", (h.from, Some(h.to)))).collect();
    for (i, message) in super::wrong_validity(&entries) {
        problems.push(file.problem(&format!("holiday.{i}.from"), message));
    }
}

fn workdays(file: &Parsed<'_, CalendarFile>, problems: &mut Vec<Problem>) {
    let holidays = &file.value.holidays;
    for (i, workday) in file.value.workdays.iter().enumerate() {
        let place = format!("workday.{i}.day");
        if !matches!(workday.day.weekday(), Weekday::Sat | Weekday::Sun) {
            problems.push(file.problem(&place, "ngày làm bù phải là thứ Bảy hoặc Chủ nhật"));
        }
        if holidays
            .iter()
            .any(|h| h.from <= workday.day && workday.day <= h.to)
        {
            problems.push(file.problem(&place, "ngày làm bù trùng ngày nghỉ lễ"));
        }
    }
}
