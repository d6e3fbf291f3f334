//! Exceptions as rows of a table: what it is, whom it concerns, where to go on.

use pbgdpl_model::policy::Action;
use pbgdpl_model::report::period_word;
use pbgdpl_pages::part::{Cell, Column, Row, State, Table, Tone};
use pbgdpl_province::oversight::dashboard::Dashboard;
use pbgdpl_province::oversight::{Exception, ExceptionKind};
use pbgdpl_scope::ProvinceCtx;
use pbgdpl_vietnamese::{date, number};

/// Names shown in a row; the rest is counted.
const NAMES: usize = 8;

/// The table; without rows nothing needs looking at. It links only to what this officer may open.
#[must_use]
pub fn table(year: &Dashboard, ctx: &ProvinceCtx) -> Table {
    Table {
        caption: "Các trường hợp cần xử lý".into(),
        caption_hidden: true,
        columns: vec![
            Column::words("Việc"),
            Column::words("Tình trạng"),
            Column::words("Cơ quan"),
            Column::words("Đi tiếp"),
        ],
        rows: year
            .exceptions
            .iter()
            .map(|exception| row(year, ctx, exception))
            .collect(),
        total: None,
    }
}

fn row(year: &Dashboard, ctx: &ProvinceCtx, exception: &Exception) -> Row {
    let count = number::grouped(super::signed(exception.agencies.len()));
    let due = exception
        .report
        .as_ref()
        .map(|report| date::dmy(report.due))
        .unwrap_or_default();
    let report = exception.report.as_ref().map(|report| {
        format!(
            "biểu {} kỳ {} {}",
            report.family,
            report.period.label().to_lowercase(),
            report.year
        )
    });
    let report = report.unwrap_or_default();
    let figures = (super::figure_at(year.measure, year.year), "Xem số liệu");
    // Who follows no reports and lists no agencies goes on to the figures.
    let open = |action: Action, href: String, words: &'static str| {
        if ctx.could(action) {
            (href, words)
        } else {
            figures.clone()
        }
    };
    let reports = |words: &'static str| {
        let href = exception.report.as_ref().map_or_else(
            || "/tinh/bao-cao".to_owned(),
            |report| {
                format!(
                    "/tinh/bao-cao/{}/{}/{}",
                    report.form,
                    period_word(report.period),
                    report.year
                )
            },
        );
        open(Action::ReportFollow, href, words)
    };
    let (words, tone, state, (href, go)) = match exception.kind {
        ExceptionKind::Late => (
            format!("{count} cơ quan chưa gửi {report}, hạn {due}"),
            Tone::Late,
            "trễ hạn",
            reports("Xem từng cơ quan"),
        ),
        ExceptionKind::Silent { quarter } => (
            format!(
                "{count} cơ quan không ghi hoạt động nào trong quý {}",
                roman(quarter)
            ),
            Tone::Late,
            "không hoạt động",
            figures.clone(),
        ),
        ExceptionKind::ExtensionAsked => (
            format!("{count} cơ quan xin gia hạn {report}"),
            Tone::Wait,
            "chờ trả lời",
            reports("Xem và trả lời"),
        ),
        ExceptionKind::OnlyDeclared => (
            format!("{count} {report} khai đủ nhưng có số không truy được nguồn"),
            Tone::Soon,
            "chưa truy được",
            reports("Xem từng cơ quan"),
        ),
        ExceptionKind::DueSoon => (
            format!("{count} cơ quan chưa gửi {report}, hạn {due}"),
            Tone::Soon,
            "sắp hạn",
            reports("Xem từng cơ quan"),
        ),
        ExceptionKind::Returned => (
            format!("{count} cơ quan chưa gửi lại {report}"),
            Tone::Back,
            "đã trả lại",
            reports("Xem các biểu"),
        ),
        ExceptionKind::Waiting => (
            format!("{count} {report} chờ tỉnh tiếp nhận"),
            Tone::Wait,
            "chờ tiếp nhận",
            reports("Xem các biểu"),
        ),
        ExceptionKind::Suspended => (
            format!("{count} chuyên mục đang tạm dừng"),
            Tone::Wait,
            "tạm dừng",
            open(Action::AgencyList, "/tinh/co-quan".to_owned(), "Xem cơ quan"),
        ),
    };
    Row {
        cells: vec![
            words.into(),
            Cell::state(State::new(tone, state)),
            names(year, exception).into(),
            Cell::link(go, href),
        ],
    }
}

fn names(year: &Dashboard, exception: &Exception) -> String {
    let shown: Vec<&str> = exception
        .agencies
        .iter()
        .take(NAMES)
        .map(|id| year.name_of(*id))
        .collect();
    let rest = exception.agencies.len().saturating_sub(NAMES);
    if rest == 0 {
        shown.join(", ")
    } else {
        format!("{} và {rest} cơ quan khác", shown.join(", "))
    }
}

/// Quarters are written in Roman figures.
#[must_use]
pub const fn roman(quarter: u32) -> &'static str {
    match quarter {
        1 => "I",
        2 => "II",
        3 => "III",
        _ => "IV",
    }
}
