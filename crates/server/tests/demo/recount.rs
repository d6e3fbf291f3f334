//! The province's form counted anew by hand, from the programs' exports alone: rows of the ledger, and the cells that
//! people declared. Nothing of the product's own arithmetic is used.
//!
//! Where each figure of 09c comes from: columns 3-8 and 10-12 of an agency are its ledger; column 9 is 10 + 11 + 12;
//! columns 1 and 2 are declared, by provincial agencies only (reporters of a district are not reporters of the province);
//! where an agency keeps a register they are counted: five people were entered by hand, and who of them spoke stands in
//! the rows of the ledger.
//! A district adds what its communes reported to it, which it declares row by row.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;

use serde_json::Value;

use super::json;

const PERIOD: &str = "nam-chinh-thuc-2020";

/// The agencies whose form of the year counts their register, and how many people each entered before the year.
const REGISTERED: [(&str, i64); 2] = [("so-noi-vu", 5), ("so-y-te", 5)];

/// What each counted column counts.
const COUNTED: [(u8, &[&str]); 9] = [
    (3, &["direct_sessions"]),
    (4, &["direct_attendees"]),
    (5, &["contests"]),
    (6, &["contest_entrants"]),
    (7, &["materials_issued", "materials_online"]),
    (8, &["materials_online"]),
    (10, &["funding_regular"]),
    (11, &["funding_programme"]),
    (12, &["funding_other"]),
];

/// Figures by column; a column of which nothing was said is absent.
type Figures = BTreeMap<u8, i64>;

fn put_in(sum: &mut Figures, more: &Figures) {
    for (column, figure) in more {
        *sum.entry(*column).or_default() += figure;
    }
}

fn with_money_added(mut figures: Figures) -> Figures {
    let parts: Vec<i64> = [10, 11, 12]
        .iter()
        .filter_map(|column| figures.get(column).copied())
        .collect();
    if !parts.is_empty() {
        figures.insert(9, parts.iter().sum());
    }
    figures
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap()
}

/// The ledger of 2020.
struct Ledger {
    /// Added up row by row: agency and measure.
    counted: HashMap<(String, String), i64>,
    /// Direct sessions of each person who spoke, by agency.
    spoke: HashMap<String, HashMap<String, i64>>,
}

fn ledger(folder: &Path) -> Ledger {
    let rows = json(
        folder,
        &["ledger", "export", "--from", "2020-01-01", "--to", "2020-12-31"],
    );
    let mut ledger = Ledger {
        counted: HashMap::new(),
        spoke: HashMap::new(),
    };
    for row in rows.as_array().unwrap() {
        let (agency, measure) = (text(row, "agency").to_owned(), text(row, "measure").to_owned());
        let quantity = row["quantity"].as_i64().unwrap();
        if measure == "direct_sessions" {
            for person in row["speakers"].as_array().unwrap() {
                let people = ledger.spoke.entry(agency.clone()).or_default();
                *people.entry(person.as_str().unwrap().to_owned()).or_default() += quantity;
            }
        }
        *ledger.counted.entry((agency, measure)).or_default() += quantity;
    }
    ledger
}

/// The people of an agency: declared, or counted where it keeps a register.
fn people(unit: &Value, slug: &str, ledger: &Ledger) -> Figures {
    let Some((_, entered)) = REGISTERED.iter().find(|(known, _)| *known == slug) else {
        return declared(unit, 1..=2);
    };
    let spoke: BTreeSet<&String> = ledger.spoke[slug]
        .iter()
        .filter(|(_, sessions)| **sessions > 0)
        .map(|(person, _)| person)
        .collect();
    let expected = Figures::from([(1, *entered), (2, i64::try_from(spoke.len()).unwrap())]);
    for (column, figure) in &expected {
        let cell = &unit["cells"][column.to_string()];
        assert_eq!(cell["source"], "register", "{slug}, column {column}");
        assert_eq!(cell["actual"], *figure, "{slug}, column {column}");
    }
    expected
}

