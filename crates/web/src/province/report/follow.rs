//! Who has sent, who is late, who is missing; who asks for more time; several accepted at once.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::policy::Action;
use pbgdpl_model::report::Span;
use pbgdpl_pages::desk::report::ReportAct;
use pbgdpl_pages::form::{Choice, Field};
use pbgdpl_pages::part::{Cell, Column, Empty, Link, Row, State as Shape, Table, Tone};
use pbgdpl_pages::province::report::{ReportFollowing, Tally};
use pbgdpl_province::report::Term;
use pbgdpl_province::report::accept::accept_all;
use pbgdpl_province::report::follow::{Followed, Following, Standing, follow, present};
use pbgdpl_vietnamese::date::dmy;
use pbgdpl_vietnamese::number::grouped;
use serde::Deserialize;

use super::{agency, list_address, sum_address, term};
use crate::desk::frame::{self, Done};
use crate::error::Error;
use crate::extract::{Form, Officer, Path, Query};
use crate::page;
use crate::state::AppState;

const DONE: [(&str, &str); 1] = [(
    "tiep-nhan",
    "Đã tiếp nhận các báo cáo đã chọn. Số liệu được đưa vào bản tổng hợp lần tới.",
)];

/// `GET /tinh/bao-cao`: leads to the collection and the period that are being collected now.
///
/// # Errors
/// Where no form is asked, or the store fails.
pub async fn now(State(state): State<AppState>, officer: Officer) -> Result<Response, Error> {
    let (form, term) = present(&state.province, &officer.ctx).await?;
    Ok(page::go(&list_address(&form, term)))
}

/// `GET /tinh/bao-cao/{form}/{period}/{year}`
///
/// # Errors
/// Where there is no such period, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path((form, period, year)): Path<(String, String, i32)>,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let term = term(&period, year)?;
    let following = follow(&state.province, &officer.ctx, &form, term).await?;
    let sum = Some(&following.form).filter(|form| !form.consolidates.is_empty());
    page::html(&ReportFollowing {
        frame: frame::officer(&state, &officer, "/tinh/bao-cao").with_notice(done.notice(&DONE)),
        period: following.span.title(),
        form: format!("{}, {}", following.form.code, following.form.title),
        collections: collections(&following, term),
        answer: answer(&following),
        periods: periods(&following, term),
        tallies: tallies(&following),
        empty: following.agencies.is_empty().then(|| Empty {
            title: "Không có cơ quan nào phải gửi báo cáo kỳ này.".into(),
            text: "Cơ quan phải báo cáo là cơ quan có tên vào ngày cuối kỳ và có dòng trong biểu của tỉnh."
                .into(),
            links: vec![],
        }),
        askings: askings(&following, term),
        acts: accept_act(&officer, &following, term).into_iter().collect(),
        links: Vec::new(),
        consolidation: sum.map(|form| {
            Link::new(
                format!("Mở bản tổng hợp {}", form.code),
                sum_address(&form.id, term),
            )
        }),
        table: table(&following, term),
    })
}

fn answer(following: &Following) -> String {
    let all = following.agencies.len();
    let count = |standing| {
        following
            .agencies
            .iter()
            .filter(|a| a.standing == standing)
            .count()
    };
    let late = count(Standing::Overdue);
    let open = late + count(Standing::Missing) + count(Standing::Returned);
    format!(
        "{all} báo cáo phải có: {} đã gửi, {open} chưa có bản dùng được, trong đó {late} quá hạn.",
        all - open
    )
}

fn tallies(following: &Following) -> Vec<Tally> {
    [
        Standing::Overdue,
        Standing::Returned,
        Standing::Waiting,
        Standing::Missing,
        Standing::Accepted,
    ]
    .into_iter()
    .map(|standing| Tally {
        state: shape(standing),
        count: following
            .agencies
            .iter()
            .filter(|a| a.standing == standing)
            .count(),
    })
    .filter(|tally| tally.count > 0)
    .collect()
}

