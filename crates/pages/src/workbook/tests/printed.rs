//! The form for paper against the sheet: the same cells, the same heads.

use std::collections::BTreeSet;

use calamine::Data;
use pbgdpl_model::manifest::PeriodKind;
use pbgdpl_vietnamese::number::grouped;

use super::super::*;
use super::book::*;
use super::reading::*;
use crate::pdf::tests::is_the_sample;
use crate::pdf::{Block, Document, Table};

fn table(document: &Document) -> &Table {
    let tables: Vec<&Table> = document
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .collect();
    assert_eq!(tables.len(), 1);
    tables[0]
}

/// A cell of a sheet as people read it.
fn read(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::Float(number) => grouped(format!("{number}").parse().unwrap()),
        other => other.to_string(),
    }
}

#[test]
fn every_cell_of_the_sheet_stands_on_paper() {
    for one in ALL.iter() {
        for kind in PeriodKind::ALL.iter().copied() {
            let (span, notes) = (span(kind), Vec::new());
            let lines = filled(&one.id, &span);
            let book = book(one, &span, &lines, &notes);
            let document = document(&book);
            let table = table(&document);
            let bytes = write(&book).unwrap();
            let range = sheet(&bytes, &format!("Biểu {}", one.id));
            let (first, top) = (below(&range, "Đơn vị") - 1, below(&range, "A"));
            let count = lines.len() + usize::from(span.has_estimate());
            assert_eq!(table.rows.len(), count, "{} {kind:?}", one.id);
            for (row, cells) in (top..).zip(&table.rows) {
                assert_eq!(cells.len(), one.columns.len() + 1);
                for (column, cell) in cells.iter().enumerate() {
                    assert_eq!(
                        cell.text,
                        read(&at(&range, row, column)),
                        "{} {row} {column}",
                        one.id
                    );
                }
            }
            // Heads: the same words at the same place, merged over the same cells.
            let drawn: BTreeSet<[usize; 4]> = table
                .heads
                .iter()
                .filter(|head| head.wide * head.high > 1)
                .map(|head| {
                    [
                        head.top,
                        head.left,
                        head.top + head.high - 1,
                        head.left + head.wide - 1,
                    ]
                })
                .collect();
            let place = |at: u32| usize::try_from(at).unwrap();
            let merged: BTreeSet<[usize; 4]> = open(&bytes)
                .merge_cells_by_sheet_name(&format!("Biểu {}", one.id))
                .unwrap()
                .iter()
                .filter(|area| (first..top).contains(&area.start.0))
                .map(|area| {
                    let (start, end) = (area.start, area.end);
                    [
                        place(start.0 - first),
                        place(start.1),
                        place(end.0 - first),
                        place(end.1),
                    ]
                })
                .collect();
            assert_eq!(drawn, merged, "{}", one.id);
            for head in &table.heads {
                let row = first + u32::try_from(head.top).unwrap();
                assert_eq!(head.text, read(&at(&range, row, head.left)), "{}", one.id);
            }
        }
    }
}

#[test]
fn a_form_is_the_sample_that_the_worker_reads() {
    let (span, notes) = (
        span(PeriodKind::OfficialYear),
        vec!["Số liệu theo sổ.".to_owned()],
    );
    let lines = filled("09c", &span);
    let document = document(&book(form("09c"), &span, &lines, &notes));
    assert!(
        document
            .page
            .foot
            .ends_with("Mã băm (SHA-256) của số liệu: 0f1e2d")
    );
    is_the_sample("form", &document);
}

#[test]
fn what_is_not_frozen_says_so_on_each_page() {
    let (span, notes) = (span(PeriodKind::OfficialYear), Vec::new());
    let open = Workbook {
        hash: "",
        ..book(form("09d"), &span, &[], &notes)
    };
    assert!(document(&open).page.foot.ends_with("Bản chưa chốt số liệu."));
}