/// Declared cells of a row of a report, these columns only.
fn declared(row: &Value, columns: impl Iterator<Item = u8>) -> Figures {
    columns
        .filter_map(|column| {
            let cell = &row["cells"][column.to_string()];
            let figure = cell["actual"].as_i64()?;
            assert_eq!(cell["source"], "declared", "{row}");
            Some((column, figure))
        })
        .collect()
}

/// What one agency adds to the province: its ledger, and what it declared.
fn of_agency(folder: &Path, source: &Value, ledger: &Ledger) -> Figures {
    let slug = text(&source["agency"], "slug");
    let report = json(folder, &["report", "export", text(source, "form"), slug, PERIOD]);
    let rows = report["rows"].as_array().unwrap();
    let unit = rows.iter().find(|row| row["kind"] == "unit").unwrap();
    let district = text(&source["agency"], "report_row") == "dia_ban";
    let mut own: Figures = COUNTED
        .iter()
        .map(|(column, measures)| {
            let of = |measure: &&str| ledger.counted.get(&(slug.to_owned(), (*measure).to_owned()));
            (*column, measures.iter().filter_map(of).sum())
        })
        .collect();
    own = with_money_added(own);
    for (column, figure) in &own {
        let cell = &unit["cells"][column.to_string()];
        assert_eq!(cell["actual"], *figure, "{slug}, own row, column {column}");
    }
    if district {
        for commune in rows.iter().filter(|row| row["kind"] == "commune") {
            let said = declared(commune, COUNTED.iter().map(|(column, _)| *column));
            put_in(&mut own, &with_money_added(said));
        }
    } else {
        put_in(&mut own, &people(unit, slug, ledger));
    }
    own
}

/// Every cell of every row of the frozen 09c equals the recount.
pub(crate) fn every_cell_of_every_row(folder: &Path) {
    let ledger = ledger(folder);
    let form = json(folder, &["report", "export", "09c", "tinh", PERIOD]);
    let mut expected: BTreeMap<String, Figures> = BTreeMap::new();
    for row in ["tong_so", "so_tu_phap", "dia_ban", "so_nganh"] {
        expected.insert(row.to_owned(), Figures::new());
    }
    for source in form["sources"].as_array().unwrap() {
        let agency = &source["agency"];
        let own = of_agency(folder, source, &ledger);
        let group = text(agency, "report_row");
        put_in(expected.get_mut("tong_so").unwrap(), &own);
        put_in(expected.get_mut(group).unwrap(), &own);
        // Sở Tư pháp is a group of one: its group's row is its own.
        if group != "so_tu_phap" {
            expected.insert(text(agency, "slug").to_owned(), own);
        }
    }
    for (slug, _) in REGISTERED {
        assert!(
            expected.contains_key(slug),
            "{slug} proves nothing where it is not added up"
        );
        assert!(
            (1..5).contains(&expected[slug][&2]),
            "{slug}: some of its people spoke, not all"
        );
    }
    let rows = form["rows"].as_array().unwrap();
    let mut keys: Vec<&str> = rows.iter().map(|row| text(row, "key")).collect();
    keys.sort_unstable();
    assert_eq!(keys, expected.keys().collect::<Vec<_>>(), "the rows of the form");
    let mut said = 0;
    for row in rows {
        let (key, cells) = (text(row, "key"), &row["cells"]);
        for column in 1..=12u8 {
            let cell = &cells[column.to_string()];
            let figure = expected[key].get(&column).copied();
            assert_eq!(cell["actual"].as_i64(), figure, "row {key}, column {column}");
            assert_eq!(
                cell["total"].as_i64(),
                figure,
                "row {key}, column {column}: total"
            );
            assert!(cell["estimate"].is_null(), "row {key}, column {column}: official");
            said += usize::from(figure.is_some());
        }
    }
    assert!(
        rows.len() >= 40 && said > 400,
        "{} rows, {said} figures",
        rows.len()
    );
    let total = &expected["tong_so"];
    for column in [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] {
        assert!(
            total[&column] > 0,
            "column {column} proves nothing where it is empty"
        );
    }
}
