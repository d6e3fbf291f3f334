//! The agency's report on a plan: what the plan asks, what the ledger says, what is written.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use pbgdpl_app::plan::{SeenTask, View};
use pbgdpl_model::plan::{LONGEST, Standing};
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::plan::{ContributionPage, TaskBlock};
use pbgdpl_pages::desk::report::{ReportAct, Station};
use pbgdpl_pages::form::{Button, Buttons, ErrorSummary, Field};
use pbgdpl_pages::part::{Link, Notice};
use pbgdpl_store::province::{Decision, SentContribution};
use pbgdpl_vietnamese::date::dmy;

use super::{Address, address, report_at, standing_state, task_block};
use crate::desk::frame::{self, Done};
use crate::desk::report::{draw::when, list_address};
use crate::error::Error;
use crate::extract::{Path, Query, Staff};
use crate::page;
use crate::state::AppState;

const DONE: [(&str, &str); 3] = [
    ("luu", "Đã lưu. Chưa gửi; Sở Tư pháp chưa đọc được."),
    (
        "gui",
        "Đã gửi Sở Tư pháp. Nội dung và số liệu được chốt cùng mã kiểm tra.",
    ),
    (
        "chinh-ly",
        "Đã mở bản chỉnh lý. Bản đã tiếp nhận vẫn có hiệu lực cho đến khi bản mới được tiếp nhận.",
    ),
];

/// `GET /quan-tri/{agency}/bao-cao-ke-hoach/{plan}/{year}`
///
/// # Errors
/// Where the plan does not ask this agency, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    staff: Staff,
    Path(at): Path<Address>,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let seen = report_at(&state, &staff, &at).await?;
    let mut shown = contribution_page(&state, &staff, &seen);
    shown.frame = shown.frame.with_notice(done.notice(&DONE));
    page::html(&shown)
}

/// Name of the field of a task.
pub(super) fn field_name(number: &str) -> String {
    format!("thuyet-minh-{number}")
}

/// What was sent in the fields of this kind, by number of the task.
pub(super) fn sent_in(pairs: &[(String, String)], prefix: &str) -> BTreeMap<String, String> {
    let fields = pairs.iter().filter_map(|(name, value)| {
        let number = name.strip_prefix(prefix)?;
        Some((number.to_owned(), value.clone()))
    });
    fields.collect()
}

pub(super) fn contribution_page(state: &AppState, staff: &Staff, seen: &View) -> ContributionPage {
    let here = address(staff.ctx.tenant(), &seen.plan.id, seen.year);
    let writes = seen.standing().is_open() && staff.ctx.could(Action::ReportFill);
    let (from, to) = seen.days;
    ContributionPage {
        frame: frame::staff(state, staff, "bieu"),
        list: Link::new("Biểu mẫu, báo cáo", list_address(staff.ctx.tenant())),
        plan: seen.plan.title.clone(),
        term: seen.plan.term_words(seen.year),
        state: standing_state(seen.standing()),
        counted: match seen.due {
            Some(due) => format!(
                "Số liệu từ sổ hoạt động, {} – {}; hạn gửi {}",
                dmy(from),
                dmy(to),
                dmy(due)
            ),
            None => format!("Số liệu từ sổ hoạt động, {} – {}", dmy(from), dmy(to)),
        },
        notices: seen.returned().map(returned).into_iter().collect(),
        errors: ErrorSummary::default(),
        tasks: seen.tasks.iter().map(|task| block(task, writes)).collect(),
        action: writes.then(|| here.clone()),
        figures: seen.figures.clone(),
        buttons: buttons(staff, seen),
        walk: seen.sent.iter().rev().flat_map(stations).collect(),
        facts: facts(seen),
        acts: acts(staff, seen, &here),
        links: Vec::new(),
    }
}

fn block(task: &SeenTask, writes: bool) -> TaskBlock {
    let read = task_block(&task.task, task.charge, &task.text, &task.figures);
    TaskBlock {
        field: writes.then(|| {
            let label = format!("Thuyết minh kết quả nhiệm vụ {}", task.task.number);
            Field {
                longest: u32::try_from(LONGEST).unwrap_or(0),
                ..Field::area(&field_name(&task.task.number), &label, 8)
            }
            .unmarked()
            .with_hint("Việc đã làm, kết quả, khó khăn. Mỗi dòng là một đoạn. Để trống thì báo cáo của tỉnh ghi là còn thiếu.")
            .with_value(task.text.clone())
        }),
        ..read
    }
}

fn returned(sent: &SentContribution) -> Notice {
    Notice::refused(
        format!("Sở Tư pháp trả lại bản {}.", sent.version),
        format!("{} Sửa, lưu rồi gửi lại.", sent.remark),
    )
}

fn buttons(staff: &Staff, seen: &View) -> Buttons {
    let mut buttons = Vec::new();
    if staff.ctx.could(Action::ReportSubmit) {
        buttons.push(Button::quiet("Lưu và gửi Sở Tư pháp", "gui"));
    }
    buttons.push(Button::primary("Lưu").with_act("luu"));
    let note = seen.draft.as_ref().map_or_else(
        || "Chưa lưu lần nào.".to_owned(),
        |draft| format!("{} lưu {}.", draft.by_name, when(draft.at)),
    );
    Buttons { note, buttons }
}

fn acts(staff: &Staff, seen: &View, here: &str) -> Vec<ReportAct> {
    if seen.standing() != Standing::Accepted || !staff.ctx.could(Action::ReportFill) {
        return Vec::new();
    }
    vec![ReportAct {
        title: "Chỉnh lý báo cáo đã tiếp nhận".into(),
        text: "Mở một bản mới; bản đã tiếp nhận vẫn có hiệu lực cho đến khi bản mới được tiếp nhận.".into(),
        action: Some(format!("{here}/chinh-ly")),
        hidden: vec![],
        fields: vec![Field::text("ly-do", "Lý do chỉnh lý")],
        button: "Mở bản chỉnh lý".into(),
    }]
}

/// What was sent, and what the province decided of it.
pub(crate) fn stations(sent: &SentContribution) -> Vec<Station> {
    let mut walk = vec![Station {
        who: sent.sent_name.clone(),
        what: format!("gửi bản {}", sent.version),
        note: String::new(),
        at: when(sent.sent_at),
    }];
    if let (Some(who), Some(at)) = (&sent.decided_name, sent.decided_at) {
        walk.push(Station {
            who: who.clone(),
            what: match sent.decision {
                Decision::Returned => format!("trả lại bản {}", sent.version),
                _ => format!("tiếp nhận bản {}", sent.version),
            },
            note: sent.remark.clone(),
            at: when(at),
        });
    }
    walk
}

fn facts(seen: &View) -> Vec<(String, String)> {
    let Some(sent) = seen.sent.first() else {
        return Vec::new();
    };
    vec![
        ("Bản".to_owned(), sent.version.to_string()),
        (
            "Người gửi".to_owned(),
            format!("{}, {}", sent.sent_name, when(sent.sent_at)),
        ),
        ("Vị trí sổ".to_owned(), sent.ledger_seq.to_string()),
        ("Mã kiểm tra".to_owned(), sent.hash.clone()),
    ]
}
