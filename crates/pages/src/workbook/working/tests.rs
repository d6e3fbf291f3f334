//! Drawn, read back, and what a reader makes of it: sums that follow what is typed, and files that were made to harm.

use std::io::{Cursor, Read as _, Write as _};

use calamine::Reader;
use pbgdpl_model::manifest::PeriodKind;
use pbgdpl_model::report::{Line, LineKind};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::super::tests::book::{MADE, filled, form, span, uuid};
use super::draw::{layout, places, written};
use super::read::Value;
use super::*;

fn identity(id: &str, kind: PeriodKind, lines: &[Line]) -> Identity {
    let (form, span) = (form(id), span(kind));
    let drawn = Drawn {
        agency: pbgdpl_model::id::TenantId(uuid(7)),
        superior: "ỦY BAN NHÂN DÂN TỈNH KON TUM",
        issuer: "SỞ TƯ PHÁP",
        form,
        span: &span,
        version: 1,
        figures: "ab12",
        lines,
        at: MADE,
    };
    sealed(form, &span, Identity::of(&drawn).unwrap()).unwrap()
}

fn drawn(id: &str, kind: PeriodKind) -> (Identity, Vec<u8>) {
    let identity = identity(id, kind, &filled(id, &span(kind)));
    let bytes = write(form(id), &span(kind), &identity, "5161").unwrap();
    (identity, bytes)
}

#[test]
fn rep_18_what_is_drawn_says_what_it_is_and_changes_nothing() {
    for id in ["09a", "09b", "09d"] {
        for kind in PeriodKind::ALL.iter().copied() {
            let (identity, bytes) = drawn(id, kind);
            let again = write(form(id), &span(kind), &identity, "5161").unwrap();
            assert_eq!(bytes, again, "the same value, the same bytes");
            let opened = open(&bytes).unwrap();
            let (text, signature) = opened.identity().unwrap();
            assert_eq!(
                (Identity::read(&text).unwrap(), signature.as_str()),
                (identity.clone(), "5161")
            );
            let found = compare(form(id), &span(kind), &identity, "5161", &opened).unwrap();
            let nothing = Comparison {
                held: found.held.clone(),
                ..Comparison::default()
            };
            assert_eq!(found, nothing, "{id} {kind:?}");
        }
    }
}

#[test]
fn rep_18_every_sheet_is_protected_and_only_what_may_be_typed_is_open() {
    let (identity, bytes) = drawn("09b", PeriodKind::Year);
    let names = super::super::tests::reading::open(&bytes).sheet_names();
    assert_eq!(names, ["Nhập số liệu", "Biểu 09b", "Nhận dạng"]);
    for number in 1..=3 {
        let sheet = super::super::tests::reading::part(&bytes, &format!("xl/worksheets/sheet{number}.xml"));
        assert!(sheet.contains("<sheetProtection"), "sheet {number}");
    }
    let book = super::super::tests::reading::part(&bytes, "xl/workbook.xml");
    assert!(book.contains("state=\"hidden\""), "{book}");
    let (form, span) = (form("09b"), span(PeriodKind::Year));
    for place in places(form, &span, &identity.lines) {
        assert!(
            matches!(place.line.kind, LineKind::Unit | LineKind::Commune),
            "{}",
            place.line.key
        );
        let counted = place.column.source == pbgdpl_model::manifest::ColumnSource::Ledger
            && place.line.kind == LineKind::Unit;
        assert!(!(counted && place.actual), "the ledger's figures are not typed");
    }
}

/// The layout is a hash of every fixed cell: another label or another figure of the ledger is another layout.
#[test]
fn rep_18_the_layout_follows_every_fixed_cell() {
    let kind = PeriodKind::Year;
    let lines = filled("09d", &span(kind));
    let same = identity("09d", kind, &lines);
    let mut renamed = lines.clone();
    renamed[0].label.push('.');
    let mut counted = lines.clone();
    counted[0].cells.get_mut(&4).unwrap().actual = Some(123_456);
    for other in [renamed, counted] {
        assert_ne!(identity("09d", kind, &other).layout, same.layout);
    }
    let sheets = written(form("09d"), &span(kind), &same).unwrap();
    assert_eq!(layout(&sheets), same.layout);
}

/// The formulas of the official sheet give, in an empty form as in a filled one, what the form says of the same figures.
#[test]
fn rep_18_sums_follow_what_is_typed() {
    for id in ["09b", "09d"] {
        for kind in [PeriodKind::Year, PeriodKind::OfficialYear] {
            let (identity, bytes) = drawn(id, kind);
            let opened = open(&bytes).unwrap();
            let mut live = 0;
            for (sheet, cells) in &opened.sheets {
                for (at, cell) in cells {
                    let Some(formula) = &cell.formula else { continue };
                    live += 1;
                    let given = calculate(&opened, sheet, formula);
                    let stored = match &cell.value {
                        Value::Number(number) => Some(*number),
                        value => value.words().parse().ok(),
                    };
                    assert_eq!(given, stored, "{id} {kind:?} {sheet} {at:?}: {formula}");
                }
            }
            assert!(live > identity.lines.len(), "{live} formulas");
        }
    }
}

