//! Agencies and the province: ids, slugs, dated facts, parents, information groups, communes.

use uuid::Uuid;

use super::super::Folder;
use super::super::agency::{AgencyFile, CodeEntry, Contact, NameEntry};
use super::super::document::Parsed;
use super::super::problem::Problem;
use super::super::province::ProvinceFile;
use super::super::vocabulary::TermList;
use super::super::words::UnitKind;
use super::{is_slug, repeated, wrong_validity};
use crate::agency::ReportRow;

/// Longest code of QĐ 20/2020/QĐ-TTg.
const LONGEST_CODE: usize = 35;

const BAD_SLUG: &str = "chỉ dùng chữ thường không dấu, chữ số và gạch nối";
const BAD_ADDRESS: &str = "địa chỉ phải bắt đầu bằng https:// hoặc http://";

pub(super) fn check_province(file: &Parsed<'_, ProvinceFile>) -> Vec<Problem> {
    let province = &file.value;
    let mut problems = Vec::new();
    if !is_slug(&province.slug) {
        problems.push(file.problem("slug", BAD_SLUG));
    }
    if !is_address(&province.portal) {
        problems.push(file.problem("portal", BAD_ADDRESS));
    }
    if province.id.is_nil() {
        problems.push(file.problem("id", "mã UUID không được toàn số 0"));
    }
    let superiors = province.superiors.iter().enumerate();
    for (place, _, id) in repeated(superiors.map(|(i, superior)| (i, superior.id.as_str()))) {
        problems.push(file.problem(&format!("superior.{place}.id"), format!("`{id}` bị lặp")));
    }
    names_of(file, &province.names, &mut problems);
    codes_of(file, &province.codes, &mut problems);
    problems
}

pub(super) fn check(folder: &Folder<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in &folder.agencies {
        identity_of(file, &mut problems);
        kinds_of(file, &mut problems);
        names_of(file, &file.value.names, &mut problems);
        codes_of(file, &file.value.codes, &mut problems);
        contact_of(file, &file.value.contact, &mut problems);
        dissolved_of(file, &mut problems);
        parents_of(file, folder, &mut problems);
        groups_of(file, &folder.vocabulary.information_groups.value, &mut problems);
        communes_of(file, &mut problems);
    }
    uniqueness(&folder.agencies, &mut problems);
    problems
}

fn identity_of(file: &Parsed<'_, AgencyFile>, problems: &mut Vec<Problem>) {
    let slug = &file.value.slug;
    if !is_slug(slug) {
        problems.push(file.problem("slug", BAD_SLUG));
    } else if slug != file.stem() {
        let message = format!("slug `{slug}` phải trùng tên tệp `{}`", file.stem());
        problems.push(file.problem("slug", message));
    }
    if file.value.id.is_nil() {
        problems.push(file.problem("id", "mã UUID không được toàn số 0"));
    }
}

fn kinds_of(file: &Parsed<'_, AgencyFile>, problems: &mut Vec<Problem>) {
    let kinds = &file.value.kinds;
    if kinds.is_empty() {
        problems.push(file.problem("kind", "cần ít nhất một loại cơ quan"));
    }
    let validity: Vec<_> = kinds.iter().map(|k| ("", (k.valid_from, k.valid_to))).collect();
    for (i, message) in wrong_validity(&validity) {
        problems.push(file.problem(&format!("kind.{i}.valid_from"), message));
    }
}

fn names_of<V>(file: &Parsed<'_, V>, names: &[NameEntry], problems: &mut Vec<Problem>) {
    if names.is_empty() {
        problems.push(file.problem("name", "cần ít nhất một tên gọi"));
    }
    for (i, name) in names.iter().enumerate() {
        for (key, text) in [("official", &name.official), ("short", &name.short)] {
            if text.trim().is_empty() {
                problems.push(file.problem(&format!("name.{i}.{key}"), "tên gọi để trống"));
            }
        }
    }
    let validity: Vec<_> = names.iter().map(|n| ("", (n.valid_from, n.valid_to))).collect();
    for (i, message) in wrong_validity(&validity) {
        problems.push(file.problem(&format!("name.{i}.valid_from"), message));
    }
}

fn codes_of<V>(file: &Parsed<'_, V>, codes: &[CodeEntry], problems: &mut Vec<Problem>) {
    for (i, code) in codes.iter().enumerate() {
        let length = code.value.chars().count();
        if length == 0 || length > LONGEST_CODE {
            let message = format!("mã dài từ 1 đến {LONGEST_CODE} ký tự; mã này có {length}");
            problems.push(file.problem(&format!("code.{i}.value"), message));
        }
    }
    let validity: Vec<_> = codes
        .iter()
        .map(|c| (c.scheme.as_str(), (c.valid_from, c.valid_to)))
        .collect();
    for (i, message) in wrong_validity(&validity) {
        problems.push(file.problem(&format!("code.{i}.valid_from"), message));
    }
}

fn contact_of(file: &Parsed<'_, AgencyFile>, contact: &Contact, problems: &mut Vec<Problem>) {
    if contact.website.as_deref().is_some_and(|site| !is_address(site)) {
        problems.push(file.problem("contact.website", BAD_ADDRESS));
    }
    if contact.email.as_deref().is_some_and(|email| !email.contains('@')) {
        problems.push(file.problem("contact.email", "địa chỉ thư điện tử thiếu @"));
    }
}

