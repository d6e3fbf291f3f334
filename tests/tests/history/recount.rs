//! The two years counted anew from exports alone: rows of the ledger, cells that people declared, the forms' own files, and
//! who followed whom. Nothing of the product's arithmetic is used here: only JSON, TOML and days.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde_json::Value;

use crate::taken::Taken;

/// What was compared, and what did not agree.
#[derive(Debug, Default)]
pub(crate) struct Recount {
    pub(crate) compared: usize,
    pub(crate) differences: Vec<String>,
}

impl Recount {
    fn same<T: PartialEq + std::fmt::Debug>(&mut self, name: &str, stands: &T, counted: &T) {
        self.compared += 1;
        if stands != counted {
            self.differences
                .push(format!("{name}: stands {stands:?}, counted {counted:?}"));
        }
    }
}

/// Actual and estimate; what was not said is none.
type Figure = (Option<i64>, Option<i64>);
type Cells = BTreeMap<String, Figure>;

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap()
}

fn list<'a>(value: &'a Value, key: &str) -> &'a Vec<Value> {
    value[key].as_array().unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn moment(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339(text).unwrap()
}

fn plus(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    if a.is_none() && b.is_none() {
        return None;
    }
    Some(a.unwrap_or(0) + b.unwrap_or(0))
}

fn put_in(sum: &mut Cells, more: &Cells) {
    for (column, figure) in more {
        let to = sum.entry(column.clone()).or_default();
        *to = (plus(to.0, figure.0), plus(to.1, figure.1));
    }
}

fn cells(row: &Value) -> Cells {
    let cells = row["cells"].as_object().unwrap();
    cells
        .iter()
        .map(|(column, cell)| {
            (
                column.clone(),
                (cell["actual"].as_i64(), cell["estimate"].as_i64()),
            )
        })
        .collect()
}

/// A form's columns: number, where its cells come from, what they count or add up, what it is.
struct Column {
    number: String,
    source: String,
    measures: Vec<String>,
    sum: Vec<String>,
    /// Heading and kind: two forms speak of the same thing where both are equal.
    means: (Vec<String>, String),
}

fn words(value: Option<&toml::Value>) -> Vec<String> {
    let list = value.and_then(toml::Value::as_array).cloned().unwrap_or_default();
    list.iter()
        .map(|word| word.as_str().map_or_else(|| word.to_string(), str::to_owned))
        .collect()
}

fn columns(taken: &Taken, form: &str) -> Vec<Column> {
    let (_, file) = taken.forms.iter().find(|(id, _)| id == form).unwrap();
    let file: toml::Table = toml::from_str(file).unwrap();
    let all = file["column"].as_array().unwrap();
    let number_of = |indicator: &String| {
        let mut named = all.iter();
        let column = named.find(|column| words_in(column, "indicator").first() == Some(indicator));
        column.unwrap()["number"].to_string()
    };
    let of = |column: &toml::Value| Column {
        number: column["number"].to_string(),
        source: source_of(taken, column)["source"].as_str().unwrap().to_owned(),
        measures: words(source_of(taken, column).get("measures")),
        sum: match source_of(taken, column).get("parts") {
            Some(parts) => words(Some(parts)).iter().map(number_of).collect(),
            None => words(column.get("sum")),
        },
        means: (
            words(column.get("path")),
            column["type"].as_str().unwrap().to_owned(),
        ),
    };
    all.iter().map(of).collect()
}

/// Where a column says what it counts: itself, or the file of the indicator that it names.
fn source_of(taken: &Taken, column: &toml::Value) -> toml::Value {
    let Some(id) = column.get("indicator").and_then(toml::Value::as_str) else {
        return column.clone();
    };
    let (_, file) = taken.indicators.iter().find(|(known, _)| known == id).unwrap();
    toml::Value::Table(toml::from_str(file).unwrap())
}

/// A key that holds one word, as a list.
fn words_in(column: &toml::Value, key: &str) -> Vec<String> {
    let word = column.get(key).and_then(toml::Value::as_str);
    word.map(str::to_owned).into_iter().collect()
}

/// The columns that add up others, filled from their parts.
fn with_sums(columns: &[Column], mut cells: Cells) -> Cells {
    for column in columns.iter().filter(|column| column.source == "formula") {
        let mut sum = Figure::default();
        for part in column.sum.iter().filter_map(|part| cells.get(part)) {
            sum = (plus(sum.0, part.0), plus(sum.1, part.1));
        }
        cells.insert(column.number.clone(), sum);
    }
    cells
}

fn compare(found: &mut Recount, name: &str, row: &Value, counted: &Cells) {
    let stands = cells(row);
    let columns: BTreeSet<&String> = stands.keys().chain(counted.keys()).collect();
    for column in columns {
        let name = format!("{name}, row {}, column {column}", row["key"]);
        found.same(&name, &stands.get(column), &counted.get(column));
        let total = counted.get(column).and_then(|figure| plus(figure.0, figure.1));
        if row["cells"][column].get("total").is_some() {
            found.same(&name, &row["cells"][column]["total"].as_i64(), &total);
        }
    }
}

