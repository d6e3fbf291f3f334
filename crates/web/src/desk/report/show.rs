//! One report as its official sheet: the line that is open, what the checks found, the acts that stand open.

use std::fmt::Write as _;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_app::report::export::ReportExport;
use pbgdpl_app::report::{View, in_words};
use pbgdpl_model::manifest::RegisterFigure;
use pbgdpl_model::policy::Action;
use pbgdpl_model::register::Level;
use pbgdpl_model::report::{Body, Finding, Line, LineKind, Origin, Stage, commune_of};
use pbgdpl_pages::desk::report::{
    CellLine, Found, Marks, OpenLine, ReportPage, Sheet, Station, in_words as parts_in_words,
};
use pbgdpl_pages::form::{Button, Buttons, ErrorSummary};
use pbgdpl_pages::part::{Link, Notice, State as Shape, Step, Steps, Tone};
use pbgdpl_vietnamese::date::dmy;
use pbgdpl_vietnamese::number::grouped;
use serde::Deserialize;

use super::{
    Address, acts, address, draw, extension, fields, list_address, offline, remarks, report_at, signature,
};
use crate::desk::frame::{self, Done};
use crate::desk::indicator;
use crate::error::Error;
use crate::extract::{Path, Query, Staff};
use crate::page;
use crate::state::AppState;

const DONE: [(&str, &str); 8] = [
    (
        "gia-han",
        "Đã gửi đề nghị gia hạn. Sở Tư pháp trả lời qua thư và ngay trên trang này.",
    ),
    ("lap", "Đã lập biểu từ sổ hoạt động."),
    ("khai", "Đã lưu số liệu."),
    ("nhap-excel", "Đã ghi số liệu từ tệp Excel."),
    ("kiem-tra", "Đã ghi nhận kiểm tra."),
    ("gui", "Đã gửi Sở Tư pháp. Số liệu đã được chốt."),
    (
        "ky-so",
        "Đã kèm chữ ký số. Sở Tư pháp thấy chữ ký cùng bản đã gửi.",
    ),
    ("khong-doi", "Không có gì thay đổi."),
];

/// Which version and which line.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    pub(super) ban: Option<i32>,
    dong: Option<String>,
    xong: Option<String>,
}

/// `GET /quan-tri/{agency}/bieu/{form}/{period}/{year}?ban=&dong=`
///
/// # Errors
/// Where there is none, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    staff: Staff,
    Path(at): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let seen = report_at(&state, &staff, &at, which.ban).await?;
    let mut page = report_page(&state, &staff, &seen, which.dong.as_deref());
    page.signatures = signature::signatures(&state, &staff, &seen).await?;
    page.frame = page.frame.with_notice(Done { xong: which.xong }.notice(&DONE));
    page::html(&page)
}

/// `GET /quan-tri/{agency}/bieu/{form}/{period}/{year}/xuat.json?ban=`
///
/// # Errors
/// Where there is none, or the store fails.
pub async fn json(
    State(state): State<AppState>,
    staff: Staff,
    Path(at): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let seen = report_at(&state, &staff, &at, which.ban).await?;
    let export = ReportExport::of(&staff.ctx, &seen)?;
    let text = serde_json::to_string_pretty(&export).map_err(|e| Error::Internal(Box::new(e)))?;
    Ok(page::bytes(StatusCode::OK, "application/json", text))
}

/// The page of a report.
pub(super) fn report_page(state: &AppState, staff: &Staff, seen: &View, open: Option<&str>) -> ReportPage {
    let here = address(staff.ctx.tenant(), &seen.form.id, seen.span.kind, seen.span.year);
    let open_to_fill = !seen.report.stage.is_frozen() && seen.lock(staff.today()).is_none();
    let may_fill = open_to_fill && staff.ctx.could(Action::ReportFill);
    let line = open
        .and_then(|key| seen.lines.iter().find(|line| line.key == key))
        .or_else(|| seen.lines.iter().find(|line| line.kind == LineKind::Unit));
    let version = seen.report.version;
    let line_href = |key: &str| Some(format!("{here}?ban={version}&dong={key}#dong-ten"));
    let cell_href = |key: &str, column: u8| records(seen, &here, key, column).map(|link| link.href);
    let rules = indicator::address(staff);
    let marks = Marks {
        rules: &rules,
        findings: &seen.findings,
        open: line.map(|line| line.key.as_str()),
        line: &line_href,
        cell: &cell_href,
    };
    let who = staff.ctx.tenant().official(seen.span.to);
    let frozen = seen.report.stage.is_frozen();
    ReportPage {
        frame: frame::staff(state, staff, "bieu"),
        list: list_address(staff.ctx.tenant()),
        head: draw::masthead(
            &seen.form,
            &seen.span,
            seen.due,
            staff.ctx.could(Action::AgencySettings),
        ),
        steps: steps(seen),
        returned: returned(seen),
        moved: moved(seen),
        lock: extension::notice(staff, seen),
        remarks: remarks::table(seen, &here),
        extensions: extension::stations(&seen.extensions),
        errors: ErrorSummary::default(),
        sheet: Sheet::draw(&seen.form, &seen.span, who, draw::lines_of(&seen.lines), marks),
        since: draw::since_table(&seen.form, &seen.lines, &seen.since),
        line: line.map(|line| open_line(seen, line, &here, may_fill)),
        found: seen
            .findings
            .iter()
            .map(|finding| found(finding, &here))
            .collect(),
        passed: if frozen { String::new() } else { passed(seen) },
        walk: walk(seen),
        offline: may_fill.then(|| offline::page::exchange(&here)),
        acts: acts::open_acts(staff, seen, &here)
            .into_iter()
            .chain(extension::act(staff, seen, &here))
            .collect(),
        frozen: if frozen { frozen_facts(seen) } else { Vec::new() },
        signatures: None,
        links: links(seen, &here, state.settings.press.is_some()),
    }
}

