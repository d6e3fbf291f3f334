//! The province's form on paper, in the layout of NĐ 30/2020/NĐ-CP, Phụ lục I.

use pbgdpl_model::agency::ReportRow;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::report::Timeliness;
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

/// What stands around the figures, on paper and in a spreadsheet.
pub(super) struct Around {
    /// Cơ quan chủ quản, in capitals.
    pub superior: String,
    /// Who reports.
    pub issuer: String,
    /// Địa danh và thời gian.
    pub place_and_day: String,
    /// When the figures were frozen, or made.
    pub at: Moment,
    /// What the reader must know of the figures.
    pub notes: Vec<String>,
    /// Nơi nhận.
    pub recipients: Vec<String>,
}

/// The same for every way to take the form out.
pub(super) fn around(officer: &Officer, made: &Made) -> Around {
    let snapshot = officer.ctx.snapshot();
    let frozen = made.consolidation.frozen.as_ref();
    let at = frozen.map_or(made.consolidation.made_at, |frozen| frozen.at);
    let issuer = snapshot
        .tenants()
        .find(|tenant| tenant.agency().report_row == ReportRow::SoTuPhap)
        .map_or_else(
            || "Sở Tư pháp".to_owned(),
            |tenant| tenant.short(made.span.to).to_owned(),
        );
    let place = snapshot.province().place();
    Around {
        superior: format!("ỦY BAN NHÂN DÂN {}", snapshot.province().name.to_uppercase()),
        issuer,
        place_and_day: format!("{place}, {}", day_month_year_words(at.day())),
        at,
        notes: notes(made),
        recipients: vec![made.form.receiver.clone(), "Lưu: VT".into()],
    }
}

fn notes(made: &Made) -> Vec<String> {
    let mut notes =
        vec!["Dấu “–”: cột không áp dụng cho dòng đó. Ô trống: cơ quan chưa có số liệu.".to_owned()];
    if !made.figures.missing.is_empty() {
        let names = made.figures.missing.iter().map(|agency| agency.name.as_str());
        let names: Vec<&str> = names.collect();
        notes.push(format!(
            "Chưa có số liệu của {} cơ quan: {}.",
            names.len(),
            names.join("; ")
        ));
    }
    let late: Vec<String> = made
        .figures
        .sources
        .iter()
        .filter(|source| source.timeliness != Timeliness::default())
        .map(|source| format!("{} ({})", source.agency.name, source.timeliness.words()))
        .collect();
    if !late.is_empty() {
        notes.push(format!("Gửi sau hạn hoặc được gia hạn: {}.", late.join("; ")));
    }
    if made.consolidation.frozen.is_none() {
        notes.push("Bản này chưa chốt.".to_owned());
    }
    notes
}

/// The document.
pub(super) fn document(state: &AppState, officer: &Officer, made: &Made, term: Term) -> Document {
    let around = around(officer, made);
    Document {
        frame: frame::officer(state, officer, "/tinh/bao-cao"),
        superior: around.superior,
        symbol: "BC-STP".into(),
        place_and_day: around.place_and_day,
        kind: "BÁO CÁO THỐNG KÊ".into(),
        summary: format!("{}, {}", made.form.title, made.span.title().to_lowercase()),
        head: draw::masthead(&made.form, &made.span, None, false),
        sheet: Sheet::draw(
            &made.form,
            &made.span,
            &around.issuer,
            lines_of(made),
            Marks::NONE,
        ),
        notes: around.notes,
        signatures: made.form.signatures.clone(),
        recipients: around.recipients,
        hash: made.consolidation.hash.clone(),
        back: Link::new("Về bản tổng hợp", sum_address(&made.form.id, term)),
        issuer: around.issuer.to_uppercase(),
    }
}
