//! The records of a cell of an agency's form: exactly those that sum to it, and those that came after it was frozen.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::report::{Line, LineKind, Origin};
use pbgdpl_pages::desk::report::in_words;
use pbgdpl_pages::oversight::{CellPage, RowTable, Section, Station};
use pbgdpl_pages::part::{Cell, Column, Notice, Pager, Row, State as Shape, Table, Tone};
use pbgdpl_province::oversight::drill::RowLine;
use pbgdpl_province::trace::{Added, Asked, CountedGroup, RecordTrace, records};
use pbgdpl_vietnamese::date::dmy;
use pbgdpl_vietnamese::number::grouped;

use super::cell::shown;
use super::{Which, form_at, term};
use crate::desk::frame;
use crate::desk::report::draw;
use crate::error::Error;
use crate::extract::{LAST_PAGE, Officer, Path, Query};
use crate::oversight::indicator;
use crate::oversight::rows::sheet_row;
use crate::oversight::signed;
use crate::page;
use crate::province::agency::found;
use crate::state::AppState;

/// Rows a page.
const PER_PAGE: u64 = 100;

/// `GET /giam-sat/bieu/{form}/{period}/{year}/{agency}/cot/{column}?ban=&dong=&trang=`
///
/// # Errors
/// Where there is no such cell, the auditor may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path((form, period, year, slug, column)): Path<(String, String, i32, String, u8)>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let term = term(&period, year)?;
    let agency = found(&officer, &slug)?;
    let asked = Asked {
        version: which.ban,
        row: which.dong.as_deref(),
        column,
        page: which.trang.unwrap_or(1).clamp(1, LAST_PAGE),
        per_page: PER_PAGE,
    };
    let trace = records(&state.province, &officer.ctx, agency, (&form, term), asked).await?;
    let report = format!("{}/{slug}", form_at(&form, term));
    let version = trace.reading.sent.version;
    let here = format!("{report}/cot/{column}?ban={version}&dong={}", trace.line.key);
    let counts = counts(&trace);
    page::html(&CellPage {
        frame: frame::officer(&state, &officer, "/giam-sat/bieu"),
        trail: vec![
            Station::new("Biểu của tỉnh", "/giam-sat/bieu", ""),
            Station::new(
                format!("{}, bản {version}", trace.reading.body.agency.name),
                format!("{report}?ban={version}"),
                "",
            ),
            Station::new(trace.line.label.clone(), "", shown(&trace.cell)),
        ],
        title: draw::column_words(&trace.column),
        unit: trace.column.unit.clone(),
        rule: trace.column.rule(indicator::HERE),
        of: format!(
            "{} · {}",
            trace.reading.body.agency.name,
            trace.reading.span.title()
        ),
        total: shown(&trace.cell),
        origin: origin(&trace),
        states: states(&trace),
        notice: notice(&trace),
        parts: lines(&trace, &report)
            .or_else(|| people(&trace))
            .or_else(|| groups(&trace))
            .or_else(|| formula(&trace, &report)),
        records: counts.then(|| {
            let heading = format!("{} dòng sổ cộng thành con số này", grouped(count(trace.count)));
            (heading, table(&trace, &trace.counted, trace.sum, &slug))
        }),
        pager: counts.then(|| Pager::new(here, asked.page, trace.count, PER_PAGE)),
        later: (trace.later_count > 0).then(|| {
            let heading = format!("{} dòng sổ ghi sau khi chốt", grouped(count(trace.later_count)));
            (heading, table(&trace, &trace.later, trace.later_sum, &slug))
        }),
        log: Some(format!("/giam-sat/nhat-ky?co-quan={slug}")),
    })
}

fn count(rows: u64) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// Whether rows of the ledger make the figure.
fn counts(trace: &RecordTrace) -> bool {
    trace.cell.origin == Origin::Auto && trace.line.kind == LineKind::Unit
}

fn origin(trace: &RecordTrace) -> String {
    let words = trace.cell.origin.label();
    let parts = if trace.cell.estimate.is_some() {
        format!("{}; ", in_words(&trace.cell))
    } else {
        String::new()
    };
    format!("{parts}{words}")
}

