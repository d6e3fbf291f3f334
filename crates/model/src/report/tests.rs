//! The arithmetic of form 09 on the province's own files: empties, checks, totals, order, repetition.

mod indicators;
mod laws;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::agency::ReportRow;
use crate::catalogue::Entry;
use crate::clock::Moment;
use crate::id::{AccountId, TenantId};
use crate::indicator::written_out;
use crate::ledger::Measure;
use crate::manifest::{CalendarFile, FormFile, IndicatorFile, PeriodKind};
use crate::register::Counted;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tenants/kon-tum");

/// The form as its file says it.
fn as_written(id: &str) -> FormFile {
    let text = std::fs::read_to_string(format!("{FOLDER}/forms/{id}.toml")).unwrap();
    toml::from_str(&text).unwrap()
}

/// The indicators of the province.
fn indicators() -> Vec<IndicatorFile> {
    let files = std::fs::read_dir(format!("{FOLDER}/indicators")).unwrap();
    let read = |path: std::path::PathBuf| std::fs::read_to_string(path).unwrap();
    files
        .map(|file| toml::from_str(&read(file.unwrap().path())).unwrap())
        .collect()
}

/// The form with its indicators written out.
fn form(id: &str) -> FormFile {
    let mut forms = written_out(&[as_written(id)], &indicators());
    assert_eq!(forms.len(), 1, "nothing changes within the form");
    forms.remove(0)
}

fn calendar() -> CalendarFile {
    toml::from_str(include_str!("../../../../tenants/kon-tum/calendar.toml")).unwrap()
}

fn span(kind: PeriodKind) -> Span {
    Span::of(&calendar(), kind, 2020).unwrap()
}

fn says(row: &str, column: u8, actual: Option<i64>, estimate: Option<i64>, note: &str) -> Declared {
    Declared {
        row: row.into(),
        column,
        actual,
        estimate,
        note: note.into(),
        by: AccountId(Uuid::from_u128(1)),
        by_name: "Y Lan".into(),
        at: Moment::from_millis(0),
    }
}

fn ledger(pairs: &[(Measure, i64)]) -> Books {
    Books {
        ledger: pairs.iter().copied().collect(),
        ..Books::default()
    }
}

#[test]
fn trn_01_states_come_from_the_register_once_it_holds_anybody() {
    let (form, span) = (form("09d"), span(PeriodKind::OfficialYear));
    let typed = [
        says("tong_so", 1, Some(24), None, "QĐ 12"),
        says("tong_so", 2, Some(9), None, "QĐ 12"),
    ];
    let with = |recognised, active| {
        let mut books = ledger(&[]);
        books.register = Counted { recognised, active };
        fill(&form, &span, &books, &typed, &[])
    };
    let two = |lines: &[Line]| {
        let cell = |column| {
            let cell = &lines.iter().find(|line| line.key == "tong_so").unwrap().cells[&column];
            (cell.actual, cell.origin)
        };
        (cell(1), cell(2))
    };
    let nobody = with(None, None);
    assert_eq!(
        two(&nobody),
        ((Some(24), Origin::Declared), (Some(9), Origin::Declared))
    );
    let (first, second) = (form.column(1).unwrap(), form.column(2).unwrap());
    assert_eq!(may_declare(&form, &nobody[0], first, &span), (true, false));
    let held = with(Some(7), None);
    assert_eq!(
        two(&held),
        ((Some(7), Origin::Register), (Some(9), Origin::Declared)),
        "nobody logs sessions yet: empty is not zero"
    );
    assert_eq!(may_declare(&form, &held[0], first, &span), (false, false));
    assert_eq!(may_declare(&form, &held[0], second, &span), (true, false));
    assert_eq!(
        check(&form, &held)[0].column,
        2,
        "9 of 7 is refused by the form's own demand"
    );
    let logged = with(Some(7), Some(3));
    assert_eq!(
        two(&logged),
        ((Some(7), Origin::Register), (Some(3), Origin::Register))
    );
    assert!(check(&form, &logged).is_empty());
}

