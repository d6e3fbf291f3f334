//! What a reader of PDF files finds in them: every cell of the workbook and every paragraph of the Word file of the same report.
//!
//! With `PBGDPL_PAPER` (a worker) the files are read with pdftotext, word by word with their places; without it the stand-in gives
//! the document back, and the same comparisons are made with that. `PBGDPL_PAPER_KEEP` names a folder that keeps the files.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use calamine::{Data, Range, Reader as _};
use pbgdpl_model::manifest::{CalendarFile, IndicatorFile};
use pbgdpl_model::report::{Cell, Line, Origin, Span};
use pbgdpl_pages::desk::report::LineOf;
use pbgdpl_pages::workbook::{self, Signature, Workbook};
use pbgdpl_press::{Bounds, Press};
use pbgdpl_testkit::web::PAPER_WORKER;
use pbgdpl_vietnamese::number::grouped;

use super::pdf::{FORM, PLAN, SUM, get, node};
use super::plan::{a_year, frozen};
use super::plan_word::paragraphs;
use super::*;

/// A4, across: its width and what is left free at its right, in points.
const RIGHT_EDGE: f64 = 841.89 - 36.0;
/// Points that a place may be off by.
const TOLERANCE: f64 = 1.5;
/// Points above and below the content.
const FURNITURE: (f64, f64) = (40.0, 46.0);

/// What is not text for a spreadsheet or for a typesetter, if somebody lets it.
pub(crate) const CORPUS: [&str; 12] = [
    "=1+1",
    "+84 260",
    "-2",
    "@SUM(A1)",
    "=HYPERLINK(\"http://a\";\"b\")",
    "=cmd|' /C calc'!A0",
    "#read(\"/etc/passwd\")",
    "$x$ *đậm* _nghiêng_ `mã` <nhãn> @dẫn",
    "#import \"@preview/a:1.0.0\": b",
    "// ghi chú /* và nữa */ \\ [ ] { }",
    "-- --- ... ~ 'a' \"b\"",
    "Ẳ ẵ Ặ ậ Ễ ể Ộ ỗ Ợ ở Ự ữ Ỵ ỹ đ Đ",
];

/// The forms of a short run.
pub(crate) const SHORT: [&str; 2] = ["09c", "10c"];

/// The worker of this run.
struct Reader {
    press: Press,
    real: bool,
    keep: Option<PathBuf>,
    folder: tempfile::TempDir,
    slowest: u128,
    files: usize,
}

/// The words of a file in their order, without any space between them; where each begins and stands.
struct Read {
    stream: String,
    /// Offset in the stream, place of its middle.
    places: Vec<(usize, f64)>,
    /// What stands above and below the content of all pages.
    furniture: String,
    pages: usize,
}

impl Reader {
    fn new() -> Self {
        let real = std::env::var_os("PBGDPL_PAPER").map(PathBuf::from);
        let worker = real.clone().unwrap_or_else(|| PAPER_WORKER.into());
        Self {
            press: Press::new(&worker, Bounds::default()),
            real: real.is_some(),
            keep: std::env::var_os("PBGDPL_PAPER_KEEP").map(PathBuf::from),
            folder: tempfile::tempdir().unwrap(),
            slowest: 0,
            files: 0,
        }
    }

    /// A file by its route, twice: the same bytes.
    async fn asked(&mut self, web: &Web, session: &str, path: &str) -> Read {
        let started = Instant::now();
        let once = get(web, session, path).await.body;
        self.slowest = self.slowest.max(started.elapsed().as_millis());
        let twice = get(web, session, path).await.body;
        assert!(once == twice, "{path}: not the same bytes");
        self.read(path, &once)
    }

    async fn printed(&mut self, name: &str, document: &pbgdpl_pages::pdf::Document) -> Read {
        let json = document.json().unwrap();
        let started = Instant::now();
        let once = self.press.print(&json).await.unwrap();
        self.slowest = self.slowest.max(started.elapsed().as_millis());
        assert!(
            once == self.press.print(&json).await.unwrap(),
            "{name}: not the same bytes"
        );
        self.read(name, &once)
    }

