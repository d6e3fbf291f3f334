//! The register as it was on a day, as a page; narrowed, where that is asked, to those whom a form counts.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::EntryId;
use pbgdpl_model::policy::Action;
use pbgdpl_model::register::{AsOf, Entry, GENDERS, Level, State as Standing, deadlines};
use pbgdpl_pages::desk::register::{Narrowed, RegisterLine, RegisterList, RegisterWords};
use pbgdpl_pages::part::{Notice, Pager};
use pbgdpl_store::tenant::TenantReader;
use pbgdpl_vietnamese::date::{dmy, parse_dmy};
use pbgdpl_vietnamese::working_days::Calendar;
use serde::Deserialize;

use super::words::{calendar, named, words};
use super::{DONE, here};
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
    cap: String,
    #[serde(rename = "tinh-trang")]
    tinh_trang: String,
    #[serde(rename = "linh-vuc")]
    linh_vuc: String,
    #[serde(rename = "noi-tu")]
    noi_tu: String,
    #[serde(rename = "ghi-den")]
    ghi_den: Option<i64>,
    #[serde(rename = "dong-so")]
    dong_so: Option<i64>,
    trang: Option<u64>,
}

/// What was asked, read.
pub(super) struct Wanted {
    pub(super) day: NaiveDate,
    wrong_day: bool,
    level: Option<Level>,
    state: Option<Standing>,
    every_state: bool,
    recognised: bool,
    field: String,
    spoke_from: Option<NaiveDate>,
    wrong_spoke: bool,
    /// What a sent report counted: facts until this moment, rows of the ledger until this one.
    written: Option<(Moment, i64)>,
}

impl Wanted {
    pub(super) fn of(asked: &Asked, today: NaiveDate) -> Self {
        let typed = asked.ngay.trim();
        let day = parse_dmy(typed).ok();
        let spoke = asked.noi_tu.trim();
        let spoke_from = parse_dmy(spoke).ok();
        let moment = asked.ghi_den.map(Moment::from_millis);
        Self {
            wrong_day: day.is_none() && !typed.is_empty(),
            day: day.unwrap_or(today),
            level: asked.cap.parse().ok(),
            state: asked.tinh_trang.parse().ok(),
            every_state: asked.tinh_trang == "moi",
            recognised: asked.tinh_trang == "duoc-cong-nhan",
            field: asked.linh_vuc.clone(),
            wrong_spoke: spoke_from.is_none() && !spoke.is_empty(),
            spoke_from,
            written: moment.map(|moment| (moment, asked.dong_so.unwrap_or(i64::MAX))),
        }
    }

    /// The day that was asked and cannot be read, as it was typed.
    pub(super) fn unreadable<'a>(&self, asked: &'a Asked) -> Option<&'a str> {
        let day = self.wrong_day.then_some(asked.ngay.as_str());
        day.or(self.wrong_spoke.then_some(asked.noi_tu.as_str()))
    }

    /// Everything written down that is looked at, with who spoke, where that is asked.
    pub(super) async fn read(&self, agency: &TenantReader) -> Result<Books, Error> {
        let mut entries = agency.register().await?;
        if let Some((moment, _)) = self.written {
            for entry in &mut entries {
                entry.facts.retain(|fact| fact.at <= moment);
            }
        }
        let row = self.written.map_or(i64::MAX, |(_, row)| row);
        let spoke = match self.spoke_from {
            Some(from) => Some(agency.spoke(from, self.day, row).await?),
            None => None,
        };
        Ok(Books { entries, spoke })
    }

    fn narrowed(&self, today: NaiveDate) -> Narrowed {
        let state = self.state.map_or("", Standing::word);
        Narrowed {
            day: dmy(self.day),
            today: self.day == today,
            level: self
                .level
                .map_or_else(String::new, |level| level.word().to_owned()),
            state: match (self.every_state, self.recognised) {
                (true, _) => "moi",
                (_, true) => "duoc-cong-nhan",
                _ => state,
            }
            .to_owned(),
            field: self.field.clone(),
            spoke_from: self.spoke_from.map_or_else(String::new, dmy),
            written: self.written.map(|(moment, row)| (moment.millis(), row)),
        }
    }

    fn wants(&self, now: &AsOf<'_>) -> bool {
        let state = now.standing.state;
        let listed = match self.state {
            Some(wanted) => state == wanted && now.standing.lapsed_on(self.day).is_none(),
            None if self.recognised => now.standing.is_recognised_on(self.day),
            None => self.every_state || !matches!(state, Standing::Refused | Standing::Ended),
        };
        listed
            && self.level.is_none_or(|level| now.standing.level == level)
            && (self.field.is_empty() || now.details.fields.contains(&self.field))
    }

    /// Everybody who is wanted, as of the day, in the order of the alphabet.
    pub(super) fn found<'a>(&self, books: &'a Books) -> Vec<(&'a Entry, AsOf<'a>)> {
        let spoke = |entry: &&Entry| {
            books
                .spoke
                .as_ref()
                .is_none_or(|spoke| spoke.contains_key(&entry.id))
        };
        let mut found: Vec<(&Entry, AsOf<'_>)> = books
            .entries
            .iter()
            .filter(spoke)
            .filter_map(|entry| Some((entry, entry.on(self.day)?)))
            .filter(|(_, now)| self.wants(now))
            .collect();
        pbgdpl_vietnamese::sort_by_name(&mut found, |(_, now)| now.details.name.as_str());
        found
    }
}

