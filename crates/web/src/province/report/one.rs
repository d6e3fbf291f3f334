//! One submitted report: read, accepted.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::{Amendment, Cell as Figure, Completeness, Line, Origin};
use pbgdpl_pages::desk::report::{Marks, ReportAct, Sheet, Station};
use pbgdpl_pages::form::ErrorSummary;
use pbgdpl_pages::part::{Column, Link, Notice, Row, State as Shape, Table, Tone};
use pbgdpl_pages::province::report::SubmittedPage;
use pbgdpl_province::report::read::{Reading, read};
use pbgdpl_province::report::{Term, accept as accepting};
use pbgdpl_store::province::{Decision, SubmittedReport};
use pbgdpl_vietnamese::number::grouped;
use serde::Deserialize;

use super::follow::percent;
use super::{agency, list_address, send_back, term};
use crate::desk::frame::{self, Done};
use crate::desk::report::{draw, signature};
use crate::error::Error;
use crate::extract::{Form, Officer, Path, Query};
use crate::oversight::indicator;
use crate::page;
use crate::state::AppState;

const DONE: [(&str, &str); 2] = [
    (
        "tiep-nhan",
        "Đã tiếp nhận. Số liệu được đưa vào bản tổng hợp lần tới.",
    ),
    ("tra-lai", "Đã trả lại. Cơ quan nhận được thư kèm ý kiến."),
];

/// The agency's form, period, year, agency.
pub type Address = (String, String, i32, String);

/// Which version.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Which {
    ban: Option<i32>,
    xong: Option<String>,
}

/// What the officer decides.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Decided {
    ban: i32,
}

/// `GET /tinh/bao-cao/{form}/{period}/{year}/{agency}?ban=`
///
/// # Errors
/// Where there is none, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path((form, period, year, slug)): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let term = term(&period, year)?;
    let tenant = agency(&officer, &slug)?;
    let reading = read(
        &state.province,
        &officer.ctx,
        tenant.id(),
        (&form, term),
        which.ban,
    )
    .await?;
    let mut shown = submitted(&state, &officer, &reading, term, &slug);
    shown.frame = shown.frame.with_notice(Done { xong: which.xong }.notice(&DONE));
    page::html(&shown)
}

/// `POST /tinh/bao-cao/{form}/{period}/{year}/{agency}/tiep-nhan`
///
/// # Errors
/// What the act refuses.
pub async fn accept(
    State(state): State<AppState>,
    officer: Officer,
    Path((form, period, year, slug)): Path<Address>,
    Form(decided): Form<Decided>,
) -> Result<Response, Error> {
    let term = term(&period, year)?;
    let tenant = agency(&officer, &slug)?;
    accepting::accept(
        &state.province,
        &officer.ctx,
        tenant.id(),
        (&form, term),
        decided.ban,
    )
    .await?;
    Ok(page::go(&format!(
        "{}/{slug}?xong=tiep-nhan",
        list_address(&form, term)
    )))
}

pub(super) fn submitted(
    state: &AppState,
    officer: &Officer,
    reading: &Reading,
    term: Term,
    slug: &str,
) -> SubmittedPage {
    let here = format!("{}/{slug}", list_address(&reading.form.id, term));
    let sent = &reading.sent;
    SubmittedPage {
        frame: frame::officer(state, officer, "/tinh/bao-cao"),
        list: Link::new(
            format!("Báo cáo {}", reading.span.title()),
            list_address(&reading.form.id, term),
        ),
        agency: reading.body.agency.name.clone(),
        state: decision_state(sent.decision),
        head: draw::masthead(
            &reading.form,
            &reading.span,
            None,
            officer.ctx.could(Action::AgencyCreate),
        ),
        errors: ErrorSummary::default(),
        notice: notice(reading),
        sheet: Sheet::draw(
            &reading.form,
            &reading.span,
            &reading.body.agency.name,
            draw::lines_of(&reading.body.rows),
            Marks {
                rules: indicator::HERE,
                findings: &reading.jumps,
                ..Marks::NONE
            },
        ),
        notes: notes(&reading.body.rows),
        since: draw::since_table(&reading.form, &reading.body.rows, &reading.since),
        amended: reading
            .body
            .amends
            .as_ref()
            .map_or_else(String::new, |amends| amendment(reading, amends)),
        differences: (!reading.differences.is_empty()).then(|| differences(reading)),
        jumps: reading.jumps.iter().map(jump).collect(),
        facts: facts(reading),
        signatures: signature::shown(state, &sent.body, &reading.signatures),
        versions: reading.versions.iter().map(station).collect(),
        acts: acts(officer, reading, &here),
        links: draw::other_versions(
            &here,
            reading.versions.iter().map(|other| other.version),
            sent.version,
        ),
    }
}

