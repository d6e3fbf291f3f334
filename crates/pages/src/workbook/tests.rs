//! The workbook as a reader of files that does not calculate finds it.

pub(super) mod book;
mod printed;
pub(super) mod reading;
mod texts;

use std::time::Duration;

use calamine::{Data, Dimensions, Reader};
use pbgdpl_model::manifest::PeriodKind;
use pbgdpl_model::report::{Cell, Line, LineKind};

use self::book::*;
use self::reading::*;
use super::*;

#[test]
fn every_stored_figure_stands_in_its_cell() {
    for one in ALL.iter() {
        for kind in PeriodKind::ALL.iter().copied() {
            let (span, notes) = (span(kind), Vec::new());
            let lines = filled(&one.id, &span);
            let bytes = write(&book(one, &span, &lines, &notes)).unwrap();
            let range = sheet(&bytes, &format!("Biểu {}", one.id));
            let top = below(&range, "A");
            for (row, line) in (top..).zip(&lines) {
                assert_eq!(at(&range, row, 0), Data::String(line.label.clone()));
                for (place, column) in (1..).zip(&one.columns) {
                    let figure = line.cells.get(&column.number).map(Cell::total);
                    assert_eq!(
                        at(&range, row, place),
                        expected(figure),
                        "{} {} {}",
                        one.id,
                        line.key,
                        place
                    );
                }
            }
            let formulas = open(&bytes)
                .worksheet_formula(&format!("Biểu {}", one.id))
                .unwrap();
            let start = formulas.start().unwrap_or_default();
            let mut seen = 0;
            for (row, column, formula) in formulas.used_cells().filter(|(_, _, text)| !text.is_empty()) {
                let place = (
                    start.0 + u32::try_from(row).unwrap(),
                    usize::try_from(start.1).unwrap() + column,
                );
                assert_eq!(
                    Data::Float(calculate(&range, formula)),
                    at(&range, place.0, place.1),
                    "{formula}"
                );
                seen += 1;
            }
            // A form 10 of one agency has nothing to add up.
            assert!(seen > 0 || one.id.starts_with("10"), "{}", one.id);
            details(&bytes, one, &span, &lines);
        }
    }
}

/// The second sheet, where there is an estimate.
fn details(bytes: &[u8], form: &FormFile, span: &Span, lines: &[Line]) {
    let names = open(bytes).sheet_names();
    assert_eq!(names.len(), if span.has_estimate() { 2 } else { 1 });
    if !span.has_estimate() {
        return;
    }
    let range = sheet(bytes, "Chi tiết");
    let figures = lines
        .iter()
        .flat_map(|line| form.columns.iter().map(move |column| (line, column)));
    for (row, (line, column)) in (below(&range, "Đơn vị")..).zip(figures) {
        assert_eq!(at(&range, row, 0), Data::String(line.label.clone()));
        assert_eq!(at(&range, row, 1), Data::String(format!("({})", column.number)));
        let cell = line.cells.get(&column.number);
        assert_eq!(at(&range, row, 4), expected(cell.map(|cell| cell.actual)));
        assert_eq!(at(&range, row, 6), expected(cell.map(Cell::total)));
        if let Some(estimate) = cell.and_then(|cell| cell.estimate) {
            assert_eq!(at(&range, row, 5), expected(Some(Some(estimate))));
        }
    }
}