fn states(trace: &RecordTrace) -> Vec<Shape> {
    let mut states = vec![if trace.reading.intact {
        Shape::new(Tone::Ok, "Mã kiểm tra của báo cáo khớp")
    } else {
        Shape::new(Tone::Late, "Báo cáo không khớp mã kiểm tra")
    }];
    if trace.cell.origin == Origin::Mediation {
        states.push(of_groups(trace));
    }
    if !counts(trace) {
        return states;
    }
    let equal = if trace.cell.actual == Some(trace.sum) {
        let rows = grouped(count(trace.count));
        Shape::new(Tone::Ok, format!("Bằng tổng {rows} dòng sổ"))
    } else {
        Shape::new(
            Tone::Late,
            format!("Các dòng sổ cộng được {}", grouped(trace.sum)),
        )
    };
    let evidence: usize = trace.counted.iter().map(|line| line.source.evidence.len()).sum();
    let evidence = if evidence == 0 && trace.count > 0 {
        Shape::new(Tone::Wait, "Không dòng nào ở trang này kèm minh chứng")
    } else {
        Shape::new(
            Tone::Ok,
            format!("{} minh chứng mở được", grouped(signed(evidence))),
        )
    };
    states.extend([equal, evidence]);
    states
}

/// What changed since, or who signed for a declared figure.
fn notice(trace: &RecordTrace) -> Option<Notice> {
    if trace.later_count > 0 {
        let today = trace.cell.actual.unwrap_or(0) + trace.later_sum;
        return Some(Notice::warning(
            format!(
                "Từ khi chốt, {} dòng sổ đã được ghi cho các ngày của kỳ này",
                grouped(count(trace.later_count))
            ),
            format!(
                "Số đã chốt là {}; tính cả các dòng ấy, sổ hôm nay cho {} (chênh {}).",
                trace.cell.actual.map_or_else(|| "trống".to_owned(), grouped),
                grouped(today),
                grouped(trace.later_sum)
            ),
        ));
    }
    if !trace.groups.moved.is_empty() {
        let frozen = trace.cell.actual.unwrap_or(0);
        let change = trace.groups.difference();
        return Some(Notice::warning(
            format!(
                "Từ khi chốt, sổ tổ hòa giải ghi khác về {} tổ",
                grouped(signed(trace.groups.moved.len()))
            ),
            match change {
                Some(change) => format!(
                    "Số đã chốt là {}; theo sổ hôm nay là {} (chênh {}). {}.",
                    grouped(frozen),
                    grouped(frozen + change),
                    grouped(change),
                    moved(trace)
                ),
                None => format!(
                    "Số đã chốt là {}; sổ hôm nay chưa ghi đủ nên không cộng được. {}.",
                    grouped(frozen),
                    moved(trace)
                ),
            },
        ));
    }
    // A figure that the register gives stands on no signature: what was typed before is not what it says.
    let said = trace
        .declared
        .as_ref()
        .filter(|_| trace.cell.origin != Origin::Mediation)?;
    Some(Notice::warning(
        format!("{} ký số liệu này ngày {}", said.by, draw::when(said.at)),
        if said.note.is_empty() {
            "Không ghi căn cứ.".to_owned()
        } else {
            format!("Căn cứ: {}", said.note)
        },
    ))
}

/// The lines that a sum adds up.
fn lines(trace: &RecordTrace, report: &str) -> Option<Section> {
    if !matches!(trace.line.kind, LineKind::Total | LineKind::Group) {
        return None;
    }
    let (version, column) = (trace.reading.sent.version, trace.column.number);
    let below = trace.reading.body.rows.iter().filter(|line| match line.kind {
        LineKind::Unit => trace.line.kind == LineKind::Total,
        LineKind::Commune => true,
        _ => false,
    });
    let row = |line: &Line| {
        let cell = line.cells.get(&column)?;
        Some(Row {
            cells: vec![
                Cell::link(
                    line.label.clone(),
                    format!("{report}/cot/{column}?ban={version}&dong={}", line.key),
                ),
                cell.origin.label().into(),
                shown(cell).into(),
            ],
        })
    };
    Some(Section {
        heading: "Cộng từ những dòng nào của biểu?".into(),
        text: String::new(),
        table: Table {
            caption: "Các dòng được cộng".into(),
            caption_hidden: true,
            columns: vec![
                Column::words("Dòng"),
                Column::words("Nguồn"),
                Column::figures("Số liệu"),
            ],
            rows: below.filter_map(row).collect(),
            total: Some(Row {
                cells: vec!["Cộng".into(), "".into(), shown(&trace.cell).into()],
            }),
        },
    })
}

