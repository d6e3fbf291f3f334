//! REP-01: versions of an indicator beside each other; each period counts by its own.

use super::*;
use crate::manifest::RequestNumber;

/// Until the end of 2020 the meetings alone; from 2021 on the contests too, with another tolerance.
fn two_versions() -> Vec<IndicatorFile> {
    let mut all = indicators();
    let at = all.iter().position(|one| one.id == "cuoc-truc-tiep").unwrap();
    let mut later = all[at].clone();
    all[at].valid_to = Some("2020-12-31".parse().unwrap());
    later.valid_from = "2021-01-01".parse().unwrap();
    later.measures.push(Measure::Contests);
    later.tolerance = Some(20);
    all.push(later);
    all
}

fn forms() -> Forms {
    Forms::of(&[as_written("09d")], &two_versions(), calendar())
}

#[test]
fn rep_01_each_period_counts_by_the_version_of_its_last_day() {
    let forms = forms();
    assert_eq!(forms.all.len(), 2, "cut where the indicator changes");
    let books = ledger(&[(Measure::DirectSessions, 30), (Measure::Contests, 4)]);
    for (kind, year, sessions) in [
        (PeriodKind::OfficialYear, 2020, 30),
        (PeriodKind::SixMonths, 2021, 34),
        (PeriodKind::OfficialYear, 2021, 34),
    ] {
        let span = forms.span(kind, year).unwrap();
        let form = forms.form("09d", &span).unwrap();
        let lines = fill(form, &span, &books, &[], &[]);
        assert_eq!(lines[0].cells[&3].actual, Some(sessions), "{}", span.title());
        assert_eq!(lines[0].cells[&5].actual, Some(4));
    }
}

#[test]
fn rep_01_a_formula_over_indicators_adds_their_columns_up() {
    let form = form("09d");
    assert_eq!(form.column(9).unwrap().sum, [10, 11, 12]);
    let money = [
        (Measure::FundingRegular, 5),
        (Measure::FundingProgramme, 7),
        (Measure::FundingOther, 1),
    ];
    let lines = fill(&form, &span(PeriodKind::OfficialYear), &ledger(&money), &[], &[]);
    assert_eq!(lines[0].cells[&9].actual, Some(13));
    assert_eq!(lines[0].cells[&9].origin, Origin::Formula);
}

#[test]
fn rep_01_the_tolerance_of_the_indicator_says_what_is_explained() {
    let forms = forms();
    let found = |year: i32| {
        let span = forms.span(PeriodKind::OfficialYear, year).unwrap();
        let form = forms.form("09d", &span).unwrap();
        let lines = |sessions| {
            let books = ledger(&[(Measure::DirectSessions, sessions)]);
            fill(form, &span, &books, &[], &[])
        };
        jumps(form, &lines(125), &lines(100), year - 1)
    };
    assert!(found(2020).is_empty(), "a quarter more is within 100 %");
    let told = found(2021);
    assert_eq!(told.len(), 1);
    assert!(told[0].message.contains("chênh hơn 20 %"), "{}", told[0].message);
}

#[test]
fn spelled_columns_are_left_as_they_are() {
    let spelled = as_written("09e");
    assert_eq!(
        written_out(std::slice::from_ref(&spelled), &indicators()),
        [spelled]
    );
}

#[test]
fn requests_are_read_with_the_forms() {
    let request = Request {
        number: 2,
        year: 2021,
        form: "09c".into(),
        agencies: vec![crate::id::TenantId(uuid::Uuid::from_u128(1))],
        from: "2021-02-01".parse().unwrap(),
        to: "2021-02-20".parse().unwrap(),
        due: "2021-03-01".parse().unwrap(),
        reference: "Công văn số 12/STP".into(),
        reason: "Phục vụ phiên họp".into(),
        withdrawn: None,
    };
    let entry = |kind: &str, code: &str, value: serde_json::Value| Entry::new(kind, code, &value.to_string());
    let mut entries = vec![
        entry("calendar", "calendar", serde_json::to_value(calendar()).unwrap()),
        entry(
            Forms::REQUEST,
            &request.code(),
            serde_json::to_value(&request).unwrap(),
        ),
    ];
    for id in ["09b", "09c", "09d"] {
        entries.push(entry("form", id, serde_json::to_value(form(id)).unwrap()));
    }
    let forms = Forms::read(&entries).unwrap();
    let kind = request.period().unwrap();
    assert_eq!(forms.kinds_of(2021).last(), Some(&kind));
    assert!(!forms.kinds_of(2020).contains(&kind));
    let span = forms.span(kind, 2021).unwrap();
    assert_eq!(
        (span.from, span.actual_to, span.to),
        (request.from, request.to, request.to)
    );
    assert_eq!((span.year_before(), span.has_estimate()), (None, false));
    assert_eq!(forms.due("09d", &span), Some(request.due));
    assert_eq!(forms.closes("09d", &span), None);
    let of = |row| {
        forms
            .filled_by(row, &span)
            .map(|form| form.id.as_str())
            .collect::<Vec<_>>()
    };
    assert_eq!(of(ReportRow::SoNganh), ["09d"]);
    assert_eq!(forms.collection_of("09d", &span).unwrap().id, "09c");
    assert!(
        forms
            .span(PeriodKind::OnRequest(RequestNumber::new(3).unwrap()), 2021)
            .is_none()
    );
}