fn name_of(report: &Value) -> String {
    format!(
        "{} {} {} v{}",
        report["form"], report["period"], report["year"], report["version"]
    )
}

/// Every automatic cell of every report: the rows of its days that its position covers; every sum of its lines.
pub(crate) fn reports(taken: &Taken) -> Recount {
    let mut found = Recount::default();
    for report in &taken.reports {
        let name = format!("{} {}", text(&report["agency"], "slug"), name_of(report));
        let columns = columns(taken, text(report, "form"));
        let counted = counted(taken, report);
        let rows = list(report, "rows");
        let mut whole = Cells::new();
        let mut communes = Cells::new();
        for row in rows
            .iter()
            .filter(|row| ["unit", "commune"].contains(&text(row, "kind")))
        {
            let own = text(row, "kind") == "unit";
            let mut mine = cells(row);
            for column in columns.iter().filter(|column| own && column.source == "ledger") {
                let of = |measure: &String| counted.get(measure).copied().unwrap_or(0);
                let estimate = mine.get(&column.number).and_then(|figure| figure.1);
                mine.insert(
                    column.number.clone(),
                    (Some(column.measures.iter().map(of).sum()), estimate),
                );
            }
            let mine = with_sums(&columns, mine);
            compare(&mut found, &name, row, &mine);
            put_in(&mut whole, &mine);
            if !own {
                put_in(&mut communes, &mine);
            }
        }
        for row in rows {
            match text(row, "kind") {
                "total" => compare(&mut found, &name, row, &whole),
                "group" => compare(&mut found, &name, row, &communes),
                _ => {}
            }
        }
    }
    found
}

/// What the ledger of the report's agency counts for it, by measure.
fn counted(taken: &Taken, report: &Value) -> BTreeMap<String, i64> {
    let slug = text(&report["agency"], "slug");
    let (from, to) = (day(text(report, "from")), day(text(report, "actual_to")));
    let last = report["ledger_seq"].as_i64().unwrap();
    let mut sums = BTreeMap::new();
    for row in taken.ledger.iter().filter(|row| text(row, "agency") == slug) {
        let on = day(text(row, "day"));
        if from <= on && on <= to && row["seq"].as_i64().unwrap() <= last {
            *sums.entry(text(row, "measure").to_owned()).or_default() += row["quantity"].as_i64().unwrap();
        }
    }
    sums
}

/// Every cell of every line of the province's forms: the reports it names, added up.
pub(crate) fn sums(taken: &Taken) -> Recount {
    let mut found = Recount::default();
    for sum in &taken.sums {
        let name = name_of(sum);
        let columns = columns(taken, text(sum, "form"));
        let parts: Vec<Cells> = list(sum, "sources")
            .iter()
            .map(|source| taken_over(taken, sum, source))
            .collect();
        let mut groups: BTreeMap<String, Cells> = BTreeMap::new();
        for (source, part) in list(sum, "sources").iter().zip(&parts) {
            let agency = &source["agency"];
            let row = text(agency, "report_row");
            for key in ["tong_so", row, text(agency, "slug")] {
                // Sở Tư pháp is a group of one: it has no second line.
                if key == row || row != "so_tu_phap" || key == "tong_so" {
                    put_in(groups.entry(key.to_owned()).or_default(), part);
                }
            }
        }
        let mut keys = BTreeSet::new();
        for row in list(sum, "rows") {
            let key = text(row, "key");
            keys.insert(key.to_owned());
            let counted = with_sums(&columns, groups.get(key).cloned().unwrap_or_default());
            compare(&mut found, &name, row, &counted);
        }
        for key in groups.keys() {
            found.same(&format!("{name}: a line {key}"), &keys.contains(key), &true);
        }
    }
    found
}

/// What one report brings into the sum: its own total, in the columns in which both forms mean the same.
fn taken_over(taken: &Taken, sum: &Value, source: &Value) -> Cells {
    let slug = text(&source["agency"], "slug");
    let report = taken
        .reports
        .iter()
        .find(|report| {
            text(&report["agency"], "slug") == slug
                && ["form", "version", "hash"]
                    .iter()
                    .all(|key| report[key] == source[key])
                && ["period", "year"].iter().all(|key| report[key] == sum[key])
        })
        .unwrap_or_else(|| panic!("{slug}: no such report was exported"));
    let line = |kind: &str| list(report, "rows").iter().find(|row| text(row, "kind") == kind);
    let whole = line("total").or_else(|| line("unit")).unwrap();
    let theirs = columns(taken, text(report, "form"));
    let mut mine = cells(whole);
    for (own, other) in columns(taken, text(sum, "form")).iter().zip(&theirs) {
        if own.means != other.means {
            mine.remove(&own.number);
        }
    }
    mine
}

