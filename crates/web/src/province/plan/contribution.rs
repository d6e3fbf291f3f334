//! One contribution: read, accepted, returned.

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::plan::TaskBlock;
use pbgdpl_pages::desk::report::ReportAct;
use pbgdpl_pages::form::{ErrorSummary, Field};
use pbgdpl_pages::part::Link;
use pbgdpl_pages::province::plan::SentPage;
use pbgdpl_province::plan::accept::accept as accepting;
use pbgdpl_province::plan::contribution::{Reading, contribution};
use pbgdpl_province::plan::send_back::send_back as returning;
use pbgdpl_store::province::Decision;
use pbgdpl_vietnamese::date::dmy;
use serde::Deserialize;

use super::address;
use crate::desk::frame::{self, Done};
use crate::desk::plan::show::stations;
use crate::desk::plan::{standing_state, task_block};
use crate::desk::report::draw::{other_versions, when};
use crate::error::Error;
use crate::extract::{Form, Officer, Path, Query};
use crate::page;
use crate::province::report::agency;
use crate::state::AppState;

/// Plan, year, agency.
pub type Address = (String, i32, String);

const DONE: [(&str, &str); 2] = [
    (
        "tiep-nhan",
        "Đã tiếp nhận. Thuyết minh có trong báo cáo của tỉnh.",
    ),
    ("tra-lai", "Đã trả lại. Cơ quan thấy ý kiến khi mở báo cáo."),
];

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
    #[serde(rename = "y-kien")]
    remark: String,
}

/// `GET /tinh/ke-hoach/{plan}/{year}/co-quan/{agency}?ban=`
///
/// # Errors
/// Where there is none, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path(at): Path<Address>,
    Query(which): Query<Which>,
) -> Result<Response, Error> {
    let mut shown = sent_page(&state, &officer, &at, which.ban).await?;
    shown.frame = shown.frame.with_notice(Done { xong: which.xong }.notice(&DONE));
    page::html(&shown)
}

/// `POST /tinh/ke-hoach/{plan}/{year}/co-quan/{agency}/tiep-nhan`
///
/// # Errors
/// What the act refuses.
pub async fn accept(
    State(state): State<AppState>,
    officer: Officer,
    Path((plan, year, slug)): Path<Address>,
    Form(decided): Form<Decided>,
) -> Result<Response, Error> {
    let tenant = agency(&officer, &slug)?;
    accepting(
        &state.province,
        &officer.ctx,
        tenant.id(),
        (&plan, year),
        decided.ban,
    )
    .await?;
    Ok(page::go(&format!(
        "{}/co-quan/{slug}?xong=tiep-nhan",
        address(&plan, year)
    )))
}

/// `POST /tinh/ke-hoach/{plan}/{year}/co-quan/{agency}/tra-lai`
///
/// # Errors
/// What the act refuses.
pub async fn send_back(
    State(state): State<AppState>,
    officer: Officer,
    Path(at): Path<Address>,
    Form(decided): Form<Decided>,
) -> Result<Response, Error> {
    let (plan, year, slug) = &at;
    let tenant = agency(&officer, slug)?;
    let of = (plan.as_str(), *year);
    let done = returning(
        &state.province,
        &officer.ctx,
        tenant.id(),
        of,
        decided.ban,
        &decided.remark,
    )
    .await;
    let (status, why) = match done {
        Ok(()) => {
            return Ok(page::go(&format!(
                "{}/co-quan/{slug}?xong=tra-lai",
                address(plan, *year)
            )));
        }
        Err(pbgdpl_province::Error::Invalid { reason, .. }) => (StatusCode::UNPROCESSABLE_ENTITY, reason),
        Err(pbgdpl_province::Error::Stale) => (
            StatusCode::CONFLICT,
            "báo cáo đã có bản mới hoặc đã được xử lý trong lúc bạn viết; đọc lại rồi làm lại nếu còn cần"
                .to_owned(),
        ),
        Err(other) => return Err(other.into()),
    };
    let mut shown = sent_page(&state, &officer, &at, None).await?;
    for there in shown.acts.iter_mut().flat_map(|act| &mut act.fields) {
        there.value.clone_from(&decided.remark);
        there.error = Some(why.clone());
    }
    shown.errors = ErrorSummary::of("Chưa trả lại được", shown.acts.iter().flat_map(|act| &act.fields));
    page::html_with(status, &shown)
}

