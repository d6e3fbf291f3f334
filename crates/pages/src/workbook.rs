//! A statistical form as an XLSX file in the layout of the official form. Values in, bytes out.

mod detail;
mod figures;
mod foot;
mod heads;
mod live;
mod official;
mod paper;
mod printed;
mod style;
mod text;
pub mod working;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::manifest::FormFile;
use pbgdpl_model::report::Span;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook as Xlsx, XlsxError};

use crate::desk::report::LineOf;

pub use printed::document;

/// What `Content-Type` says of the bytes.
pub const MEDIA_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The longest document property that Excel takes.
const PROPERTY_MAX: usize = 255;

/// Who signs below the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature<'a> {
    /// "Người lập biểu".
    pub role: &'a str,
    /// Who it is; empty where not known, and then a place is left to write it.
    pub name: &'a str,
}

/// What the workbook shows.
#[derive(Debug, Clone)]
pub struct Workbook<'a> {
    /// The form, in the wording that is valid for the period.
    pub form: &'a FormFile,
    /// The period.
    pub span: &'a Span,
    /// Cơ quan chủ quản; empty where there is none.
    pub superior: &'a str,
    /// Đơn vị báo cáo.
    pub issuer: &'a str,
    /// Ngày nhận báo cáo, if it was received.
    pub received: Option<NaiveDate>,
    /// Địa danh và thời gian: "Kon Tum, ngày 18 tháng 11 năm 2020".
    pub place_and_day: &'a str,
    /// The lines, as printed.
    pub rows: Vec<LineOf<'a>>,
    /// Thuyết minh, missing agencies.
    pub notes: &'a [String],
    /// Who signs, from left to right; the last one is the head and puts the seal.
    pub signatures: Vec<Signature<'a>>,
    /// Nơi nhận.
    pub recipients: &'a [String],
    /// SHA-256 of the figures, in hex; empty for figures that are not frozen.
    pub hash: &'a str,
    /// When the figures were made: the only time in the file, so that the same figures give the same bytes.
    pub made_at: Moment,
}

/// The workbook cannot be built: the form has more lines or columns than a sheet, or the moment is not between the years
/// 1900 and 9999.
#[derive(Debug, thiserror::Error)]
#[error("the workbook cannot be built")]
pub struct WorkbookError(#[from] XlsxError);

/// Writes the workbook. The same value gives the same bytes.
///
/// The sheet "Biểu …" is the form; where the period has an estimate, "Chi tiết" says of every figure what is actual and
/// what is estimated. Sums are formulas with their results, but only where the formula gives the stored figure.
///
/// # Errors
/// Where a form exceeds a sheet, or `made_at` what a file can say.
pub fn write(book: &Workbook<'_>) -> Result<Vec<u8>, WorkbookError> {
    let mut xlsx = Xlsx::new();
    xlsx.set_default_format(&style::base(), style::ROW_PIXELS, style::COLUMN_PIXELS)?;
    xlsx.set_properties(&properties(book)?);
    official::draw(xlsx.add_worksheet(), book, None)?;
    if book.span.has_estimate() {
        detail::draw(xlsx.add_worksheet(), book)?;
    }
    Ok(xlsx.save_to_buffer()?)
}

fn properties(book: &Workbook<'_>) -> Result<DocProperties, XlsxError> {
    let made = ExcelDateTime::from_timestamp(book.made_at.millis().div_euclid(1000))?;
    let said = |words: &str| text::cut(&text::clean(words), PROPERTY_MAX);
    let properties = DocProperties::new()
        .set_title(said(&format!("Biểu {}: {}", book.form.code, book.form.title)))
        .set_subject(said(&book.span.title()))
        .set_company(said(book.issuer))
        .set_creation_datetime(&made);
    Ok(if book.hash.is_empty() {
        properties
    } else {
        properties.set_custom_property("Mã băm", said(book.hash))
    })
}
