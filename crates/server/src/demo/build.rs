//! Builds the demo: in a folder of its own that is moved into place when it is whole.

use std::sync::Arc;

use anyhow::Context;
use chrono::NaiveDate;
use include_dir::{Dir, DirEntry, include_dir};
use indicatif::ProgressBar;
use pbgdpl_config::Settings;
use pbgdpl_jobs::Jobs;
use pbgdpl_model::agency::ReportRow;
use pbgdpl_model::clock::SetClock;
use pbgdpl_model::id::ActivityId;
use pbgdpl_model::manifest::{Contact, write_agency};
use pbgdpl_model::policy::Role;
use pbgdpl_province::manifest::{Folder, apply};
use pbgdpl_scope::Tenant;
use pbgdpl_store::migrate;

use crate::demo::items::{self, Item};
use crate::demo::people::{self, People};
use crate::demo::time::{at, day};
use crate::demo::year::{self, Planned, YEAR};
use crate::demo::{Data, FULL, accounts, forms, mediation, odd, plans, record, register};
use crate::screen;
use crate::wiring::{self, House};

static KON_TUM: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../tenants/kon-tum");

/// Invented agencies are made after this one.
const PATTERN: &str = "so-tu-phap";
/// Ids of invented agencies begin so.
const INVENTED: u128 = 0x0190_0000_0000_7000_8000_0000_0000_0000;

/// The files of the province, as the program carries them.
///
/// # Errors
/// Where they do not stand.
pub fn kon_tum() -> anyhow::Result<Folder> {
    Ok(Folder::of(texts()?)?)
}

