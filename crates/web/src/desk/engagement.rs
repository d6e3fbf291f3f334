//! How the section is read: by day, by way, by site and item, with what is not counted (N-16, N-17).

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use pbgdpl_model::engagement::{Channel, Counted, DayFigures, Exclusion, PageKind, Views};
use pbgdpl_pages::desk::engagement::{EngagementBlock, EngagementPage};
use pbgdpl_pages::part::Cell;
use pbgdpl_store::tenant::{EmbedRow, MostRead, TenantReader};

use super::frame;
use crate::engagement::shown::{self, Asked, HOW, Range};
use crate::error::Error;
use crate::extract::{Query, Staff};
use crate::oversight::file;
use crate::page;
use crate::state::AppState;

const PLACE: &str = "luot-doc";
/// Items that the page names.
const MOST: u64 = 10;

/// `GET /quan-tri/{agency}/luot-doc?ngay=`
///
/// # Errors
/// Where there are no such days, or the store fails.
pub async fn show(
    State(state): State<AppState>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let range = Range::of(&asked, staff.today())?;
    let reader = state.read.tenant(staff.ctx.tenant()).await?;
    let (days, sums) = read(&reader, range).await?;
    let most = reader.most_read(range.from, range.to, MOST).await?;
    let sites = reader.embeds().await?;
    drop(reader);
    let here = format!("/quan-tri/{}/{PLACE}", staff.ctx.tenant().slug());
    page::html(&EngagementPage {
        frame: frame::staff(&state, &staff, PLACE),
        title: "Lượt đọc",
        ranges: Range::links(&here),
        range: range.label(),
        sums: shown::sums(&days),
        bars: shown::bars(range, &days),
        days: shown::table(range, &days),
        empty: "Chưa có lượt đọc nào trong những ngày này. Lượt đọc hiện ở đây khoảng một phút sau khi có người đọc chuyên mục.",
        blocks: vec![
            ways(&sums, &sites),
            kinds(&sums),
            items(&state, &staff, most),
            excluded(&sums),
        ],
        how: HOW.into(),
        fresh: "Số liệu của hôm nay còn tăng; mỗi phút ghi một lần.".into(),
        csv: range.at(&format!("{here}/ngay.csv")),
    })
}

/// `GET /quan-tri/{agency}/luot-doc/ngay.csv?ngay=`
///
/// # Errors
/// Where there are no such days, or the store fails.
pub async fn csv(
    State(state): State<AppState>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let range = Range::of(&asked, staff.today())?;
    let reader = state.read.tenant(staff.ctx.tenant()).await?;
    let (days, _) = read(&reader, range).await?;
    let slug = staff.ctx.tenant().slug();
    let name = format!("luot-doc-{slug}-{}-{}.csv", range.from, range.to);
    file(&name, &shown::table(range, &days))
}

/// The days, and the sums of everything that is counted.
async fn read(
    reader: &TenantReader,
    range: Range,
) -> Result<(BTreeMap<NaiveDate, DayFigures>, Views), Error> {
    let people = reader.engagement_people(range.from, range.to).await?;
    let mut days = BTreeMap::new();
    let mut sums = Views::new();
    for (day, views) in reader.engagement(range.from, range.to).await? {
        let mut of_day = DayFigures {
            people: people.get(&day).copied().unwrap_or(0),
            ..DayFigures::default()
        };
        for (counted, views) in views {
            match counted {
                Counted::Channel(_) => of_day.views += views,
                Counted::Excluded(_) => of_day.excluded += views,
                _ => {}
            }
            *sums.entry(counted).or_insert(0) += views;
        }
        days.insert(day, of_day);
    }
    Ok((days, sums))
}

fn of(sums: &Views, counted: &Counted) -> u64 {
    sums.get(counted).copied().unwrap_or(0)
}

/// The ways to the section; below the frames, each site.
fn ways(sums: &Views, sites: &[EmbedRow]) -> EngagementBlock {
    let mut rows: Vec<(Cell, u64)> = Vec::new();
    for channel in Channel::ALL {
        let views = of(sums, &Counted::Channel(*channel));
        if views > 0 {
            rows.push((channel.label().into(), views));
        }
    }
    for (counted, views) in sums {
        if let Counted::Site(key) = counted {
            let site = sites.iter().find(|site| site.id.to_string() == *key);
            let name = site.map_or("trang đã gỡ", |site| site.site.as_str());
            rows.push((format!("– trong đó khung ở {name}").into(), *views));
        }
    }
    EngagementBlock {
        heading: "Người đọc đến từ đâu?".into(),
        note: String::new(),
        table: shown::counts("Lượt đọc theo cách đến", ["Cách đến", "Lượt đọc"], rows),
        empty: "Chưa có lượt đọc nào.",
    }
}

fn kinds(sums: &Views) -> EngagementBlock {
    let rows = PageKind::ALL.iter().filter_map(|kind| {
        let views = of(sums, &Counted::Page(*kind));
        (views > 0).then(|| (kind.label().into(), views))
    });
    EngagementBlock {
        heading: "Loại trang nào được đọc?".into(),
        note: String::new(),
        table: shown::counts("Lượt đọc theo loại trang", ["Loại trang", "Lượt đọc"], rows),
        empty: "Chưa có lượt đọc nào.",
    }
}

fn items(state: &AppState, staff: &Staff, most: Vec<MostRead>) -> EngagementBlock {
    let public = format!("{}/{}", state.settings.public.as_str(), staff.ctx.tenant().slug());
    let rows = most.into_iter().map(|item| {
        let cell = if item.title.is_empty() {
            "Bài không còn".into()
        } else {
            Cell::link(item.title, format!("{public}/bai/{}", item.item))
        };
        (cell, item.views)
    });
    EngagementBlock {
        heading: "Bài nào được đọc nhiều nhất?".into(),
        note: String::new(),
        table: shown::counts("Bài được đọc nhiều nhất", ["Bài", "Lượt đọc"], rows),
        empty: "Chưa có bài nào được đọc.",
    }
}

fn excluded(sums: &Views) -> EngagementBlock {
    let rows = Exclusion::ALL
        .iter()
        .map(|why| (why.label().into(), of(sums, &Counted::Excluded(*why))));
    EngagementBlock {
        heading: "Những lượt nào không tính?".into(),
        note: "Các lượt này không nằm trong bất cứ số nào ở trên.".into(),
        table: shown::counts("Lượt không tính, theo lý do", ["Lý do", "Số lượt"], rows),
        empty: "",
    }
}
