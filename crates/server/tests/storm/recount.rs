//! The books counted anew from `pbgdpl ledger export` alone, and compared with everything that shows a figure. Nothing of the
//! product's arithmetic is used: only JSON, TOML and sums.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use pbgdpl_app::report::export;
use pbgdpl_model::activity::Answer;
use pbgdpl_model::id::{ActivityId, ReportId};
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::structure::View;
use pbgdpl_province::oversight::dashboard::dashboard;
use pbgdpl_province::oversight::drill::figure;
use pbgdpl_scope::Tenant;
use serde_json::Value;

use crate::books::{Line, Sums};
use crate::place::Place;
use crate::programs::Programs;

/// What was compared, and what did not agree.
#[derive(Debug, Default)]
pub(crate) struct Recount {
    pub compared: usize,
    pub differences: Vec<String>,
}

impl Recount {
    fn same<T: PartialEq + std::fmt::Debug>(&mut self, name: &str, stands: &T, counted: &T) {
        self.compared += 1;
        if stands != counted {
            self.differences
                .push(format!("{name}: stands {stands:?}, counted {counted:?}"));
        }
    }

    fn one_of(&mut self, name: &str, stands: &Sums, may_stand: &[Sums]) {
        self.compared += stands.len().max(1);
        if !may_stand.contains(stands) {
            self.differences
                .push(format!("{name}: stands {stands:?}, may stand {may_stand:?}"));
        }
    }
}

/// A row of the ledger as it was exported.
struct Row {
    agency: String,
    source: String,
    day: NaiveDate,
    measure: String,
    quantity: i64,
}

fn exported(programs: &Programs) -> Vec<Row> {
    let range = ["--from", "2019-01-01", "--to", "2100-01-01", "--json"];
    let lines = programs.json(&[&["ledger", "export"], &range[..]].concat());
    let text = |line: &Value, key: &str| line[key].as_str().unwrap().to_owned();
    let lines = lines.as_array().unwrap().iter();
    lines
        .map(|line| Row {
            agency: text(line, "agency"),
            source: text(line, "source_id"),
            day: text(line, "day").parse().unwrap(),
            measure: text(line, "measure"),
            quantity: line["quantity"].as_i64().unwrap(),
        })
        .collect()
}

fn summed<K: Ord>(rows: &[Row], key: impl Fn(&Row) -> Option<K>) -> BTreeMap<K, i64> {
    let mut sums = BTreeMap::new();
    for row in rows {
        if let Some(key) = key(row) {
            *sums.entry(key).or_insert(0) += row.quantity;
        }
    }
    sums.retain(|_, quantity| *quantity != 0);
    sums
}

/// Counts anew and compares. `books`: of all storms so far; `reports`: the open form of each agency, with its file.
pub(crate) async fn recount(
    place: &Place,
    programs: &Programs,
    books: &[Line],
    reports: &[(Tenant, ReportId, String)],
) -> Recount {
    let mut found = Recount::default();
    let rows = exported(programs);
    acts(place, &rows, books, &mut found).await;
    days(place, &rows, &mut found).await;
    let years: BTreeSet<i32> = rows.iter().map(|row| row.day.year()).collect();
    for year in years {
        province(place, &rows, year, &mut found).await;
    }
    for (tenant, report, file) in reports {
        form(place, &rows, (tenant, *report, file), &mut found).await;
    }
    let rollup = programs.json(&["rollup", "verify", "--json"]);
    found.same(
        "faults of the roll-up",
        &rollup["faults"].as_array().map(Vec::len),
        &Some(0),
    );
    let chains = programs.json(&["audit", "verify", "--json"]);
    found.same("chains are whole", &chains["whole"], &Value::Bool(true));
    found
}