/// Who goes on with whose series: the successions that were written down by a moment.
fn heirs(taken: &Taken, at: &str) -> BTreeMap<String, (NaiveDate, String)> {
    let known = taken
        .structure
        .iter()
        .rfind(|(since, _)| moment(since) <= moment(at));
    let mut heirs = BTreeMap::new();
    for file in known.map(|(_, files)| files).into_iter().flatten() {
        let file: toml::Table = toml::from_str(file).unwrap();
        for succession in file["succession"].as_array().unwrap() {
            let from = succession["from"].as_str().unwrap();
            let to = words(succession.get("to"));
            let series = succession.get("series_to").and_then(toml::Value::as_str);
            let heir = series.or(to.first().map(String::as_str));
            let stands_on =
                succession["kind"].as_str() == Some("transfer") || to.iter().any(|unit| unit == from);
            if let (Some(heir), false) = (heir, stands_on) {
                let on = day(succession["day"].as_str().unwrap());
                heirs.insert(from.to_owned(), (on, heir.to_owned()));
            }
        }
    }
    heirs
}

fn stands_for(heirs: &BTreeMap<String, (NaiveDate, String)>, unit: &str, on: NaiveDate) -> String {
    match heirs.get(unit) {
        Some((since, heir)) if *since <= on => stands_for(heirs, heir, on),
        _ => unit.to_owned(),
    }
}

/// A row of the ledger, read once.
struct Entry<'a> {
    maker: &'a str,
    day: NaiveDate,
    at: DateTime<FixedOffset>,
    measure: &'a str,
    quantity: i64,
}

/// Every answer about figures by structure, from the rows that were there when it was asked, or on the day it was asked for.
pub(crate) fn answers(taken: &Taken) -> Recount {
    let mut found = Recount::default();
    let entries: Vec<Entry<'_>> = taken
        .ledger
        .iter()
        .map(|row| Entry {
            maker: text(row, "agency"),
            day: day(text(row, "day")),
            at: moment(text(row, "at")),
            measure: text(row, "measure"),
            quantity: row["quantity"].as_i64().unwrap(),
        })
        .collect();
    for (number, answer) in taken.answers.iter().enumerate() {
        let heirs = heirs(taken, &answer.at);
        let asked_at = moment(&answer.at);
        let counts = |entry: &&Entry<'_>| {
            let makers = answer.makers.as_ref();
            answer.from <= entry.day
                && entry.day <= answer.to
                && entry.at <= asked_at
                && answer.known.is_none_or(|known| entry.at.date_naive() <= known)
                && makers.is_none_or(|makers| makers.iter().any(|one| one == entry.maker))
        };
        let mut figures: BTreeMap<(String, String), i64> = BTreeMap::new();
        let mut total: BTreeMap<String, i64> = BTreeMap::new();
        for entry in entries.iter().filter(counts) {
            let unit = answer.on.map_or_else(
                || entry.maker.to_owned(),
                |on| stands_for(&heirs, entry.maker, on),
            );
            let measure = entry.measure.to_owned();
            *figures.entry((unit, measure.clone())).or_default() += entry.quantity;
            *total.entry(measure).or_default() += entry.quantity;
        }
        figures.retain(|_, quantity| *quantity != 0);
        total.retain(|_, quantity| *quantity != 0);
        let name = format!("question {number}: {answer:?}");
        found.same(&name, &answer.figures, &figures);
        found.same(&name, &answer.total, &total);
        // Conserved, whatever the structure.
        let mut gathered: BTreeMap<String, i64> = BTreeMap::new();
        for ((_, measure), quantity) in &answer.figures {
            *gathered.entry(measure.clone()).or_default() += quantity;
        }
        gathered.retain(|_, quantity| *quantity != 0);
        found.same(&name, &gathered, &total);
    }
    found
}

/// Every line of the sums read by the structure of a day: the lines of the units that it stands for, added up.
pub(crate) fn redrawn(taken: &Taken) -> Recount {
    let mut found = Recount::default();
    let heirs = heirs(taken, "2030-01-01T00:00:00+07:00");
    for drawn in &taken.redrawn {
        let on = day(text(drawn, "on"));
        let name = format!("{} on {on}", name_of(drawn));
        let same = |sum: &&Value| {
            ["form", "period", "year", "version"]
                .iter()
                .all(|key| sum[key] == drawn[key])
        };
        let sum = taken.sums.iter().find(same).unwrap();
        let mut lines: BTreeMap<String, Cells> = BTreeMap::new();
        for row in list(sum, "rows") {
            let key = match text(row, "kind") {
                "agency" => stands_for(&heirs, text(row, "key"), on),
                _ => text(row, "key").to_owned(),
            };
            put_in(lines.entry(key).or_default(), &cells(row));
        }
        for row in list(drawn, "rows") {
            match text(row, "kind") {
                // Below a gathered line: the units that it is made of.
                "unit" => {
                    let maker = text(row, "key").rsplit('/').next().unwrap();
                    let own = list(sum, "rows")
                        .iter()
                        .find(|row| text(row, "key") == maker)
                        .unwrap();
                    compare(&mut found, &name, row, &cells(own));
                }
                _ => compare(
                    &mut found,
                    &name,
                    row,
                    &lines.remove(text(row, "key")).unwrap_or_default(),
                ),
            }
        }
        found.same(
            &format!("{name}: lines that are missing"),
            &lines.into_keys().collect(),
            &Vec::<String>::new(),
        );
    }
    found
}
