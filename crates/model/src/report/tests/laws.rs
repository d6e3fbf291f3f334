//! Laws from the ledger's rows to a sheet: order, repetition, the turn of the year, states, empties.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::*;
use crate::ledger::{Dimensions, NewRow, Source, fold};
use crate::manifest::ColumnType;

fn row(day: NaiveDate, measure: Measure, quantity: i64) -> NewRow {
    NewRow {
        day,
        source: Source::Activity,
        source_id: Uuid::from_u128(1),
        source_version: 1,
        measure,
        quantity,
        dimensions: Dimensions::default(),
        reverses: None,
        reason: String::new(),
    }
}

/// The days rolled up, then those of the span added up: what a report counts.
fn counted(rows: &[NewRow], span: &Span) -> Books {
    let mut sums: BTreeMap<Measure, i64> = BTreeMap::new();
    for ((day, measure), quantity) in fold(rows) {
        if (span.from..=span.actual_to).contains(&day) {
            *sums.entry(measure).or_insert(0) += quantity;
        }
    }
    Books {
        ledger: sums,
        ..Books::default()
    }
}

fn sheet(rows: &[NewRow], span: &Span) -> String {
    let lines = fill(&form("09d"), span, &counted(rows, span), &[], &[]);
    serde_json::to_string(&lines).unwrap()
}

fn some_rows() -> impl Strategy<Value = Vec<NewRow>> {
    let first: NaiveDate = "2019-12-01".parse().unwrap();
    let one = (0u64..450, 0usize..Measure::ALL.len(), -20i64..2_000);
    let one = one.prop_map(move |(days, measure, quantity)| {
        row(first + chrono::Days::new(days), Measure::ALL[measure], quantity)
    });
    prop::collection::vec(one, 0..60)
}

fn kinds() -> impl Strategy<Value = PeriodKind> {
    prop::sample::select(PeriodKind::ALL)
}

#[test]
fn half_past_midnight_in_kon_tum_is_the_new_year() {
    let instant = chrono::DateTime::parse_from_rfc3339("2020-12-31T17:30:00Z").unwrap();
    let day = Moment::from(instant.to_utc()).day();
    let rows = [row(day, Measure::DirectSessions, 1)];
    let of = |year| {
        let span = Span::of(&calendar(), PeriodKind::OfficialYear, year).unwrap();
        let lines = fill(&form("09d"), &span, &counted(&rows, &span), &[], &[]);
        figure(&lines, "tong_so", 3)
    };
    assert_eq!((of(2020), of(2021)), (Some(0), Some(1)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn rows_in_any_order_give_the_same_bytes(rows in some_rows(), turn in 0usize..60, kind in kinds()) {
        let span = span(kind);
        let once = sheet(&rows, &span);
        prop_assert_eq!(&sheet(&rows, &span), &once, "filled twice");
        let mut other = rows.clone();
        other.reverse();
        if !other.is_empty() {
            let at = turn % other.len();
            other.rotate_left(at);
        }
        prop_assert_eq!(&sheet(&other, &span), &once);
        // Rolled up in two parts: rows that came later join their day.
        let (early, late) = rows.split_at(turn.min(rows.len()));
        let mut days = fold(early);
        for (key, quantity) in fold(late) {
            *days.entry(key).or_insert(0) += quantity;
        }
        prop_assert_eq!(days, fold(&rows));
    }

    #[test]
    fn halves_of_a_year_make_the_year(rows in some_rows()) {
        let year = span(PeriodKind::OfficialYear);
        let half = |from: &str, to: &str| {
            counted(&rows, &Span { from: from.parse().unwrap(), actual_to: to.parse().unwrap(), ..year.clone() })
        };
        let mut halves = half("2020-01-01", "2020-06-30").ledger;
        for (measure, quantity) in half("2020-07-01", "2020-12-31").ledger {
            *halves.entry(measure).or_insert(0) += quantity;
        }
        prop_assert_eq!(halves, counted(&rows, &year).ledger);
    }

    #[test]
    fn a_state_is_never_added_up_over_time(
        state in prop::option::of(0i64..99), estimate in prop::option::of(0i64..99), rows in some_rows(), kind in kinds(),
    ) {
        let form = form("09d");
        let span = span(kind);
        let said = [says("tong_so", 1, state, estimate, "x"), says("tong_so", 2, state, estimate, "x")];
        let lines = fill(&form, &span, &counted(&rows, &span), &said, &[]);
        for column in form.columns.iter().filter(|column| column.kind == ColumnType::Stock) {
            prop_assert_eq!(figure(&lines, "tong_so", column.number), state, "no estimate, no sum of periods");
        }
    }

    #[test]
    fn empty_is_not_zero_however_often_it_is_added(figures in prop::collection::vec(prop::option::of(0i64..9), 0..9)) {
        let lines: Vec<Cells> = figures
            .iter()
            .map(|actual| Cells::from([(1, Cell { actual: *actual, ..Cell::empty(Origin::Declared) })]))
            .collect();
        let sum = add_cells(&lines).get(&1).and_then(Cell::total);
        let said: Vec<i64> = figures.iter().flatten().copied().collect();
        prop_assert_eq!(sum, (!said.is_empty()).then(|| said.iter().sum()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The province's form read by any structure: the sums of the form that was frozen, column by column and group by group.
    #[test]
    fn a_form_read_by_a_structure_says_the_same_sums(
        reports in some_reports(), heirs in prop::collection::vec((1u128..14, 1u128..14), 0..8),
    ) {
        use crate::structure::{Ending, Structure, View};
        let on: NaiveDate = "2021-07-01".parse().unwrap();
        let endings = heirs.into_iter().map(|(from, to)| Ending {
            unit: TenantId(Uuid::from_u128(from)),
            day: on,
            heir: Some(TenantId(Uuid::from_u128(to))),
        });
        let structure = Structure::of(endings);
        let made = province(reports);
        let form = form("09c");
        let before = redraw(&form, &made, &structure, View::On(on.pred_opt().unwrap()), |_| None);
        let told = |lines: Vec<Line>| -> Vec<_> { lines.into_iter().map(|line| (line.key, line.cells)).collect() };
        let frozen: Vec<_> = made.rows.iter().map(|line| (line.key.clone(), line.cells.clone())).collect();
        prop_assert_eq!(told(before.lines), frozen, "nobody ended: the form itself");
        let after = redraw(&form, &made, &structure, View::On(on), |_| None);
        prop_assert!(after.is_equal());
        let parts = after.lines.iter().filter(|line| line.kind == LineKind::Group);
        let sum = add_cells(parts.map(|line| &line.cells));
        for (column, cell) in &after.as_was {
            prop_assert_eq!(sum.get(column).and_then(Cell::total), cell.total(), "column {}", column);
        }
    }
}
