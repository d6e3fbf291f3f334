//! Questions at random on the way: which agencies, which days, by which structure, as known on which day; answered as the house
//! stands then.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::structure::View;
use pbgdpl_province::oversight::gather::{Asked, Figures, gather};
use pbgdpl_province::oversight::standpoint::Standpoint;
use pbgdpl_scope::Tenant;

use crate::numbers::Numbers;
use crate::province::Place;

/// A question with the product's answer, in words that anybody may read.
#[derive(Debug, Clone)]
pub(crate) struct Answered {
    /// When it was asked, RFC 3339.
    pub(crate) at: String,
    /// The day whose knowledge is asked for, if not the present: what was recorded later does not count.
    pub(crate) known: Option<NaiveDate>,
    pub(crate) from: NaiveDate,
    pub(crate) to: NaiveDate,
    /// The slugs of the agencies whose facts are asked for; all without it.
    pub(crate) makers: Option<Vec<String>>,
    /// The day of the structure; as it was without one.
    pub(crate) on: Option<NaiveDate>,
    /// Slug of who stands, measure, how much.
    pub(crate) figures: BTreeMap<(String, String), i64>,
    /// Measure, how much.
    pub(crate) total: BTreeMap<String, i64>,
}

/// Asks once.
pub(crate) async fn asked(place: &Place, numbers: &mut Numbers) -> Answered {
    let tenants = place.tenants();
    let (from, to) = days(place.today(), numbers);
    let makers = (!numbers.once_in(4)).then(|| {
        let some = tenants.iter().filter(|_| numbers.once_in(2));
        some.cloned().collect::<Vec<Tenant>>()
    });
    let on = (!numbers.once_in(4)).then(|| numbers.day(day("2020-01-01"), day("2022-12-31")));
    let known = numbers
        .once_in(2)
        .then(|| numbers.day(day("2020-01-01"), place.today().pred_opt().unwrap()));
    let at = Standpoint {
        structure: on.map_or(View::AsWas, View::On),
        known,
    };
    let asked = Asked {
        from,
        to,
        at,
        makers: makers
            .as_ref()
            .map(|makers| makers.iter().map(Tenant::id).collect()),
    };
    let ctx = place.officer();
    let answer = gather(&place.province, &ctx, &asked).await.unwrap();
    let slug = |unit: TenantId| {
        let tenant = tenants.iter().find(|tenant| tenant.id() == unit);
        tenant.unwrap().slug().to_owned()
    };
    let mut figures = BTreeMap::new();
    for line in &answer.lines {
        for (measure, quantity) in without_zeros(&line.figures) {
            figures.insert((slug(line.unit), measure), quantity);
        }
    }
    Answered {
        at: place.now().rfc3339(),
        known,
        from,
        to,
        makers: makers.map(|makers| makers.iter().map(|maker| maker.slug().to_owned()).collect()),
        on,
        figures,
        total: without_zeros(&answer.total),
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A month, a half, a year, or any days.
fn days(today: NaiveDate, numbers: &mut Numbers) -> (NaiveDate, NaiveDate) {
    let begin = day("2020-01-01");
    match numbers.within(1, 6) {
        1 => (begin, day("2020-12-31")),
        2 => (begin, day("2020-06-30")),
        3 => (day("2021-01-01"), day("2021-12-31")),
        4 => (begin, today),
        _ => {
            let from = numbers.day(begin, today);
            (from, numbers.day(from, today))
        }
    }
}

fn without_zeros(figures: &Figures) -> BTreeMap<String, i64> {
    let told = figures.iter().filter(|(_, quantity)| **quantity != 0);
    told.map(|(measure, quantity)| (measure.word().to_owned(), *quantity))
        .collect()
}