pub(super) fn shape(standing: Standing) -> Shape {
    let tone = match standing {
        Standing::Overdue => Tone::Late,
        Standing::Returned => Tone::Back,
        Standing::Waiting => Tone::Wait,
        Standing::Missing => Tone::Soon,
        Standing::Accepted => Tone::Ok,
    };
    Shape::new(tone, standing.label())
}

fn periods(following: &Following, term: Term) -> Vec<Link> {
    let years = [term.year - 1, term.year, term.year + 1];
    let mut links = Vec::new();
    for year in years {
        for kind in following.forms.kinds_of(year) {
            let other = Term { kind, year };
            let span = following.forms.span(kind, year).filter(|_| other != term);
            let asked = |span: &Span| following.forms.collection_of(&following.form.id, span).is_some();
            if let Some(span) = span.filter(asked) {
                links.push(Link::new(span.title(), list_address(&following.form.id, other)));
            }
        }
    }
    links
}

/// The other collections of the period.
fn collections(following: &Following, term: Term) -> Vec<Link> {
    following
        .forms
        .collections(&following.span)
        .filter(|form| form.id != following.form.id)
        .map(|form| {
            Link::new(
                format!("Biểu {}: {}", form.family(), form.title),
                list_address(&form.id, term),
            )
        })
        .collect()
}

fn table(following: &Following, term: Term) -> Table {
    Table {
        caption: format!("Báo cáo {}: cơ quan cần nhắc ở trên", following.span.title()),
        caption_hidden: true,
        columns: vec![
            Column::words("Cơ quan"),
            Column::words("Tình trạng"),
            Column::words("Biểu"),
            Column::words("Hạn"),
            Column::words("Gửi ngày"),
            Column::figures("Trễ (ngày)"),
            Column::figures("Khai đủ"),
            Column::figures("Truy được nguồn"),
        ],
        rows: following
            .agencies
            .iter()
            .map(|agency| row(agency, term))
            .collect(),
        total: None,
    }
}

fn row(agency: &Followed, term: Term) -> Row {
    let name = match &agency.newest {
        Some(_) => Cell::link(
            agency.name.clone(),
            format!("{}/{}", list_address(&agency.form, term), agency.slug),
        ),
        None => agency.name.clone().into(),
    };
    let dash = || "–".to_owned();
    let sent = agency.newest.as_ref().map_or_else(dash, |sent| {
        format!("{}, bản {}", dmy(sent.submitted_at.day()), sent.version)
    });
    Row {
        cells: vec![
            name,
            Cell::state(shape(agency.standing)),
            agency.form.clone().into(),
            due_words(agency).into(),
            sent.into(),
            if agency.days_late > 0 {
                grouped(agency.days_late)
            } else {
                dash()
            }
            .into(),
            percent(agency.complete.and_then(|complete| complete.declared())).into(),
            percent(agency.complete.and_then(|complete| complete.derived())).into(),
        ],
    }
}

/// "82 %"; a dash where nothing is asked, or nothing was sent.
pub(super) fn percent(share: Option<u32>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{share} %"))
}

/// The last day to send, and until when it was extended.
fn due_words(agency: &Followed) -> String {
    let due = agency.due.map_or_else(|| "–".to_owned(), dmy);
    let granted = agency
        .extensions
        .iter()
        .filter_map(|asked| asked.answer.as_ref()?.until);
    match granted.max() {
        Some(until) => format!("{due}, gia hạn đến {}", dmy(until)),
        None => due,
    }
}

