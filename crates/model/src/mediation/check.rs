//! What must be right before a fact of a group is written down: the field and the reason, as the screen says it.

use chrono::NaiveDate;

use super::{Body, Details, FOUNDING, Figures, Group};
pub use crate::activity::Problem;
use crate::register::of_decision;

/// Longest line, in characters.
const LINE_MAX: usize = 200;

/// The most mediators that one group is believed to have.
const LARGEST: i64 = 500;

/// What is missing or wrong in what a group is. `communes`: codes of the agency's communes; none where it has none below it.
#[must_use]
pub fn of_details(details: &Details, communes: &[String], today: NaiveDate) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (field, text, missing) in [
        ("name", &details.name, "chưa có. Ghi tên tổ hòa giải."),
        (
            "village",
            &details.village,
            "chưa có. Ghi thôn, làng, tổ dân phố.",
        ),
    ] {
        if text.trim().is_empty() {
            problems.push(Problem::new(field, missing));
        } else if text.chars().count() > LINE_MAX {
            problems.push(Problem::new(field, "dài quá 200 ký tự. Rút ngắn lại."));
        }
    }
    let known = if communes.is_empty() {
        details.commune.is_empty()
    } else {
        communes.contains(&details.commune)
    };
    if !known {
        let reason = "chưa chọn. Chọn xã, phường, thị trấn của cơ quan.";
        problems.push(Problem::new("commune", reason));
    }
    problems.extend(of_decision(&details.decision, today));
    problems
}

/// What is wrong in the figures of a group.
#[must_use]
pub fn of_figures(figures: &Figures) -> Vec<Problem> {
    let all = figures.all();
    let mut problems = Vec::new();
    for (field, figure) in [("men", figures.men), ("women", figures.women)] {
        if !(0..=LARGEST).contains(&figure) {
            let reason = format!("không hợp lý. Ghi số từ 0 đến {LARGEST}.");
            problems.push(Problem::new(field, reason));
        }
    }
    for (field, figure) in [
        ("law", figures.law),
        ("minority", figures.minority),
        ("trained", figures.trained.unwrap_or(0)),
    ] {
        if figure < 0 {
            problems.push(Problem::new(field, "nhỏ hơn 0. Ghi số từ 0 trở lên."));
        } else if figure > all {
            let reason =
                format!("là {figure}, lớn hơn tổng số {all} hòa giải viên. Sửa số này hoặc số nam, nữ.");
            problems.push(Problem::new(field, reason));
        }
    }
    problems
}

/// Whether the facts of a group go together: none in the future, none before the founding or after the end, one of a kind a day.
/// `field`: the one by which the form can put it right.
#[must_use]
pub fn in_form(group: &Group, field: &'static str, today: NaiveDate) -> Option<Problem> {
    let said = |reason: String| Some(Problem::new(field, reason));
    if group.holding().any(|fact| fact.from > today) {
        return said("ở tương lai. Ghi ngày không sau hôm nay.".into());
    }
    let of_kind = |kind: fn(&Body) -> bool| {
        let days = group.holding().filter(move |fact| kind(&fact.body));
        days.map(|fact| fact.from).collect::<Vec<_>>()
    };
    let figures = of_kind(|body| matches!(body, Body::Figures(_)));
    let details = of_kind(|body| matches!(body, Body::Details(_)));
    let dissolved = of_kind(|body| *body == Body::Dissolved);
    for days in [&figures, &details] {
        let twice = days.windows(2).find_map(|pair| match pair {
            [one, other] if one == other => Some(*one),
            _ => None,
        });
        if let Some(day) = twice {
            let day = pbgdpl_vietnamese::date::dmy(day);
            return said(format!(
                "đã có lần ghi từ ngày {day}. Ghi ngày khác, hoặc đính chính lần ghi ấy."
            ));
        }
    }
    let founded = group.founded()?;
    let words = |day: &NaiveDate| pbgdpl_vietnamese::date::dmy(*day);
    let mut others = figures.iter().chain(&details).chain(&dissolved);
    if let Some(early) = others.find(|day| **day < founded) {
        // The founding itself was put too late, or what is written comes too early.
        let of_founding = group
            .facts
            .last()
            .is_some_and(|fact| group.place(fact) == FOUNDING);
        return said(if of_founding {
            format!(
                "chưa đúng vì có lần ghi từ ngày {}, trước ngày thành lập {}. Ghi ngày thành lập sớm hơn.",
                words(early),
                words(&founded)
            )
        } else {
            format!("trước ngày thành lập {}. Ghi từ ngày đó trở đi.", words(&founded))
        });
    }
    if dissolved.len() > 1 {
        return said("đã có ngày giải thể. Đính chính lần ghi ấy.".into());
    }
    let end = dissolved.first()?;
    let late = figures.iter().chain(&details).find(|day| *day >= end)?;
    said(format!(
        "không đúng thứ tự: tổ giải thể từ ngày {}, mà có lần ghi từ ngày {}.",
        words(end),
        words(late)
    ))
}