/// What stands behind a cell of the unit that nobody types: rows of the ledger, or the register as it was on the last day.
fn records(seen: &View, here: &str, key: &str, column: u8) -> Option<Link> {
    let line = seen.lines.iter().find(|line| line.key == key)?;
    let origin = line.cells.get(&column)?.origin;
    match (origin, line.kind) {
        (Origin::Auto, LineKind::Unit) => Some(Link::new(
            "Mở dòng sổ",
            format!("{here}/cot/{column}?ban={}", seen.report.version),
        )),
        (Origin::Register, LineKind::Unit) => {
            let desk = here.split("/bieu/").next()?;
            let level = Level::counted_at(seen.form.level)?.word();
            let day = dmy(seen.span.actual_to);
            let mut address = format!("{desk}/bao-cao-vien?ngay={day}&cap={level}&tinh-trang=duoc-cong-nhan");
            let counted = seen.form.columns.iter().find(|asked| asked.number == column)?;
            if counted.register == Some(RegisterFigure::Active) {
                let _ = write!(address, "&noi-tu={}", dmy(seen.span.from));
            }
            // Of a report that was sent: whom it counted then, whatever was written down since.
            if let Some(sent) = seen.sent.as_ref().filter(|_| seen.report.stage.is_frozen()) {
                let (moment, row) = (sent.submitted_at.millis(), seen.ledger_seq);
                let _ = write!(address, "&ghi-den={moment}&dong-so={row}");
            }
            Some(Link::new("Mở danh sách", address))
        }
        (Origin::Mediation, kind) => {
            let desk = here.split("/bieu/").next()?;
            let day = dmy(seen.counted.1);
            let mut address = format!("{desk}/to-hoa-giai?ngay={day}");
            if kind == LineKind::Commune {
                let _ = write!(address, "&xa={}", commune_of(key)?);
            }
            // Of a report that was sent: what it counted then, whatever was written down since.
            if let Some(sent) = seen.sent.as_ref().filter(|_| seen.report.stage.is_frozen()) {
                let _ = write!(address, "&ghi-den={}", sent.submitted_at.millis());
            }
            Some(Link::new("Mở sổ tổ hòa giải", address))
        }
        _ => None,
    }
}

fn open_line(seen: &View, line: &Line, here: &str, may_fill: bool) -> OpenLine {
    let cells = seen.form.columns.iter().filter_map(|column| {
        let cell = line.cells.get(&column.number)?;
        let signed = seen
            .declared
            .iter()
            .find(|said| said.row == line.key && said.column == column.number && !said.note.is_empty());
        let mut origin = cell.origin.label().to_owned();
        if let Some(signed) = signed {
            origin = format!("{origin}; {}: {}", signed.by_name, signed.note);
        }
        let both = cell.actual.is_some() && cell.estimate.is_some_and(|estimate| estimate != 0);
        Some(CellLine {
            column: column.number,
            label: format!("{} ({})", column.label, column.unit),
            figure: cell.total().map_or_else(|| "trống".to_owned(), grouped),
            parts: if both { parts_in_words(cell) } else { String::new() },
            origin,
            records: records(seen, here, &line.key, column.number),
        })
    });
    OpenLine {
        label: line.label.clone(),
        cells: cells.collect(),
        fields: if may_fill {
            fields::of_line(seen, line)
        } else {
            Vec::new()
        },
        action: format!("{here}/khai"),
        key: line.key.clone(),
        buttons: Buttons {
            note: "Ô để trống là chưa có số liệu, không phải số 0.".into(),
            buttons: vec![Button::primary("Lưu dòng này")],
        },
    }
}

