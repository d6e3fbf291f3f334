//! What changes with time: kinds of agencies, and which forms are collected together when.

use chrono::NaiveDate;

use super::*;

#[test]
fn what_an_agency_is_has_dates() {
    let board = "agencies/ban-dan-toc.toml";
    let first = "value = \"ban_nganh\"\nvalid_from = \"2019-01-01\"";
    let became = format!(
        "{first}\nvalid_to = \"2025-02-28\"\n\n[[kind]]\nvalue = \"so\"\nvalid_from = \"2025-03-01\"\nverify = true"
    );
    let mut files = kon_tum();
    let (_, text) = files.iter_mut().find(|(name, _)| name == board).unwrap();
    *text = text.replacen(first, &became, 1);
    let manifest = parse(&files).unwrap();
    let agency = manifest.agency("ban-dan-toc").unwrap();
    let on = |year, month, day| agency.kind_on(NaiveDate::from_ymd_opt(year, month, day).unwrap());
    assert_eq!(
        on(2018, 1, 1),
        Some(UnitKind::BanNganh),
        "nothing valid yet: the first that is known"
    );
    assert_eq!(on(2025, 2, 28), Some(UnitKind::BanNganh));
    assert_eq!(on(2025, 3, 1), Some(UnitKind::So));
    assert!(
        agency.unverified().contains(&"Loại cơ quan: Sở".to_owned()),
        "{:?}",
        agency.unverified()
    );

    let overlapping = became.replace("2025-02-28", "2025-03-01");
    let problems = broken(board, first, &overlapping);
    assert!(
        problems[0].message.contains("chồng lên mục thứ 1"),
        "{problems:#?}"
    );
    let problems = broken(board, &format!("[[kind]]\n{first}\n"), "");
    assert!(problems[0].message.contains("kind"), "{problems:#?}");
}

#[test]
fn forms_of_other_collections_stand_side_by_side() {
    let manifest = parse(&kon_tum()).unwrap();
    let forms = crate::report::Forms::of(&manifest.forms, &manifest.indicators, manifest.calendar.clone());
    let span = forms.span(PeriodKind::OfficialYear, 2020).unwrap();
    let ids = |forms: Vec<&FormFile>| forms.iter().map(|form| form.id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(forms.collections(&span).collect()), ["09c", "10c"]);
    assert_eq!(
        ids(forms.filled_by(ReportRow::DiaBan, &span).collect()),
        ["09b", "10b"]
    );
    assert_eq!(ids(forms.filled_by(ReportRow::SoNganh, &span).collect()), ["09d"]);
    let of = |id: &str| forms.collection_of(id, &span).map(|form| form.id.as_str());
    assert_eq!(
        (of("10b"), of("10c"), of("10d"), of("09a")),
        (Some("10c"), Some("10c"), None, None)
    );
    let half = forms.span(PeriodKind::SixMonths, 2020).unwrap();
    assert_eq!(
        ids(forms.collections(&half).collect()),
        ["09c"],
        "form 10 is of the year"
    );
    let old = forms.span(PeriodKind::OfficialYear, 2015).unwrap();
    assert!(forms.form("10d", &old).is_some() && forms.form("10d", &span).is_none());
    assert_eq!(forms.form("10c", &span).unwrap().family(), "10");

    let twice = broken(
        "forms/10c.toml",
        "consolidates = [\"10b\"]",
        "consolidates = [\"10b\", \"09b\"]",
    );
    assert!(
        twice
            .iter()
            .any(|problem| problem.message.contains("biểu `09b` đã được biểu `09c` tổng hợp")),
        "{twice:#?}"
    );
}
