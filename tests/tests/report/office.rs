//! What others read in our workbooks and Word files.
//!
//! With `PBGDPL_OFFICE` (LibreOffice) every workbook is opened with all formulas calculated anew and saved again, the Word file
//! becomes a PDF; without it some are looked at as they are: locked, and the Word file with every text of its document.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, Reader as _, SheetVisible};
use pbgdpl_model::report::Span;
use pbgdpl_pages::paper::{Block, Paper, Sealed, plan_report, recipient_lines};
use pbgdpl_pages::{word, workbook};
use pbgdpl_province::plan::export::take;

use super::offline::{FILLED, Offline, address, open_cells};
use super::offline_hand::{Put, parts, put};
use super::pdf_read::{CORPUS, SHORT, all_forms, book, dense, lines};
use super::plan::{OF, a_year, frozen};
use super::plan_word::{paragraphs, part};
use super::*;

/// Calculates whatever the file says was calculated.
const ALWAYS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

/// A result that no formula of ours gives.
const SPOILED: &str = "987654321";

/// The program of others, where this run has one.
struct Office {
    program: Option<PathBuf>,
    folder: tempfile::TempDir,
}

impl Office {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("profile/user")).unwrap();
        std::fs::write(
            folder.path().join("profile/user/registrymodifications.xcu"),
            ALWAYS,
        )
        .unwrap();
        Self {
            program: std::env::var_os("PBGDPL_OFFICE").map(PathBuf::from),
            folder,
        }
    }

    /// The files as the program saves them.
    fn saved(&self, kind: &str, files: &[(String, Vec<u8>)], from: &str) -> Vec<Vec<u8>> {
        let Some(program) = &self.program else {
            return files.iter().map(|(_, file)| file.clone()).collect();
        };
        let (inside, out) = (self.folder.path().join("in"), self.folder.path().join("out"));
        for folder in [&inside, &out] {
            std::fs::create_dir_all(folder).unwrap();
        }
        let name = |at: usize, ending: &str| format!("{at}.{ending}");
        let mut command = Command::new(program);
        command.arg(format!(
            "-env:UserInstallation=file://{}",
            self.folder.path().join("profile").display()
        ));
        command
            .args(["--headless", "--norestore", "--convert-to", kind, "--outdir"])
            .arg(&out);
        for (at, (_, file)) in files.iter().enumerate() {
            std::fs::write(inside.join(name(at, from)), file).unwrap();
            command.arg(inside.join(name(at, from)));
        }
        let output = command.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        let ending = kind.split(':').next().unwrap();
        (0..files.len())
            .map(|at| std::fs::read(out.join(name(at, ending))).unwrap())
            .collect()
    }

    /// Workbooks as the program saves them, after every stored result was spoiled.
    fn recalculated(&self, files: &[(String, Vec<u8>)]) -> Vec<Vec<u8>> {
        if self.program.is_none() {
            return files.iter().map(|(_, file)| file.clone()).collect();
        }
        let spoiled: Vec<(String, Vec<u8>)> = files
            .iter()
            .map(|(name, file)| (name.clone(), parts(file, spoil)))
            .collect();
        self.saved("xlsx:Calc MS Excel 2007 XML", &spoiled, "xlsx")
    }
}

/// Puts another result beside each formula.
fn spoil(name: &str, text: String) -> String {
    if !name.starts_with("xl/worksheets/sheet") {
        return text;
    }
    let mut pieces = text.split("</f><v>");
    let mut spoiled = pieces.next().unwrap().to_owned();
    for piece in pieces {
        let rest = piece.split_once("</v>").unwrap().1;
        spoiled.push_str(&format!("</f><v>{SPOILED}</v>{rest}"));
    }
    spoiled
}

/// Places of a sheet with what stands there.
type Placed<T> = BTreeMap<(u32, u32), T>;

struct Sheet {
    name: String,
    visible: SheetVisible,
    cells: Placed<String>,
    formulas: BTreeSet<(u32, u32)>,
    locked: bool,
    /// Cells that may be typed into.
    open: BTreeSet<String>,
}