/// What a spreadsheet makes of `IF(COUNT(…)=0,"",SUM(…))`.
fn calculate(opened: &Opened, sheet: &str, formula: &str) -> Option<f64> {
    let inner = formula.trim_start_matches('=').strip_prefix("IF(COUNT(").unwrap();
    let (cells, rest) = inner.split_once(")=0,\"\",SUM(").unwrap();
    assert_eq!(
        rest,
        format!("{cells}))"),
        "counted and summed are the same cells"
    );
    let mut numbers = Vec::new();
    for part in cells.split(',') {
        let (sheet, part) = match part.split_once("'!") {
            Some((name, part)) => (name.trim_start_matches('\''), part),
            None => (sheet, part),
        };
        let (from, to) = part.split_once(':').unwrap_or((part, part));
        let ((top, left), (bottom, right)) = (
            super::super::tests::reading::cell_of(from),
            super::super::tests::reading::cell_of(to),
        );
        for row in top..=bottom {
            for column in left..=right {
                let at = (row, u16::try_from(column).unwrap());
                let Some(cell) = opened.sheet(sheet).unwrap().get(&at) else {
                    continue;
                };
                match &cell.formula {
                    Some(formula) => numbers.extend(calculate(opened, sheet, formula)),
                    None => {
                        if let Value::Number(number) = cell.value {
                            numbers.push(number);
                        }
                    }
                }
            }
        }
    }
    (!numbers.is_empty()).then(|| numbers.iter().sum())
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

#[test]
fn rep_18_files_that_were_made_to_harm_are_refused_unread() {
    let bomb = vec![b' '; 30 * 1024 * 1024];
    let packed = archive(&[("xl/worksheets/sheet1.xml", &bomb)]);
    assert!(packed.len() < 64 * 1024, "{} bytes", packed.len());
    assert_eq!(open(&packed).unwrap_err(), Unreadable::Swollen);
    // The size that a part states of itself is not believed: the same bomb that says it is small.
    let mut liar = packed.clone();
    let size = u32::try_from(bomb.len()).unwrap().to_le_bytes();
    let places: Vec<usize> = (0..liar.len() - 4)
        .filter(|at| liar[*at..*at + 4] == size)
        .collect();
    assert!(!places.is_empty());
    for at in places {
        liar[at..at + 4].copy_from_slice(&10u32.to_le_bytes());
    }
    assert!(open(&liar).is_err());

    let names: Vec<String> = (0..300).map(|number| format!("part{number}")).collect();
    let many: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    assert_eq!(open(&archive(&many)).unwrap_err(), Unreadable::Swollen);
    assert_eq!(open(&vec![0; 3 * 1024 * 1024]).unwrap_err(), Unreadable::TooLarge);
    assert_eq!(
        open(&archive(&[("xl/vbaProject.bin", b"x")])).unwrap_err(),
        Unreadable::Macro
    );
    for nothing in [
        &b""[..],
        b"PK\x03\x04",
        b"=1+1",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ] {
        assert_eq!(open(nothing).unwrap_err(), Unreadable::NotAWorkbook);
    }
}

/// The file with its parts changed.
fn rewritten(file: &[u8], change: impl Fn(&str, String) -> String) -> Vec<u8> {
    let mut zip = ::zip::ZipArchive::new(Cursor::new(file)).unwrap();
    let mut parts = Vec::new();
    for at in 0..zip.len() {
        let mut part = zip.by_index(at).unwrap();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        let name = part.name().unwrap().into_owned();
        let text = change(&name, text);
        parts.push((name, text));
    }
    let parts: Vec<(&str, &[u8])> = parts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_bytes()))
        .collect();
    archive(&parts)
}

/// The file with more cells on its first sheet.
fn with_cells(file: &[u8], cells: &str) -> Vec<u8> {
    rewritten(file, |name, text| match name {
        "xl/worksheets/sheet1.xml" => text.replace("</sheetData>", &format!("{cells}</sheetData>")),
        _ => text,
    })
}

/// A cell in the last row, and more cells than any form has.
#[test]
fn rep_18_cells_are_counted_while_they_are_read() {
    let (_, bytes) = drawn("09d", PeriodKind::Year);
    let with = |cells: &str| open(&with_cells(&bytes, cells));
    let far = with("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>").unwrap();
    assert!(
        far.sheet("Nhập số liệu")
            .unwrap()
            .contains_key(&(1_048_575, 16_383))
    );
    let rows: Vec<String> = (2_000..70_000)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>{row}</v></c></row>"))
        .collect();
    assert_eq!(with(&rows.concat()).unwrap_err(), Unreadable::Swollen);
}

