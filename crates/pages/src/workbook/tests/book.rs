//! The province's own forms, filled, as workbooks.

use std::sync::LazyLock;

use pbgdpl_model::agency::ReportRow;
use pbgdpl_model::id::{AccountId, TenantId};
use pbgdpl_model::indicator::written_out;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::manifest::{CalendarFile, IndicatorFile, PeriodKind, RowKind};
use pbgdpl_model::report::{
    Accepted, Body, Books, ConsolidatedLine, Declared, Line, Place, Sender, commune_key, consolidate, fill,
};

use super::super::*;

pub(in crate::workbook) const FORMS: [&str; 9] =
    ["09a", "09b", "09c", "09d", "09e", "10a", "10b", "10c", "10d"];

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tenants/kon-tum");

pub(in crate::workbook) static ALL: LazyLock<Vec<FormFile>> = LazyLock::new(|| {
    let read = |path: &std::path::Path| std::fs::read_to_string(path).unwrap();
    let forms: Vec<FormFile> = FORMS
        .iter()
        .map(|id| toml::from_str(&read(format!("{FOLDER}/forms/{id}.toml").as_ref())).unwrap())
        .collect();
    let indicators: Vec<IndicatorFile> = std::fs::read_dir(format!("{FOLDER}/indicators"))
        .unwrap()
        .map(|file| toml::from_str(&read(&file.unwrap().path())).unwrap())
        .collect();
    written_out(&forms, &indicators)
});

pub(in crate::workbook) const MADE: Moment = Moment::from_millis(1_605_700_000_000);

pub(in crate::workbook) fn form(id: &str) -> &'static FormFile {
    ALL.iter().find(|form| form.id == id).unwrap()
}

pub(in crate::workbook) fn span(kind: PeriodKind) -> Span {
    let calendar: CalendarFile =
        toml::from_str(include_str!("../../../../../tenants/kon-tum/calendar.toml")).unwrap();
    Span::of(&calendar, kind, 2020).unwrap()
}

pub(in crate::workbook) fn says(
    row: &str,
    column: u8,
    actual: Option<i64>,
    estimate: Option<i64>,
) -> Declared {
    let by = AccountId(uuid(1));
    let (row, note, by_name) = (row.into(), String::new(), "Y Lan".into());
    Declared {
        row,
        column,
        actual,
        estimate,
        note,
        by,
        by_name,
        at: MADE,
    }
}

pub(in crate::workbook) fn uuid<T: serde::de::DeserializeOwned>(number: u32) -> T {
    serde_json::from_value(format!("00000000-0000-0000-0000-{number:012}").into()).unwrap()
}

/// Lines of one agency; `seed` makes its figures.
pub(in crate::workbook) fn lines(form: &FormFile, span: &Span, seed: i64) -> Vec<Line> {
    let measures = [
        Measure::DirectSessions,
        Measure::DirectAttendees,
        Measure::Contests,
        Measure::MaterialsIssued,
        Measure::MaterialsOnline,
        Measure::FundingRegular,
        Measure::FundingProgramme,
    ];
    let books = Books {
        ledger: measures.into_iter().zip((1..).map(|at| at * seed)).collect(),
        ..Books::default()
    };
    let places = ["Văn Lem", "Đăk Trăm"].map(|name| Place {
        code: name.len().to_string(),
        name: name.into(),
    });
    let unit = form.rows.iter().find(|row| row.kind != RowKind::Total);
    let unit = unit.map_or("", |row| row.id.as_str());
    let commune = commune_key("8");
    let declared = [
        says(unit, 1, Some(9), None),
        says(unit, 3, None, Some(seed)),
        says(unit, 12, None, Some(0)),
        says(&commune, 3, Some(seed + 1), Some(2)),
        says(&commune, 10, Some(700), Some(30)),
    ];
    fill(form, span, &books, &declared, &places)
}

/// A form with its lines; 09c is added up from four reports.
pub(in crate::workbook) fn filled(id: &str, span: &Span) -> Vec<Line> {
    if id != "09c" {
        return lines(form(id), span, 7);
    }
    let reports = [
        ("stp", "09d", ReportRow::SoTuPhap),
        ("sgd", "09d", ReportRow::SoNganh),
        ("dak-glei", "09b", ReportRow::DiaBan),
        ("dak-to", "09b", ReportRow::DiaBan),
    ];
    let accepted = (1u32..).zip(reports).map(|(number, (slug, id, report_row))| {
        let id_of = TenantId(uuid(number));
        let sender = Sender {
            id: id_of,
            slug: slug.into(),
            name: format!("Cơ quan {slug}"),
            report_row,
        };
        let rows = lines(form(id), span, i64::from(number) * 11);
        let body = Body::new(
            form(id),
            span,
            1,
            sender,
            1,
            Vec::new(),
            String::new(),
            None,
            rows,
        );
        Accepted {
            body,
            hash: slug.into(),
        }
    });
    let sum = consolidate(form("09c"), span, &ALL, accepted.collect(), Vec::new());
    let line = |row: ConsolidatedLine| Line {
        key: row.key,
        label: row.label,
        kind: row.kind,
        cells: row.cells,
    };
    sum.rows.into_iter().map(line).collect()
}

pub(in crate::workbook) fn book<'a>(
    form: &'a FormFile,
    span: &'a Span,
    lines: &'a [Line],
    notes: &'a [String],
) -> Workbook<'a> {
    let rows = lines.iter();
    Workbook {
        form,
        span,
        superior: "ỦY BAN NHÂN DÂN TỈNH KON TUM",
        issuer: "SỞ TƯ PHÁP",
        received: NaiveDate::from_ymd_opt(2020, 11, 20),
        place_and_day: "Kon Tum, ngày 18 tháng 11 năm 2020",
        rows: rows
            .map(|line| LineOf {
                key: &line.key,
                label: &line.label,
                kind: line.kind,
                cells: &line.cells,
            })
            .collect(),
        notes,
        signatures: form
            .signatures
            .iter()
            .map(|role| Signature { role, name: "" })
            .collect(),
        recipients: notes,
        hash: "0f1e2d",
        made_at: MADE,
    }
}