#[test]
fn the_heads_of_09c_are_merged_as_printed() {
    let (span, notes) = (span(PeriodKind::OfficialYear), Vec::new());
    let lines = filled("09c", &span);
    let bytes = write(&book(form("09c"), &span, &lines, &notes)).unwrap();
    let range = sheet(&bytes, "Biểu 09c");
    let top = below(&range, "Đơn vị") - 1;
    let merged = open(&bytes).merge_cells_by_sheet_name("Biểu 09c").unwrap();
    let mut heads: Vec<[u32; 4]> = merged
        .iter()
        .filter(|area| (top..top + 4).contains(&area.start.0))
        .map(|Dimensions { start, end }| [start.0 - top, start.1, end.0 - top, end.1])
        .collect();
    heads.sort_unstable();
    let printed = [
        [0, 0, 3, 0],
        [0, 1, 0, 2],
        [0, 3, 0, 8],
        [0, 9, 0, 12],
        [1, 1, 3, 1],
        [1, 3, 1, 4],
        [1, 5, 1, 6],
        [1, 7, 1, 8],
        [1, 9, 3, 9],
        [1, 10, 1, 12],
        [2, 2, 3, 2],
        [2, 3, 3, 3],
        [2, 4, 3, 4],
        [2, 5, 3, 5],
        [2, 6, 3, 6],
        [2, 7, 3, 7],
        [2, 10, 2, 11],
        [2, 12, 3, 12],
    ];
    assert_eq!(heads, printed);
    let said = |row: u32, column| at(&range, top + row, column).to_string();
    assert_eq!(said(1, 2), "Trong đó");
    assert_eq!(said(3, 8), "Số lượng tài liệu đăng tải trên Internet");
    assert_eq!(said(2, 12), "Kinh phí từ nguồn hỗ trợ khác");
    assert_eq!((said(4, 0), said(4, 3)), ("Đơn vị tính".into(), "Cuộc".into()));
    assert_eq!((said(5, 0), said(5, 12)), ("A".into(), "(12)".into()));
}

#[test]
fn sums_are_formulas_only_where_they_give_the_stored_figure() {
    let (span, notes) = (span(PeriodKind::OfficialYear), Vec::new());
    let mut lines = filled("09c", &span);
    lines[0].cells.get_mut(&4).unwrap().actual = Some(1);
    lines[1].cells.get_mut(&9).unwrap().actual = Some(2);
    let bytes = write(&book(form("09c"), &span, &lines, &notes)).unwrap();
    let range = sheet(&bytes, "Biểu 09c");
    let formulas = open(&bytes).worksheet_formula("Biểu 09c").unwrap();
    let top = below(&range, "A");
    let formula = |line: u32, column| {
        formulas
            .get_value((top + line, column))
            .cloned()
            .unwrap_or_default()
    };
    let row = |line: u32| top + line + 1;
    // Total, Sở Tư pháp, group of two districts, group of one department.
    assert_eq!(
        lines.iter().filter(|line| line.kind == LineKind::Agency).count(),
        3
    );
    assert_eq!(formula(0, 3), format!("SUM(D{}:D{},D{})", row(1), row(2), row(5)));
    assert_eq!(formula(2, 3), format!("SUM(D{}:D{})", row(3), row(4)));
    assert_eq!(formula(0, 9), format!("K{0}+L{0}+M{0}", row(0)));
    assert_eq!(
        (formula(0, 4), at(&range, top, 4)),
        (String::new(), Data::Float(1.0))
    );
    assert_eq!(
        (formula(1, 9), at(&range, top + 1, 9)),
        (String::new(), Data::Float(2.0))
    );
    assert_eq!(formula(1, 3), "", "Sở Tư pháp is a group of one");
}

#[test]
fn the_same_value_is_the_same_bytes() {
    let (span, notes) = (
        span(PeriodKind::Year),
        vec!["Huyện Đăk Glei chưa gửi.".to_owned()],
    );
    let lines = filled("09c", &span);
    let book = book(form("09c"), &span, &lines, &notes);
    let first = write(&book).unwrap();
    // Longer than the two seconds that a zip entry's time counts in.
    std::thread::sleep(Duration::from_millis(2_100));
    assert!(first == write(&book).unwrap());
    let mut later = book.clone();
    later.made_at = MADE.plus_seconds(1);
    assert!(first != write(&later).unwrap());
}

#[test]
fn the_estimate_stands_at_the_foot_of_the_year_only() {
    let (year, official, notes) = (span(PeriodKind::Year), span(PeriodKind::OfficialYear), Vec::new());
    let label = "Tổng số ước tính 02 tháng cuối";
    let lines = filled("09d", &year);
    let range = sheet(
        &write(&book(form("09d"), &year, &lines, &notes)).unwrap(),
        "Biểu 09d",
    );
    let row = below(&range, label) - 1;
    assert_eq!(row, below(&range, "A") + 1);
    let said: Vec<Data> = [1, 3, 4, 12].map(|column| at(&range, row, column)).to_vec();
    let (dash, figures) = (
        expected(None),
        [Some(7), None, Some(0)].map(|figure| expected(Some(figure))),
    );
    assert_eq!(said[0], dash, "a state has no estimate");
    assert_eq!(said[1..], figures, "empty is not zero");
    let lines = filled("09d", &official);
    let bytes = write(&book(form("09d"), &official, &lines, &notes)).unwrap();
    assert!(
        sheet(&bytes, "Biểu 09d")
            .used_cells()
            .all(|(_, _, cell)| !cell.to_string().contains("ước tính"))
    );
}