fn figure(lines: &[Line], row: &str, column: u8) -> Option<i64> {
    lines
        .iter()
        .find(|line| line.key == row)?
        .cells
        .get(&column)?
        .total()
}

#[test]
fn rep_02_a_hand_computed_form() {
    let counted = ledger(&[
        (Measure::DirectSessions, 3),
        (Measure::DirectAttendees, 410),
        (Measure::MaterialsIssued, 1_200),
        (Measure::MaterialsOnline, 6),
        (Measure::FundingRegular, 15_000),
        (Measure::FundingOther, 500),
    ]);
    let declared = [
        says("tong_so", 1, Some(9), None, "QĐ 12"),
        says("tong_so", 2, Some(7), Some(99), "QĐ 12"),
        says("tong_so", 3, Some(99), Some(2), "kế hoạch tháng 11, 12"),
    ];
    let lines = fill(&form("09d"), &span(PeriodKind::Year), &counted, &declared, &[]);
    let unit: Vec<_> = (1..=12).map(|column| figure(&lines, "tong_so", column)).collect();
    let hand = [9, 7, 5, 410, 0, 0, 1_206, 6, 15_500, 15_000, 0, 500].map(Some);
    assert_eq!(
        unit, hand,
        "a state takes no estimate, a counted figure is not overwritten"
    );
    assert!(check(&form("09d"), &lines).is_empty());
}

#[test]
fn the_official_year_takes_no_estimate() {
    let declared = [says("tong_so", 3, None, Some(2), "x")];
    let lines = fill(
        &form("09d"),
        &span(PeriodKind::OfficialYear),
        &ledger(&[]),
        &declared,
        &[],
    );
    assert_eq!(figure(&lines, "tong_so", 3), Some(0));
}

#[test]
fn empty_is_not_zero() {
    let form = form("09d");
    let lines = fill(&form, &span(PeriodKind::Year), &ledger(&[]), &[], &[]);
    assert_eq!(figure(&lines, "tong_so", 1), None);
    assert_eq!(
        figure(&lines, "tong_so", 3),
        Some(0),
        "the ledger knows that there was none"
    );
    let found = check(&form, &lines);
    assert_eq!(
        found.iter().map(|f| (f.column, f.blocks())).collect::<Vec<_>>(),
        [(1, true), (2, true)]
    );
    let said = [
        says("tong_so", 1, None, None, "chưa kiện toàn"),
        says("tong_so", 2, None, None, "chưa kiện toàn"),
    ];
    let lines = fill(&form, &span(PeriodKind::Year), &ledger(&[]), &said, &[]);
    assert!(check(&form, &lines).iter().all(|finding| !finding.blocks()));
}

#[test]
fn rep_12_checks_name_both_sides() {
    let form = form("09d");
    let declared = [
        says("tong_so", 1, Some(5), None, "x"),
        says("tong_so", 2, Some(7), None, "x"),
        says("tong_so", 6, None, Some(1_200), "x"),
    ];
    let lines = fill(&form, &span(PeriodKind::Year), &ledger(&[]), &declared, &[]);
    let messages: Vec<_> = check(&form, &lines).into_iter().map(|f| f.message).collect();
    assert_eq!(
        messages,
        [
            "Cột 2 (Số người tham gia phổ biến pháp luật trực tiếp) là 7, không được lớn hơn cột 1 (Tổng số báo cáo viên pháp luật) là 5.",
            "Cột 6 (Số lượt người dự thi) là 1.200 trong khi cột 5 (Số cuộc thi) là 0: không có cuộc thi nào thì không có lượt người dự thi.",
        ]
    );
}

#[test]
fn a_jump_needs_a_word() {
    let form = form("09d");
    let span = span(PeriodKind::Year);
    let before = fill(
        &form,
        &span,
        &ledger(&[(Measure::DirectAttendees, 396)]),
        &[],
        &[],
    );
    let counted = ledger(&[(Measure::DirectSessions, 9), (Measure::DirectAttendees, 1_206)]);
    let now = fill(&form, &span, &counted, &[], &[]);
    let found = jumps(&form, &now, &before, 2019);
    assert_eq!(
        found.iter().map(|f| (f.column, f.blocks())).collect::<Vec<_>>(),
        [(4, true)]
    );
    assert!(found[0].message.contains("1.206") && found[0].message.contains("396"));
    let why = [says("tong_so", 4, None, None, "nhiều cuộc về đất đai")];
    let now = fill(&form, &span, &counted, &why, &[]);
    assert!(!jumps(&form, &now, &before, 2019)[0].blocks());
}

