//! Alarms on odd acts: read by auditors and administrators, answered on the province's desk (an auditor writes nothing).

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use http::StatusCode;
use pbgdpl_model::alarm::{Alarm, Fact, Of, Pattern, Rule};
use pbgdpl_model::id::{AccountId, AlarmId};
use pbgdpl_model::policy::Action;
use pbgdpl_pages::form::{ErrorSummary, Field};
use pbgdpl_pages::oversight::{AlarmPage, AlarmsPage, RuleLine, action_label};
use pbgdpl_pages::part::{Cell, Column, Link, Pager, Row, State as Shape, Table, Tone};
use pbgdpl_province::alarm::answer::answer as answering;
use pbgdpl_province::alarm::list::{ENTRIES, PER_PAGE, Read, list, one};
use pbgdpl_vietnamese::number;
use serde::Deserialize;

use super::when;
use crate::desk::frame::{self, Done};
use crate::error::Error;
use crate::extract::{Form, LAST_PAGE, Officer, Path, Query};
use crate::page;
use crate::state::AppState;

const HERE: &str = "/giam-sat/canh-bao";
const DONE: [(&str, &str); 1] = [("tra-loi", "Đã ghi lại.")];

/// Which page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Turned {
    trang: Option<u64>,
}

impl Turned {
    fn page(&self) -> u64 {
        self.trang.unwrap_or(1).clamp(1, LAST_PAGE)
    }
}

/// What somebody found.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Said {
    #[serde(rename = "ghi-chu")]
    note: String,
}

/// `GET /giam-sat/canh-bao?trang=`
///
/// # Errors
/// Where the officer may not, or the store fails.
pub async fn all(
    State(state): State<AppState>,
    officer: Officer,
    Query(turned): Query<Turned>,
) -> Result<Response, Error> {
    let page = turned.page();
    let found = list(&state.province, &officer.ctx, page).await?;
    let rows = found.alarms.iter().map(|alarm| Row {
        cells: vec![
            Cell::link(&alarm.title, format!("{HERE}/{}", alarm.id)),
            people(&alarm.about, &found.names).into(),
            when(alarm.first_at).into(),
            Cell::state(state_of(alarm)),
        ],
    });
    let open = number::grouped(i64::try_from(found.open).unwrap_or(i64::MAX));
    page::html(&AlarmsPage {
        frame: frame::officer(&state, &officer, HERE),
        open: format!("{open} chưa có trả lời"),
        looked: found.looked_at.map_or_else(
            || "Chưa xem lần nào.".to_owned(),
            |at| format!("Xem lần gần nhất lúc {}.", when(at)),
        ),
        table: Table {
            caption: "Cảnh báo, chưa có trả lời trước".into(),
            caption_hidden: true,
            columns: ["Cảnh báo", "Liên quan đến", "Từ lúc", "Tình trạng"]
                .map(Column::words)
                .into(),
            rows: rows.collect(),
            total: None,
        },
        pager: Pager::new(HERE, page, found.count, PER_PAGE),
        rules: found.rules.iter().map(in_words).collect(),
    })
}

/// `GET /giam-sat/canh-bao/{alarm}?trang=`
///
/// # Errors
/// Where there is none, the officer may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Path(id): Path<AlarmId>,
    Query(turned): Query<Turned>,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let read = one(&state.province, &officer.ctx, id, turned.page()).await?;
    let mut shown = alarm_page(&state, &officer, &read, turned.page(), None);
    shown.frame = shown.frame.with_notice(done.notice(&DONE));
    page::html(&shown)
}

/// `POST /tinh/canh-bao/{alarm}/tra-loi`
///
/// # Errors
/// What the act refuses.
pub async fn answer(
    State(state): State<AppState>,
    officer: Officer,
    Path(id): Path<AlarmId>,
    Form(said): Form<Said>,
) -> Result<Response, Error> {
    match answering(&state.province, &officer.ctx, id, &said.note).await {
        Ok(()) => Ok(page::go(&format!("{HERE}/{id}?xong=tra-loi"))),
        Err(pbgdpl_province::Error::Invalid { reason, .. }) => {
            let read = one(&state.province, &officer.ctx, id, 1).await?;
            let again = alarm_page(&state, &officer, &read, 1, Some((&said.note, &reason)));
            page::html_with(StatusCode::UNPROCESSABLE_ENTITY, &again)
        }
        Err(error) => Err(error.into()),
    }
}