/// Numbers that a file says of itself make no room, and what stands once is not copied without end.
#[test]
fn rep_18_what_a_file_claims_makes_no_room() {
    let (_, bytes) = drawn("09d", PeriodKind::Year);
    let claims = rewritten(&bytes, |name, text| match name {
        "xl/sharedStrings.xml" => {
            let (before, rest) = text.split_once("uniqueCount=\"").unwrap();
            let (_, after) = rest.split_once('"').unwrap();
            format!("{before}uniqueCount=\"400000000000\"{after}")
        }
        _ => text,
    });
    assert_eq!(open(&claims).unwrap_err(), Unreadable::Swollen);

    // A shared formula of an index without end: read, and moved to the cells that share it.
    let index = "si=\"100000000000\"";
    let shared = with_cells(
        &bytes,
        &format!(
            "<row r=\"2000\"><c r=\"A2000\"><f t=\"shared\" ref=\"A2000:A2001\" {index}>B2000+1</f><v>1</v></c></row>\
             <row r=\"2001\"><c r=\"A2001\"><f t=\"shared\" {index}/><v>1</v></c></row>"
        ),
    );
    let opened = open(&shared).unwrap();
    let formula = |row: u32| opened.sheet("Nhập số liệu").unwrap()[&(row, 0)].formula.clone();
    assert_eq!(formula(1_999).as_deref(), Some("B2000+1"));
    assert_eq!(formula(2_000).as_deref(), Some("B2001+1"));

    // One text in many cells, one formula in many cells.
    let long = "a".repeat(400_000);
    let texts = rewritten(&bytes, |name, text| match name {
        "xl/sharedStrings.xml" => text.replace("</sst>", &format!("<si><t>{long}</t></si></sst>")),
        "xl/worksheets/sheet1.xml" => {
            let cells: String = (2_000..2_012)
                .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>LAST</v></c></row>"))
                .collect();
            text.replace("</sheetData>", &format!("{cells}</sheetData>"))
        }
        _ => text,
    });
    let last = {
        let mut zip = ::zip::ZipArchive::new(Cursor::new(&texts)).unwrap();
        let mut text = String::new();
        zip.by_name("xl/sharedStrings.xml")
            .unwrap()
            .read_to_string(&mut text)
            .unwrap();
        text.matches("<si>").count() - 1
    };
    let texts = rewritten(&texts, |_, text| text.replace("LAST", &last.to_string()));
    assert_eq!(open(&texts).unwrap_err(), Unreadable::Swollen);
    let formulas: String = (2_001..2_012)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><f t=\"shared\" si=\"0\"/><v>1</v></c></row>"))
        .collect();
    let first = format!("<f t=\"shared\" ref=\"A2000:A2011\" si=\"0\">\"{long}\"</f>");
    let formulas = format!("<row r=\"2000\"><c r=\"A2000\">{first}<v>1</v></c></row>{formulas}");
    assert_eq!(
        open(&with_cells(&bytes, &formulas)).unwrap_err(),
        Unreadable::Swollen
    );

    // Many names of one sheet.
    let sheets: String = (50..80)
        .map(|number| format!("<sheet name=\"x{number}\" sheetId=\"{number}\" r:id=\"rId1\"/>"))
        .collect();
    let named = rewritten(&bytes, |name, text| match name {
        "xl/workbook.xml" => text.replace("</sheets>", &format!("{sheets}</sheets>")),
        _ => text,
    });
    assert_eq!(open(&named).unwrap_err(), Unreadable::Swollen);
}

/// A part with any sign changed is read or refused, behind the checksums of the archive too.
#[test]
fn rep_18_a_broken_part_breaks_nothing() {
    let (_, bytes) = drawn("09d", PeriodKind::OfficialYear);
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let signs: Vec<char> = "<>/=\"&;#0123456789abc :!AZ".chars().collect();
    let mut read = 0;
    for _ in 0..150 {
        let seed = next();
        let broken = rewritten(&bytes, |name, text| {
            let mut here = seed ^ u64::try_from(name.len()).unwrap();
            let mut letters: Vec<char> = text.chars().collect();
            if !here.is_multiple_of(3) || letters.is_empty() {
                return text;
            }
            for _ in 0..=here % 3 {
                here = here.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let at = usize::try_from(here >> 20).unwrap() % letters.len();
                letters[at] = signs[usize::try_from(here >> 40).unwrap() % signs.len()];
            }
            letters.into_iter().collect()
        });
        if let Ok(opened) = open(&broken) {
            let _ = (opened.identity(), opened.held());
            read += 1;
        }
    }
    assert!(read > 0, "some changes are of no weight");
}

/// A file with any byte changed is read or refused; it never breaks who reads it.
#[test]
fn rep_18_a_broken_file_breaks_nothing() {
    let (_, bytes) = drawn("09d", PeriodKind::OfficialYear);
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for _ in 0..400 {
        let mut broken = bytes.clone();
        for _ in 0..=next() % 4 {
            let at = usize::try_from(next()).unwrap() % broken.len();
            broken[at] = u8::try_from(next() % 256).unwrap();
        }
        if next() % 8 == 0 {
            broken.truncate(usize::try_from(next()).unwrap() % bytes.len());
        }
        if let Ok(opened) = open(&broken) {
            let _ = (opened.identity(), opened.held());
        }
    }
}