fn sheets(file: &[u8]) -> Vec<Sheet> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(file.to_vec())).unwrap();
    let all = book.sheets_metadata().to_vec();
    let styles = part(file, "xl/styles.xml");
    let formats = styles
        .split("<cellXfs")
        .nth(1)
        .unwrap()
        .split("</cellXfs>")
        .next()
        .unwrap();
    let open_format = |format: &str| {
        ["locked=\"0\"", "locked=\"false\""]
            .iter()
            .any(|said| format.contains(said))
    };
    let opened: BTreeSet<String> = formats
        .split("<xf ")
        .skip(1)
        .enumerate()
        .filter(|(_, format)| open_format(format))
        .map(|(at, _)| at.to_string())
        .collect();
    let mut found = Vec::new();
    for (at, sheet) in all.iter().enumerate() {
        let range = book.worksheet_range(&sheet.name).unwrap();
        let (top, left) = range.start().unwrap();
        let place = |row: usize, column: usize| {
            (
                top + u32::try_from(row).unwrap(),
                left + u32::try_from(column).unwrap(),
            )
        };
        let cells = range
            .used_cells()
            .map(|(row, column, cell)| (place(row, column), shown(cell)));
        let cells = cells.filter(|(_, text)| !text.is_empty()).collect();
        let formulas = book.worksheet_formula(&sheet.name).unwrap();
        let (top, left) = formulas.start().unwrap_or_default();
        let place = |row: usize, column: usize| {
            (
                top + u32::try_from(row).unwrap(),
                left + u32::try_from(column).unwrap(),
            )
        };
        let written = formulas
            .used_cells()
            .filter(|(_, _, formula)| !formula.is_empty());
        let formulas = written.map(|(row, column, _)| place(row, column)).collect();
        let xml = part(file, &format!("xl/worksheets/sheet{}.xml", at + 1));
        let open = xml.split("<c r=\"").skip(1).filter_map(|cell| {
            let head = cell.split('>').next().unwrap();
            let style = head.split(" s=\"").nth(1)?.split('"').next()?;
            opened
                .contains(style)
                .then(|| head.split('"').next().unwrap().to_owned())
        });
        found.push(Sheet {
            name: sheet.name.clone(),
            visible: sheet.visible,
            cells,
            formulas,
            locked: xml.contains("<sheetProtection"),
            open: open.collect(),
        });
    }
    found
}

fn shown(cell: &Data) -> String {
    match cell {
        Data::Int(number) => number.to_string(),
        Data::Float(number) => number.to_string(),
        // How a line ends inside a cell is the program's own.
        other => other.to_string().replace("\r\n", "\n"),
    }
}

/// What was counted.
#[derive(Default)]
struct Counted {
    cells: usize,
    formulas: usize,
    locked: usize,
}

/// The same sheets, cells, formulas, results, locks.
fn compare(name: &str, ours: &[u8], theirs: &[u8], counted: &mut Counted) {
    let (ours, theirs) = (sheets(ours), sheets(theirs));
    assert_eq!(ours.len(), theirs.len(), "{name}");
    for (one, other) in ours.iter().zip(&theirs) {
        let name = format!("{name}, {}", one.name);
        assert_eq!(
            (&one.name, one.visible, one.locked),
            (&other.name, other.visible, other.locked),
            "{name}"
        );
        assert_eq!(one.formulas, other.formulas, "{name}: formulas");
        for (place, text) in &one.cells {
            let seen = other.cells.get(place).map(String::as_str).unwrap_or_default();
            assert_eq!(seen, text, "{name}: {place:?}");
        }
        assert_eq!(
            one.cells.len(),
            other.cells.len(),
            "{name}: cells that nobody wrote"
        );
        assert_eq!(one.open, other.open, "{name}: cells that may be typed into");
        assert!(one.locked, "{name} is not locked");
        counted.cells += one.cells.len();
        counted.formulas += one.formulas.len();
        counted.locked += 1;
    }
}

/// Every text of a document, in its order.
fn texts(paper: &Paper) -> Vec<String> {
    let of = |block: &Block| match block {
        Block::Chapter(text)
        | Block::Heading(text)
        | Block::Quoted(text)
        | Block::Text(text)
        | Block::Lacking(text) => vec![text.clone()],
        Block::Grid(grid) => grid
            .heads
            .iter()
            .chain(grid.rows.iter().flatten())
            .cloned()
            .collect(),
    };
    let mut texts = paper.issuer.clone();
    texts.extend([paper.kind.clone(), paper.summary.clone(), paper.receiver.clone()]);
    texts.extend(paper.body.iter().flat_map(of));
    texts.extend(recipient_lines(&paper.recipients));
    texts.extend(paper.signer.clone());
    for annex in &paper.annexes {
        texts.extend([
            annex.number.clone(),
            annex.title.to_uppercase(),
            annex.belongs_to.clone(),
        ]);
        texts.extend(annex.blocks.iter().flat_map(of));
    }
    // As the file holds them: without signs that XML does not know.
    texts
        .iter()
        .map(|text| dense(&text.replace('\u{b}', "")))
        .filter(|text| !text.is_empty())
        .collect()
}

fn pdf_text(path: &Path, file: &[u8]) -> String {
    std::fs::write(path, file).unwrap();
    let output = Command::new("pdftotext")
        .args(["-raw", "-enc", "UTF-8"])
        .arg(path)
        .arg("-")
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    // The page number stands between the two halves of a paragraph.
    let is_number = |line: &&str| line.chars().all(|sign| sign.is_ascii_digit());
    let of_page = |page: &str| {
        let lines: Vec<&str> = page.trim().lines().collect();
        let numbered = lines.first().filter(|line| is_number(line)).is_some();
        lines.get(usize::from(numbered)..).unwrap_or_default().join("\n")
    };
    said.split('\u{c}').map(of_page).collect()
}