#[test]
fn a_district_adds_its_communes() {
    let places = [
        Place {
            code: "1".into(),
            name: "Xã Văn Lem".into(),
        },
        Place {
            code: "2".into(),
            name: "Xã Pô Kô".into(),
        },
    ];
    let declared = [
        says("cap_huyen", 1, Some(24), None, "x"),
        says(&commune_key("1"), 1, Some(24), None, "no such cell"),
        says(&commune_key("1"), 3, Some(14), Some(2), "x"),
        says(&commune_key("2"), 3, Some(10), None, "x"),
        says(&commune_key("2"), 10, Some(7_000), None, "x"),
    ];
    let counted = ledger(&[(Measure::DirectSessions, 25)]);
    let lines = fill(
        &form("09b"),
        &span(PeriodKind::Year),
        &counted,
        &declared,
        &places,
    );
    assert_eq!(figure(&lines, "dia_ban_xa", 3), Some(26));
    assert_eq!(figure(&lines, "tong_so", 3), Some(51));
    assert_eq!(figure(&lines, "tong_so", 9), Some(7_000));
    assert_eq!(figure(&lines, "tong_so", 1), Some(24));
    assert_eq!(figure(&lines, "xa-1", 9), None, "nothing said, nothing added");
}

#[test]
fn rep_09_the_ladder() {
    let table: Vec<String> = Stage::ALL
        .into_iter()
        .flat_map(|stage| Step::ALL.into_iter().map(move |step| (stage, step)))
        .filter_map(|(stage, step)| Some(format!("{stage:?}+{step:?}={:?}", next(stage, step).ok()?)))
        .collect();
    assert_eq!(
        table,
        [
            "Draft+Declare=Draft",
            "Draft+Check=Checked",
            "Checked+Declare=Draft",
            "Checked+Move=Draft",
            "Checked+Submit=Submitted",
            "Submitted+Accept=Accepted",
            "Submitted+Return=Returned",
            "Accepted+Return=Returned",
        ]
    );
}

/// A unit with one name over these days.
fn unit_of(from: &str, to: Option<&str>) -> crate::agency::Agency {
    let name = crate::agency::DatedName {
        valid_from: from.parse().unwrap(),
        valid_to: to.map(|to| to.parse().unwrap()),
        official: "Sở Thử tỉnh Thử".into(),
        short: "Sở Thử".into(),
    };
    crate::agency::Agency {
        id: TenantId(Uuid::from_u128(9)),
        slug: "so-thu".into(),
        kinds: Vec::new(),
        membership: "subordinate".into(),
        report_row: ReportRow::SoNganh,
        status: crate::agency::Status::Open,
        accent: "sen".into(),
        names: vec![name],
        parents: vec![],
        last_day: None,
    }
}

#[test]
fn rep_05_expected_reports_follow_the_units_own_days() {
    let expected = |unit: &crate::agency::Agency| {
        [PeriodKind::SixMonths, PeriodKind::Year, PeriodKind::OfficialYear]
            .map(|kind| is_expected(unit, &span(kind)))
    };
    assert_eq!(
        expected(&unit_of("2004-01-01", Some("2020-06-30"))),
        [true, false, false],
        "dissolved on 1 July: the first half of the year only"
    );
    assert_eq!(
        expected(&unit_of("2020-07-01", None)),
        [false, true, true],
        "made on 1 July: not for the first half"
    );
    assert_eq!(
        expected(&unit_of("2020-06-30", Some("2020-06-30"))),
        [true, false, false],
        "both ends belong to it"
    );
    let mut dissolved = unit_of("2004-01-01", None);
    dissolved.last_day = Some("2020-06-30".parse().unwrap());
    assert_eq!(expected(&dissolved), [true, false, false], "its last day decides");
    assert!(
        may_report(&dissolved, &span(PeriodKind::OfficialYear)),
        "its own days"
    );
    let next_year = Span::of(&calendar(), PeriodKind::SixMonths, 2021).unwrap();
    assert!(!may_report(&dissolved, &next_year) && !is_expected(&dissolved, &next_year));
    let mut renamed = unit_of("2004-01-01", Some("2020-06-30"));
    renamed.names.extend(unit_of("2020-07-01", None).names);
    assert_eq!(expected(&renamed), [true; 3], "a new name is no new unit");
    renamed.report_row = ReportRow::None;
    assert_eq!(expected(&renamed), [false; 3]);
}