fn jump(finding: &pbgdpl_model::report::Finding) -> String {
    match &finding.explained {
        Some(why) => format!("{}: {} Giải thích: {why}", finding.label, finding.message),
        None => format!("{}: {}", finding.label, finding.message),
    }
}

pub(crate) fn decision_state(decision: Decision) -> Shape {
    let tone = match decision {
        Decision::Waiting => Tone::Wait,
        Decision::Accepted => Tone::Ok,
        Decision::Returned => Tone::Back,
    };
    Shape::new(tone, decision.label())
}

pub(crate) fn notice(reading: &Reading) -> Option<Notice> {
    if !reading.intact {
        return Some(Notice::refused(
            "Số liệu không khớp mã kiểm tra",
            "Không tiếp nhận bản này; báo ngay cho người vận hành hệ thống.",
        ));
    }
    let newest = reading.versions.first()?.version;
    if reading.sent.version < newest {
        return Some(Notice::warning(
            "Đây là bản cũ",
            format!("Bản mới nhất là bản {newest}."),
        ));
    }
    let how = reading.body.timeliness.sentence()?;
    Some(Notice::warning("Về thời hạn", how))
}

/// Declared figures and explained ones, with what was signed.
pub(crate) fn notes(rows: &[Line]) -> Table {
    let told =
        |cell: &Figure| !cell.note.is_empty() || cell.origin == Origin::Declared && cell.total().is_some();
    let rows = rows.iter().flat_map(|line| {
        let cells = line.cells.iter().filter(|(_, cell)| told(cell));
        cells.map(|(column, cell)| Row {
            cells: vec![
                line.label.clone().into(),
                column.to_string().into(),
                cell.total().map_or_else(|| "trống".to_owned(), grouped).into(),
                if cell.note.is_empty() {
                    "–".to_owned()
                } else {
                    cell.note.clone()
                }
                .into(),
            ],
        })
    });
    Table {
        caption: "Số tự khai, số ước tính và căn cứ".into(),
        caption_hidden: true,
        columns: vec![
            Column::words("Dòng"),
            Column::figures("Cột"),
            Column::figures("Số liệu"),
            Column::words("Căn cứ, giải thích"),
        ],
        rows: rows.collect(),
        total: None,
    }
}

/// Who filled, who checked, who sent: one person may stand there twice.
fn signers(names: &[String]) -> String {
    let [filled, checked, sent] = names else {
        return names.join(", ");
    };
    format!("{filled} (lập biểu), {checked} (kiểm tra), {sent} (gửi)")
}

/// Why a version took the place of another, who sent it and who accepted it.
pub(crate) fn amendment(reading: &Reading, amends: &Amendment) -> String {
    let sent = &reading.sent;
    let accepted = match (&sent.decided_name, sent.decided_at, sent.decision) {
        (Some(by), Some(at), Decision::Accepted) => format!("{by} tiếp nhận {}", draw::when(at)),
        (Some(by), Some(at), Decision::Returned) => format!("{by} trả lại {}", draw::when(at)),
        _ => "chưa được tiếp nhận".to_owned(),
    };
    let reason = if amends.reason.is_empty() {
        "không ghi"
    } else {
        amends.reason.trim_end_matches('.')
    };
    format!(
        "Lý do: {reason}. {} gửi {}; {accepted}.",
        sent.submitted_name,
        draw::when(sent.submitted_at)
    )
}