/// What the list is drawn from.
pub(super) struct Books {
    entries: Vec<Entry>,
    spoke: Option<BTreeMap<EntryId, i64>>,
}

/// `GET /quan-tri/{agency}/bao-cao-vien`
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
    let books = wanted.read(&agency).await?;
    let words = words(&agency, None).await?;
    let calendar = calendar(&agency).await?;
    drop(agency);
    let found = wanted.found(&books);
    let (here, narrowed) = (here(&staff), wanted.narrowed(today));
    let number = asked.trang.unwrap_or(1).clamp(1, LAST_PAGE);
    let skipped = usize::try_from(number - 1).unwrap_or(0).saturating_mul(PER_PAGE);
    let lines = found
        .iter()
        .skip(skipped)
        .take(PER_PAGE)
        .map(|(entry, now)| line(&here, (entry, now), wanted.day, &words, &calendar));
    let total = found.len();
    page::html(&RegisterList {
        frame: frame::staff(&state, &staff, "bao-cao-vien").with_notice(done.notice(&DONE)),
        pager: Pager::new(
            narrowed.address(&here),
            number,
            u64::try_from(total).unwrap_or(0),
            u64::try_from(PER_PAGE).unwrap_or(1),
        ),
        day_error: wanted.wrong_day.then(|| UNREADABLE.to_owned()),
        spoke_error: wanted.wrong_spoke.then(|| UNREADABLE.to_owned()),
        written: wanted.written.map_or_else(String::new, |(moment, _)| {
            format!("Theo những gì đã ghi đến {}, lúc biểu được gửi.", when(moment))
        }),
        narrowed,
        fields: words.fields.clone(),
        total,
        lines: lines.collect(),
        overdue: match wanted.written {
            None => overdue(&books.entries, &calendar, today),
            Some(_) => None,
        },
        new: staff
            .ctx
            .could(Action::RegisterWrite)
            .then(|| format!("{here}/moi")),
        public: format!(
            "{}/{}/bao-cao-vien",
            state.settings.public.as_str(),
            staff.ctx.tenant().slug()
        ),
        here,
    })
}

fn line(
    here: &str,
    (entry, now): (&Entry, &AsOf<'_>),
    day: NaiveDate,
    words: &RegisterWords,
    calendar: &Calendar,
) -> RegisterLine {
    let due = deadlines(now.standing, calendar)
        .into_iter()
        .find(|term| term.decides);
    RegisterLine {
        name: now.details.name.clone(),
        href: format!("{here}/{}", entry.id),
        work: format!("{}, {}", now.details.post, now.details.workplace),
        level: now.standing.level,
        fields: named(&now.details.fields, &words.fields),
        state: now.standing.state,
        lapsed: now.standing.lapsed_on(day).map_or_else(String::new, dmy),
        since: due.map_or_else(
            || format!("từ {}", dmy(now.since)),
            |term| format!("hạn {}", dmy(term.last)),
        ),
    }
}

/// Requests whose last day is over today, whatever the list shows.
fn overdue(entries: &[Entry], calendar: &Calendar, today: NaiveDate) -> Option<Notice> {
    let late = |entry: &&Entry| {
        let now = entry.on(today);
        now.is_some_and(|now| {
            deadlines(now.standing, calendar)
                .iter()
                .any(|term| term.decides && term.last < today)
        })
    };
    let names: Vec<&str> = entries
        .iter()
        .filter(late)
        .filter_map(|entry| Some(entry.on(today)?.details.name.as_str()))
        .collect();
    (!names.is_empty()).then(|| {
        Notice::warning(
            format!("{} đề nghị đã quá hạn ra quyết định.", names.len()),
            format!(
                "{}. Ghi quyết định, hoặc ghi lý do không công nhận, cử lại.",
                names.join("; ")
            ),
        )
    })
}

/// A gender on the screen; nothing where nothing is said.
pub(super) fn gender(word: &str) -> &'static str {
    let known = GENDERS.iter().find(|(known, _)| *known == word);
    known.map_or("", |(_, label)| *label)
}
