//! One activity: facts, ledger rows, evidence, co-organisers, what happened.

use std::collections::HashMap;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::activity::{Activity, Problem, Stage, form_label, mode_label};
use pbgdpl_model::id::ActivityId;
use pbgdpl_model::ledger::{Measure, Row};
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::activity::{
    ActivityPage, Evidence, Fact, Input, LedgerLine, PartnerLine, TimelineLine, Words,
};
use pbgdpl_pages::form::Field;
use pbgdpl_store::tenant::{EvidenceFile, TimelineLine as Happened};
use pbgdpl_vietnamese::date::dmy;
use pbgdpl_vietnamese::number::{file_size, grouped};

use super::{DONE, here, input};
use crate::desk::frame::{self, Done};
use crate::error::Error;
use crate::extract::{Path, Query, Staff};
use crate::page;
use crate::state::AppState;

/// `GET /quan-tri/{agency}/hoat-dong/{activity}`
///
/// # Errors
/// Where there is no such activity, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ActivityId)>,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let mut shown = activity_page(&state, &staff, id, &[]).await?;
    shown.frame = shown.frame.with_notice(done.notice(&DONE));
    page::html(&shown)
}

/// The page again, with what stood in the way of an act on it.
pub(super) async fn refused(
    state: &AppState,
    staff: &Staff,
    id: ActivityId,
    problems: &[Problem],
) -> Result<Response, Error> {
    let shown = activity_page(state, staff, id, problems).await?;
    page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}

async fn activity_page(
    state: &AppState,
    staff: &Staff,
    id: ActivityId,
    problems: &[Problem],
) -> Result<ActivityPage, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let found = agency.activity(id).await?.ok_or(Error::NotFound)?;
    let rows = agency.ledger_of(id.0).await?;
    let evidence = agency
        .sources(&[id.0], None)
        .await?
        .remove(&id.0)
        .unwrap_or_default();
    let timeline = agency.timeline(id.0).await?;
    drop(agency);
    let words = input::words(state, staff, &Input::of(&found)).await?;
    let here = here(staff);
    let wrong = |field: &str| {
        let found = problems.iter().find(|problem| problem.field == field);
        found.map(|problem| problem.reason.clone())
    };
    let may = |action, stage| found.stage == stage && staff.ctx.could(action);
    let at = |rest: &str| format!("{here}/{id}/{rest}");
    let reverse = Field::area("reason", "Lý do hủy", 2).with_error(wrong("reason"));
    let file = Field::files("file", "Tệp", ".pdf,.png,.jpg,.jpeg,.webp", false)
        .with_hint("Biên bản, danh sách ký, ảnh. Mỗi tệp tối đa 10 MB.")
        .with_error(wrong("file"));
    let label = Field::text("label", "Tên gọi của tệp").optional();
    Ok(ActivityPage {
        frame: frame::staff(state, staff, "hoat-dong"),
        title: found.content.title.clone(),
        line: format!("{}, {}", found.kind.label(), dmy(found.day)),
        stage: found.stage,
        joint: found.is_joint(),
        version: found.latest_version,
        facts: facts(&found, &words),
        ledger: ledger(&rows),
        evidence: evidence
            .evidence
            .iter()
            .map(|file| shown_file(&at("minh-chung"), file))
            .collect(),
        partners: found
            .partners
            .iter()
            .map(|partner| PartnerLine {
                name: partner.name.clone(),
                answer: partner.answer,
            })
            .collect(),
        timeline: timeline.into_iter().map(happened).collect(),
        edit: may(Action::ActivityWrite, Stage::Draft).then(|| at("sua")),
        record: may(Action::ActivityRecord, Stage::Draft).then(|| at("ghi-so")),
        correct: may(Action::ActivityCorrect, Stage::Recorded).then(|| at("dinh-chinh")),
        reverse: may(Action::ActivityCorrect, Stage::Recorded).then(|| (at("huy"), reverse)),
        attach: (found.stage != Stage::Reversed && staff.ctx.could(Action::ActivityWrite))
            .then(|| (at("minh-chung"), vec![file, label])),
        back: here,
    })
}