/// Form 09d until the end of 2020, and a wording of it from 2021 on that calls column 1 something else.
fn two_wordings() -> Vec<FormFile> {
    let mut old = form("09d");
    old.valid_to = Some("2020-12-31".parse().unwrap());
    let mut new = form("09d");
    new.valid_from = "2021-01-01".parse().unwrap();
    new.code = "09d/BTP/PBGDPL/2021".into();
    new.columns[0].path = vec!["Số người khác".into()];
    vec![new, old]
}

#[test]
fn rep_01_each_year_uses_its_own_wording() {
    let mut entries: Vec<Entry> = two_wordings()
        .iter()
        .map(|form| {
            let body = serde_json::to_string(form).unwrap();
            Entry::new("form", &form.entry(&two_wordings()), &body)
        })
        .collect();
    assert_eq!(
        entries
            .iter()
            .map(|entry| entry.code.as_str())
            .collect::<Vec<_>>(),
        ["09d.2021-01-01", "09d"],
        "the first wording keeps its place"
    );
    let calendar = serde_json::to_string(&calendar()).unwrap();
    entries.push(Entry::new("calendar", "calendar", &calendar));
    let forms = Forms::read(&entries).unwrap();
    for (year, code) in [(2020, "09d/BTP/PBGDPL"), (2021, "09d/BTP/PBGDPL/2021")] {
        let span = forms.span(PeriodKind::OfficialYear, year).unwrap();
        assert_eq!(forms.form("09d", &span).unwrap().code, code);
        let filled: Vec<_> = forms.filled_by(ReportRow::SoNganh, &span).collect();
        assert_eq!(
            filled.iter().map(|form| form.code.as_str()).collect::<Vec<_>>(),
            [code]
        );
    }
}

#[test]
fn rep_01_a_sum_takes_the_wording_of_its_own_year() {
    let report = accepted(1, ReportRow::SoTuPhap, &ledger(&[]), Some(9));
    let made = consolidate(
        &form("09c"),
        &span(PeriodKind::Year),
        &two_wordings(),
        vec![report],
        vec![],
    );
    let total = made
        .rows
        .iter()
        .find(|line| line.kind == LineKind::Total)
        .unwrap();
    assert_eq!(
        total.cells.get(&1).and_then(Cell::total),
        Some(9),
        "the newest wording is not that of 2020"
    );
}

#[test]
fn differences_name_every_cell_that_moved() {
    let fill_with = |sessions| {
        let counted = ledger(&[(Measure::DirectSessions, sessions)]);
        fill(&form("09d"), &span(PeriodKind::Year), &counted, &[], &[])
    };
    let (before, now) = (fill_with(3), fill_with(4));
    assert!(differences(&before, &before).is_empty());
    let found: Vec<_> = differences(&before, &now)
        .into_iter()
        .map(|cell| (cell.row, cell.column, cell.before, cell.now))
        .collect();
    assert_eq!(found, [("tong_so".to_owned(), 3, Some(3), Some(4))]);
    let told = before[0]
        .cells
        .values()
        .filter(|cell| cell.total().is_some())
        .count();
    assert!(told > 0);
    assert_eq!(differences(&before, &[]).len(), told);
    assert_ne!(figures_hash(&before).unwrap(), figures_hash(&now).unwrap());
}

