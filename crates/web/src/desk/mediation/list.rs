//! The groups as they were on a day, as a page: narrowed, summed as form 10 sums them, with what is still missing.

use axum::extract::State;
use axum::response::Response;
use chrono::{Datelike, NaiveDate};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::manifest::MediationFigure;
use pbgdpl_model::mediation::{Group, by_commune, count, shares};
use pbgdpl_model::policy::Action;
use pbgdpl_pages::desk::mediation::{GroupLine, GroupList, NarrowedGroups, SumLine, Sums, standing};
use pbgdpl_pages::part::{Link, Notice, Pager};
use pbgdpl_store::tenant::TenantReader;
use pbgdpl_vietnamese::date::{dmy, parse_dmy};
use pbgdpl_vietnamese::fold;
use serde::Deserialize;

use super::{DONE, PLACE, communes, here, named, place};
use crate::desk::frame::{self, Done};
use crate::desk::report::draw::when;
use crate::error::Error;
use crate::extract::{LAST_PAGE, Query, Staff};
use crate::page;
use crate::state::AppState;

const PER_PAGE: usize = 50;

pub(super) const UNREADABLE: &str = "không đọc được. Ghi ngày/tháng/năm, ví dụ 09/11/2020.";

/// What the list is narrowed to.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Asked {
    ngay: String,
    xa: String,
    ten: String,
    #[serde(rename = "tinh-trang")]
    tinh_trang: String,
    #[serde(rename = "ghi-den")]
    ghi_den: Option<i64>,
    trang: Option<u64>,
}

/// What was asked, read.
pub(super) struct Wanted {
    pub(super) day: NaiveDate,
    wrong_day: bool,
    commune: String,
    name: String,
    state: String,
    /// What a sent report counted: facts until this moment.
    written: Option<Moment>,
}

impl Wanted {
    pub(super) fn of(asked: &Asked, today: NaiveDate) -> Self {
        let typed = asked.ngay.trim();
        let day = parse_dmy(typed).ok();
        Self {
            wrong_day: day.is_none() && !typed.is_empty(),
            day: day.unwrap_or(today),
            commune: asked.xa.trim().to_owned(),
            name: asked.ten.trim().to_owned(),
            state: match asked.tinh_trang.as_str() {
                known @ ("giai-the" | "thieu") => known.to_owned(),
                _ => String::new(),
            },
            written: asked.ghi_den.map(Moment::from_millis),
        }
    }

    /// The day that was asked and cannot be read, as it was typed.
    pub(super) fn unreadable<'a>(&self, asked: &'a Asked) -> Option<&'a str> {
        self.wrong_day.then_some(asked.ngay.as_str())
    }

    /// Everything written down that is looked at.
    pub(super) async fn read(&self, agency: &TenantReader) -> Result<Vec<Group>, Error> {
        let groups = agency.mediation_groups().await?;
        Ok(match self.written {
            Some(moment) => {
                let then = groups.into_iter().map(|group| group.written_until(moment));
                then.filter(|group| !group.facts.is_empty()).collect()
            }
            None => groups,
        })
    }

    fn narrowed(&self, today: NaiveDate) -> NarrowedGroups {
        NarrowedGroups {
            day: dmy(self.day),
            today: self.day == today,
            commune: self.commune.clone(),
            name: self.name.clone(),
            state: self.state.clone(),
            written: self.written.map(Moment::millis),
        }
    }

    fn wants(&self, group: &Group) -> bool {
        let Some(details) = group.known_as(self.day) else {
            return false;
        };
        let lacks = || {
            let figures = group.on(self.day);
            figures.is_some_and(|now| now.figures.is_none() || now.trained.is_none())
        };
        let listed = match self.state.as_str() {
            "giai-the" => {
                let ended = group.dissolved().is_some_and(|fact| fact.from <= self.day);
                ended || group.founded().is_none()
            }
            "thieu" => lacks(),
            _ => group.stands_on(self.day),
        };
        let words = fold(&self.name);
        let named = [&details.name, &details.village]
            .iter()
            .any(|text| fold(text).contains(&words));
        listed && named && (self.commune.is_empty() || details.commune == self.commune)
    }

    /// Every group that is wanted, by commune and name.
    pub(super) fn found<'a>(&self, groups: &'a [Group], communes: &[(String, String)]) -> Vec<&'a Group> {
        let mut found: Vec<(&Group, String)> = groups
            .iter()
            .filter(|group| self.wants(group))
            .filter_map(|group| {
                let details = group.known_as(self.day)?;
                Some((
                    group,
                    format!("{} {}", named(communes, &details.commune), details.name),
                ))
            })
            .collect();
        pbgdpl_vietnamese::sort_by_name(&mut found, |(_, name)| name);
        found.into_iter().map(|(group, _)| group).collect()
    }
}

