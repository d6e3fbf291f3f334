//! The versions of an item: all of them, one of them, what differs between two.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::article::{Article, Step, Version, difference, next};
use pbgdpl_model::id::ArticleId;
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::article::{ArticleVersions, Comparison, OneVersion};
use pbgdpl_pages::form::{Choice, Field};
use pbgdpl_pages::part::{Cell, Column, Link, Row, State as Shown, Table, Tone};
use serde::Deserialize;

use super::words::Words;
use super::{address, preview, saved, when};
use crate::desk::frame;
use crate::error::Error;
use crate::extract::{Path, Query, Staff};
use crate::page;
use crate::state::AppState;

/// `GET …/bai/{id}/ban`
///
/// # Errors
/// [`Error::NotFound`], or where the store fails.
pub async fn list(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ArticleId)>,
) -> Result<Response, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let item = agency.article(id).await?.ok_or(Error::NotFound)?;
    let versions = agency.article_versions(id).await?;
    let base = address(staff.ctx.tenant(), id);
    page::html(&ArticleVersions {
        frame: frame::staff(&state, &staff, "bai"),
        item: Link::new(&item.title, &base),
        table: table(&item, &versions, &base),
        compare: format!("{base}/so-sanh"),
        choose: choose(&versions),
    })
}

fn table(item: &Article, versions: &[Version], base: &str) -> Table {
    let live = item.live_version.filter(|_| item.is_live());
    let row = |version: &Version| {
        let state = if live == Some(version.number) {
            Cell::state(Shown::new(Tone::Ok, "đang công bố"))
        } else if version.number == item.latest_version {
            "mới nhất".into()
        } else {
            "".into()
        };
        Row {
            cells: vec![
                Cell::link(
                    format!("Bản {}", version.number),
                    format!("{base}/ban/{}", version.number),
                ),
                when(version.created_at).into(),
                version.author_name.clone().into(),
                version.note.clone().into(),
                state,
                if version.number > 1 {
                    let (old, new) = (version.number - 1, version.number);
                    Cell::link(
                        format!("so với bản {old}"),
                        format!("{base}/so-sanh?cu={old}&moi={new}"),
                    )
                } else {
                    "".into()
                },
            ],
        }
    };
    Table {
        caption: "Các bản đã lưu, bản mới nhất đứng trước".into(),
        caption_hidden: true,
        columns: [
            "Bản",
            "Lưu lúc",
            "Người lưu",
            "Điều đã đổi",
            "Tình trạng",
            "So sánh",
        ]
        .map(Column::words)
        .to_vec(),
        rows: versions.iter().map(row).collect(),
        total: None,
    }
}

fn choose(versions: &[Version]) -> Vec<Field> {
    if versions.len() < 2 {
        return Vec::new();
    }
    let choices = |chosen: usize| {
        let choice = |(at, version): (usize, &Version)| Choice {
            value: version.number.to_string(),
            label: format!("Bản {}, {}", version.number, saved(version)),
            hint: String::new(),
            chosen: at == chosen,
        };
        versions.iter().enumerate().map(choice).collect::<Vec<_>>()
    };
    vec![
        Field::select("cu", "Bản cũ hơn", choices(1)),
        Field::select("moi", "Bản mới hơn", choices(0)),
    ]
}

/// `GET …/bai/{id}/ban/{number}`
///
/// # Errors
/// [`Error::NotFound`], or where the store fails.
pub async fn show(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id, number)): Path<(String, ArticleId, i32)>,
) -> Result<Response, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let item = agency.article(id).await?.ok_or(Error::NotFound)?;
    let version = agency.article_version(id, number).await?.ok_or(Error::NotFound)?;
    let base = address(staff.ctx.tenant(), id);
    let older = number != item.latest_version;
    let writable =
        staff.ctx.may(Action::ArticleWrite, &item) && next(item.stage, Step::Save, item.is_live()).is_ok();
    page::html(&OneVersion {
        frame: frame::staff(&state, &staff, "bai"),
        item: Link::new(&item.title, &base),
        versions: format!("{base}/ban"),
        number,
        saved: saved(&version),
        note: version.note.clone(),
        preview: preview::of(&state, &staff, item.kind, Some(&item), &version.content),
        hash: version.content_hash,
        compare: older.then(|| format!("{base}/so-sanh?cu={number}&moi={}", item.latest_version)),
        restore: (older && writable).then(|| format!("{base}/ban/{number}/khoi-phuc")),
    })
}

/// Two versions.
#[derive(Debug, Deserialize)]
pub struct Two {
    cu: i32,
    moi: i32,
}

/// `GET …/bai/{id}/so-sanh?cu=&moi=`
///
/// # Errors
/// [`Error::NotFound`], or where the store fails.
pub async fn compare(
    State(state): State<AppState>,
    staff: Staff,
    Path((_, id)): Path<(String, ArticleId)>,
    Query(two): Query<Two>,
) -> Result<Response, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let item = agency.article(id).await?.ok_or(Error::NotFound)?;
    let older = agency.article_version(id, two.cu.min(two.moi)).await?;
    let newer = agency.article_version(id, two.cu.max(two.moi)).await?;
    let (older, newer) = older.zip(newer).ok_or(Error::NotFound)?;
    let mut words = Words::read(&agency).await?;
    words
        .learn_originals(&agency, [&older.content, &newer.content])
        .await?;
    let base = address(staff.ctx.tenant(), id);
    page::html(&Comparison {
        frame: frame::staff(&state, &staff, "bai"),
        item: Link::new(&item.title, &base),
        versions: format!("{base}/ban"),
        older: (older.number, saved(&older)),
        newer: (newer.number, saved(&newer)),
        fields: difference::between(&older.content, &newer.content, |id| words.name(id)),
    })
}