fn found(finding: &Finding, here: &str) -> Found {
    let state = match (finding.severity, &finding.explained) {
        (pbgdpl_model::report::Severity::Must, _) => Shape::new(Tone::Late, "Phải sửa"),
        (_, None) => Shape::new(Tone::Soon, "Cần giải thích"),
        (_, Some(_)) => Shape::new(Tone::Ok, "Đã giải thích"),
    };
    Found {
        state,
        place: format!("{}, cột {}", finding.label, finding.column),
        message: finding.message.clone(),
        explained: finding.explained.clone().unwrap_or_default(),
        href: format!("{here}?dong={}#dong-ten", finding.row),
    }
}

fn passed(seen: &View) -> String {
    let open = seen.findings.iter().filter(|finding| finding.blocks()).count();
    if open == 0 {
        "Mọi quan hệ giữa các cột đều đúng.".to_owned()
    } else {
        format!("Các quan hệ còn lại đều đúng; còn {open} chỗ phải xử lý trước khi gửi.")
    }
}

fn steps(seen: &View) -> Steps {
    let by = |step: &str| {
        let mut walk = seen.walk.iter().rev();
        walk.find(|walk| walk.step == step)
            .map(|walk| format!("{}, {}", walk.by_name, dmy(walk.at.day())))
            .unwrap_or_default()
    };
    let step = |label: &str, detail: String| Step {
        label: label.to_owned(),
        detail,
    };
    let due = seen
        .due
        .map(|due| format!("hạn {}", dmy(due)))
        .unwrap_or_default();
    let sent = by("Gửi Sở Tư pháp");
    let stage = seen.stage();
    Steps {
        label: "Đường đi của biểu".into(),
        steps: vec![
            step("Lập biểu", by("Lập biểu")),
            step(
                "Kiểm tra",
                if seen.moved.is_some() {
                    "phải kiểm tra lại".into()
                } else {
                    by("Kiểm tra")
                },
            ),
            step("Gửi Sở Tư pháp", if sent.is_empty() { due } else { sent }),
            step("Sở Tư pháp tiếp nhận", stage_words(stage)),
        ],
        present: match stage {
            Stage::Draft => 1,
            Stage::Checked => 2,
            Stage::Submitted | Stage::Returned => 3,
            Stage::Accepted => 4,
        },
    }
}

fn stage_words(stage: Stage) -> String {
    match stage {
        Stage::Returned => "đã trả lại".into(),
        Stage::Accepted => "đã tiếp nhận".into(),
        _ => String::new(),
    }
}

fn returned(seen: &View) -> Option<Notice> {
    let sent = seen.sent.as_ref().filter(|_| seen.stage() == Stage::Returned)?;
    Some(Notice::warning(
        format!("Sở Tư pháp đã trả lại bản {}", sent.version),
        sent.remark.clone(),
    ))
}

/// What differs from what was checked last: for who checks it again.
fn moved(seen: &View) -> Option<Notice> {
    let cells = in_words(seen.moved.as_deref()?);
    let what = if cells.is_empty() {
        String::new()
    } else {
        format!("{cells}. ")
    };
    Some(Notice::warning(
        "Số liệu đã đổi sau lần kiểm tra gần nhất",
        format!("{what}Biểu phải được kiểm tra lại trước khi gửi."),
    ))
}

fn walk(seen: &View) -> Vec<Station> {
    seen.walk
        .iter()
        .map(|walk| Station {
            who: walk.by_name.clone(),
            what: walk.step.clone(),
            note: walk.note.clone(),
            at: draw::when(walk.at),
        })
        .collect()
}

fn frozen_facts(seen: &View) -> Vec<(String, String)> {
    let mut facts = vec![
        ("Mã kiểm tra SHA-256".to_owned(), seen.report.hash.clone()),
        ("Tính đến dòng sổ số".to_owned(), grouped(seen.ledger_seq)),
    ];
    if let Some(sent) = &seen.sent {
        facts.insert(0, ("Người gửi".to_owned(), sent.submitted_name.clone()));
        facts.insert(1, ("Gửi lúc".to_owned(), draw::when(sent.submitted_at)));
        let body = Body::read(&sent.body).ok();
        if let Some(how) = body.and_then(|body| body.timeliness.sentence()) {
            facts.push(("Về thời hạn".to_owned(), how));
        }
    }
    facts
}

fn links(seen: &View, here: &str, has_pdf: bool) -> Vec<Link> {
    let version = seen.report.version;
    let mut links = draw::other_versions(here, 1..=seen.newest, version);
    links.push(Link::new("Tải Excel", format!("{here}/xuat.xlsx?ban={version}")));
    if has_pdf {
        links.push(Link::new("Tải bản PDF", format!("{here}/xuat.pdf?ban={version}")));
    }
    links.push(Link::new(
        "Tải số liệu (JSON)",
        format!("{here}/xuat.json?ban={version}"),
    ));
    links
}
