//! What waits for a person in one agency: items to approve, items sent back, drafts.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::article::Stage;
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::home::{Home, Task};
use pbgdpl_pages::part::{Empty, Link, State as Shown, Tone};
use pbgdpl_store::tenant::{ArticleFilter, ArticleSummary, TenantReader};
use pbgdpl_vietnamese::date;

use super::frame;
use crate::error::Error;
use crate::extract::Staff;
use crate::page;
use crate::state::AppState;

/// Most items of one kind shown here; the lists show all.
const MOST: u64 = 20;

/// `GET /quan-tri/{agency}`
///
/// # Errors
/// Where the store fails.
pub async fn show(State(state): State<AppState>, staff: Staff) -> Result<Response, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let (mut waiting, mut on_the_way) = (Vec::new(), Vec::new());
    for item in in_stage(&agency, Stage::Submitted, None).await? {
        let Some(whole) = agency.article(item.id).await? else {
            continue;
        };
        // Nobody approves what they touched (N-19): to them it is on its way at others.
        let touched = whole.contributors.contains(&staff.ctx.actor().account());
        if touched {
            on_the_way.push(task(
                &staff,
                &item,
                "Bài đã gửi",
                Shown::new(Tone::Wait, "chờ duyệt"),
            ));
        } else if staff.ctx.could(Action::ArticleApprove) {
            waiting.push(task(
                &staff,
                &item,
                "Duyệt bài",
                Shown::new(Tone::Wait, "chờ bạn duyệt"),
            ));
        }
    }
    if staff.ctx.could(Action::ArticleWrite) {
        let own = Some(staff.ctx.actor().account());
        for item in in_stage(&agency, Stage::Returned, own).await? {
            waiting.push(task(
                &staff,
                &item,
                "Sửa bài",
                Shown::new(Tone::Back, "bị trả lại"),
            ));
        }
        for item in in_stage(&agency, Stage::Draft, own).await? {
            waiting.push(task(
                &staff,
                &item,
                "Viết tiếp",
                Shown::new(Tone::Wait, "đang soạn"),
            ));
        }
    }
    let today = staff.today();
    page::html(&Home {
        frame: frame::staff(&state, &staff, ""),
        today: format!(
            "{}, {} · {} việc chờ bạn",
            date::weekday(today),
            date::dmy(today),
            waiting.len()
        ),
        waiting,
        on_the_way,
        empty: empty(&staff),
    })
}

async fn in_stage(
    agency: &TenantReader,
    stage: Stage,
    created_by: Option<pbgdpl_model::id::AccountId>,
) -> Result<Vec<ArticleSummary>, Error> {
    let filter = ArticleFilter {
        stage: Some(stage),
        kind: None,
        created_by,
    };
    Ok(agency.articles(filter, 1, MOST).await?.0)
}

fn task(staff: &Staff, item: &ArticleSummary, kind: &str, state: Shown) -> Task {
    Task {
        kind: kind.into(),
        title: item.title.clone(),
        href: format!("/quan-tri/{}/bai/{}", staff.ctx.tenant().slug(), item.id),
        detail: format!(
            "{} · bản {}, {}",
            item.kind.label(),
            item.latest_version,
            date::dmy(item.changed_at.day())
        ),
        state,
    }
}

fn empty(staff: &Staff) -> Empty {
    let base = format!("/quan-tri/{}", staff.ctx.tenant().slug());
    let places = [
        (Action::ArticleWrite, "Viết bài mới", "bai/moi"),
        (Action::ActivityWrite, "Ghi hoạt động", "hoat-dong/moi"),
        (Action::ArticleRead, "Xem bài và tài liệu", "bai"),
    ];
    let links = places
        .into_iter()
        .filter(|(action, _, _)| staff.ctx.could(*action));
    Empty {
        title: "Chưa có việc nào chờ bạn.".into(),
        text: "Bài gửi duyệt, bài bị trả lại và bài đang soạn của bạn sẽ hiện ở đây.".into(),
        links: links
            .map(|(_, label, path)| Link::new(label, format!("{base}/{path}")))
            .take(2)
            .collect(),
    }
}
