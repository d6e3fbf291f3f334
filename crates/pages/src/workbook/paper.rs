//! A sheet of A4 that is written from top to bottom: texts over columns, heights, page.

use rust_xlsxwriter::{ColNum, Format, Formula, ProtectionOptions, RowNum, Worksheet, XlsxError};

use super::figures::{Entry, Shown, fits};
use super::style::LineStyle;
use super::text;

/// A4.
const PAPER_A4: u8 = 9;
/// The highest row that Excel draws, in points.
const HIGHEST: u32 = 409;

/// The row so many rows below another.
pub(super) fn row_at(first: RowNum, below: usize) -> RowNum {
    first.saturating_add(RowNum::try_from(below).unwrap_or(RowNum::MAX))
}

/// The column so many columns after another.
pub(super) fn column_at(first: ColNum, after: usize) -> ColNum {
    first.saturating_add(ColNum::try_from(after).unwrap_or(ColNum::MAX))
}

/// Columns from the first to the last.
pub(super) type Columns = (ColNum, ColNum);

/// A sheet, its column widths in signs, and the row that is written next.
pub(super) struct Paper<'s> {
    pub(super) sheet: &'s mut Worksheet,
    widths: Vec<u32>,
    pub(super) row: RowNum,
}

impl<'s> Paper<'s> {
    /// A protected sheet, one page wide. The words of the foot stand left of the page number.
    pub(super) fn new(
        sheet: &'s mut Worksheet,
        name: &str,
        foot: &str,
        widths: Vec<u32>,
    ) -> Result<Self, XlsxError> {
        sheet
            .set_name(text::sheet_name(name))?
            .set_paper_size(PAPER_A4)
            .set_landscape()
            .set_margins(0.5, 0.5, 0.6, 0.6, 0.3, 0.3)
            .set_print_fit_to_pages(1, 0)
            .set_print_center_horizontally(true)
            // In a foot "&" starts an instruction.
            .set_footer(format!(
                "&L{}&RTrang &P/&N",
                text::cut(&text::clean(foot), 80).replace('&', "&&")
            ))
            .set_zoom(85)
            .protect_with_options(&ProtectionOptions {
                format_columns: true,
                format_rows: true,
                use_autofilter: true,
                ..ProtectionOptions::new()
            });
        for (column, wide) in (0..).zip(&widths) {
            sheet.set_column_width(column, f64::from(*wide))?;
        }
        Ok(Self {
            sheet,
            widths,
            row: 0,
        })
    }

    /// All columns.
    pub(super) fn all(&self) -> Columns {
        (0, column_at(0, self.widths.len().saturating_sub(1)))
    }

    /// So many signs fit into these columns.
    pub(super) fn wide(&self, (first, last): Columns) -> u32 {
        let columns = self.widths.iter().skip(usize::from(first));
        let count = usize::from(last.saturating_sub(first)) + 1;
        columns.take(count).fold(0, |sum, wide| sum.saturating_add(*wide))
    }

    /// All columns in so many blocks, as even as the columns allow.
    pub(super) fn blocks(&self, count: u32) -> Vec<Columns> {
        let (first, last) = self.all();
        let whole = self.wide((first, last));
        let mut blocks = Vec::new();
        let mut from = first;
        for block in 1..count {
            let left = ColNum::try_from(count - block).unwrap_or(ColNum::MAX);
            let most = last.saturating_sub(left).max(from);
            let goal = whole.saturating_mul(block) / count;
            let to = (from..most)
                .find(|to| self.wide((first, *to)) >= goal)
                .unwrap_or(most);
            blocks.push((from, to));
            from = to.saturating_add(1);
        }
        blocks.push((from.min(last), last));
        blocks
    }

    /// Text over some rows and columns.
    pub(super) fn place(
        &mut self,
        (top, bottom): (RowNum, RowNum),
        (left, right): Columns,
        words: &str,
        format: &Format,
    ) -> Result<(), XlsxError> {
        let words = text::clean(words);
        let marked = text::starts_like_formula(&words).then(|| format.clone().set_quote_prefix());
        let format = marked.as_ref().unwrap_or(format);
        if (top, left) == (bottom, right) {
            self.sheet.write_string_with_format(top, left, words, format)?;
        } else {
            self.sheet.merge_range(top, left, bottom, right, &words, format)?;
        }
        Ok(())
    }

    /// One row of texts side by side; it is as high as the longest needs.
    pub(super) fn line(&mut self, texts: &[(Columns, &str, &Format)]) -> Result<(), XlsxError> {
        let mut high = 1;
        for (columns, words, format) in texts {
            if !words.is_empty() {
                self.place((self.row, self.row), *columns, words, format)?;
                high = high.max(text::lines(words, self.wide(*columns)));
            }
        }
        self.height(self.row, high)?;
        self.row = row_at(self.row, 1);
        Ok(())
    }

    /// Room for so many lines.
    pub(super) fn height(&mut self, row: RowNum, lines: u32) -> Result<(), XlsxError> {
        let points = lines.saturating_mul(16).saturating_add(3).min(HIGHEST);
        self.sheet.set_row_height(row, f64::from(points))?;
        Ok(())
    }

    /// One cell of a line.
    pub(super) fn entry(
        &mut self,
        column: ColNum,
        entry: &Entry,
        style: &LineStyle,
    ) -> Result<(), XlsxError> {
        let row = self.row;
        match entry {
            Entry::Formula(formula, result) => {
                let formula = Formula::new(formula).set_result(result.to_string());
                self.sheet
                    .write_formula_with_format(row, column, formula, &style.figure)?;
            }
            Entry::Live(formula, result) => {
                let result = result.map_or_else(String::new, |figure| figure.to_string());
                let formula = Formula::new(formula).set_result(result);
                // Without this, one that gives nothing is stored as giving zero.
                self.sheet
                    .set_formula_result_default("")
                    .write_formula_with_format(row, column, formula, &style.figure)?;
            }
            Entry::Plain(Shown::Dash) => self.place((row, row), (column, column), "–", &style.dash)?,
            Entry::Plain(Shown::Blank) => {
                self.sheet.write_blank(row, column, &style.figure)?;
            }
            Entry::Plain(Shown::Figure(figure)) => match number(*figure) {
                Some(number) => {
                    self.sheet
                        .write_number_with_format(row, column, number, &style.figure)?;
                }
                None => self.place((row, row), (column, column), &figure.to_string(), &style.figure)?,
            },
        }
        Ok(())
    }
}

/// The figure as a spreadsheet holds it, if it does so exactly.
pub(super) fn number(figure: i64) -> Option<f64> {
    // Through text: a figure of 15 digits is exact, and no cast can lose one by accident.
    fits(figure).then(|| figure.to_string().parse().ok()).flatten()
}
