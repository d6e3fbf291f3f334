//! Audit logs: the province's own, and one agency's, whose reading is logged.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::audit::{Entry, NAME_GONE};
use pbgdpl_model::policy::Action;
use pbgdpl_pages::form::{Choice, Field};
use pbgdpl_pages::oversight::{LogEntry, LogPage, action_label, object_label};
use pbgdpl_pages::part::{Link, Pager};
use pbgdpl_province::oversight::audit_log::{self, PER_PAGE};
use pbgdpl_store::province::AuditFilter;
use pbgdpl_vietnamese::number;
use serde::Deserialize;

use crate::desk::frame;
use crate::error::Error;
use crate::extract::LAST_PAGE;
use crate::extract::{Officer, Query};
use crate::page;
use crate::province::agency::found;
use crate::state::AppState;

const HERE: &str = "/giam-sat/nhat-ky";

/// What to look for.
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Sought {
    /// Whose log; the province's own without one.
    pub co_quan: String,
    /// Part of the actor's name.
    pub ai: String,
    /// The action's word.
    pub viec: String,
    /// The kind of thing.
    pub doi_tuong: String,
    /// The number of the only entry: where an alarm leads to.
    pub muc: Option<i64>,
    /// The page, from 1.
    pub trang: Option<u64>,
}

/// `GET /giam-sat/nhat-ky?co-quan=&ai=&viec=&doi-tuong=&muc=&trang=`
///
/// # Errors
/// Where the auditor may not, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    officer: Officer,
    Query(sought): Query<Sought>,
) -> Result<Response, Error> {
    let filter = AuditFilter {
        actor: sought.ai.trim().to_owned(),
        action: sought.viec.clone(),
        object_kind: sought.doi_tuong.clone(),
        seq: sought.muc,
    };
    let page = sought.trang.unwrap_or(1).clamp(1, LAST_PAGE);
    let ctx = &officer.ctx;
    let (title, log) = if sought.co_quan.is_empty() {
        let log = audit_log::of_province(&state.province, ctx, &filter, page).await?;
        ("Nhật ký của tỉnh".to_owned(), log)
    } else {
        let agency = found(&officer, &sought.co_quan)?;
        let log = audit_log::of_agency(&state.province, ctx, agency, &filter, page).await?;
        let tenant = ctx.snapshot().by_id(agency).ok_or(Error::NotFound)?;
        (format!("Nhật ký của {}", tenant.short(ctx.now().day())), log)
    };
    page::html(&LogPage {
        frame: frame::officer(&state, &officer, HERE),
        title,
        count: format!("{} mục", number::grouped(i64::try_from(log.count).unwrap_or(0))),
        fields: fields(&officer, &sought),
        entries: log.entries.iter().map(entry).collect(),
        pager: Pager::new(address(&sought), page, log.count, PER_PAGE),
        verify: ctx
            .could(Action::AuditVerify)
            .then(|| Link::new("Kiểm chứng các chuỗi nhật ký", "/giam-sat/kiem-chung")),
        take: ctx.could(Action::AuditExport).then(|| {
            Link::new(
                "Xuất nhật ký, lập gói bằng chứng",
                format!("/giam-sat/nhat-ky/xuat?co-quan={}", sought.co_quan),
            )
        }),
        recorded: !sought.co_quan.is_empty(),
    })
}

/// The address of this search without its page.
fn address(sought: &Sought) -> String {
    let pairs = [
        ("co-quan", &sought.co_quan),
        ("ai", &sought.ai),
        ("viec", &sought.viec),
        ("doi-tuong", &sought.doi_tuong),
    ];
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        query.append_pair(name, value);
    }
    let query = query.finish();
    if query.is_empty() {
        HERE.to_owned()
    } else {
        format!("{HERE}?{query}")
    }
}

fn fields(officer: &Officer, sought: &Sought) -> Vec<Field> {
    let choice = |value: &str, label: &str| Choice {
        value: value.into(),
        label: label.into(),
        ..Choice::default()
    };
    let day = officer.ctx.now().day();
    let mut agencies: Vec<Choice> = officer
        .ctx
        .snapshot()
        .tenants()
        .map(|tenant| choice(tenant.slug(), tenant.short(day)))
        .collect();
    pbgdpl_vietnamese::sort_by_name(&mut agencies, |choice| &choice.label);
    let logs = std::iter::once(choice("", "Tỉnh")).chain(agencies).collect();
    let actions = Action::ALL
        .iter()
        .map(|action| choice(action.word(), &action_label(action.word())));
    let objects = OBJECTS.iter().map(|kind| choice(kind, object_label(kind)));
    let all = || std::iter::once(choice("", "Tất cả"));
    vec![
        Field::select("co-quan", "Nhật ký của", logs)
            .with_value(&sought.co_quan)
            .unmarked(),
        Field::text("ai", "Tên người làm")
            .with_value(&sought.ai)
            .unmarked(),
        Field::select("viec", "Việc", all().chain(actions).collect())
            .with_value(&sought.viec)
            .unmarked(),
        Field::select("doi-tuong", "Đối tượng", all().chain(objects).collect())
            .with_value(&sought.doi_tuong)
            .unmarked(),
    ]
}

const OBJECTS: [&str; 13] = [
    "agency",
    "member",
    "province",
    "ledger",
    "evidence",
    "audit",
    "report",
    "consolidation",
    "article",
    "activity",
    "media",
    "embed",
    "profile",
];

fn entry(entry: &Entry) -> LogEntry {
    let gone = entry.seal.is_some_and(|seal| seal.is_empty());
    LogEntry {
        seq: number::grouped(entry.seq),
        at: super::when(entry.at),
        actor: if gone {
            NAME_GONE.to_owned()
        } else {
            entry.actor_name.clone()
        },
        action: action_label(&entry.action),
        object: object_label(&entry.object_kind).to_owned(),
        reason: entry.reason.clone(),
        detail: entry.detail.clone(),
        hash: hex::encode(entry.hash),
    }
}
