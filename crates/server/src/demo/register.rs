//! Registers of báo cáo viên, through the acts: two offices whose forms of the year count them. In the two full agencies a first
//! request waits for its decision: their forms show states as people declare them.

use std::collections::HashMap;

use anyhow::{anyhow, bail};
use chrono::NaiveDate;
use pbgdpl_app::register::Outcome;
use pbgdpl_app::register::enter::{Enter, enter};
use pbgdpl_app::register::propose::{Propose, propose};
use pbgdpl_model::activity::Kind;
use pbgdpl_model::agency::ReportRow;
use pbgdpl_model::clock::SetClock;
use pbgdpl_model::id::{EntryId, TenantId};
use pbgdpl_model::policy::Role;
use pbgdpl_model::register::{Decision, Details, Level};
use pbgdpl_scope::Tenant;

use crate::demo::FULL;
use crate::demo::people::People;
use crate::demo::time::{at, day};
use crate::demo::year::{Planned, YEAR};
use crate::wiring::House;

/// Offices whose forms of the year count their registers.
const COUNTED: [&str; 2] = ["so-noi-vu", "so-y-te"];

/// Somebody invented.
struct Invented {
    name: &'static str,
    post: &'static str,
    education: &'static str,
    field: &'static str,
    gender: &'static str,
    /// Ethnicity, and the language spoken besides Vietnamese.
    people: (&'static str, &'static [&'static str]),
}

const PEOPLE: [Invented; 5] = [
    Invented {
        name: "Y Hlan Niê",
        post: "Trưởng phòng",
        education: "Đại học Luật",
        field: "dat-dai",
        gender: "nu",
        people: ("Xơ Đăng", &["xo-dang"]),
    },
    Invented {
        name: "Nguyễn Minh Sơn",
        post: "Phó Chánh Thanh tra",
        education: "Thạc sĩ Luật",
        field: "hanh-chinh",
        gender: "nam",
        people: ("Kinh", &[]),
    },
    Invented {
        name: "A Thiu",
        post: "Chuyên viên",
        education: "Đại học Hành chính",
        field: "hon-nhan-gia-dinh",
        gender: "nam",
        people: ("Ba Na", &["ba-na"]),
    },
    Invented {
        name: "Trần Thu Hạnh",
        post: "Chuyên viên chính",
        education: "Đại học Luật",
        field: "quyen-cong-dan",
        gender: "nu",
        people: ("Kinh", &[]),
    },
    Invented {
        name: "Lê Quốc Phong",
        post: "Chuyên viên",
        education: "Đại học Kinh tế",
        field: "lao-dong",
        gender: "nam",
        people: ("Kinh", &[]),
    },
];

/// The registers that stand before the year begins, by agency.
///
/// # Errors
/// What an entry lacks, or a fault of the store.
pub async fn of_the_year(
    house: &House,
    clock: &SetClock,
    people: &People,
    tenants: &[Tenant],
) -> anyhow::Result<HashMap<TenantId, Vec<EntryId>>> {
    let mut all = HashMap::new();
    for tenant in tenants.iter().filter(|tenant| COUNTED.contains(&tenant.slug())) {
        clock.set(at(day(YEAR - 1, 1, 3), 9 * 60));
        all.insert(
            tenant.id(),
            enter_all(house, people, tenant, day(YEAR - 1, 1, 2)).await?,
        );
    }
    Ok(all)
}

/// The registers of the full agencies: one request waits for its decision.
///
/// # Errors
/// What an entry lacks, or a fault of the store.
pub async fn of_today(
    house: &House,
    clock: &SetClock,
    people: &People,
    tenants: &[Tenant],
) -> anyhow::Result<()> {
    for tenant in tenants.iter().filter(|tenant| FULL.contains(&tenant.slug())) {
        clock.set(at(day(YEAR + 1, 2, 9), 9 * 60));
        let reporter = people.of(tenant, Role::Reporter)?.ctx(tenant, house.app.now());
        let request = Propose {
            details: Details {
                name: "Đặng Ngọc Mai".into(),
                post: "Chuyên viên".into(),
                workplace: workplace(tenant),
                education: "Đại học Luật".into(),
                law: true,
                fields: vec!["dan-su".into()],
                gender: "nu".into(),
                ..Details::default()
            },
            level: level(tenant),
            received: day(YEAR + 1, 2, 9),
        };
        done(propose(&house.app, &reporter, request).await?)?;
    }
    Ok(())
}

/// Names who spoke at the direct sessions of agencies that keep a register: one or two of the first three.
pub fn name_speakers(planned: &mut [Planned], spoke: &HashMap<TenantId, Vec<EntryId>>) {
    let direct = |kind: Kind| matches!(kind, Kind::HoiNghi | Kind::LopTapHuan);
    for (number, one) in planned.iter_mut().filter(|one| direct(one.kind)).enumerate() {
        let Some(entries) = spoke.get(&one.owner.id()) else {
            continue;
        };
        one.content.speakers.clear();
        one.content.registered = entries.iter().take(3).skip(number % 2).take(2).copied().collect();
    }
}

async fn enter_all(
    house: &House,
    people: &People,
    tenant: &Tenant,
    from: NaiveDate,
) -> anyhow::Result<Vec<EntryId>> {
    let ctx = people.of(tenant, Role::Approver)?.ctx(tenant, house.app.now());
    let mut entries = Vec::new();
    for one in PEOPLE {
        let (ethnicity, languages) = one.people;
        let order = Enter {
            details: Details {
                name: one.name.into(),
                post: one.post.into(),
                workplace: workplace(tenant),
                education: one.education.into(),
                law: one.education.contains("Luật"),
                fields: vec![one.field.into()],
                gender: one.gender.into(),
                ethnicity: ethnicity.into(),
                languages: languages.iter().map(ToString::to_string).collect(),
            },
            level: level(tenant),
            decision: Decision {
                number: "12/QĐ-MH (minh hoạ)".into(),
                day: from,
                issuer: "Chủ tịch Ủy ban nhân dân (minh hoạ)".into(),
            },
            from,
        };
        entries.push(done(enter(&house.app, &ctx, order).await?)?);
    }
    Ok(entries)
}

fn workplace(tenant: &Tenant) -> String {
    format!("{} (minh hoạ)", tenant.short(day(YEAR, 1, 2)))
}

fn level(tenant: &Tenant) -> Level {
    if tenant.agency().report_row == ReportRow::DiaBan {
        Level::BcvHuyen
    } else {
        Level::BcvTinh
    }
}

fn done<T>(outcome: Outcome<T>) -> anyhow::Result<T> {
    match outcome {
        Outcome::Done(value) => Ok(value),
        Outcome::Unmet(problems) => Err(anyhow!("{problems:?}")),
        Outcome::Stale => bail!("somebody else wrote"),
        Outcome::Stands(state) => bail!("{state:?}"),
        Outcome::Known(entry) => bail!("entered already: {entry}"),
    }
}