    fn read(&mut self, name: &str, file: &[u8]) -> Read {
        self.files += 1;
        let name: String = name
            .chars()
            .map(|sign| if sign.is_ascii_alphanumeric() { sign } else { '-' })
            .collect();
        if let Some(folder) = &self.keep {
            std::fs::create_dir_all(folder).unwrap();
            std::fs::write(folder.join(format!("{}.pdf", name.trim_matches('-'))), file).unwrap();
        }
        if self.real {
            by_pdftotext(&self.folder.path().join("one.pdf"), file)
        } else {
            from_document(file)
        }
    }
}

/// A text without spaces: how words are torn at the ends of lines is not its content.
pub(crate) fn dense(text: &str) -> String {
    text.chars()
        .filter(|sign| !sign.is_whitespace() && *sign != '\u{200b}')
        .collect()
}

fn by_pdftotext(path: &Path, file: &[u8]) -> Read {
    std::fs::write(path, file).unwrap();
    let output = Command::new("pdftotext")
        .args(["-raw", "-bbox", "-enc", "UTF-8"])
        .arg(path)
        .arg("-")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    let mut read = Read {
        stream: String::new(),
        places: Vec::new(),
        furniture: String::new(),
        pages: 0,
    };
    let mut height = 0.0;
    for line in said.lines().map(str::trim) {
        let number = |name: &str| -> f64 {
            let value = line.split(&format!("{name}=\"")).nth(1).unwrap();
            value.split('"').next().unwrap().parse().unwrap()
        };
        if line.starts_with("<page ") {
            read.pages += 1;
            height = number("height");
        } else if line.starts_with("<word ") {
            let text = line.split_once('>').unwrap().1.rsplit_once("</word>").unwrap().0;
            let text = dense(&quick_xml::escape::unescape(text).unwrap());
            if number("yMax") < FURNITURE.0 || number("yMin") > height - FURNITURE.1 {
                read.furniture.push_str(&text);
            } else {
                let middle = f64::midpoint(number("xMin"), number("xMax"));
                read.places.push((read.stream.len(), middle));
                read.stream.push_str(&text);
            }
        }
    }
    read
}

fn from_document(file: &[u8]) -> Read {
    let text = String::from_utf8(file.to_vec()).unwrap();
    let inside = text
        .strip_prefix("%PDF-1.7\n")
        .unwrap()
        .strip_suffix("\n%%EOF\n")
        .unwrap();
    let document: serde_json::Value = serde_json::from_str(inside).unwrap();
    let mut stream = String::new();
    said(&document["blocks"], &mut stream);
    Read {
        stream,
        places: Vec::new(),
        furniture: dense(document["page"]["foot"].as_str().unwrap()),
        pages: 1,
    }
}

/// Every `text` below a value, in its order.
fn said(value: &serde_json::Value, stream: &mut String) {
    match value {
        serde_json::Value::Array(values) => values.iter().for_each(|value| said(value, stream)),
        serde_json::Value::Object(fields) => {
            if let Some(text) = fields.get("text").and_then(|text| text.as_str()) {
                stream.push_str(&dense(text));
            }
            // Heads stand before rows.
            ["sides", "heads", "rows"]
                .iter()
                .filter_map(|name| fields.get(*name))
                .for_each(|below| said(below, stream));
        }
        _ => {}
    }
}

impl Read {
    fn middle_at(&self, offset: usize) -> Option<f64> {
        let before = self.places.partition_point(|(start, _)| *start <= offset);
        Some(self.places.get(before.checked_sub(1)?)?.1)
    }

    /// Finds a text from an offset on; returns where it begins.
    fn find(&self, text: &str, from: usize) -> Option<usize> {
        self.stream[from..].find(text).map(|at| at + from)
    }
}

