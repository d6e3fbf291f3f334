//! Words and shapes that the agency's and the province's pages of a form share.

use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::manifest::{Column, FormFile};
use pbgdpl_model::report::{Line, LineKind, Since, Span, Stage};
use pbgdpl_pages::desk::report::{LineOf, Masthead};
use pbgdpl_pages::part::{Column as Heading, Link, Row, State, Table, Tone};
use pbgdpl_vietnamese::date::{self, dmy};
use pbgdpl_vietnamese::number::grouped;

/// The head of the official form. That its layout is yet to be checked is said to administrators only.
pub(crate) fn masthead(
    form: &FormFile,
    span: &Span,
    due: Option<NaiveDate>,
    administrator: bool,
) -> Masthead {
    let days = format!("{} – {}", dmy(span.from), dmy(span.to));
    Masthead {
        title: form.title.clone(),
        period: format!("{} ({days})", span.title()),
        basis_of_days: if span.has_estimate() {
            format!("Thực tế đến {}, sau đó là số ước tính", dmy(span.actual_to))
        } else {
            "Toàn bộ là số thực tế".to_owned()
        },
        code: form.code.clone(),
        basis: form.basis.clone(),
        receiver: due.map_or_else(
            || form.receiver.clone(),
            |due| format!("{}, hạn {}", form.receiver, dmy(due)),
        ),
        verify: administrator && form.verify,
    }
}

/// Where a report stands, as word and shape.
pub(crate) fn stage_state(stage: Stage) -> State {
    let tone = match stage {
        Stage::Draft | Stage::Submitted => Tone::Wait,
        Stage::Checked => Tone::Soon,
        Stage::Returned => Tone::Back,
        Stage::Accepted => Tone::Ok,
    };
    State::new(tone, stage.label())
}

/// "12/11/2020, 8 giờ 55".
pub(crate) fn when(at: Moment) -> String {
    let local = date::local_datetime(at.utc());
    format!("{}, {}", dmy(local.date_naive()), date::hour_minute(&local))
}

/// "Cột 3, Số cuộc (Cuộc)".
pub(crate) fn column_words(column: &Column) -> String {
    format!("Cột {}, {} ({})", column.number, column.label, column.unit)
}

/// Lines as the sheet takes them.
pub(crate) fn lines_of(lines: &[Line]) -> impl Iterator<Item = LineOf<'_>> {
    lines.iter().map(|line| LineOf {
        key: &line.key,
        label: &line.label,
        kind: line.kind,
        cells: &line.cells,
    })
}

/// The other versions of what stands at an address.
pub(crate) fn other_versions(here: &str, all: impl IntoIterator<Item = i32>, this: i32) -> Vec<Link> {
    let others = all.into_iter().filter(|other| *other != this);
    others
        .map(|other| Link::new(format!("Xem bản {other}"), format!("{here}?ban={other}")))
        .collect()
}

/// Figures that the ledger gives otherwise since they were frozen; nothing where it gives the same.
pub(crate) fn since_table(form: &FormFile, lines: &[Line], since: &[Since]) -> Option<Table> {
    let row = |moved: &Since| {
        let column = form.column(moved.column)?;
        let change = moved.today.map(|today| today - moved.frozen);
        let words = |figure: Option<i64>, none: &str| figure.map_or_else(|| none.to_owned(), grouped);
        let figures = [
            grouped(moved.frozen),
            words(moved.today, "chưa ghi đủ"),
            words(change, "–"),
        ];
        let line = lines.iter().find(|line| line.key == moved.row)?;
        let what = match line.kind {
            LineKind::Unit => column_words(column),
            _ => format!("{}: {}", line.label, column_words(column)),
        };
        let cells = std::iter::once(what.into()).chain(figures.map(Into::into));
        Some(Row {
            cells: cells.collect(),
        })
    };
    (!since.is_empty()).then(|| Table {
        caption: "Số đã chốt và số của sổ hôm nay".into(),
        caption_hidden: true,
        columns: vec![
            Heading::words("Cột"),
            Heading::figures("Đã chốt"),
            Heading::figures("Sổ hôm nay"),
            Heading::figures("Chênh"),
        ],
        rows: since.iter().filter_map(row).collect(),
        total: None,
    })
}