pub(crate) fn differences(reading: &Reading) -> Table {
    let show = |figure: Option<i64>| figure.map_or_else(|| "trống".to_owned(), grouped);
    let row = |difference: &pbgdpl_model::report::Difference| Row {
        cells: vec![
            difference.line.clone().into(),
            difference.column.to_string().into(),
            show(difference.before).into(),
            show(difference.now).into(),
        ],
    };
    Table {
        caption: "Ô khác với bản trước".into(),
        caption_hidden: true,
        columns: vec![
            Column::words("Dòng"),
            Column::figures("Cột"),
            Column::figures("Bản trước"),
            Column::figures("Bản này"),
        ],
        rows: reading.differences.iter().map(row).collect(),
        total: None,
    }
}

pub(crate) fn facts(reading: &Reading) -> Vec<(String, String)> {
    let sent = &reading.sent;
    let mut facts = vec![
        ("Người ký tên".to_owned(), signers(&reading.body.signers)),
        ("Gửi lúc".to_owned(), draw::when(sent.submitted_at)),
        ("Bản".to_owned(), sent.version.to_string()),
        ("Tính đến dòng sổ số".to_owned(), grouped(sent.ledger_seq)),
        ("Mã kiểm tra SHA-256".to_owned(), sent.hash.clone()),
    ];
    let complete = Completeness::of(&reading.form, &reading.body.rows);
    facts.push((
        "Mức độ đầy đủ".to_owned(),
        format!(
            "khai {}, truy được nguồn {}, {}",
            percent(complete.declared()),
            percent(complete.derived()),
            if reading.body.timeliness.late {
                "gửi sau hạn"
            } else {
                "không gửi sau hạn"
            }
        ),
    ));
    if !reading.body.remark.is_empty() {
        facts.push(("Thuyết minh".to_owned(), reading.body.remark.clone()));
    }
    facts
}

pub(crate) fn station(version: &SubmittedReport) -> Station {
    let decided = version.decided_at.zip(version.decided_name.as_ref());
    Station {
        who: version.submitted_name.clone(),
        what: format!("gửi bản {}", version.version),
        note: decided.map_or_else(String::new, |(at, by)| {
            let cells = version
                .cell_remarks
                .iter()
                .map(|cell| format!("dòng {}, cột {}: {}", cell.row, cell.column, cell.text));
            let remarks: Vec<String> = std::iter::once(version.remark.clone())
                .chain(cells)
                .filter(|remark| !remark.is_empty())
                .collect();
            let remark = if remarks.is_empty() {
                String::new()
            } else {
                format!(": {}", remarks.join("; "))
            };
            format!("{} ({by}, {}){remark}", version.decision.label(), draw::when(at))
        }),
        at: draw::when(version.submitted_at),
    }
}

fn acts(officer: &Officer, reading: &Reading, here: &str) -> Vec<ReportAct> {
    let newest = reading
        .versions
        .first()
        .is_some_and(|newest| newest.version == reading.sent.version);
    if !newest || !reading.intact {
        return Vec::new();
    }
    let hidden = vec![("ban".to_owned(), reading.sent.version.to_string())];
    let mut acts = Vec::new();
    if officer.ctx.could(Action::ReportReturn) && reading.sent.decision != Decision::Returned {
        acts.push(ReportAct {
            title: "Trả lại".into(),
            text: "Cơ quan lập bản mới từ số tự khai cũ; bản này được giữ nguyên.".into(),
            action: Some(format!("{here}/tra-lai")),
            hidden: hidden.clone(),
            fields: send_back::fields(reading),
            button: "Trả lại".into(),
        });
    }
    if officer.ctx.could(Action::ReportAccept) && reading.sent.decision == Decision::Waiting {
        acts.push(ReportAct {
            title: "Tiếp nhận".into(),
            text: "Số liệu được đưa vào bản tổng hợp của tỉnh.".into(),
            action: Some(format!("{here}/tiep-nhan")),
            hidden,
            fields: vec![],
            button: "Tiếp nhận".into(),
        });
    }
    acts
}
