//! Laws of the arithmetic over structures: nothing lost, nothing counted twice, whatever was reorganised and when.

use std::collections::BTreeMap;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::ledger::Measure;

fn unit(number: u128) -> TenantId {
    TenantId(Uuid::from_u128(number))
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn ended(from: u128, on: &str, heir: Option<u128>) -> Ending {
    Ending {
        unit: unit(from),
        day: day(on),
        heir: heir.map(unit),
    }
}

#[test]
fn n_01_ten_and_fifteen_are_twenty_five_either_way() {
    let merged = Structure::of([ended(1, "2020-07-01", Some(3)), ended(2, "2020-07-01", Some(3))]);
    let facts = [(unit(1), 10), (unit(2), 15)];
    let drawn = |view| {
        let lines = merged.draw(view, facts);
        let figures: Vec<_> = lines
            .iter()
            .map(|line| (line.unit.0.as_u128(), line.figures))
            .collect();
        figures
    };
    assert_eq!(drawn(View::AsWas), [(1, 10), (2, 15)]);
    assert_eq!(drawn(View::On(day("2020-06-30"))), [(1, 10), (2, 15)]);
    assert_eq!(drawn(View::On(day("2020-07-01"))), [(3, 25)]);
    let lines = merged.draw(View::On(day("2021-01-01")), facts);
    assert!(lines[0].is_gathered());
    assert_eq!(lines[0].parts, facts, "the line says of which units it is made");
}

#[test]
fn a_chain_is_followed_to_the_day_and_no_further() {
    let structure = Structure::of([
        ended(1, "2019-01-01", Some(2)),
        ended(2, "2020-01-01", Some(3)),
        ended(3, "2021-01-01", None),
    ]);
    let on = |text| structure.stands_for(unit(1), View::On(day(text))).0.as_u128();
    assert_eq!(
        [
            "2018-12-31",
            "2019-01-01",
            "2019-12-31",
            "2020-01-01",
            "2025-01-01"
        ]
        .map(on),
        [1, 2, 2, 3, 3],
        "who ended without an heir keeps its figures"
    );
    assert_eq!(structure.newest_day(), Some(day("2020-01-01")));
}

#[test]
fn a_circle_and_a_second_end_are_left_out() {
    let structure = Structure::of([
        ended(1, "2020-01-01", Some(2)),
        ended(2, "2020-01-01", Some(1)),
        ended(1, "2021-01-01", Some(3)),
        ended(4, "2020-01-01", Some(4)),
    ]);
    let last = View::On(NaiveDate::MAX);
    assert_eq!(structure.stands_for(unit(1), last), unit(2));
    assert_eq!(structure.stands_for(unit(2), last), unit(2));
    assert_eq!(structure.stands_for(unit(4), last), unit(4));
}

fn some_day() -> impl Strategy<Value = NaiveDate> {
    (0u64..2_000).prop_map(|days| day("2019-01-01") + chrono::Days::new(days))
}

/// Anything that could be written down, circles and units that end twice among it.
fn some_endings() -> impl Strategy<Value = Vec<Ending>> {
    let one = (0u128..12, some_day(), prop::option::weighted(0.9, 0u128..12));
    let one = one.prop_map(|(from, day, heir)| Ending {
        unit: unit(from),
        day,
        heir: heir.map(unit),
    });
    prop::collection::vec(one, 0..14)
}

type Figures = BTreeMap<Measure, i64>;

fn some_facts() -> impl Strategy<Value = Vec<(TenantId, Figures)>> {
    let one = (0u128..12, 0usize..Measure::ALL.len(), -50i64..1_000);
    let one = one.prop_map(|(maker, measure, quantity)| {
        (unit(maker), BTreeMap::from([(Measure::ALL[measure], quantity)]))
    });
    prop::collection::vec(one, 0..40)
}

fn sum<'a>(figures: impl IntoIterator<Item = &'a Figures>) -> Figures {
    let mut all = Figures::new();
    for more in figures {
        all.add(more);
    }
    all
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn totals_are_the_same_by_every_structure(endings in some_endings(), facts in some_facts(), on in some_day()) {
        let structure = Structure::of(endings);
        let made = sum(facts.iter().map(|(_, figures)| figures));
        for view in [View::AsWas, View::On(on)] {
            let drawn = structure.draw(view, facts.clone());
            prop_assert_eq!(&sum(drawn.iter().map(|line| &line.figures)), &made);
            let parts = drawn.iter().flat_map(|line| &line.parts);
            prop_assert_eq!(&sum(parts.map(|(_, figures)| figures)), &made);
            for line in &drawn {
                prop_assert_eq!(&sum(line.parts.iter().map(|(_, figures)| figures)), &line.figures);
            }
            // Every unit that made a fact is a part of exactly one line.
            let mut makers: Vec<_> = drawn.iter().flat_map(|line| line.parts.iter().map(|(unit, _)| *unit)).collect();
            makers.sort_unstable();
            let mut wanted: Vec<_> = facts.iter().map(|(unit, _)| *unit).collect();
            wanted.sort_unstable();
            wanted.dedup();
            prop_assert_eq!(makers, wanted);
        }
    }

    #[test]
    fn an_earlier_reading_read_again_is_the_later_one(endings in some_endings(), one in some_day(), other in some_day()) {
        let structure = Structure::of(endings);
        let (first, then) = (one.min(other), one.max(other));
        for number in 0..12 {
            let early = structure.stands_for(unit(number), View::On(first));
            let late = structure.stands_for(unit(number), View::On(then));
            prop_assert_eq!(structure.stands_for(early, View::On(then)), late);
            prop_assert_eq!(structure.stands_for(late, View::On(then)), late, "what stands stands for itself");
        }
    }

    #[test]
    fn neither_order_nor_repetition_matters(
        endings in some_endings(), facts in some_facts(), on in some_day(), turn in 0usize..40,
    ) {
        let structure = Structure::of(endings.clone());
        let drawn = structure.draw(View::On(on), facts.clone());
        let turned = |length: usize| if length == 0 { 0 } else { turn % length };
        let (mut other_endings, mut other_facts) = (endings, facts);
        let at = turned(other_endings.len());
        other_endings.rotate_left(at);
        other_endings.extend(other_endings.clone());
        let at = turned(other_facts.len());
        other_facts.rotate_left(at);
        let again = Structure::of(other_endings);
        prop_assert_eq!(&again, &structure);
        prop_assert_eq!(again.draw(View::On(on), other_facts), drawn.clone());
        // Drawn once more, a drawing is itself.
        let lines = drawn.iter().map(|line| (line.unit, line.figures.clone()));
        let twice: Vec<_> = structure.draw(View::On(on), lines).into_iter().map(|line| (line.unit, line.figures)).collect();
        prop_assert_eq!(twice, drawn.into_iter().map(|line| (line.unit, line.figures)).collect::<Vec<_>>());
    }
}
