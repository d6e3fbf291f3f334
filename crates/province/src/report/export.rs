//! The province's form as JSON and as CSV.

use pbgdpl_model::manifest::FormFile;
use pbgdpl_model::report::{Cells, Consolidated, LineKind};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_scope::action::{Act, ReportExport};
use pbgdpl_store::province::ProvinceRecord;
use serde::Serialize;
use serde_json::json;

use super::Term;
use super::consolidate::{Made, read};
use crate::{Error, Province, csv_file};

/// The province's form as programs read it (`docs/schemas/consolidation.json`).
#[derive(Debug, Clone, Serialize)]
pub struct ConsolidationExport {
    /// Number of the version.
    pub version: i32,
    /// When it was frozen, RFC 3339.
    pub frozen_at: Option<String>,
    /// By whom.
    pub frozen_by: Option<String>,
    /// SHA-256 of the figures as they are stored.
    pub hash: String,
    /// The figures with their sources.
    #[serde(flatten)]
    pub figures: Consolidated,
}

impl ConsolidationExport {
    /// From what was read.
    #[must_use]
    pub fn of(made: Made) -> Self {
        let (frozen_at, frozen_by) = made
            .consolidation
            .frozen
            .map(|frozen| (frozen.at, frozen.name))
            .unzip();
        Self {
            version: made.consolidation.version,
            frozen_at: frozen_at.map(pbgdpl_model::clock::Moment::rfc3339),
            frozen_by,
            hash: made.consolidation.hash,
            figures: made.figures,
        }
    }
}

/// Reads a version to take it out of the house; the taking is recorded.
///
/// # Errors
/// [`Error::Denied`], [`Error::NotFound`], or a fault of the store.
#[tracing::instrument(name = "province.report.export.take", skip_all)]
pub async fn take(
    province: &Province,
    ctx: &ProvinceCtx,
    form: &str,
    term: Term,
    version: Option<i32>,
) -> Result<Made, Error> {
    let warrant = ctx.warrant::<ReportExport>()?;
    let made = read(province, ctx, form, term, version).await?;
    let mut store = province.store().province(&warrant).await?;
    let record = ProvinceRecord {
        action: ReportExport::ACTION,
        object_kind: "consolidation",
        object_id: made.consolidation.id.0,
        reason: "",
        detail: json!({ "version": made.consolidation.version, "hash": made.consolidation.hash }),
    };
    store.record(ctx, record).await?;
    store.save().await?;
    Ok(made)
}

/// As CSV for a spreadsheet: UTF-8 with its mark, one line a row, three columns a figure, a note where a report came late.
///
/// # Errors
/// Where the text cannot be built.
pub fn csv(form: &FormFile, figures: &Consolidated) -> Result<String, csv::Error> {
    let rows = figures.rows.iter().map(|row| {
        let mut words = figures.sources_of(row).map(|source| source.timeliness.words());
        let words = words.find(|words| !words.is_empty());
        let note = match (row.kind, words) {
            (LineKind::Agency, Some(words)) => words,
            (_, Some(_)) => "có báo cáo gửi sau hạn hoặc được gia hạn".to_owned(),
            (_, None) => String::new(),
        };
        (row.key.as_str(), row.label.as_str(), &row.cells, note)
    });
    table(form, rows)
}

/// One form as CSV.
///
/// # Errors
/// Where the text cannot be built.
pub fn table<'a>(
    form: &FormFile,
    rows: impl Iterator<Item = (&'a str, &'a str, &'a Cells, String)>,
) -> Result<String, csv::Error> {
    let mut head = vec!["Mã dòng".to_owned(), "Đơn vị".to_owned()];
    for column in &form.columns {
        for part in ["thực tế", "ước tính", "cộng"] {
            let number = column.number;
            head.push(format!("({number}) {} ({}) - {part}", column.label, column.unit));
        }
    }
    head.push("Ghi chú".to_owned());
    let rows = rows.map(|(key, label, cells, note)| {
        let mut record = vec![key.to_owned(), label.to_owned()];
        for column in &form.columns {
            let cell = cells.get(&column.number);
            let figures = cell.map_or([None; 3], |cell| [cell.actual, cell.estimate, cell.total()]);
            record.extend(figures.map(|figure| figure.map_or_else(String::new, |figure| figure.to_string())));
        }
        record.push(note);
        record
    });
    csv_file::table(std::iter::once(head).chain(rows))
}