/// What agencies asked for more time: waiting, granted, refused.
fn askings(following: &Following, term: Term) -> Vec<Link> {
    let mut links = Vec::new();
    for agency in &following.agencies {
        links.extend(agency.extensions.iter().map(|asked| {
            let answer = match &asked.answer {
                None => "chờ trả lời".to_owned(),
                Some(answer) => answer.until.map_or_else(
                    || "không đồng ý".to_owned(),
                    |until| format!("đồng ý đến hết ngày {}", dmy(until)),
                ),
            };
            Link::new(
                format!(
                    "{}: xin đến hết ngày {}; {answer}",
                    agency.name,
                    dmy(asked.wanted_until)
                ),
                format!("{}/{}/gia-han", list_address(&agency.form, term), agency.slug),
            )
        }));
    }
    links
}

/// Accepts several reports at once (REP-10). Nothing is chosen beforehand: each was read by somebody, or was not.
fn accept_act(officer: &Officer, following: &Following, term: Term) -> Option<ReportAct> {
    let choice = |agency: &Followed| {
        let sent = agency.newest.as_ref()?;
        let complete = agency.complete.unwrap_or_default();
        Some(Choice {
            value: format!("{}/{}/{}", agency.form, agency.slug, sent.version),
            label: format!("{}, bản {}", agency.name, sent.version),
            hint: format!(
                "Khai đủ {}, truy được nguồn {}{}",
                percent(complete.declared()),
                percent(complete.derived()),
                if sent.late { "; gửi sau hạn" } else { "" }
            ),
            chosen: false,
        })
    };
    let waiting = following
        .agencies
        .iter()
        .filter(|agency| agency.standing == Standing::Waiting);
    let choices: Vec<Choice> = waiting.filter_map(choice).collect();
    (!choices.is_empty() && officer.ctx.could(Action::ReportAccept)).then(|| ReportAct {
        title: "Tiếp nhận nhiều báo cáo một lần".into(),
        text: "Đọc từng báo cáo ở bảng trên, rồi đánh dấu những báo cáo tiếp nhận. Được tiếp nhận cùng một lúc: tất cả, hoặc không báo cáo nào nếu có bản đã đổi."
            .into(),
        action: Some(format!("{}/tiep-nhan", list_address(&following.form.id, term))),
        hidden: vec![],
        fields: vec![Field::boxes("chon", "Báo cáo chờ tiếp nhận", choices)],
        button: "Tiếp nhận các báo cáo đã chọn".into(),
    })
}

/// Which reports were chosen.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Chosen {
    chon: Vec<String>,
}

/// `POST /tinh/bao-cao/{form}/{period}/{year}/tiep-nhan`
///
/// # Errors
/// What the act refuses; nothing is accepted then.
pub async fn accept(
    State(state): State<AppState>,
    officer: Officer,
    Path((form, period, year)): Path<(String, String, i32)>,
    Form(chosen): Form<Chosen>,
) -> Result<Response, Error> {
    let term = term(&period, year)?;
    let mut read = Vec::new();
    for choice in &chosen.chon {
        let parts: Vec<&str> = choice.split('/').collect();
        let [form, slug, version] = parts.as_slice() else {
            return Err(Error::Invalid("chon", "Chọn báo cáo trong danh sách.".into()));
        };
        let version = version.parse().map_err(|_| Error::NotFound)?;
        read.push((agency(&officer, slug)?.id(), (*form).to_owned(), version));
    }
    if read.is_empty() {
        return Err(Error::Invalid(
            "chon",
            "Chưa chọn báo cáo nào. Quay lại và đánh dấu ít nhất một báo cáo.".into(),
        ));
    }
    match accept_all(&state.province, &officer.ctx, term, &read).await {
        Err(pbgdpl_province::Error::Stale) => Err(Error::Conflict(
            "Một báo cáo đã có bản mới hoặc đã được xử lý sau khi bạn đọc, nên chưa tiếp nhận báo cáo nào. Mở lại danh sách rồi chọn lại."
                .into(),
        )),
        Err(other) => Err(other.into()),
        Ok(()) => Ok(page::go(&format!("{}?xong=tiep-nhan", list_address(&form, term)))),
    }
}