/// Whom the register counted.
fn people(trace: &RecordTrace) -> Option<Section> {
    if trace.cell.origin != Origin::Register {
        return None;
    }
    let rows = trace.people.iter().map(|person| Row {
        cells: vec![
            person.name.clone().into(),
            person.position.clone().into(),
            person.decision.clone().into(),
        ],
    });
    Some(Section {
        heading: format!(
            "{} người trong danh sách được đếm",
            grouped(signed(trace.people.len()))
        ),
        text: format!(
            "Như danh sách ngày {}, lúc báo cáo được gửi.",
            dmy(trace.reading.span.actual_to)
        ),
        table: Table {
            caption: "Những người được đếm".into(),
            caption_hidden: true,
            columns: ["Họ và tên", "Chức vụ, đơn vị", "Quyết định công nhận"]
                .map(Column::words)
                .into(),
            rows: rows.collect(),
            total: None,
        },
    })
}

/// Whether the groups sum to the figure.
fn of_groups(trace: &RecordTrace) -> Shape {
    let (sum, count) = (trace.groups.sum(), grouped(signed(trace.groups.counted.len())));
    if trace.cell.actual == Some(sum) {
        Shape::new(Tone::Ok, format!("Bằng tổng {count} tổ hòa giải"))
    } else {
        Shape::new(Tone::Late, format!("Các tổ hòa giải cộng được {}", grouped(sum)))
    }
}

/// Which groups differ, each with what it was and is.
fn moved(trace: &RecordTrace) -> String {
    let words = |added: Added| match added {
        None => "không tính".to_owned(),
        Some(None) => "chưa ghi".to_owned(),
        Some(Some(figure)) => grouped(figure),
    };
    let one = trace.groups.moved.iter().map(|group| {
        format!(
            "{}: lúc gửi {}, nay {}",
            group.name,
            words(group.then),
            words(group.today)
        )
    });
    one.collect::<Vec<_>>().join("; ")
}

/// The tổ hòa giải that the figure adds up.
fn groups(trace: &RecordTrace) -> Option<Section> {
    if trace.cell.origin != Origin::Mediation {
        return None;
    }
    let row = |group: &CountedGroup| Row {
        cells: vec![
            group.name.clone().into(),
            group.place.clone().into(),
            group.decision.clone().into(),
            group.figure.map_or_else(|| "–".to_owned(), grouped).into(),
        ],
    };
    Some(Section {
        heading: format!(
            "{} tổ hòa giải được cộng",
            grouped(signed(trace.groups.counted.len()))
        ),
        text: format!(
            "Như sổ tổ hòa giải ngày {}, lúc báo cáo được gửi.",
            dmy(trace.reading.body.actual_to)
        ),
        table: Table {
            caption: "Các tổ hòa giải được cộng".into(),
            caption_hidden: true,
            columns: vec![
                Column::words("Tổ hòa giải"),
                Column::words("Nơi hoạt động"),
                Column::words("Quyết định thành lập"),
                Column::figures(trace.column.unit.clone()),
            ],
            rows: trace.groups.counted.iter().map(row).collect(),
            total: Some(Row {
                cells: vec![
                    "Cộng".into(),
                    "".into(),
                    "".into(),
                    grouped(trace.groups.sum()).into(),
                ],
            }),
        },
    })
}

/// The columns that a formula adds up.
fn formula(trace: &RecordTrace, report: &str) -> Option<Section> {
    if trace.column.sum.is_empty() {
        return None;
    }
    let version = trace.reading.sent.version;
    let part = |number: &u8| {
        let column = trace.reading.form.column(*number)?;
        let cell = trace.line.cells.get(number)?;
        Some(Row {
            cells: vec![
                Cell::link(
                    draw::column_words(column),
                    format!("{report}/cot/{number}?ban={version}&dong={}", trace.line.key),
                ),
                shown(cell).into(),
            ],
        })
    };
    Some(Section {
        heading: "Cộng từ các cột nào?".into(),
        text: String::new(),
        table: Table {
            caption: "Các cột được cộng".into(),
            caption_hidden: true,
            columns: vec![Column::words("Cột"), Column::figures("Số liệu")],
            rows: trace.column.sum.iter().filter_map(part).collect(),
            total: Some(Row {
                cells: vec!["Cộng".into(), shown(&trace.cell).into()],
            }),
        },
    })
}

fn table(trace: &RecordTrace, lines: &[RowLine], sum: i64, slug: &str) -> RowTable {
    RowTable {
        caption: format!("{}: từng dòng sổ", draw::column_words(&trace.column)),
        unit: trace.column.unit.clone(),
        rows: lines.iter().map(|line| sheet_row(line, slug)).collect(),
        sum: grouped(sum),
    }
}
