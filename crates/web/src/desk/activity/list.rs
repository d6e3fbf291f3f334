//! The list of activities, narrowed by year, kind and stage.

use axum::extract::State;
use axum::response::Response;
use pbgdpl_model::activity::{Activity, Answer, Kind};
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::activity::{ActivityLine, ActivityList, Chosen, list_address};
use pbgdpl_pages::part::Pager;
use pbgdpl_store::tenant::ActivityFilter;
use pbgdpl_vietnamese::date::dmy;
use pbgdpl_vietnamese::number::grouped;
use serde::Deserialize;

use super::here;
use crate::desk::frame;
use crate::error::Error;
use crate::extract::LAST_PAGE;
use crate::extract::{Query, Staff};
use crate::page;
use crate::state::AppState;

const PER_PAGE: u64 = 20;

/// What the list is narrowed to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    nam: String,
    loai: String,
    #[serde(rename = "trang-thai")]
    trang_thai: String,
    trang: Option<u64>,
}

/// `GET /quan-tri/{agency}/hoat-dong`
///
/// # Errors
/// Where the store fails.
pub async fn list(
    State(state): State<AppState>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let filter = ActivityFilter {
        year: asked.nam.parse().ok(),
        kind: asked.loai.parse().ok(),
        stage: asked.trang_thai.parse().ok(),
    };
    // What is not known narrows nothing, and is not shown as chosen.
    let chosen = Chosen {
        year: filter.year.map_or_else(String::new, |year| year.to_string()),
        kind: filter
            .kind
            .map_or_else(String::new, |kind| kind.word().to_owned()),
        stage: filter
            .stage
            .map_or_else(String::new, |stage| stage.word().to_owned()),
    };
    let page = asked.trang.unwrap_or(1).clamp(1, LAST_PAGE);
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let (found, total) = agency.activities(filter, page, PER_PAGE).await?;
    let years = agency.activity_years().await?;
    let (shares, _) = agency.shares(Some(Answer::Confirmed), 1, PER_PAGE).await?;
    let here = here(&staff);
    page::html(&ActivityList {
        frame: frame::staff(&state, &staff, "hoat-dong"),
        pager: Pager::new(list_address(&here, &chosen), page, total, PER_PAGE),
        chosen,
        years: years.map_or_else(Vec::new, |(first, last)| (first..=last).rev().collect()),
        total,
        lines: found.iter().map(|activity| line(&here, activity)).collect(),
        new: staff
            .ctx
            .could(Action::ActivityWrite)
            .then(|| format!("{here}/moi")),
        shares: shares
            .into_iter()
            .map(|share| (share.title, share.owner_name, dmy(share.day)))
            .collect(),
        here,
    })
}

fn line(here: &str, activity: &Activity) -> ActivityLine {
    let content = &activity.content;
    let figure = match activity.kind {
        Kind::HoiNghi | Kind::LopTapHuan | Kind::CuocThi => {
            format!("{} lượt người", grouped(content.attendees))
        }
        Kind::PhatTaiLieu => format!("{} bản", grouped(content.materials)),
        Kind::PhatThanh => format!("{} lần", grouped(content.broadcasts)),
    };
    ActivityLine {
        title: content.title.clone(),
        href: format!("{here}/{}", activity.id),
        day: dmy(activity.day),
        kind: activity.kind,
        figure,
        joint: activity.is_joint(),
        stage: activity.stage,
    }
}
