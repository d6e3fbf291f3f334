//! The province's form on paper, in the layout of NĐ 30/2020/NĐ-CP, Phụ lục I.

use pbgdpl_model::agency::ReportRow;
use pbgdpl_pages::desk::report::{Marks, Sheet};
use pbgdpl_pages::part::Link;
use pbgdpl_pages::province::report::Document;
use pbgdpl_province::report::Term;
use pbgdpl_province::report::consolidate::Made;
use pbgdpl_vietnamese::date::day_month_year_words;

use super::sum::lines_of;
use super::sum_address;
use crate::desk::frame;
use crate::desk::report::draw;
use crate::extract::Officer;
use crate::state::AppState;

/// The document.
pub(super) fn document(state: &AppState, officer: &Officer, made: &Made, term: Term) -> Document {
    let snapshot = officer.ctx.snapshot();
    let province = snapshot.province().name.clone();
    let day = made
        .consolidation
        .frozen
        .as_ref()
        .map_or(made.consolidation.made_at, |frozen| frozen.at)
        .day();
    let issuer = snapshot
        .tenants()
        .find(|tenant| tenant.agency().report_row == ReportRow::SoTuPhap)
        .map_or_else(
            || "Sở Tư pháp".to_owned(),
            |tenant| tenant.short(made.span.to).to_owned(),
        );
    let place = province.strip_prefix("Tỉnh ").unwrap_or(&province);
    let mut notes =
        vec!["Dấu “–”: cột không áp dụng cho dòng đó. Ô trống: cơ quan chưa có số liệu.".to_owned()];
    if !made.figures.missing.is_empty() {
        let names: Vec<&str> = made
            .figures
            .missing
            .iter()
            .map(|agency| agency.name.as_str())
            .collect();
        notes.push(format!(
            "Chưa có số liệu của {} cơ quan: {}.",
            names.len(),
            names.join("; ")
        ));
    }
    if made.consolidation.frozen.is_none() {
        notes.push("Bản này chưa chốt.".to_owned());
    }
    Document {
        frame: frame::officer(state, officer, "/tinh/bao-cao"),
        superior: format!("ỦY BAN NHÂN DÂN TỈNH {}", place.to_uppercase()),
        symbol: "BC-STP".into(),
        place_and_day: format!("{place}, {}", day_month_year_words(day)),
        kind: "BÁO CÁO THỐNG KÊ".into(),
        summary: format!("{}, {}", made.form.title, made.span.title().to_lowercase()),
        head: draw::masthead(&made.form, &made.span, None, false),
        sheet: Sheet::draw(&made.form, &made.span, &issuer, lines_of(made), Marks::NONE),
        notes,
        signatures: made.form.signatures.clone(),
        recipients: vec![made.form.receiver.clone(), "Lưu: VT".into()],
        hash: made.consolidation.hash.clone(),
        back: Link::new("Về bản tổng hợp", sum_address(&made.form.id, term)),
        issuer: issuer.to_uppercase(),
    }
}