#[tokio::test]
async fn what_we_write_is_what_others_read() {
    let office = Office::new();
    let mut counted = Counted::default();

    // Every form and kind of period; labels and notes that a spreadsheet would take for formulas if it could.
    let (forms, calendar) = all_forms();
    let mut files = Vec::new();
    let whole = office.program.is_some();
    for form in forms
        .iter()
        .filter(|form| whole || SHORT.contains(&form.id.as_str()))
    {
        let kinds = [PeriodKind::Year, PeriodKind::OfficialYear, PeriodKind::SixMonths];
        for kind in kinds.into_iter().take(if whole { 3 } else { 1 }) {
            let span = Span::of(&calendar, kind, 2020).unwrap();
            let (lines, notes) = (lines(form, 14, span.has_estimate()), CORPUS.map(str::to_owned));
            let file = workbook::write(&book(form, &span, &lines, &notes)).unwrap();
            files.push((format!("{} {kind:?}", form.id), file));
        }
    }
    for ((name, ours), theirs) in files.iter().zip(office.recalculated(&files)) {
        compare(name, ours, &theirs, &mut counted);
    }

    // Working forms, empty; then filled, saved by the program, and taken in again.
    let mut taken = 0;
    // Without the program there is nothing to compare: the tests of REP-18 bring back what was filled.
    let kinds = [PeriodKind::OfficialYear, PeriodKind::Year];
    for kind in kinds.into_iter().filter(|_| whole) {
        let it = Offline::on(pbgdpl_store::Engine::Sqlite, kind).await;
        let period = pbgdpl_model::report::period_word(kind);
        let places = [
            (&it.in_a, address("so-a", "09d", period)),
            (&it.in_b, address("huyen-b", "09b", period)),
        ];
        let mut files = Vec::new();
        for (session, here) in &places {
            files.push((here.clone(), it.download(session, here).await));
        }
        for ((name, ours), theirs) in files.iter().zip(office.recalculated(&files)) {
            compare(name, ours, &theirs, &mut counted);
        }
        let views = [it.seen_a().await, seen(&it.house, &it.house.b, it.b).await];
        let filled: Vec<(String, Vec<u8>)> = files
            .iter()
            .zip(&views)
            .map(|((name, file), view)| {
                let mut puts = Vec::new();
                for (row, _, _, actual, estimate) in open_cells(view) {
                    let cells = [("E", actual), ("F", estimate)]
                        .into_iter()
                        .filter(|(_, open)| *open);
                    puts.extend(
                        cells.map(|(column, _)| (format!("{column}{row}"), Put::Number(f64::from(row)))),
                    );
                    puts.push((format!("H{row}"), Put::text("Quyết định số 12 <&> “cột”")));
                }
                (name.clone(), put(file, FILLED, &puts))
            })
            .collect();
        for (((session, here), file), saved) in places.iter().zip(&filled).zip(office.recalculated(&filled)) {
            let preview = it.upload(session, here, &saved).await;
            assert_eq!(preview.status, 200, "{here}: {}", preview.text());
            let direct = it.upload(session, here, &file.1).await;
            assert_eq!(
                form_of(&preview.text()),
                form_of(&direct.text()),
                "{here}: other figures"
            );
            taken += 1;
        }
        it.house.end().await.unwrap();
    }
    println!(
        "office: {} cells of workbooks read back, 0 differences",
        counted.cells
    );
    println!(
        "office: {} formulas calculated anew, 0 differences",
        counted.formulas
    );
    println!(
        "office: {} locked sheets read back, 0 differences",
        counted.locked
    );
    println!("office: {taken} working forms taken in again, 0 differences");

    let house = house(pbgdpl_store::Engine::Sqlite).await;
    a_year(&house).await;
    frozen(&house).await;
    let officer = house.province_ctx(&house.consolidator).await.unwrap();
    let report = take(&house.province, &officer, OF, Some(1)).await.unwrap();
    let sealed = Sealed {
        place: "Kon Tum",
        frozen_on: report.frozen.as_ref().map(|frozen| frozen.at.day()),
        hash: &report.hash,
        illustrative: false,
    };
    let paper = plan_report(&report.document, &sealed);
    let file = word::write(&paper).unwrap();
    let read = match office.program {
        Some(_) => {
            // A font that every machine has: without Times New Roman letters come from several fonts, and not in their order.
            let file = parts(&file, |_, text| text.replace("Times New Roman", "DejaVu Serif"));
            let pdf = office
                .saved("pdf", &[("bao-cao".to_owned(), file)], "docx")
                .remove(0);
            pdf_text(&office.folder.path().join("one.pdf"), &pdf)
        }
        None => paragraphs(&file, "word/document.xml").concat(),
    };
    let read = dense(&read);
    let texts = texts(&paper);
    for text in &texts {
        assert!(read.contains(text), "not in the Word file: {text}: {read}");
    }
    assert!(read.contains(&report.hash));
    println!(
        "office: {} paragraphs of the Word file read back, 0 differences",
        texts.len()
    );
    house.end().await.unwrap();
}

/// What a preview sends on: the figures it read.
fn form_of(page: &str) -> String {
    let sent = page.split("name=\"so-lieu\" value=\"").nth(1).unwrap();
    sent.split('"').next().unwrap().to_owned()
}
