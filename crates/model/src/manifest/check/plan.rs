//! Plans: one wording a day, numbers that occur once, agencies that exist, and of each task its figures or the word that there
//! are none.

use super::super::agency::AgencyFile;
use super::super::council::CouncilFile;
use super::super::document::Parsed;
use super::super::plan::{Charged, PlanFile};
use super::super::problem::Problem;
use super::{is_slug, repeated};
use crate::agency::ReportRow;

type File<'a> = Parsed<'a, PlanFile>;

pub(super) fn check(
    files: &[File<'_>],
    agencies: &[Parsed<'_, AgencyFile>],
    councils: &[Parsed<'_, CouncilFile>],
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in files {
        header_of(file, files, &mut problems);
        asked(file, councils, &mut problems);
        sections_of(file, &mut problems);
        for number in 0..file.value.tasks.len() {
            task_of(file, number, agencies, &mut problems);
        }
    }
    problems
}

fn header_of(file: &File<'_>, files: &[File<'_>], problems: &mut Vec<Problem>) {
    let plan = &file.value;
    let mut wrong = |place: &str, message: String| problems.push(file.problem(place, message));
    let wanted = plan.entry(files.iter().map(|other| &other.value));
    if !is_slug(&plan.id) {
        wrong(
            "id",
            format!("mã `{}` chỉ gồm chữ thường không dấu, số và gạch nối", plan.id),
        );
    } else if file.stem() != wanted {
        let message = if wanted == plan.id {
            format!("mã kế hoạch `{}` phải trùng tên tệp `{}`", plan.id, file.stem())
        } else {
            format!(
                "bản sau của kế hoạch `{}` phải nằm ở tệp `{wanted}.toml`",
                plan.id
            )
        };
        wrong("id", message);
    }
    let twin = files
        .iter()
        .find(|other| other.value.id == plan.id && other.stem() < file.stem() && other.value.overlaps(plan));
    if let Some(twin) = twin {
        let message = format!(
            "kế hoạch `{}` đã có bản khác cùng hiệu lực ở tệp `{}`",
            plan.id,
            twin.stem()
        );
        wrong("valid_from", message);
    }
    if plan.valid_to < plan.valid_from {
        wrong("valid_to", "ngày cuối cùng đứng trước ngày bắt đầu".into());
    }
    for (i, row) in plan.contributors.iter().enumerate() {
        if *row == ReportRow::None {
            wrong(
                &format!("contributors.{i}"),
                "cơ quan có report_row = \"none\" không báo cáo".into(),
            );
        }
    }
    if plan.tasks.is_empty() {
        wrong("task", "cần ít nhất một nhiệm vụ".into());
    }
    for (i, first, number) in repeated(plan.tasks.iter().map(|task| task.number.as_str()).enumerate()) {
        let message = format!("nhiệm vụ `{number}` đã có ở mục thứ {}", first + 1);
        wrong(&format!("task.{i}.number"), message);
    }
}

/// Whom it asks, and of which days.
fn asked(file: &File<'_>, councils: &[Parsed<'_, CouncilFile>], problems: &mut Vec<Problem>) {
    let plan = &file.value;
    match (&plan.council, plan.contributors.is_empty()) {
        (None, false) => {}
        (None, true) => {
            problems.push(file.problem(
                "contributors",
                "cần ít nhất một nhóm cơ quan phải báo cáo, hoặc council",
            ));
        }
        (Some(_), false) => {
            let message = "chỉ chọn một: contributors (nhóm cơ quan) hoặc council (thành viên hội đồng)";
            problems.push(file.problem("council", message));
        }
        (Some(id), true) if !councils.iter().any(|council| council.value.id == *id) => {
            problems.push(file.problem("council", format!("không có hội đồng `{id}` trong councils/")));
        }
        (Some(_), true) => {}
    }
    if let (Some(from), Some(to)) = (plan.from, plan.to)
        && to < from
    {
        problems.push(file.problem("to", "ngày cuối đứng trước ngày đầu của kỳ"));
    }
    if (plan.from.is_some() || plan.to.is_some()) == crate::manifest::plan::is_whole_year(&plan.term) {
        let message = "kỳ không tròn năm cần term (ví dụ \"6 tháng đầu năm\") cùng from, to";
        problems.push(file.problem("term", message));
    }
}

fn sections_of(file: &File<'_>, problems: &mut Vec<Problem>) {
    let sections = &file.value.sections;
    for (i, section) in sections.iter().enumerate() {
        if !is_slug(&section.id) {
            let message = format!("mã `{}` chỉ gồm chữ thường không dấu, số và gạch nối", section.id);
            problems.push(file.problem(&format!("section.{i}.id"), message));
        }
    }
    for (i, _, id) in repeated(sections.iter().map(|section| section.id.as_str()).enumerate()) {
        problems.push(file.problem(&format!("section.{i}.id"), format!("phần `{id}` bị lặp")));
    }
    let numbers = file.value.tasks.iter().map(|task| task.number.as_str());
    for (i, section) in sections.iter().enumerate() {
        if numbers.clone().any(|number| number == section.id) {
            let message = format!("mã `{}` trùng số của một nhiệm vụ", section.id);
            problems.push(file.problem(&format!("section.{i}.id"), message));
        }
    }
}

fn task_of(file: &File<'_>, number: usize, agencies: &[Parsed<'_, AgencyFile>], problems: &mut Vec<Problem>) {
    let Some(task) = file.value.tasks.get(number) else {
        return;
    };
    let mut wrong = |key: &str, message: String| {
        problems.push(file.problem(&format!("task.{number}.{key}"), message));
    };
    // It stands in addresses as it is.
    if task.number.is_empty()
        || !task
            .number
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'.')
    {
        wrong(
            "number",
            format!("số `{}` chỉ gồm chữ không dấu, số và dấu chấm", task.number),
        );
    }
    if task.text.trim().is_empty() {
        wrong("text", "còn trống; ghi đúng lời của kế hoạch".into());
    }
    match (task.narrative_only, task.indicators.is_empty()) {
        (true, false) => wrong(
            "narrative_only",
            "nhiệm vụ chỉ thuyết minh thì không có indicator".into(),
        ),
        (false, true) => wrong(
            "number",
            "chưa có số liệu; thêm [[task.indicator]], hoặc ghi narrative_only = true".into(),
        ),
        _ => {}
    }
    for (i, indicator) in task.indicators.iter().enumerate() {
        if indicator.measures.is_empty() {
            wrong(
                &format!("indicator.{i}.label"),
                "cần ít nhất một chỉ tiêu của sổ (measures)".into(),
            );
        }
    }
    if task.leads.is_empty() && task.joins.is_empty() {
        wrong("leads", "chưa có cơ quan nào chủ trì hoặc phối hợp".into());
    }
    let mut charged = |key: &str, charged: &Charged| {
        for (i, slug) in charged.agencies.iter().enumerate() {
            if !agencies.iter().any(|agency| agency.value.slug == *slug) {
                wrong(
                    &format!("{key}.agencies.{i}"),
                    format!("cơ quan `{slug}` không có trong agencies/"),
                );
            }
        }
    };
    charged("leads", &task.leads);
    charged("joins", &task.joins);
}
