//! Councils: agencies that exist, each with one seat a day.

use super::super::agency::AgencyFile;
use super::super::council::CouncilFile;
use super::super::document::Parsed;
use super::super::problem::Problem;
use super::{is_slug, wrong_validity};

pub(super) fn check(files: &[Parsed<'_, CouncilFile>], agencies: &[Parsed<'_, AgencyFile>]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for file in files {
        let council = &file.value;
        if !is_slug(&council.id) || file.stem() != council.id {
            let message = format!(
                "mã hội đồng `{}` chỉ gồm chữ thường không dấu, số, gạch nối và phải trùng tên tệp `{}`",
                council.id,
                file.stem()
            );
            problems.push(file.problem("id", message));
        }
        if council.members.is_empty() {
            problems.push(file.problem("member", "cần ít nhất một thành viên"));
        }
        for (i, seat) in council.members.iter().enumerate() {
            if !agencies.iter().any(|agency| agency.value.slug == seat.agency) {
                let message = format!("cơ quan `{}` không có trong agencies/", seat.agency);
                problems.push(file.problem(&format!("member.{i}.agency"), message));
            }
        }
        let seats: Vec<_> = council
            .members
            .iter()
            .map(|seat| (seat.agency.as_str(), (seat.valid_from, seat.valid_to)))
            .collect();
        for (i, message) in wrong_validity(&seats) {
            problems.push(file.problem(&format!("member.{i}.valid_from"), message));
        }
    }
    problems
}
