//! Types and borders: Times New Roman 12, 13 for what stands over the table.

use pbgdpl_model::report::LineKind;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder};

/// Height of a row of the default type.
pub(super) const ROW_PIXELS: u32 = 21;
/// Width of a column of the default type.
pub(super) const COLUMN_PIXELS: u32 = 72;

/// The type of everything.
pub(super) fn base() -> Format {
    Format::new().set_font_name("Times New Roman").set_font_size(12)
}

fn wrapped() -> Format {
    base().set_text_wrap().set_align(FormatAlign::VerticalCenter)
}

fn boxed() -> Format {
    wrapped().set_border(FormatBorder::Thin)
}

/// Text over or below the table, at the left.
pub(super) fn words() -> Format {
    wrapped().set_align(FormatAlign::Left)
}

/// The same, centred.
pub(super) fn centred() -> Format {
    wrapped().set_align(FormatAlign::Center)
}

/// The title of the form.
pub(super) fn title() -> Format {
    centred().set_bold().set_font_size(13)
}

/// The last line of the sheet.
pub(super) fn small() -> Format {
    words().set_font_size(10).set_font_color(Color::RGB(0x0059_5959))
}

/// Heads of columns.
pub(super) fn head() -> Format {
    boxed().set_align(FormatAlign::Center).set_bold()
}

/// Units and column numbers.
pub(super) fn below_head() -> Format {
    boxed().set_align(FormatAlign::Center).set_italic()
}

/// How a line looks.
#[derive(Debug, Clone)]
pub(super) struct LineStyle {
    /// Its label.
    pub(super) label: Format,
    /// Its figures.
    pub(super) figure: Format,
    /// Its dashes.
    pub(super) dash: Format,
}

impl LineStyle {
    fn from(format: &Format) -> Self {
        Self {
            label: format.clone().set_align(FormatAlign::Left),
            figure: format
                .clone()
                .set_align(FormatAlign::Right)
                .set_num_format("#,##0"),
            dash: format.clone().set_align(FormatAlign::Center),
        }
    }

    /// Sums are bold, members of a group are indented.
    pub(super) fn of(kind: LineKind) -> Self {
        match kind {
            LineKind::Total | LineKind::Group => Self::from(&boxed().set_bold()),
            LineKind::Unit => Self::from(&boxed()),
            LineKind::Commune | LineKind::Agency => {
                let mut style = Self::from(&boxed());
                style.label = style.label.set_indent(1);
                style
            }
        }
    }

    /// The estimate at the foot.
    pub(super) fn estimate() -> Self {
        Self::from(&boxed().set_italic())
    }
}