/// A cell of a sheet as people read it.
fn shown(cell: Option<&Data>) -> String {
    match cell {
        None | Some(Data::Empty) => String::new(),
        Some(Data::Float(number)) => grouped(format!("{number}").parse().unwrap()),
        Some(other) => other.to_string(),
    }
}

fn sheet(file: &[u8]) -> Range<Data> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file.to_vec())).unwrap();
    book.worksheet_range_at(0).unwrap().unwrap()
}

/// Compares a form on paper with its sheet; returns how many cells there were.
fn compare(name: &str, read: &Read, sheet: &Range<Data>, columns: usize) -> usize {
    let (bottom, right) = sheet.end().unwrap();
    let at = |row: u32, column: usize| shown(sheet.get_value((row, u32::try_from(column).unwrap())));
    let top = (0..bottom)
        .find(|row| at(*row, 0) == "A" && at(*row, 1) == "(1)")
        .unwrap()
        + 1;
    let edges = edges(name, read, columns);
    let (mut from, mut cells) = (read.find("A(1)", 0).unwrap(), 0);
    let mut row = top;
    // The table ends with its last full row: below it the sheet has an empty one.
    while (0..=columns).any(|column| !at(row, column).is_empty()) {
        let texts: Vec<String> = (0..=columns).map(|column| dense(&at(row, column))).collect();
        let line = texts.concat();
        let start = read
            .find(&line, from)
            .unwrap_or_else(|| panic!("{name}: row {row} is not on paper: {texts:?}"));
        let mut offset = start;
        for (column, text) in texts.iter().enumerate() {
            if let (Some(middle), false, 1..) = (read.middle_at(offset), text.is_empty(), column) {
                let (left, right) = (edges[column - 1] - TOLERANCE, edges[column] + TOLERANCE);
                assert!(
                    (left..right).contains(&middle),
                    "{name}: {text} of column {column} stands at {middle}, not in {left}–{right}"
                );
            }
            offset += text.len();
            cells += 1;
        }
        from = offset;
        row += 1;
    }
    assert!(row > top, "{name}: no rows");
    // What stands around the table, heads included: each text of the sheet.
    let all = format!("{}{}", read.stream, read.furniture);
    for place in (0..top).chain(row..=bottom) {
        for column in 0..=usize::try_from(right).unwrap() {
            let text = dense(&at(place, column));
            assert!(all.contains(&text), "{name}: {text} is not on paper");
            cells += usize::from(!text.is_empty());
        }
    }
    cells
}

/// The edges of the columns of figures, from the left of the first to the right of the last: column numbers stand in the middle.
fn edges(name: &str, read: &Read, columns: usize) -> Vec<f64> {
    if read.places.is_empty() {
        return Vec::new();
    }
    let mut from = read.find("A(1)", 0).unwrap() + 1;
    let mut middles = Vec::new();
    for column in 1..=columns {
        let number = format!("({column})");
        from = read
            .find(&number, from)
            .unwrap_or_else(|| panic!("{name}: no column {column}"));
        middles.push(read.middle_at(from).unwrap());
        from += number.len();
    }
    let mut edges = vec![RIGHT_EDGE];
    for middle in middles.iter().rev() {
        edges.push(2.0 * middle - edges.last().unwrap());
    }
    edges.reverse();
    edges
}

/// All forms of the province in the wording of their year, and its periods.
pub(crate) fn all_forms() -> (Vec<FormFile>, CalendarFile) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tenants/kon-tum");
    let files = |name: &str| {
        let entries = std::fs::read_dir(folder.join(name)).unwrap();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
            .into_iter()
            .map(|path| std::fs::read_to_string(path).unwrap())
    };
    let forms: Vec<FormFile> = files("forms")
        .map(|text| toml::from_str(&text).unwrap())
        .collect();
    let indicators: Vec<IndicatorFile> = files("indicators")
        .map(|text| toml::from_str(&text).unwrap())
        .collect();
    let calendar = std::fs::read_to_string(folder.join("calendar.toml")).unwrap();
    let forms = pbgdpl_model::indicator::written_out(&forms, &indicators);
    (forms, toml::from_str(&calendar).unwrap())
}

