//! The register as it was on a day, as a page and as a file for a spreadsheet.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use http::{HeaderValue, StatusCode, header};
use pbgdpl_model::policy::Action;
use pbgdpl_model::register::{AsOf, Decision, Entry, GENDERS, Level, State as Standing, deadlines};
use pbgdpl_pages::desk::register::{Narrowed, RegisterLine, RegisterList, RegisterWords};
use pbgdpl_pages::part::{Notice, Pager};
use pbgdpl_province::csv_file;
use pbgdpl_vietnamese::date::{dmy, parse_dmy};
use pbgdpl_vietnamese::working_days::Calendar;
use serde::Deserialize;

use super::words::{calendar, named, words};
use super::{DONE, here};
use crate::desk::frame::{self, Done};
use crate::error::Error;
use crate::extract::{LAST_PAGE, Query, Staff};
use crate::page;
use crate::state::AppState;

const PER_PAGE: usize = 50;

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
    trang: Option<u64>,
}

/// What was asked, read.
struct Wanted {
    day: NaiveDate,
    wrong_day: bool,
    level: Option<Level>,
    state: Option<Standing>,
    every_state: bool,
    field: String,
}

impl Wanted {
    fn of(asked: &Asked, today: NaiveDate) -> Self {
        let typed = asked.ngay.trim();
        let day = parse_dmy(typed).ok();
        Self {
            wrong_day: day.is_none() && !typed.is_empty(),
            day: day.unwrap_or(today),
            level: asked.cap.parse().ok(),
            state: asked.tinh_trang.parse().ok(),
            every_state: asked.tinh_trang == "moi",
            field: asked.linh_vuc.clone(),
        }
    }

    fn narrowed(&self, today: NaiveDate) -> Narrowed {
        let state = self.state.map_or("", Standing::word);
        Narrowed {
            day: dmy(self.day),
            today: self.day == today,
            level: self
                .level
                .map_or_else(String::new, |level| level.word().to_owned()),
            state: if self.every_state { "moi" } else { state }.to_owned(),
            field: self.field.clone(),
        }
    }

    fn wants(&self, now: &AsOf<'_>) -> bool {
        let state = now.standing.state;
        let listed = match self.state {
            Some(wanted) => state == wanted,
            None => self.every_state || !matches!(state, Standing::Refused | Standing::Ended),
        };
        listed
            && self.level.is_none_or(|level| now.standing.level == level)
            && (self.field.is_empty() || now.details.fields.contains(&self.field))
    }

    /// Everybody who is wanted, as of the day, in the order of the alphabet.
    fn found<'a>(&self, entries: &'a [Entry]) -> Vec<(&'a Entry, AsOf<'a>)> {
        let mut found: Vec<(&Entry, AsOf<'_>)> = entries
            .iter()
            .filter_map(|entry| Some((entry, entry.on(self.day)?)))
            .filter(|(_, now)| self.wants(now))
            .collect();
        pbgdpl_vietnamese::sort_by_name(&mut found, |(_, now)| now.details.name.as_str());
        found
    }
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
    let entries = agency.register().await?;
    let words = words(&agency, None).await?;
    let calendar = calendar(&agency).await?;
    drop(agency);
    let found = wanted.found(&entries);
    let (here, narrowed) = (here(&staff), wanted.narrowed(today));
    let number = asked.trang.unwrap_or(1).clamp(1, LAST_PAGE);
    let skipped = usize::try_from(number - 1).unwrap_or(0).saturating_mul(PER_PAGE);
    let lines = found
        .iter()
        .skip(skipped)
        .take(PER_PAGE)
        .map(|(entry, now)| line(&here, entry, now, &words, &calendar));
    let total = found.len();
    page::html(&RegisterList {
        frame: frame::staff(&state, &staff, "bao-cao-vien").with_notice(done.notice(&DONE)),
        pager: Pager::new(
            narrowed.address(&here),
            number,
            u64::try_from(total).unwrap_or(0),
            u64::try_from(PER_PAGE).unwrap_or(1),
        ),
        day_error: wanted
            .wrong_day
            .then(|| "không đọc được. Ghi ngày/tháng/năm, ví dụ 09/11/2020.".to_owned()),
        narrowed,
        fields: words.fields.clone(),
        total,
        lines: lines.collect(),
        overdue: overdue(&entries, &calendar, today),
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
    entry: &Entry,
    now: &AsOf<'_>,
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

/// `GET /quan-tri/{agency}/bao-cao-vien/danh-sach.csv`
///
/// # Errors
/// Where the store fails.
pub async fn csv(
    State(state): State<AppState>,
    staff: Staff,
    Query(asked): Query<Asked>,
) -> Result<Response, Error> {
    let wanted = Wanted::of(&asked, staff.today());
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let entries = agency.register().await?;
    let words = words(&agency, None).await?;
    drop(agency);
    let head = [
        "Họ và tên",
        "Chức vụ, chức danh",
        "Cơ quan, đơn vị công tác",
        "Trình độ chuyên môn",
        "Chuyên môn Luật",
        "Lĩnh vực chuyên môn sâu",
        "Giới tính",
        "Dân tộc",
        "Tiếng dân tộc thiểu số",
        "Cấp",
        "Tình trạng",
        "Từ ngày",
        "Quyết định công nhận",
        "Quyết định miễn nhiệm, cho thôi",
    ]
    .map(str::to_owned);
    let rows = wanted
        .found(&entries)
        .into_iter()
        .map(|(_, now)| row(&now, &words));
    let text = csv_file::file(std::iter::once(head.to_vec()).chain(rows))
        .map_err(|error| Error::Internal(Box::new(error)))?;
    let mut response = page::bytes(StatusCode::OK, "text/csv; charset=utf-8", text);
    let name = format!(
        "attachment; filename=\"bao-cao-vien-{}-{}.csv\"",
        staff.ctx.tenant().slug(),
        wanted.day
    );
    if let Ok(value) = HeaderValue::from_str(&name) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

fn row(now: &AsOf<'_>, words: &RegisterWords) -> Vec<String> {
    let (details, standing) = (now.details, now.standing);
    let decision =
        |decision: &Option<Decision>| decision.as_ref().map_or_else(String::new, Decision::in_words);
    vec![
        details.name.clone(),
        details.post.clone(),
        details.workplace.clone(),
        details.education.clone(),
        if details.law { "Có" } else { "Không" }.to_owned(),
        named(&details.fields, &words.fields),
        gender(&details.gender).to_owned(),
        details.ethnicity.clone(),
        named(&details.languages, &words.languages),
        standing.level.label().to_owned(),
        standing.state.label().to_owned(),
        dmy(now.since),
        decision(&standing.recognition),
        decision(&standing.ending),
    ]
}

/// A gender on the screen; nothing where nothing is said.
pub(super) fn gender(word: &str) -> &'static str {
    let known = GENDERS.iter().find(|(known, _)| *known == word);
    known.map_or("", |(_, label)| *label)
}