fn accepted(number: u128, report_row: ReportRow, counted: &Books, state: Option<i64>) -> Accepted {
    let form = form(if report_row == ReportRow::DiaBan {
        "09b"
    } else {
        "09d"
    });
    let span = span(PeriodKind::Year);
    let unit = if report_row == ReportRow::DiaBan {
        "cap_huyen"
    } else {
        "tong_so"
    };
    let lines = fill(&form, &span, counted, &[says(unit, 1, state, None, "x")], &[]);
    let agency = Sender {
        id: TenantId(Uuid::from_u128(number)),
        slug: format!("a-{number:03}"),
        name: format!("Cơ quan {number}"),
        report_row,
    };
    let body = Body::new(&form, &span, 1, agency, 1, vec![], String::new(), None, lines);
    Accepted {
        hash: hash_of(&body.canonical().unwrap()),
        body,
    }
}

fn province(reports: Vec<Accepted>) -> Consolidated {
    let forms = [form("09b"), form("09d")];
    consolidate(&form("09c"), &span(PeriodKind::Year), &forms, reports, vec![])
}

#[test]
fn a_state_of_the_district_is_not_a_state_of_the_province() {
    let nothing = ledger(&[]);
    let made = province(vec![
        accepted(1, ReportRow::SoTuPhap, &nothing, Some(9)),
        accepted(2, ReportRow::DiaBan, &nothing, Some(24)),
    ]);
    let total = made
        .rows
        .iter()
        .find(|line| line.kind == LineKind::Total)
        .unwrap();
    assert_eq!(total.cells[&1].total(), Some(9));
    let district = made.rows.iter().find(|line| line.key == "a-002").unwrap();
    assert!(!district.cells.contains_key(&1));
    assert!(
        !made.rows.iter().any(|line| line.key == "a-001"),
        "a group of one stands alone"
    );
}

fn some_reports() -> impl Strategy<Value = Vec<Accepted>> {
    let one = (
        0usize..3,
        prop::collection::vec(0i64..1_000_000, Measure::ALL.len()),
        prop::option::of(0i64..99),
    );
    prop::collection::vec(one, 0..12).prop_map(|reports| {
        let rows = [ReportRow::SoTuPhap, ReportRow::DiaBan, ReportRow::SoNganh];
        (1..)
            .zip(reports)
            .map(|(number, (row, counts, state))| {
                let counted = Books {
                    ledger: Measure::ALL.iter().copied().zip(counts).collect(),
                    ..Books::default()
                };
                accepted(number, rows[row], &counted, state)
            })
            .collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn totals_are_conserved(reports in some_reports()) {
        let sent: Vec<_> = reports.iter().map(|report| report.body.rows[0].cells.clone()).collect();
        let made = province(reports);
        let (total, parts): (Vec<_>, Vec<_>) = made.rows.iter().partition(|line| line.kind == LineKind::Total);
        let groups: Vec<_> = parts.iter().filter(|line| line.kind == LineKind::Group).collect();
        for column in 3..=12u8 {
            let sum = |cells: &mut dyn Iterator<Item = Option<i64>>| cells.fold(None, add);
            let whole = total[0].cells.get(&column).and_then(Cell::total);
            prop_assert_eq!(whole, sum(&mut sent.iter().map(|cells| cells.get(&column).and_then(Cell::total))));
            prop_assert_eq!(whole, sum(&mut groups.iter().map(|line| line.cells.get(&column).and_then(Cell::total))));
        }
    }

    #[test]
    fn order_and_repetition_do_not_matter(reports in some_reports(), turn in 0usize..12) {
        let mut turned = reports.clone();
        if !turned.is_empty() {
            let at = turn % turned.len();
            turned.rotate_left(at);
        }
        let made = province(reports).canonical().unwrap();
        prop_assert_eq!(&made, &province(turned).canonical().unwrap());
        prop_assert_eq!(&made, &Consolidated::read(&made).unwrap().canonical().unwrap());
    }

    #[test]
    fn a_frozen_body_reads_back_to_the_same_bytes(reports in some_reports()) {
        for report in reports {
            let text = report.body.canonical().unwrap();
            let again = Body::read(&text).unwrap();
            prop_assert_eq!(hash_of(&again.canonical().unwrap()), report.hash);
        }
    }
}
