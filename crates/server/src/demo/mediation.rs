//! Tổ hòa giải of the districts, through the acts: a handful of groups in each, entered before form 10b is filled. The other
//! communes of a district are declared, as where a register has just been begun.

use anyhow::{Context, bail};
use pbgdpl_app::mediation::correct::{Right, correct};
use pbgdpl_app::mediation::dissolve::dissolve;
use pbgdpl_app::mediation::import::{Imported, import};
use pbgdpl_app::mediation::{NewGroup, Outcome, Seen, communes};
use pbgdpl_model::clock::SetClock;
use pbgdpl_model::id::GroupId;
use pbgdpl_model::mediation::{Body, Details, Figures};
use pbgdpl_model::policy::Role;
use pbgdpl_model::register::Decision;
use pbgdpl_model::report::Place;
use pbgdpl_scope::Tenant;

use crate::demo::people::People;
use crate::demo::time::{at, day};
use crate::demo::year::{Numbers, YEAR};
use crate::wiring::House;

/// Communes of a district whose groups are in the register, and groups of each.
const COMMUNES: usize = 3;
const GROUPS: u32 = 3;

/// Enters the groups of every district; one of them ended in the middle of the year, one was counted wrongly first.
///
/// # Errors
/// What a group lacks, or a fault of the store.
pub async fn of_the_year(
    house: &House,
    clock: &SetClock,
    people: &People,
    tenants: &[Tenant],
) -> anyhow::Result<()> {
    for tenant in tenants {
        let reader = house.store.read().tenant(tenant).await?;
        let places = communes(&reader, tenant.agency()).await?;
        drop(reader);
        if places.is_empty() {
            continue;
        }
        clock.set(at(day(YEAR + 1, 1, 25), 6 * 60));
        let ctx = people.of(tenant, Role::Reporter)?.ctx(tenant, house.app.now());
        let mut numbers = Numbers::of(tenant);
        let mut rows = Vec::new();
        for place in places.iter().take(COMMUNES) {
            rows.extend((1..=GROUPS).map(|number| group(place, number, &mut numbers)));
        }
        let ids = match import(&house.app, &ctx, &rows).await? {
            Imported::Done(ids) => ids,
            Imported::Refused(wrong) => bail!("{wrong:?}"),
        };
        clock.set(at(day(YEAR + 1, 1, 25), 7 * 60));
        let ctx = people.of(tenant, Role::Reporter)?.ctx(tenant, house.app.now());
        let (first, last) = (rows.first().context("no row")?, ids.last().context("no group")?);
        let right = Right {
            of: 2,
            body: Body::Figures(Figures {
                women: first.figures.women + 1,
                ..first.figures
            }),
            from: first.from,
        };
        let reason = "Sót một hòa giải viên nữ (minh hoạ)";
        done(
            correct(
                &house.app,
                &ctx,
                seen(*ids.first().context("no group")?),
                right,
                reason,
            )
            .await?,
        )?;
        let reason = "Nhập hai thôn thành một (minh hoạ)";
        done(dissolve(&house.app, &ctx, seen(*last), day(YEAR, 7, 1), reason).await?)?;
    }
    Ok(())
}

/// A group that was entered with its two first facts.
const fn seen(group: GroupId) -> Seen {
    Seen { group, based_on: 2 }
}

fn group(place: &Place, number: u32, numbers: &mut Numbers) -> NewGroup {
    let (men, women) = (numbers.within(3, 5), numbers.within(1, 3));
    let founded = day(YEAR - 5, 3, 2);
    NewGroup {
        details: Details {
            name: format!("Tổ hòa giải thôn {number} (minh hoạ)"),
            village: format!("Thôn {number}"),
            commune: place.code.clone(),
            decision: Decision {
                number: format!("{number}/QĐ-MH (minh hoạ)"),
                day: founded,
                issuer: format!("Chủ tịch Ủy ban nhân dân {} (minh hoạ)", place.name),
            },
        },
        founded,
        figures: Figures {
            men,
            women,
            law: numbers.within(0, 1),
            minority: numbers.within(1, men + women),
            trained: Some(numbers.within(0, men + women)),
        },
        from: day(YEAR, 3, 15),
    }
}

fn done<T: std::fmt::Debug>(outcome: Outcome<T>) -> anyhow::Result<T> {
    match outcome {
        Outcome::Done(value) => Ok(value),
        other => bail!("not done: {other:?}"),
    }
}
