//! Reorganisations: units that exist on that day, one receiver of each series, one end of each unit, no circles.

use super::super::agency::AgencyFile;
use super::super::document::Parsed;
use super::super::problem::Problem;
use super::super::reorganisation::{ReorganisationFile, SuccessionEntry};
use super::super::words::SuccessionKind;
use super::{is_slug, repeated};

type File<'a> = Parsed<'a, ReorganisationFile>;
type Agencies<'a> = [Parsed<'a, AgencyFile>];

/// One succession with the place where it stands.
struct Told<'f, 'a> {
    file: &'f File<'a>,
    number: usize,
    entry: &'f SuccessionEntry,
}

impl Told<'_, '_> {
    fn problem(&self, key: &str, message: impl Into<String>) -> Problem {
        let place = format!("succession.{}.{key}", self.number);
        self.file.problem(&place, message)
    }
}

pub(super) fn check(files: &[File<'_>], agencies: &Agencies<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in files {
        let id = &file.value.id;
        if !is_slug(id) || id != file.stem() {
            let message = format!("mã `{id}` phải trùng tên tệp `{}`", file.stem());
            problems.push(file.problem("id", message));
        }
    }
    let told: Vec<Told<'_, '_>> = files
        .iter()
        .flat_map(|file| {
            let entries = file.value.successions.iter().enumerate();
            entries.map(move |(number, entry)| Told { file, number, entry })
        })
        .collect();
    for one in &told {
        shape(one, &mut problems);
        receiver(one, &mut problems);
        days(one, agencies, &mut problems);
    }
    ends_once(&told, &mut problems);
    circles(&told, &mut problems);
    problems
}

/// How many units may follow, by the kind.
fn shape(told: &Told<'_, '_>, problems: &mut Vec<Problem>) {
    let entry = told.entry;
    let (count, itself) = (entry.to.len(), entry.to.contains(&entry.from));
    let wrong = match entry.kind {
        SuccessionKind::Merge if count != 1 || itself => {
            "hợp nhất, sáp nhập cần đúng một cơ quan kế tục khác"
        }
        SuccessionKind::Rename if count != 1 => "đổi tên cần đúng một cơ quan ở khóa to",
        SuccessionKind::Split if count < 2 => "chia, tách cần ít nhất hai cơ quan kế tục",
        SuccessionKind::Transfer if count == 0 || itself => {
            "chuyển chức năng cần ít nhất một cơ quan nhận, khác cơ quan chuyển"
        }
        SuccessionKind::Dissolve if itself => "cơ quan giải thể không thể kế tục chính mình",
        _ => "",
    };
    if !wrong.is_empty() {
        problems.push(told.problem("to", wrong));
    }
    for (place, _, slug) in repeated(entry.to.iter().map(String::as_str).enumerate()) {
        problems.push(told.problem(&format!("to.{place}"), format!("`{slug}` bị lặp")));
    }
    if !entry.verify && (entry.decision.is_none() || entry.decided_on.is_none()) {
        let message =
            "thiếu quyết định; ghi decision và decided_on, hoặc verify = true khi chưa đối chiếu được";
        problems.push(told.problem("day", message));
    }
    if entry.decided_on.is_some_and(|decided| entry.day < decided) {
        problems.push(told.problem("decided_on", "ngày quyết định đứng sau ngày hiệu lực"));
    }
}

/// Past figures are never guessed at: of several heirs one is named.
fn receiver(told: &Told<'_, '_>, problems: &mut Vec<Problem>) {
    let entry = told.entry;
    match &entry.series_to {
        None if entry.ends() && entry.to.len() > 1 => {
            let message = "có nhiều cơ quan kế tục; ghi series_to là cơ quan nhận chuỗi số liệu";
            problems.push(told.problem("to", message));
        }
        Some(unit) if entry.ends() && !entry.to.contains(unit) => {
            let message = format!("series_to `{unit}` không nằm trong các cơ quan kế tục (to)");
            problems.push(told.problem("series_to", message));
        }
        Some(unit) if !entry.ends() && *unit != entry.from => {
            let message = format!(
                "`{}` còn hoạt động nên chuỗi số liệu ở lại với nó; bỏ series_to",
                entry.from
            );
            problems.push(told.problem("series_to", message));
        }
        _ => {}
    }
}

/// Every unit stood on the day it is named for.
fn days(told: &Told<'_, '_>, agencies: &Agencies<'_>, problems: &mut Vec<Problem>) {
    let (entry, day) = (told.entry, told.entry.day);
    let find = |slug: &str| agencies.iter().find(|file| file.value.slug == slug);
    match find(&entry.from).map(|file| &file.value) {
        None => problems.push(told.problem("from", unknown(&entry.from))),
        Some(unit) => {
            if unit.first_day().is_none_or(|first| day <= first) {
                let message = format!("ngày {day} không nằm sau ngày đầu tiên của `{}`", unit.slug);
                problems.push(told.problem("day", message));
            }
            match (entry.ends(), unit.last_day()) {
                (true, last) if last != day.pred_opt() => {
                    let wanted = day.pred_opt().unwrap_or(day);
                    let message = format!(
                        "agencies/{}.toml phải ghi [dissolved] last_day = \"{wanted}\"",
                        unit.slug
                    );
                    problems.push(told.problem("day", message));
                }
                (false, Some(last)) if last < day => {
                    problems.push(told.problem("day", ended(&unit.slug, last)));
                }
                _ => {}
            }
        }
    }
    for (place, slug) in entry
        .to
        .iter()
        .enumerate()
        .filter(|(_, slug)| **slug != entry.from)
    {
        let place = format!("to.{place}");
        match find(slug).map(|file| &file.value) {
            None => problems.push(told.problem(&place, unknown(slug))),
            Some(unit) => {
                if let Some(first) = unit.first_day().filter(|first| day < *first) {
                    let message = format!("`{slug}` bắt đầu ngày {first}, sau ngày {day}");
                    problems.push(told.problem(&place, message));
                }
                if let Some(last) = unit.last_day().filter(|last| *last < day) {
                    problems.push(told.problem(&place, ended(slug, last)));
                }
            }
        }
    }
}

fn unknown(slug: &str) -> String {
    format!("cơ quan `{slug}` không có trong agencies/")
}

fn ended(slug: &str, last: chrono::NaiveDate) -> String {
    format!("`{slug}` chỉ hoạt động đến hết ngày {last}")
}

fn ends_once(told: &[Told<'_, '_>], problems: &mut Vec<Problem>) {
    let endings = told.iter().filter(|one| one.entry.ends());
    for (one, first, slug) in repeated(endings.map(|one| (one, one.entry.from.as_str()))) {
        let message = format!(
            "`{slug}` đã kết thúc ở reorganisations/{}.toml, mục thứ {}",
            first.file.stem(),
            first.number + 1
        );
        problems.push(one.problem("from", message));
    }
}

/// A series that came back to where it began would belong to nobody.
fn circles(told: &[Told<'_, '_>], problems: &mut Vec<Problem>) {
    for one in told {
        let mut unit = one.entry.heir();
        for _ in told {
            let Some(next) = unit else { break };
            if next == one.entry.from {
                let message = format!("chuỗi kế tục của `{next}` quay về chính nó");
                problems.push(one.problem("from", message));
                break;
            }
            unit = told
                .iter()
                .find(|other| other.entry.from == next)
                .and_then(|other| other.entry.heir());
        }
    }
}
