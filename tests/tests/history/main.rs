//! Two years of a province, made through the acts alone, and counted anew by a program that knows nothing of the product:
//! REP-01 to 05, REP-15, REP-16, N-01, N-05, on both databases.
//!
//! The same seed makes the same years. `PBGDPL_HISTORY=all` takes every agency of Kon Tum and thousands of activities
//! (`cargo xtask campaign history`).

mod files;
mod numbers;
mod plan;
mod province;
mod questions;
mod recount;
mod replay;
mod reports;
mod taken;

use std::collections::BTreeMap;

use pbgdpl_store::Engine;
use pbgdpl_testkit::house::BOTH;

use plan::Size;
use recount::Recount;
use taken::Taken;

/// How many activities, of which agencies, and how many questions of structure.
fn size() -> Size {
    match std::env::var("PBGDPL_HISTORY").as_deref() {
        Ok("all") => Size {
            agencies: None,
            activities: 4_000,
            questions: 1_000,
        },
        _ => Size {
            agencies: Some(files::SOME),
            activities: 150,
            questions: 200,
        },
    }
}

#[track_caller]
fn agrees(what: &str, engine: Engine, found: &Recount, least: usize) {
    assert!(
        found.differences.is_empty(),
        "{engine:?}: {what}: {} differences in {} figures: {:#?}",
        found.differences.len(),
        found.compared,
        found.differences.iter().take(20).collect::<Vec<_>>()
    );
    assert!(
        found.compared >= least,
        "{engine:?}: {what}: only {} figures were compared",
        found.compared
    );
    println!("{engine:?}: {what}: {} figures, 0 differences", found.compared);
}

/// The figures of every line of every sum, without what differs from run to run (ids, hashes, times).
fn figures(taken: &Taken) -> BTreeMap<String, serde_json::Value> {
    let mut all = BTreeMap::new();
    for sum in &taken.sums {
        for row in sum["rows"].as_array().unwrap() {
            let name = format!(
                "{} {} {} {} {}",
                sum["form"], sum["period"], sum["year"], sum["version"], row["key"]
            );
            all.insert(name, row["cells"].clone());
        }
    }
    all
}

#[tokio::test]
async fn two_years_counted_anew_without_a_difference() {
    let size = size();
    let mut first: Option<BTreeMap<String, serde_json::Value>> = None;
    for engine in BOTH {
        let taken = replay::two_years(engine, &size).await;
        agrees("cells of every report", engine, &recount::reports(&taken), 1_000);
        agrees(
            "cells of every sum of the province",
            engine,
            &recount::sums(&taken),
            500,
        );
        agrees("sums by other structures", engine, &recount::redrawn(&taken), 100);
        assert!(
            taken.answers.len() >= size.questions,
            "{} questions",
            taken.answers.len()
        );
        agrees(
            "figures by structure",
            engine,
            &recount::answers(&taken),
            size.questions,
        );
        taken.is_rich();
        let mine = figures(&taken);
        match &first {
            Some(first) => assert_eq!(*first, mine, "the same years on both databases"),
            None => first = Some(mine),
        }
    }
}

#[test]
fn the_same_seed_makes_the_same_years() {
    let planned = || plan::planned(&files::sections(Some(files::SOME)), 150);
    assert_eq!(format!("{:?}", planned()), format!("{:?}", planned()));
}

/// A recount that cannot find a fault proves nothing: one row more, and it must disagree.
#[tokio::test]
async fn one_row_too_many_is_found() {
    let size = Size {
        agencies: Some(files::SOME),
        activities: 30,
        questions: 24,
    };
    let mut taken = replay::two_years(Engine::Sqlite, &size).await;
    let counted = taken
        .ledger
        .iter()
        .position(|row| row["day"].as_str() < Some("2020-05-01"));
    let mut more = taken.ledger[counted.unwrap()].clone();
    more["quantity"] = (more["quantity"].as_i64().unwrap() + 1).into();
    taken.ledger.push(more);
    assert!(!recount::reports(&taken).differences.is_empty());
    assert!(!recount::answers(&taken).differences.is_empty());
    taken.ledger.pop();
    taken.forget_successions();
    assert!(
        !recount::answers(&taken).differences.is_empty(),
        "who followed whom matters"
    );
}