/// The columns that a column adds up in the end.
fn leaves(form: &FormFile, number: u8) -> Vec<u8> {
    let column = form
        .columns
        .iter()
        .find(|column| column.number == number)
        .unwrap();
    if column.sum.is_empty() {
        vec![number]
    } else {
        column.sum.iter().flat_map(|part| leaves(form, *part)).collect()
    }
}

/// Lines of a form whose sums hold: a total, and so many members with the corpus for names. Where asked for, three more of
/// everything are expected of each member.
pub(crate) fn lines(form: &FormFile, count: i64, estimates: bool) -> Vec<Line> {
    let of = |at: i64, column: u8| at * 1_237 + i64::from(column) * 11;
    let line = |key: String, label: String, kind, members: &[i64]| {
        let cells = form.columns.iter().map(|column| {
            let parts = leaves(form, column.number);
            let actual = members
                .iter()
                .flat_map(|at| parts.iter().map(|part| of(*at, *part)))
                .sum();
            let expected = members.iter().flat_map(|_| parts.iter().map(|_| 3)).sum();
            let cell = Cell {
                actual: Some(actual),
                estimate: estimates.then_some(expected),
                ..Cell::empty(Origin::Declared)
            };
            (column.number, cell)
        });
        Line {
            key,
            label,
            kind,
            cells: cells.collect(),
        }
    };
    let all: Vec<i64> = (1..=count).collect();
    let total = line("tong_so".into(), "Tổng số".into(), LineKind::Total, &all);
    let members = all.iter().map(|at| {
        let word = CORPUS[usize::try_from(*at).unwrap() % CORPUS.len()];
        let label = format!("{word} {at} phường Trường Chinh, thành phố Kon Tum");
        line(format!("xa-{at}"), label, LineKind::Commune, &[*at])
    });
    std::iter::once(total).chain(members).collect()
}

pub(crate) fn book<'a>(
    form: &'a FormFile,
    span: &'a Span,
    lines: &'a [Line],
    notes: &'a [String],
) -> Workbook<'a> {
    let rows = lines.iter().map(|line| LineOf {
        key: &line.key,
        label: &line.label,
        kind: line.kind,
        cells: &line.cells,
    });
    Workbook {
        form,
        span,
        superior: "ỦY BAN NHÂN DÂN TỈNH KON TUM",
        issuer: "SỞ TƯ PHÁP",
        received: None,
        place_and_day: "Kon Tum, ngày 18 tháng 11 năm 2020",
        rows: rows.collect(),
        notes,
        signatures: form
            .signatures
            .iter()
            .map(|role| Signature { role, name: "Y Lan" })
            .collect(),
        recipients: notes,
        hash: "9c56cc51b374c3ba189210d5b6d4bf57790d351c96c47c02190ecf1e430635ab",
        made_at: at(2020, 11, 18),
    }
}