fn alarm_page(
    state: &AppState,
    officer: &Officer,
    read: &Read,
    page: u64,
    wrong: Option<(&str, &str)>,
) -> AlarmPage {
    let alarm = &read.alarm;
    let (typed, error) = wrong.unzip();
    let note = Field::area("ghi-chu", "Đã hỏi ai, thấy gì, đã làm gì", 5)
        .with_value(typed.unwrap_or_default())
        .with_error(error);
    let may = officer.ctx.may(Action::AlarmAnswer, alarm);
    let barred = if alarm.about.contains(&officer.ctx.actor().account()) {
        "Cảnh báo này có liên quan đến bạn nên người khác trả lời."
    } else {
        "Chưa có trả lời. Quản trị cấp tỉnh không có liên quan ghi lại ở đây."
    };
    let rows = read.entries.iter().map(|fact| Row {
        cells: vec![
            when(fact.at).into(),
            name(fact.actor, &read.names).into(),
            match fact.count {
                1 => action_label(&fact.action),
                count if fact.action == Action::AuditExport.word() => {
                    format!("{} ({count} chuỗi)", action_label(&fact.action))
                }
                count => format!("{} ({count} lần)", action_label(&fact.action)),
            }
            .into(),
            fact.person
                .map_or_else(|| "–".to_owned(), |person| name(person, &read.names))
                .into(),
            place(officer, fact),
        ],
    });
    AlarmPage {
        frame: frame::officer(state, officer, HERE),
        list: Link::new("Cảnh báo", HERE),
        title: alarm.title.clone(),
        state: state_of(alarm),
        about: people(&alarm.about, &read.names),
        span: format!("từ {} đến {}", when(alarm.first_at), when(alarm.last_at)),
        raised: when(alarm.raised_at),
        advice: read
            .rule
            .as_ref()
            .map(|rule| rule.advice.clone())
            .unwrap_or_default(),
        entries: Table {
            caption: "Các mục nhật ký đã gây ra cảnh báo, cũ trước".into(),
            caption_hidden: true,
            columns: ["Lúc", "Ai", "Việc", "Đối với", "Ở đâu"]
                .map(Column::words)
                .into(),
            rows: rows.collect(),
            total: None,
        },
        pager: Pager::new(format!("{HERE}/{}", alarm.id), page, read.count, ENTRIES),
        answer: alarm.answer.as_ref().map(|answer| {
            let who = format!("{}, {}", answer.by_name, when(answer.at));
            (who, answer.note.clone())
        }),
        barred: if may { String::new() } else { barred.to_owned() },
        action: if may {
            format!("/tinh/canh-bao/{}/tra-loi", alarm.id)
        } else {
            String::new()
        },
        errors: if wrong.is_some() {
            ErrorSummary::of("Chưa ghi được", [&note])
        } else {
            ErrorSummary::default()
        },
        fields: vec![note],
    }
}

fn state_of(alarm: &Alarm) -> Shape {
    match &alarm.answer {
        None => Shape::new(Tone::Late, "chưa có trả lời"),
        Some(_) => Shape::new(Tone::Ok, "đã trả lời"),
    }
}

fn name(id: AccountId, names: &BTreeMap<AccountId, String>) -> String {
    if id.0.is_nil() {
        return "Hệ thống".to_owned();
    }
    let known = names.get(&id);
    known.map_or_else(|| format!("tài khoản {id}"), Clone::clone)
}

fn people(about: &[AccountId], names: &BTreeMap<AccountId, String>) -> String {
    let names: Vec<String> = about.iter().map(|id| name(*id, names)).collect();
    names.join(", ")
}

/// The chain and the entry; a link for whoever may read that log.
fn place(officer: &Officer, fact: &Fact) -> Cell {
    let seq = number::grouped(fact.seq);
    let tenant = fact.chain.parse().ok();
    let tenant = tenant.and_then(|id| officer.ctx.snapshot().by_id(id));
    let (label, address) = match (&tenant, fact.chain.as_str()) {
        (Some(tenant), _) => (
            format!("{}, mục {seq}", tenant.short(officer.ctx.now().day())),
            Some(format!("co-quan={}&muc={}", tenant.slug(), fact.seq)),
        ),
        (None, "province") => (format!("Tỉnh, mục {seq}"), Some(format!("muc={}", fact.seq))),
        (None, _) => (format!("Tài khoản, mục {seq}"), None),
    };
    match address.filter(|_| officer.ctx.could(Action::AuditRead)) {
        Some(address) => Cell::link(label, format!("/giam-sat/nhat-ky?{address}")),
        None => label.into(),
    }
}

/// "từ 20 lần trong 7 giờ, của một người, từ 22:00 đến trước 05:00".
fn in_words(rule: &Rule) -> RuleLine {
    let of = match rule.of {
        Of::Actor => "của một người",
        Of::Object => "đối với một tài khoản",
    };
    let within = match (rule.within_minutes, rule.within_minutes % 60) {
        (minutes, 0) if minutes >= 120 => format!("{} giờ", minutes / 60),
        (minutes, _) => format!("{minutes} phút"),
    };
    let labels = |acts: &[String]| {
        acts.iter()
            .map(|act| action_label(act))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut limit = match rule.pattern {
        Pattern::Many => format!(
            "{}: từ {} lần trong {within}, {of}",
            labels(&rule.acts),
            rule.at_least.unwrap_or_default()
        ),
        Pattern::Then => format!(
            "{}, rồi trong {within}: {}; {of}",
            labels(&rule.acts),
            labels(&rule.then)
        ),
    };
    if let Some(hours) = rule.hours {
        let hours = hours.to_string();
        let (from, to) = hours.split_once('-').unwrap_or_default();
        limit.push_str(&format!(", từ {from} đến trước {to}"));
    }
    RuleLine {
        title: rule.title.clone(),
        limit,
    }
}