#[test]
fn the_sheets_are_protected_and_say_what_they_are() {
    let (span, notes) = (span(PeriodKind::Year), vec!["Lưu: VT".to_owned()]);
    let lines = filled("09c", &span);
    let bytes = write(&book(form("09c"), &span, &lines, &notes)).unwrap();
    for name in ["xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"] {
        let xml = part(&bytes, name);
        for words in [
            "<sheetProtection sheet=\"1\"",
            "paperSize=\"9\"",
            "orientation=\"landscape\"",
            "fitToHeight=\"0\"",
            "state=\"frozen\"",
        ] {
            assert!(xml.contains(words), "{words} in {name}");
        }
    }
    let core = part(&bytes, "docProps/core.xml");
    assert_eq!(
        core.matches("2020-11-18T11:46:40Z").count(),
        2,
        "created and modified"
    );
    assert!(core.contains("Năm 2020") && core.contains("09c/BTP/PBGDPL"));
    assert!(part(&bytes, "docProps/app.xml").contains("SỞ TƯ PHÁP"));
    let custom = part(&bytes, "docProps/custom.xml");
    assert!(custom.contains("Mã băm") && custom.contains("0f1e2d"));
    let names = part(&bytes, "xl/workbook.xml");
    assert!(names.contains("_xlnm.Print_Titles") && names.contains("_xlnm.Print_Area"));
    let texts = part(&bytes, "xl/sharedStrings.xml");
    for words in [
        "Biểu số: 09c/BTP/PBGDPL",
        "TÌNH HÌNH TỔ CHỨC VÀ HOẠT ĐỘNG PHỔ BIẾN, GIÁO DỤC PHÁP LUẬT",
        "Kỳ báo cáo: Năm 2020",
        "Ngày nhận báo cáo: 20/11/2020",
        "Bộ Tư pháp (Cục Kế hoạch - Tài chính)",
        "NGƯỜI LẬP BIỂU",
        "GIÁM ĐỐC",
        "Kon Tum, ngày 18 tháng 11 năm 2020",
    ] {
        assert!(texts.contains(words), "{words}");
    }
    // For whoever looks at it with a spreadsheet: WORKBOOK_OUT=/tmp/09c.xlsx.
    if let Ok(path) = std::env::var("WORKBOOK_OUT") {
        std::fs::write(path, &bytes).unwrap();
    }
}

#[test]
fn a_small_form_without_anything_is_still_a_sheet() {
    let mut small = form("09d").clone();
    small.columns.truncate(1);
    let (span, notes) = (span(PeriodKind::Year), Vec::new());
    let mut book = book(&small, &span, &[], &notes);
    (book.superior, book.place_and_day, book.hash, book.received) = ("", "", "", None);
    book.signatures.clear();
    let bytes = write(&book).unwrap();
    assert_eq!(open(&bytes).sheet_names(), ["Biểu 09d", "Chi tiết"]);
    let heads = open(&bytes).merge_cells_by_sheet_name("Biểu 09d").unwrap();
    assert!(heads.iter().all(|area| area.end.1 <= 6));
}

#[test]
fn the_heads_cover_every_column_once() {
    for form in ALL.iter() {
        let mut seen = vec![vec![0; form.columns.len()]; heads::depth(form)];
        for head in heads::heads(form) {
            for row in seen.iter_mut().skip(head.top).take(head.high) {
                row.iter_mut()
                    .skip(head.left)
                    .take(head.wide)
                    .for_each(|cell| *cell += 1);
            }
        }
        assert!(
            seen.iter().flatten().all(|times| *times == 1),
            "{}: {seen:?}",
            form.id
        );
    }
}
