//! The items of an agency, by stage and kind, last changed first.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::article::{Kind, Stage};
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::article::{ArticleList, Tab};
use pbgdpl_pages::part::{Cell, Column, Empty, Link, Pager, Row, Table};
use pbgdpl_store::tenant::{ArticleFilter, ArticleSummary};
use pbgdpl_vietnamese::number;
use serde::Deserialize;

use super::{address, list_address, stage_state, when};
use crate::desk::frame;
use crate::error::Error;
use crate::extract::LAST_PAGE;
use crate::extract::{Query, Staff};
use crate::page;
use crate::state::AppState;

const PER_PAGE: u64 = 30;

/// How the list is narrowed.
#[derive(Debug, Default, Deserialize)]
pub struct Narrow {
    #[serde(default, rename = "trang-thai")]
    stage: String,
    #[serde(default)]
    loai: String,
    trang: Option<u64>,
}

/// `GET /quan-tri/{agency}/bai`
///
/// # Errors
/// Where the store fails.
pub async fn show(
    State(state): State<AppState>,
    staff: Staff,
    Query(narrow): Query<Narrow>,
) -> Result<Response, Error> {
    let stage = Stage::ALL.into_iter().find(|stage| word(*stage) == narrow.stage);
    let kind = narrow.loai.parse::<Kind>().ok();
    let filter = ArticleFilter {
        stage,
        kind,
        created_by: None,
    };
    let page_number = narrow.trang.unwrap_or(1).clamp(1, LAST_PAGE);
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let (items, total) = agency.articles(filter, page_number, PER_PAGE).await?;
    let base = list_address(staff.ctx.tenant());
    let write = if staff.ctx.could(Action::ArticleWrite) {
        Kind::ALL
            .map(|kind| Link::new(writes(kind), format!("{base}/moi?loai={}", kind.word())))
            .to_vec()
    } else {
        Vec::new()
    };
    page::html(&ArticleList {
        frame: frame::staff(&state, &staff, "bai"),
        total: format!(
            "{} bài",
            number::grouped(i64::try_from(total).unwrap_or(i64::MAX))
        ),
        stages: stages(&base, stage, kind),
        kinds: kinds(&base, stage, kind),
        empty: Empty {
            title: "Chưa có bài nào ở đây.".into(),
            text: "Bài mới được lưu nháp trước; chưa ai ngoài cơ quan nhìn thấy.".into(),
            links: write.first().cloned().into_iter().collect(),
        },
        write,
        table: table(&staff, &items),
        pager: Pager::new(narrowed(&base, stage, kind), page_number, total, PER_PAGE),
    })
}

const fn writes(kind: Kind) -> &'static str {
    match kind {
        Kind::Tin => "Viết tin, bài",
        Kind::VanBanMoi => "Giới thiệu văn bản mới",
        Kind::ToGap => "Soạn tờ gấp",
    }
}

/// A stage in addresses.
const fn word(stage: Stage) -> &'static str {
    match stage {
        Stage::Draft => "dang-soan",
        Stage::Submitted => "cho-duyet",
        Stage::Returned => "tra-lai",
        Stage::Published => "cong-bo",
        Stage::Withdrawn => "da-go",
    }
}

/// The address of the list, narrowed.
pub(in crate::desk) fn narrowed(base: &str, stage: Option<Stage>, kind: Option<Kind>) -> String {
    let stage = stage.map(|stage| format!("trang-thai={}", word(stage)));
    let kind = kind.map(|kind| format!("loai={}", kind.word()));
    let parts: Vec<String> = stage.into_iter().chain(kind).collect();
    if parts.is_empty() {
        base.to_owned()
    } else {
        format!("{base}?{}", parts.join("&"))
    }
}

fn stages(base: &str, present: Option<Stage>, kind: Option<Kind>) -> Vec<Tab> {
    let each = std::iter::once(None).chain(Stage::ALL.map(Some));
    each.map(|stage| Tab {
        label: stage.map_or("Tất cả", Stage::label).to_owned(),
        href: narrowed(base, stage, kind),
        current: stage == present,
    })
    .collect()
}

fn kinds(base: &str, stage: Option<Stage>, present: Option<Kind>) -> Vec<Tab> {
    let each = std::iter::once(None).chain(Kind::ALL.map(Some));
    each.map(|kind| Tab {
        label: kind.map_or("Mọi loại", Kind::label).to_owned(),
        href: narrowed(base, stage, kind),
        current: kind == present,
    })
    .collect()
}

fn table(staff: &Staff, items: &[ArticleSummary]) -> Table {
    let row = |item: &ArticleSummary| Row {
        cells: vec![
            Cell::link(&item.title, address(staff.ctx.tenant(), item.id)),
            item.kind.label().into(),
            Cell::state(stage_state(item.stage)),
            item.latest_version.to_string().into(),
            when(item.changed_at).into(),
        ],
    };
    Table {
        caption: "Bài và tài liệu, bài sửa gần nhất đứng trước".into(),
        caption_hidden: true,
        columns: vec![
            Column::words("Tên bài"),
            Column::words("Loại"),
            Column::words("Tình trạng"),
            Column::figures("Bản"),
            Column::words("Sửa lần cuối"),
        ],
        rows: items.iter().map(row).collect(),
        total: None,
    }
}