async fn sent_page(
    state: &AppState,
    officer: &Officer,
    (plan, year, slug): &Address,
    version: Option<i32>,
) -> Result<SentPage, Error> {
    let tenant = agency(officer, slug)?;
    let of = (plan.as_str(), *year);
    let reading = contribution(&state.province, &officer.ctx, tenant.id(), of, version).await?;
    let here = format!("{}/co-quan/{slug}", address(plan, *year));
    let sent = &reading.sent;
    let term = reading.plan.term_words(*year);
    Ok(SentPage {
        frame: frame::officer(state, officer, "/tinh/ke-hoach"),
        back: Link::new(format!("Báo cáo kết quả {term}"), address(plan, *year)),
        agency: reading.body.agency.name.clone(),
        plan: format!("{}, {term}", reading.plan.title),
        state: standing_state(sent.stands().1),
        errors: ErrorSummary::default(),
        tasks: tasks(&reading),
        facts: facts(&reading),
        versions: reading.versions.iter().rev().flat_map(stations).collect(),
        acts: acts(officer, &reading, &here),
        links: other_versions(
            &here,
            reading.versions.iter().map(|other| other.version),
            sent.version,
        ),
    })
}

fn tasks(reading: &Reading) -> Vec<TaskBlock> {
    let blocks = reading.body.tasks.iter().filter_map(|result| {
        let task = reading.plan.task(&result.number)?;
        Some(task_block(task, result.charge, &result.text, &result.figures))
    });
    blocks.collect()
}

fn facts(reading: &Reading) -> Vec<(String, String)> {
    let (sent, body) = (&reading.sent, &reading.body);
    let mut facts = vec![
        ("Bản".to_owned(), sent.version.to_string()),
        (
            "Số liệu".to_owned(),
            format!("{} – {}", dmy(body.from), dmy(body.to)),
        ),
        ("Vị trí sổ".to_owned(), sent.ledger_seq.to_string()),
        (
            "Người gửi".to_owned(),
            format!("{}, {}", sent.sent_name, when(sent.sent_at)),
        ),
        ("Mã kiểm tra".to_owned(), sent.hash.clone()),
    ];
    if !reading.intact {
        facts.push((
            "Cảnh báo".to_owned(),
            "Nội dung không khớp mã kiểm tra; không tiếp nhận, báo ngay cho người vận hành.".to_owned(),
        ));
    }
    if let Some(amends) = &body.amends {
        facts.push((
            format!("Thay bản {}", amends.version),
            format!("Lý do: {}", amends.reason),
        ));
    }
    facts
}

fn acts(officer: &Officer, reading: &Reading, here: &str) -> Vec<ReportAct> {
    let sent = &reading.sent;
    let newest = reading.versions.first().map(|newest| newest.version);
    let mut acts = Vec::new();
    if newest != Some(sent.version) {
        return acts;
    }
    let version = vec![("ban".to_owned(), sent.version.to_string())];
    if sent.decision == Decision::Waiting && reading.intact && officer.ctx.could(Action::ReportAccept) {
        acts.push(ReportAct {
            title: "Tiếp nhận".into(),
            text: "Thuyết minh của cơ quan được đưa vào báo cáo của tỉnh, theo từng nhiệm vụ.".into(),
            action: Some(format!("{here}/tiep-nhan")),
            hidden: version.clone(),
            fields: vec![],
            button: "Tiếp nhận".into(),
        });
    }
    if sent.decision != Decision::Returned && officer.ctx.could(Action::ReportReturn) {
        acts.push(ReportAct {
            title: "Trả lại".into(),
            text: "Cơ quan sửa và gửi bản mới; báo cáo đã chốt của tỉnh không đổi.".into(),
            action: Some(format!("{here}/tra-lai")),
            hidden: version,
            fields: vec![
                Field::area("y-kien", "Ý kiến", 3).with_hint("Nhiệm vụ nào cần sửa hoặc bổ sung, vì sao."),
            ],
            button: "Trả lại".into(),
        });
    }
    acts
}