/// `GET /quan-tri/{agency}/to-hoa-giai`
///
/// # Errors
/// Where the store fails.
pub async fn list(
    State(state): State<AppState>,
    staff: Staff,
    Query(asked): Query<Asked>,
    Query(done): Query<Done>,
) -> Result<Response, Error> {
    let today = staff.today();
    let wanted = Wanted::of(&asked, today);
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let groups = wanted.read(&agency).await?;
    let communes = communes(&agency, &staff).await?;
    drop(agency);
    let found = wanted.found(&groups, &communes);
    let (here, narrowed) = (here(&staff), wanted.narrowed(today));
    let last = u64::try_from(found.len().div_ceil(PER_PAGE)).unwrap_or(LAST_PAGE);
    let number = asked.trang.unwrap_or(1).min(last).clamp(1, LAST_PAGE);
    let skipped = usize::try_from(number - 1).unwrap_or(0).saturating_mul(PER_PAGE);
    let lines = found.iter().skip(skipped).take(PER_PAGE);
    let lines = lines
        .map(|group| line(group, wanted.day, &here, &communes))
        .collect();
    let sums = MediationFigure::ALL.iter();
    let counted = count(found.iter().copied(), wanted.day);
    let total = found.len();
    page::html(&GroupList {
        frame: frame::staff(&state, &staff, PLACE).with_notice(done.notice(&DONE)),
        pager: Pager::new(
            narrowed.address(&here),
            number,
            u64::try_from(total).unwrap_or(0),
            u64::try_from(PER_PAGE).unwrap_or(1),
        ),
        day_error: wanted.wrong_day.then(|| UNREADABLE.to_owned()),
        written: wanted.written.map_or_else(String::new, |moment| {
            format!("Theo những gì đã ghi đến {}, lúc biểu được gửi.", when(moment))
        }),
        bare: groups.is_empty(),
        total,
        lines,
        sum: sums_of(sums.map(|figure| counted.of(*figure))),
        by_commune: by_communes(&groups, &wanted, &narrowed, (&here, &communes)),
        lacking: lacking(&groups, &wanted, &narrowed, &here),
        new: staff
            .ctx
            .could(Action::RegisterWrite)
            .then(|| (format!("{here}/moi"), format!("{here}/dan-bang"))),
        narrowed,
        communes,
        here,
    })
}

fn sums_of(figures: impl Iterator<Item = Option<i64>>) -> Sums {
    let mut sums = Sums::default();
    for (place, figure) in sums.iter_mut().zip(figures) {
        *place = figure;
    }
    sums
}

fn line(group: &Group, day: NaiveDate, here: &str, communes: &[(String, String)]) -> GroupLine {
    let now = group.on(day);
    let figures = MediationFigure::ALL.iter();
    let details = group.known_as(day);
    GroupLine {
        name: details.map_or_else(String::new, |details| details.name.clone()),
        href: format!("{here}/{}", group.id),
        place: details.map_or_else(String::new, |details| {
            place(communes, &details.village, &details.commune)
        }),
        state: standing(group, day),
        figures: sums_of(figures.map(|figure| now.and_then(|now| shares(&now, *figure)))),
    }
}

/// The sum of each commune that has, or ever had, a group until the day; whatever else the list is narrowed to.
fn by_communes(
    groups: &[Group],
    wanted: &Wanted,
    narrowed: &NarrowedGroups,
    (here, communes): (&str, &[(String, String)]),
) -> Vec<SumLine> {
    if communes.is_empty() {
        return Vec::new();
    }
    let mut lines: Vec<SumLine> = by_commune(groups, wanted.day)
        .into_iter()
        .filter(|(code, _)| wanted.commune.is_empty() || *code == wanted.commune)
        .filter(|(_, counted)| counted.of(MediationFigure::Groups).is_some())
        .map(|(code, counted)| SumLine {
            name: named(communes, &code).to_owned(),
            figures: sums_of(MediationFigure::ALL.iter().map(|figure| counted.of(*figure))),
            href: NarrowedGroups {
                commune: code,
                name: String::new(),
                state: String::new(),
                ..narrowed.clone()
            }
            .address(here),
        })
        .collect();
    pbgdpl_vietnamese::sort_by_name(&mut lines, |line| &line.name);
    lines
}

/// What keeps form 10 from being counted whole on the day.
fn lacking(groups: &[Group], wanted: &Wanted, narrowed: &NarrowedGroups, here: &str) -> Option<Notice> {
    let stand = || groups.iter().filter_map(|group| group.on(wanted.day));
    let figures = stand().filter(|group| group.figures.is_none()).count();
    let trained = stand().filter(|group| group.trained.is_none()).count();
    if trained == 0 {
        return None;
    }
    let year = wanted.day.year();
    let title = if figures == 0 {
        format!("{trained} tổ chưa ghi số được bồi dưỡng năm {year}.")
    } else {
        format!("{figures} tổ chưa ghi số hòa giải viên, {trained} tổ chưa ghi số được bồi dưỡng năm {year}.")
    };
    let all = NarrowedGroups {
        state: "thieu".into(),
        commune: String::new(),
        name: String::new(),
        ..narrowed.clone()
    };
    Some(Notice {
        link: Some(Link::new("Xem các tổ ấy", all.address(here))),
        ..Notice::warning(
            title,
            "Ở xã còn tổ như vậy, biểu 10 để cơ quan kê khai cột ấy. Không có ai thì ghi 0.",
        )
    })
}