fn dissolved_of(file: &Parsed<'_, AgencyFile>, problems: &mut Vec<Problem>) {
    let agency = &file.value;
    let Some(last) = agency.last_day() else { return };
    if agency.first_day().is_some_and(|first| last < first) {
        let message = "ngày cuối cùng đứng trước ngày đầu tiên của cơ quan";
        problems.push(file.problem("dissolved.last_day", message));
    }
    let names = agency.names.iter().map(|name| ("name", name.valid_from));
    let kinds = agency.kinds.iter().map(|kind| ("kind", kind.valid_from));
    let mut later = names.chain(kinds).filter(|(_, from)| last < *from);
    if let Some((what, from)) = later.next() {
        let message = format!("[[{what}]] bắt đầu ngày {from}, sau ngày cuối cùng của cơ quan");
        problems.push(file.problem("dissolved.last_day", message));
    }
}

fn is_address(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| matches!(url.scheme(), "https" | "http"))
}

fn parents_of(file: &Parsed<'_, AgencyFile>, folder: &Folder<'_>, problems: &mut Vec<Problem>) {
    let agency = &file.value;
    for (i, parent) in agency.parents.iter().enumerate() {
        let place = format!("parent.{i}.unit");
        if parent.unit == agency.slug {
            problems.push(file.problem(&place, "cơ quan không thể là cơ quan chủ quản của chính mình"));
        } else if !is_unit(folder, &parent.unit) {
            let message = format!(
                "cơ quan chủ quản `{}` không có trong province.toml và agencies/",
                parent.unit
            );
            problems.push(file.problem(&place, message));
        } else if leads_back(folder, &agency.slug, &parent.unit) {
            let message = format!("cơ quan chủ quản `{}` lại thuộc chính cơ quan này", parent.unit);
            problems.push(file.problem(&place, message));
        }
    }
    let validity: Vec<_> = agency
        .parents
        .iter()
        .map(|p| ("", (p.valid_from, p.valid_to)))
        .collect();
    for (i, message) in wrong_validity(&validity) {
        problems.push(file.problem(&format!("parent.{i}.valid_from"), message));
    }
}

fn is_unit(folder: &Folder<'_>, unit: &str) -> bool {
    let superiors = &folder.province.value.superiors;
    superiors.iter().any(|superior| superior.id == unit)
        || folder.agencies.iter().any(|agency| agency.value.slug == unit)
}

/// Whether the chain of parents from `unit` comes to `slug`; ends by itself on other circles.
fn leads_back(folder: &Folder<'_>, slug: &str, unit: &str) -> bool {
    let mut reached = vec![unit];
    let mut next = 0;
    while let Some(unit) = reached.get(next).copied() {
        next += 1;
        let above = folder.agencies.iter().filter(|agency| agency.value.slug == unit);
        for parent in above.flat_map(|agency| &agency.value.parents) {
            if !reached.contains(&parent.unit.as_str()) {
                reached.push(&parent.unit);
            }
        }
    }
    reached.contains(&slug)
}

fn groups_of(file: &Parsed<'_, AgencyFile>, known: &TermList, problems: &mut Vec<Problem>) {
    let groups = &file.value.information_groups;
    for (i, group) in groups.iter().enumerate() {
        let place = format!("information_groups.{i}");
        if known.get(group).is_none() {
            let message =
                format!("nhóm thông tin `{group}` không có trong vocabulary/information-groups.toml");
            problems.push(file.problem(&place, message));
        }
    }
    for (i, _, group) in repeated(groups.iter().map(String::as_str).enumerate()) {
        let message = format!("nhóm thông tin `{group}` bị lặp");
        problems.push(file.problem(&format!("information_groups.{i}"), message));
    }
}

fn communes_of(file: &Parsed<'_, AgencyFile>, problems: &mut Vec<Problem>) {
    let agency = &file.value;
    let ever = agency.kinds.iter().any(|kind| kind.value == UnitKind::Huyen);
    if !agency.communes.is_empty() && !ever {
        problems.push(file.problem("kind.0.value", "chỉ đơn vị hành chính cấp huyện có danh sách xã"));
    }
}

fn uniqueness(files: &[Parsed<'_, AgencyFile>], problems: &mut Vec<Problem>) {
    let ids: Vec<Uuid> = files.iter().map(|file| file.value.id).collect();
    for (i, file) in files.iter().enumerate() {
        let twin = ids
            .iter()
            .zip(files)
            .take(i)
            .find(|(id, _)| **id == file.value.id);
        if let Some((_, twin)) = twin {
            let message = format!("mã `{}` đã thuộc cơ quan `{}`", file.value.id, twin.value.slug);
            problems.push(file.problem("id", message));
        }
    }
    for (file, first, slug) in repeated(files.iter().map(|file| (file, file.value.slug.as_str()))) {
        let message = format!("slug `{slug}` đã dùng trong agencies/{}.toml", first.stem());
        problems.push(file.problem("slug", message));
    }
    let of_justice = files.iter().filter(|f| f.value.report_row == ReportRow::SoTuPhap);
    for file in of_justice.skip(1) {
        problems.push(file.problem("report_row", "chỉ một cơ quan đứng ở dòng so_tu_phap"));
    }
    let communes = files.iter().flat_map(|file| {
        let codes = file.value.communes.iter().enumerate();
        codes.map(move |(i, commune)| ((file, i), commune.code.as_str()))
    });
    for ((file, i), (first, _), code) in repeated(communes) {
        let message = format!("mã xã `{code}` đã có trong agencies/{}.toml", first.stem());
        problems.push(file.problem(&format!("commune.{i}.code"), message));
    }
}