fn texts() -> anyhow::Result<Vec<(String, String)>> {
    let mut files = Vec::new();
    let mut folders = vec![&KON_TUM];
    while let Some(folder) = folders.pop() {
        for entry in folder.entries() {
            match entry {
                DirEntry::Dir(inner) => folders.push(inner),
                DirEntry::File(file) => {
                    let name = file.path().to_string_lossy().into_owned();
                    let text = file.contents_utf8().with_context(|| name.clone())?;
                    files.push((name, text.to_owned()));
                }
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The files of the province with invented agencies, until there are so many.
///
/// # Errors
/// Where they do not stand.
pub fn kon_tum_and_more(agencies: usize) -> anyhow::Result<Folder> {
    let mut files = texts()?;
    let pattern = kon_tum()?.manifest().agency(PATTERN).cloned().context(PATTERN)?;
    let there = files
        .iter()
        .filter(|(name, _)| name.starts_with("agencies/"))
        .count();
    for number in there + 1..=agencies {
        let mut agency = pattern.clone();
        // The number is in the id: the same agencies at every start.
        agency.id = uuid::Uuid::from_u128(INVENTED | u128::try_from(number)?);
        agency.slug = format!("don-vi-thu-{number}");
        agency.report_row = ReportRow::None;
        agency.codes.clear();
        agency.communes.clear();
        agency.contact = Contact::default();
        for name in &mut agency.names {
            name.official = format!("Đơn vị thử số {number} (minh hoạ)");
            name.short = format!("Đơn vị thử {number}");
            name.aliases.clear();
        }
        files.push((format!("agencies/{}.toml", agency.slug), write_agency(&agency)?));
    }
    Ok(Folder::of(files)?)
}

/// Everything that happens in the demo's past, in its order.
enum Event {
    Item(Box<Item>),
    Activity(Box<Planned>),
    FormsAreSent,
    FormsAreDecided,
    PlanIsReported,
}

impl Event {
    fn day(&self) -> NaiveDate {
        match self {
            Self::Item(item) => item.published,
            Self::Activity(planned) => planned.recorded,
            Self::FormsAreSent => day(YEAR + 1, 1, 25),
            Self::FormsAreDecided => day(YEAR + 1, 2, 3),
            Self::PlanIsReported => day(YEAR + 1, 2, 10),
        }
    }
}

/// Builds everything and moves it into place.
///
/// # Errors
/// Where an act is refused or the disk fails. What was begun is begun anew at the next start.
pub async fn build(data: &Data, desk: &Settings) -> anyhow::Result<()> {
    let place = data.building();
    if place.exists() {
        std::fs::remove_dir_all(&place)?;
    }
    std::fs::create_dir_all(&place).with_context(|| format!("không tạo được thư mục {}", place.display()))?;
    let mut settings = Settings::demo(&place).map_err(|_| anyhow::anyhow!("settings of the demo"))?;
    settings.server = desk.server.clone();
    migrate::up(wiring::owner_url(&settings)).await?;
    let clock = Arc::new(SetClock::at(at(day(YEAR - 1, 1, 2), 8 * 60)));
    let house = House::open(&settings, Arc::<SetClock>::clone(&clock)).await?;
    fill(&house, &settings, &clock, &place).await?;
    house.database.clone().close().await;
    drop(house);
    for name in ["files", "mail", "tai-khoan.json", "pbgdpl.db"] {
        let (from, to) = (place.join(name), data.folder().join(name));
        if to.is_dir() {
            std::fs::remove_dir_all(&to)?;
        }
        if from.exists() {
            std::fs::rename(from, to)?;
        }
    }
    Ok(std::fs::remove_dir_all(&place)?)
}

async fn fill(
    house: &House,
    settings: &Settings,
    clock: &SetClock,
    place: &std::path::Path,
) -> anyhow::Result<()> {
    apply::apply(
        &house.province,
        &house.province_ctx(),
        &kon_tum()?,
        "",
        &mut |_| {},
    )
    .await?;
    let tenants = house.agencies();
    let items = items::all()?;
    let mut planned = year::planned(&tenants);
    let steps = u64::try_from(items.len() + planned.len() + 5)?;
    let bar = screen::bar(steps, "Dựng dữ liệu minh hoạ");
    bar.set_message("tài khoản");
    let people = people::settle(house, &tenants).await?;
    accounts::write(&place.join("tai-khoan.json"), &people.sign_ins)?;
    embeds(house, &people, &tenants).await?;
    let spoke = register::of_the_year(house, clock, &people, &tenants).await?;
    register::name_speakers(&mut planned, &spoke);
    bar.inc(1);
    let jobs = house.jobs(settings)?;
    let mut events: Vec<Event> = items
        .into_iter()
        .map(|item| Event::Item(Box::new(item)))
        .collect();
    events.extend(planned.into_iter().map(|one| Event::Activity(Box::new(one))));
    events.extend([Event::FormsAreSent, Event::FormsAreDecided, Event::PlanIsReported]);
    events.sort_by_key(Event::day);
    past(house, clock, &people, &tenants, &jobs, &events, &bar).await?;
    register::of_today(house, clock, &people, &tenants).await?;
    odd::a_role_by_mistake(house, clock, &people, &tenants, &jobs).await?;
    bar.inc(1);
    bar.finish_and_clear();
    Ok(())
}

/// Lets everything happen, month by month.
async fn past(
    house: &House,
    clock: &SetClock,
    people: &People,
    tenants: &[Tenant],
    jobs: &Jobs,
    events: &[Event],
    bar: &ProgressBar,
) -> anyhow::Result<()> {
    let app = &house.app;
    let mut month = record::last_of_month(events.first().map_or(day(YEAR, 1, 1), Event::day));
    let mut wrong: Vec<(&Planned, ActivityId)> = Vec::new();
    let mut corrected: Vec<&str> = Vec::new();
    for event in events {
        while event.day() > month {
            record::end_of_month(app, clock, people, jobs, tenants, month).await?;
            for (planned, id) in wrong.drain(..) {
                record::corrected(app, clock, people, planned, id, month).await?;
            }
            month = record::last_of_month(month.succ_opt().unwrap_or(month));
        }
        match event {
            Event::Item(item) => {
                bar.set_message(item.agency().to_owned());
                items::publish(app, clock, people, item).await?;
            }
            Event::Activity(planned) => {
                let slug = planned.owner.slug();
                bar.set_message(slug.to_owned());
                let id = record::one(app, clock, people, planned).await?;
                if FULL.contains(&slug) && !corrected.contains(&slug) && planned.content.attendees > 0 {
                    wrong.push((planned, id));
                    corrected.push(slug);
                }
            }
            Event::FormsAreSent => {
                bar.set_message("biểu mẫu");
                mediation::of_the_year(house, clock, people, tenants).await?;
                forms::send(house, clock, people, tenants).await?;
            }
            Event::FormsAreDecided => {
                forms::decide(house, clock, people, jobs, tenants).await?;
            }
            Event::PlanIsReported => {
                bar.set_message("kế hoạch");
                plans::report(house, clock, people, jobs, tenants).await?;
            }
        }
        bar.inc(1);
    }
    record::end_of_month(app, clock, people, jobs, tenants, month).await
}

/// Adds invented agencies until there are so many.
///
/// # Errors
/// Where the store fails.
pub async fn invent(house: &House, agencies: usize) -> anyhow::Result<()> {
    if house.store.registry().now().len() >= agencies {
        return Ok(());
    }
    let bar = screen::bar(0, "Đơn vị thử");
    let folder = kon_tum_and_more(agencies)?;
    let done = apply::apply(&house.province, &house.province_ctx(), &folder, "", &mut |at| {
        bar.set_length(u64::try_from(at.total).unwrap_or(0));
        bar.set_position(u64::try_from(at.done).unwrap_or(0));
    })
    .await;
    bar.finish_and_clear();
    done?;
    Ok(())
}

/// A site that embeds each full agency's section.
async fn embeds(house: &House, people: &People, tenants: &[Tenant]) -> anyhow::Result<()> {
    for tenant in tenants.iter().filter(|tenant| FULL.contains(&tenant.slug())) {
        let ctx = people.of(tenant, Role::AgencyAdmin)?.ctx(tenant, house.app.now());
        let site = format!("Trang của {} (minh hoạ)", tenant.short(day(YEAR, 1, 2)));
        pbgdpl_app::embed::add::add(&house.app, &ctx, &site, "http://localhost:8090").await?;
    }
    Ok(())
}