#[tokio::test]
async fn every_cell_and_every_paragraph_is_read_back() {
    let mut reader = Reader::new();
    let house = house(pbgdpl_store::Engine::Sqlite).await;
    a_year(&house).await;
    sent(&house, &house.a, &house.in_a, "09d", "tong_so", &[(1, 5), (2, 4)]).await;
    sent(
        &house,
        &house.b,
        &house.in_b,
        "09b",
        "cap_huyen",
        &[(1, 24), (2, 19)],
    )
    .await;
    let of_b = house.ctx(&house.b, &house.in_b.reporter).await.unwrap();
    let mediation = done(open(&house.app, &of_b, order("10b", None)).await.unwrap());
    let figures = [
        (1, 4),
        (2, 30),
        (3, 20),
        (4, 10),
        (5, 2),
        (6, 28),
        (7, 25),
        (8, 12),
    ];
    for row in ["xa-1", "xa-2"] {
        says(&house, &of_b, mediation, row, &figures).await;
    }
    go_out(&house, &house.b, &house.in_b, mediation).await;
    let ctx = house.province_ctx(&house.consolidator).await.unwrap();
    for (sender, form) in [(&house.a, "09d"), (&house.b, "09b"), (&house.b, "10b")] {
        accept::accept(&house.province, &ctx, sender.id(), (form, YEAR), 1)
            .await
            .unwrap();
    }
    for form in ["09c", "10c"] {
        let sum = consolidate::consolidate(&house.province, &ctx, form, YEAR)
            .await
            .unwrap();
        freeze::freeze(&house.province, &ctx, form, YEAR, &sum.hash)
            .await
            .unwrap();
    }
    let report = frozen(&house).await;

    let web = node(&house, Some(reader.press.clone()));
    let in_a = house.session(&house.in_a.reporter).await.unwrap();
    let in_b = house.session(&house.in_b.reporter).await.unwrap();
    let officer = house.session(&house.consolidator).await.unwrap();
    let of_b = |form: &str| format!("/quan-tri/huyen-b/bieu/{form}/nam-chinh-thuc/2020");
    let mut cells = 0;
    for (session, here, columns) in [
        (&in_a, FORM.to_owned(), 12),
        (&in_b, of_b("09b"), 12),
        (&in_b, of_b("10b"), 8),
        (&officer, SUM.to_owned(), 12),
        (&officer, SUM.replace("09c", "10c"), 8),
    ] {
        let workbook = get(&web, session, &format!("{here}/xuat.xlsx?ban=1")).await;
        let read = reader
            .asked(&web, session, &format!("{here}/xuat.pdf?ban=1"))
            .await;
        cells += compare(&here, &read, &sheet(&workbook.body), columns);
    }
    let mut rows = 0;
    let (forms, calendar) = all_forms();
    let long = if reader.real { 150 } else { 14 };
    let forms: Vec<&FormFile> = forms
        .iter()
        .filter(|form| reader.real || SHORT.contains(&form.id.as_str()))
        .collect();
    for form in &forms {
        for kind in [PeriodKind::OfficialYear, PeriodKind::Year] {
            let span = Span::of(&calendar, kind, 2020).unwrap();
            let (lines, notes) = (lines(form, long, span.has_estimate()), CORPUS.map(str::to_owned));
            let book = book(form, &span, &lines, &notes);
            let name = format!("{} {kind:?}", form.id);
            let read = reader.printed(&name, &workbook::document(&book)).await;
            cells += compare(
                &name,
                &read,
                &sheet(&workbook::write(&book).unwrap()),
                form.columns.len(),
            );
            rows += lines.len();
            if reader.real {
                let heads = read.stream.matches("A(1)(2)").count();
                assert!(
                    read.pages > 2 && heads + 1 >= read.pages,
                    "{name}: heads on {heads} of {} pages",
                    read.pages
                );
                assert_eq!(
                    read.furniture.matches(book.hash).count(),
                    read.pages,
                    "{name}: the hash in each foot"
                );
            }
        }
    }
    assert!(rows >= forms.len() * 14);
    println!(
        "paper: {cells} cells of {} forms read back, 0 differences",
        reader.files
    );

    let word = get(&web, &officer, &format!("{PLAN}/xuat.docx?ban=1")).await;
    let read = reader
        .asked(&web, &officer, &format!("{PLAN}/xuat.pdf?ban=1"))
        .await;
    let (mut from, mut found) = (0, 0);
    for line in paragraphs(&word.body, "word/document.xml") {
        let text = dense(&line);
        if text.is_empty() || text.starts_with("____") || text.starts_with("MãkiểmtraSHA-256củanộidung")
        {
            continue;
        }
        from = read
            .find(&text, from)
            .unwrap_or_else(|| panic!("not on paper, or out of order: {line}"))
            + text.len();
        found += 1;
    }
    assert_eq!(
        read.furniture.matches(&report.hash).count(),
        read.pages,
        "the hash in each foot"
    );
    println!("paper: {found} paragraphs of the Word file read back, 0 differences");
    println!("paper: slowest file {} ms", reader.slowest);
    house.end().await.unwrap();
}
