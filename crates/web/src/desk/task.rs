//! "Việc của tôi": items to approve, items sent back, drafts; the chosen one open beside the list.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::article::{Article, Stage};
use pbgdpl_model::id::{AccountId, ArticleId};
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::article::Reading;
use pbgdpl_pages::desk::task::{TaskRow, Tasks};
use pbgdpl_pages::form::ErrorSummary;
use pbgdpl_pages::part::{Empty, Link, State as Shown, Tone};
use pbgdpl_store::tenant::{ArticleFilter, ArticleSummary, TenantReader};
use pbgdpl_vietnamese::date;
use serde::Deserialize;

use super::article::{address, list, list_address, reading, stage_state, when};
use super::frame::{self, Done};
use crate::error::Error;
use crate::extract::{Query, Staff};
use crate::page;
use crate::state::AppState;

/// Most items of one stage shown here; the list has them all.
const MOST: u64 = 20;

/// Which task is open.
#[derive(Debug, Default, Deserialize)]
pub struct Open {
    viec: Option<ArticleId>,
    xong: Option<String>,
}

/// One kind of thing that waits.
struct Waiting {
    kind: &'static str,
    word: &'static str,
    stage: Stage,
    items: Vec<ArticleSummary>,
    /// How many wait for this person; none where others are to act.
    total: u64,
}

/// `GET /quan-tri/{agency}`
///
/// # Errors
/// Where the store fails.
pub async fn show(
    State(state): State<AppState>,
    staff: Staff,
    Query(open): Query<Open>,
) -> Result<Response, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let waiting = waiting(&staff, &agency).await?;
    let first = waiting.iter().flat_map(|w| &w.items).map(|item| item.id).next();
    let chosen = open
        .viec
        .filter(|id| waiting.iter().flat_map(|w| &w.items).any(|item| item.id == *id))
        .or(first);
    let total: u64 = waiting.iter().map(|w| w.total).sum();
    let base = list_address(staff.ctx.tenant());
    let more = waiting.iter().filter(|w| w.total > MOST).map(|w| {
        Link::new(
            format!("{}: xem cả {}", w.kind, w.total),
            list::narrowed(&base, Some(w.stage), None),
        )
    });
    let mut frame =
        frame::staff(&state, &staff, "").with_notice(Done { xong: open.xong }.notice(&reading::DONE));
    let home = frame.home.clone();
    for place in frame.groups.iter_mut().flat_map(|group| &mut group.places) {
        if place.href == home {
            place.count = Some(total).filter(|total| *total > 0);
        }
    }
    let today = staff.today();
    page::html(&Tasks {
        frame,
        today: format!(
            "{}, {} · {total} việc chờ bạn",
            date::weekday(today),
            date::dmy(today)
        ),
        rows: rows(&staff, &waiting, chosen),
        more: more.collect(),
        errors: ErrorSummary::default(),
        open: opened(&state, &staff, &agency, chosen).await?,
        empty: empty(&staff),
    })
}

/// What waits for this person, and what they sent that waits for others: nobody approves what they touched (N-19).
async fn waiting(staff: &Staff, agency: &TenantReader) -> Result<Vec<Waiting>, Error> {
    let decides = staff.ctx.could(Action::ArticleApprove) || staff.ctx.could(Action::ArticleReturn);
    let writes = staff.ctx.could(Action::ArticleWrite);
    let (mut to_decide, mut sent) = (Vec::new(), Vec::new());
    let (items, total) = if decides || writes {
        in_stage(agency, Stage::Submitted, None).await?
    } else {
        (Vec::new(), 0)
    };
    for item in items {
        let Some(whole) = agency.article(item.id).await? else {
            continue;
        };
        if touched(&whole, staff) {
            sent.push(item);
        } else if decides {
            to_decide.push(item);
        }
    }
    let left = total.saturating_sub(u64::try_from(sent.len()).unwrap_or(0));
    let mut all = vec![Waiting {
        kind: "Duyệt bài",
        word: "chờ bạn duyệt",
        stage: Stage::Submitted,
        items: to_decide,
        total: if decides { left } else { 0 },
    }];
    let own = Some(staff.ctx.actor().account());
    for (kind, word, stage) in [
        ("Sửa bài", "bị trả lại", Stage::Returned),
        ("Viết tiếp", "đang soạn", Stage::Draft),
    ] {
        if writes {
            let (items, total) = in_stage(agency, stage, own).await?;
            all.push(Waiting {
                kind,
                word,
                stage,
                items,
                total,
            });
        }
    }
    all.push(Waiting {
        kind: "Bài đã gửi",
        word: "chờ người khác duyệt",
        stage: Stage::Submitted,
        items: sent,
        total: 0,
    });
    Ok(all)
}

fn touched(item: &Article, staff: &Staff) -> bool {
    item.contributors.contains(&staff.ctx.actor().account())
}

async fn in_stage(
    agency: &TenantReader,
    stage: Stage,
    created_by: Option<AccountId>,
) -> Result<(Vec<ArticleSummary>, u64), Error> {
    let filter = ArticleFilter {
        stage: Some(stage),
        kind: None,
        created_by,
    };
    Ok(agency.articles(filter, 1, MOST).await?)
}

fn rows(staff: &Staff, waiting: &[Waiting], chosen: Option<ArticleId>) -> Vec<TaskRow> {
    let home = format!("/quan-tri/{}", staff.ctx.tenant().slug());
    let each = waiting
        .iter()
        .flat_map(|w| w.items.iter().map(move |item| (w, item)));
    each.map(|(waiting, item)| TaskRow {
        kind: waiting.kind.into(),
        state: Shown {
            word: waiting.word.into(),
            tone: match (waiting.total, waiting.stage) {
                (0, _) => Tone::Wait,
                (_, stage) => stage_state(stage).tone,
            },
        },
        title: item.title.clone(),
        detail: format!(
            "{} · bản {}, {}",
            item.kind.label(),
            item.latest_version,
            when(item.changed_at)
        ),
        href: format!("{home}?viec={}#viec", item.id),
        current: chosen == Some(item.id),
    })
    .collect()
}

async fn opened(
    state: &AppState,
    staff: &Staff,
    agency: &TenantReader,
    chosen: Option<ArticleId>,
) -> Result<Option<Reading>, Error> {
    let Some(id) = chosen else {
        return Ok(None);
    };
    let Some(item) = agency.article(id).await? else {
        return Ok(None);
    };
    let Some(version) = agency.article_version(id, item.latest_version).await? else {
        return Ok(None);
    };
    let mut reading = reading::gather(state, staff, agency, &item, &version).await?;
    reading
        .links
        .insert(0, Link::new("Mở riêng bài này", address(staff.ctx.tenant(), id)));
    Ok(Some(reading))
}

fn empty(staff: &Staff) -> Empty {
    let base = format!("/quan-tri/{}", staff.ctx.tenant().slug());
    let places = [
        (Action::ArticleWrite, "Viết bài mới", "bai/moi?loai=tin"),
        (Action::ActivityWrite, "Ghi hoạt động", "hoat-dong/moi"),
        (Action::ArticleRead, "Xem bài và tài liệu", "bai"),
    ];
    let may = places
        .into_iter()
        .filter(|(action, _, _)| staff.ctx.could(*action));
    Empty {
        title: "Chưa có việc nào chờ bạn.".into(),
        text: "Bài chờ duyệt, bài bị trả lại và bài đang soạn của bạn hiện ở đây.".into(),
        links: may
            .map(|(_, label, path)| Link::new(label, format!("{base}/{path}")))
            .take(2)
            .collect(),
    }
}