/// Every act that was acknowledged stands once; what nobody sent stands nowhere.
async fn acts(place: &Place, rows: &[Row], books: &[Line], found: &mut Recount) {
    for tenant in [&place.house.a, &place.house.b] {
        let mine = |row: &&Row| row.agency == tenant.slug();
        let sources: BTreeSet<&String> = rows.iter().filter(mine).map(|row| &row.source).collect();
        let reader = place.house.store.read().tenant(tenant).await.unwrap();
        let mut titles: BTreeMap<String, Vec<&String>> = BTreeMap::new();
        for source in sources {
            let id: ActivityId = source.parse().unwrap();
            let activity = reader.activity(id).await.unwrap().unwrap();
            titles.entry(activity.content.title).or_default().push(source);
        }
        drop(reader);
        for line in books.iter().filter(|line| line.agency == tenant.slug()) {
            let sources = titles.remove(&line.title).unwrap_or_default();
            found.same(&format!("{}: once", line.title), &(sources.len() <= 1), &true);
            let stands = summed(rows, |row| {
                sources
                    .contains(&&row.source)
                    .then(|| (row.day, row.measure.clone()))
            });
            let may_stand: Vec<Sums> = line
                .may_stand
                .iter()
                .map(|figures| figures.as_ref().map_or_else(Sums::new, |figures| figures.sums()))
                .collect();
            found.one_of(&line.title, &stands, &may_stand);
        }
        found.same(
            "activities that nobody sent",
            &titles.into_keys().collect::<Vec<_>>(),
            &vec![],
        );
    }
    shares(place, books, found).await;
}

/// An invitation for each joint activity at the other agency, withdrawn with it.
async fn shares(place: &Place, books: &[Line], found: &mut Recount) {
    for (owner, other) in [(&place.house.a, &place.house.b), (&place.house.b, &place.house.a)] {
        let reader = place.house.store.read().tenant(other).await.unwrap();
        let mut there: BTreeMap<String, Vec<bool>> = BTreeMap::new();
        let mut page = 1;
        loop {
            let (shares, _) = reader.shares(None, page, 200).await.unwrap();
            if shares.is_empty() {
                break;
            }
            for share in shares {
                let stands = share.answer != Answer::Withdrawn;
                there.entry(share.title).or_default().push(stands);
            }
            page += 1;
        }
        for line in books
            .iter()
            .filter(|line| line.agency == owner.slug() && line.joint)
        {
            let shares = there.remove(&line.title).unwrap_or_default();
            let name = format!("{}: its share", line.title);
            match line.may_stand.as_slice() {
                [Some(_)] => found.same(&name, &shares, &vec![true]),
                // Taken back before the invitation left, it invites nobody.
                [None] if shares.is_empty() => found.same(&name, &shares, &vec![]),
                [None] => found.same(&name, &shares, &vec![false]),
                _ => found.same(&name, &(shares.len() <= 1), &true),
            }
        }
    }
}

/// The sums of days in each agency.
async fn days(place: &Place, rows: &[Row], found: &mut Recount) {
    for tenant in [&place.house.a, &place.house.b] {
        let reader = place.house.store.read().tenant(tenant).await.unwrap();
        let stands: BTreeMap<_, i64> = reader
            .day_totals()
            .await
            .unwrap()
            .into_iter()
            .filter(|(_, quantity)| *quantity != 0)
            .map(|((day, measure), quantity)| ((day, measure.word().to_owned()), quantity))
            .collect();
        let counted = summed(rows, |row| {
            (row.agency == tenant.slug()).then(|| (row.day, row.measure.clone()))
        });
        let keys: BTreeSet<_> = stands.keys().chain(counted.keys()).collect();
        for key in keys {
            let name = format!("{}: day {key:?}", tenant.slug());
            found.same(&name, &stands.get(key), &counted.get(key));
        }
    }
}

