//! Texts and figures that a spreadsheet would take for something else.

use calamine::{Data, Reader};
use pbgdpl_model::manifest::PeriodKind;
use pbgdpl_model::report::{Cells, LineKind};

use super::super::*;
use super::book::*;
use super::reading::*;

#[test]
fn texts_stay_texts() {
    let corpus = [
        "=1+1",
        "+84",
        "-2",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "＝1",
        "  =1",
        "=HYPERLINK(\"http://a\";\"b\")",
        "＋1",
        "=cmd|' /C calc'!A0",
        "{=1}",
        "_x003D_1",
        "a & b < c > \"d\" 'e'",
        "<r><t>x</t></r>",
        "\u{1f600}",
    ];
    let mut notes: Vec<String> = corpus.map(str::to_owned).to_vec();
    notes.push("a\0b\u{1}c\u{b}d\u{fffe}e\u{ffff}".into());
    notes.push("\u{1f600}".repeat(20_000));
    let (form, span) = (form("09d"), span(PeriodKind::Year));
    let cells = Cells::new();
    let mut book = book(form, &span, &[], &notes);
    book.rows = notes
        .iter()
        .map(|label| LineOf {
            key: "x",
            label,
            kind: LineKind::Agency,
            cells: &cells,
        })
        .collect();
    book.issuer = "=1+1";
    let bytes = write(&book).unwrap();
    let mut wanted = notes.clone();
    let last = wanted.len() - 1;
    wanted[14].push(' ');
    wanted[last - 1] = "abcde".into();
    wanted[last] = "\u{1f600}".repeat(16_383);
    for name in ["Biểu 09d", "Chi tiết"] {
        let range = sheet(&bytes, name);
        let strings: Vec<String> = range.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
        for text in &wanted {
            assert!(strings.contains(text), "{text:.40?} in {name}");
        }
        assert!(
            open(&bytes)
                .worksheet_formula(name)
                .unwrap()
                .used_cells()
                .all(|(_, _, text)| text.is_empty())
        );
    }
    assert!(part(&bytes, "xl/styles.xml").contains("quotePrefix"));
}

#[test]
fn a_figure_too_large_for_a_spreadsheet_is_not_rounded() {
    let (span, notes) = (span(PeriodKind::OfficialYear), Vec::new());
    let mut lines = filled("09d", &span);
    lines[0].cells.get_mut(&10).unwrap().actual = Some(9_007_199_254_740_993);
    lines[0].cells.get_mut(&9).unwrap().actual = Some(i64::MAX);
    let bytes = write(&book(form("09d"), &span, &lines, &notes)).unwrap();
    let range = sheet(&bytes, "Biểu 09d");
    let top = below(&range, "A");
    assert_eq!(at(&range, top, 10), Data::String("9007199254740993".into()));
    assert_eq!(at(&range, top, 9), Data::String(i64::MAX.to_string()));
}