/// What was recorded, without the fields nothing was said of.
pub(super) fn facts(of: &Activity, words: &Words) -> Vec<Fact> {
    let content = &of.content;
    let named = |ids: &[String], words: &[(String, String)]| -> String {
        let name = |id: &String| {
            words
                .iter()
                .find(|(known, _)| known == id)
                .map_or_else(|| id.clone(), |(_, label)| label.clone())
        };
        ids.iter().map(name).collect::<Vec<_>>().join("; ")
    };
    let registered: Vec<String> = content.registered.iter().map(ToString::to_string).collect();
    let figure = |value: i64| if value == 0 { String::new() } else { grouped(value) };
    let mut attendees = figure(content.attendees);
    for (label, part) in [
        ("nữ", content.women),
        ("người dân tộc thiểu số", content.ethnic_minorities),
    ] {
        if let Some(part) = part {
            attendees.push_str(&format!(", {label} {}", grouped(part)));
        }
    }
    let funding = content.funding;
    let money = [
        ("thường xuyên", funding.regular),
        ("chương trình, đề án", funding.programme),
        ("hỗ trợ khác", funding.other),
    ]
    .iter()
    .filter(|(_, value)| *value != 0)
    .map(|(label, value)| format!("{label} {}", grouped(*value)))
    .collect::<Vec<_>>()
    .join(", ");
    let all = [
        ("Hình thức", form_label(&content.form).to_owned()),
        ("Địa bàn", content.place.clone()),
        ("Văn bản, nội dung", content.topic.clone()),
        ("Số cuộc", figure(content.sessions)),
        ("Lượt người tham dự", attendees),
        ("Tài liệu phát, bản", figure(content.materials)),
        ("Loại tài liệu", content.materials_kind.clone()),
        ("Số lần phát", figure(content.broadcasts)),
        ("Kinh phí, nghìn đồng", money),
        ("Báo cáo viên của cơ quan", named(&registered, &words.registered)),
        ("Báo cáo viên khác", content.speakers.clone()),
        (
            "Ngôn ngữ",
            named(std::slice::from_ref(&content.language), &words.languages),
        ),
        ("Cách tổ chức", mode_label(&content.mode).to_owned()),
        ("Lĩnh vực", named(&content.fields, &words.fields)),
        ("Đối tượng", named(&content.audiences, &words.audiences)),
        ("Lý do không có minh chứng", content.no_evidence_reason.clone()),
    ];
    all.into_iter()
        .filter(|(_, value)| !value.trim().is_empty())
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// What a measure is called on the screen.
fn measure_label(measure: Measure) -> &'static str {
    match measure {
        Measure::DirectSessions => "Cuộc phổ biến trực tiếp",
        Measure::DirectAttendees => "Lượt người tham dự",
        Measure::Contests => "Cuộc thi tìm hiểu pháp luật",
        Measure::ContestEntrants => "Lượt người dự thi",
        Measure::MaterialsIssued => "Tài liệu phát hành",
        Measure::MaterialsOnline => "Tài liệu đăng trên Internet",
        Measure::FundingRegular => "Kinh phí thường xuyên",
        Measure::FundingProgramme => "Kinh phí chương trình, đề án",
        Measure::FundingOther => "Kinh phí hỗ trợ khác",
        Measure::Broadcasts => "Lần phát sóng, phát thanh",
    }
}

fn ledger(rows: &[Row]) -> Vec<LedgerLine> {
    let taken_back: HashMap<i64, &Row> = rows
        .iter()
        .filter_map(|row| Some((row.row.reverses?, row)))
        .collect();
    rows.iter()
        .map(|row| {
            let by = taken_back.get(&row.seq);
            let note = match (row.row.reverses, by) {
                (Some(seq), _) => format!(
                    "Đảo dòng {}: {}. {}",
                    grouped(seq),
                    row.row.reason,
                    row.actor_name
                ),
                (None, Some(by)) => format!("đã bị đảo ngày {}", dmy(by.at.day())),
                (None, None) => String::new(),
            };
            // U+2212: a hyphen would break off the figure at the end of a line.
            let sign = if row.row.quantity < 0 { "−" } else { "" };
            LedgerLine {
                seq: grouped(row.seq),
                day: dmy(row.row.day),
                what: measure_label(row.row.measure).to_owned(),
                note,
                quantity: format!(
                    "{sign}{} {}",
                    grouped(row.row.quantity.saturating_abs()),
                    row.row.measure.unit()
                ),
                struck: by.is_some(),
            }
        })
        .collect()
}

fn shown_file(at: &str, file: &EvidenceFile) -> Evidence {
    let kind = match file.mime.as_str() {
        "application/pdf" => "PDF",
        "image/png" | "image/jpeg" | "image/webp" => "Ảnh",
        _ => "Tệp",
    };
    Evidence {
        label: file.label.clone(),
        detail: format!("{kind}, {}", file_size(u64::try_from(file.bytes).unwrap_or(0))),
        href: format!("{at}/{}", file.media),
    }
}

fn happened(line: Happened) -> TimelineLine {
    TimelineLine {
        by: format!("{}, {}", line.actor_name, dmy(line.at.day())),
        verb: line.verb,
        note: line.note,
    }
}