/// Every figure of the dashboard and of the way down, for who acts and for who looks.
async fn province(place: &Place, rows: &[Row], year: i32, found: &mut Recount) {
    let officer = place.house.province_ctx(&place.house.officer).await.unwrap();
    let auditor = place.house.province_ctx(&place.house.auditor).await.unwrap();
    let of_year = |row: &Row| row.day.year() == year;
    let count = |wanted: &dyn Fn(&Row) -> bool| -> i64 {
        rows.iter()
            .filter(|row| of_year(row) && wanted(row))
            .map(|row| row.quantity)
            .sum()
    };
    for ctx in [officer, auditor.who_only_looks()] {
        let who = ctx.actor().name().to_owned();
        let seen = dashboard(&place.house.province, &ctx, Some(year), View::AsWas)
            .await
            .unwrap();
        for total in &seen.totals {
            let counted = count(&|row| row.measure == total.measure.word());
            found.same(&format!("{who}: {year} {}", total.measure), &total.this, &counted);
        }
        let is = |row: &Row| row.measure == seen.measure.word();
        for (month, stands) in (1..).zip(seen.months) {
            let counted = count(&|row| is(row) && row.day.month() == month);
            found.same(&format!("{who}: month {month}"), &stands.0, &counted);
        }
        for agency in &seen.agencies {
            for (month, stands) in (1..).zip(agency.months) {
                let counted =
                    count(&|row| is(row) && row.agency == agency.agency.slug && row.day.month() == month);
                found.same(
                    &format!("{who}: {} month {month}", agency.name),
                    &stands,
                    &counted,
                );
            }
        }
        let shown: BTreeMap<_, i64> = seen.days.days.into_iter().filter(|(_, q)| *q != 0).collect();
        let counted = summed(rows, |row| (of_year(row) && is(row)).then_some(row.day));
        found.same(&format!("{who}: days of {year}"), &shown, &counted);
        for measure in [
            Measure::DirectSessions,
            Measure::DirectAttendees,
            Measure::MaterialsIssued,
        ] {
            let down = figure(&place.house.province, &ctx, measure, year, View::AsWas)
                .await
                .unwrap();
            let is = |row: &Row| row.measure == measure.word();
            found.same(&format!("{who}: {measure}"), &down.total, &count(&is));
            for share in down.shares {
                let counted = count(&|row| is(row) && row.agency == share.slug);
                found.same(
                    &format!("{who}: {measure} of {}", share.slug),
                    &share.quantity,
                    &counted,
                );
            }
        }
    }
}

/// Every automatic cell of an agency's form.
async fn form(
    place: &Place,
    rows: &[Row],
    (tenant, report, file): (&Tenant, ReportId, &str),
    found: &mut Recount,
) {
    let ctx = place.house.ctx(tenant, &place.house.in_a.reporter).await.unwrap();
    let ctx = pbgdpl_scope::Ctx::of_system(tenant.clone(), "recount", ctx.now(), ctx.request().clone());
    let report = export::report(&place.house.app, &ctx, report).await.unwrap();
    let report = serde_json::to_value(&report).unwrap();
    let day = |key: &str| -> NaiveDate { report[key].as_str().unwrap().parse().unwrap() };
    let (from, to) = (day("from"), day("actual_to"));
    let form: toml::Table = toml::from_str(file).unwrap();
    for column in form["column"].as_array().unwrap() {
        if column["source"].as_str() != Some("ledger") {
            continue;
        }
        let measures: Vec<&str> = column["measures"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(toml::Value::as_str)
            .collect();
        let counts = |row: &&Row| {
            row.agency == tenant.slug()
                && from <= row.day
                && row.day <= to
                && measures.contains(&row.measure.as_str())
        };
        let counted: i64 = rows.iter().filter(counts).map(|row| row.quantity).sum();
        let number = column["number"].to_string();
        for line in report["rows"].as_array().unwrap() {
            if line["kind"] == "unit" {
                let stands = line["cells"][&number]["actual"].as_i64();
                let name = format!("{} of {}: column {number}", report["form"], tenant.slug());
                found.same(&name, &stands, &Some(counted));
            }
        }
    }
}
