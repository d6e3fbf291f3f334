//! Plans: who is charged, what is drawn, what is missing, what differs.

use super::*;
use crate::agency::{DatedName, ReportRow, Status};
use crate::id::TenantId;
use crate::ledger::Measure;
use crate::manifest::Charge;
use crate::report::{Sender, hash_of};

fn plan() -> PlanFile {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tenants/kon-tum/plans/de-an-471.toml"
    );
    toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn agency(slug: &str, report_row: ReportRow) -> Agency {
    Agency {
        id: TenantId(uuid::Uuid::nil()),
        slug: slug.into(),
        kinds: Vec::new(),
        membership: "subordinate".into(),
        report_row,
        status: Status::Open,
        accent: "cham".into(),
        names: vec![DatedName {
            valid_from: "2019-01-01".parse().unwrap(),
            valid_to: None,
            official: slug.to_uppercase(),
            short: slug.into(),
        }],
        parents: Vec::new(),
        last_day: None,
    }
}

fn gathered(agency: &Agency, text: Option<&str>) -> Gathered {
    let plan = plan();
    let contribution = match text {
        None => Err(Absence::NotSent),
        Some(text) => {
            let tasks = plan.tasks_of(agency).map(|(task, charge)| TaskResult {
                number: task.number.clone(),
                charge,
                text: if task.number == "II.4" {
                    text.into()
                } else {
                    String::new()
                },
                figures: Vec::new(),
            });
            let contribution = Contribution {
                schema: String::new(),
                plan: plan.id.clone(),
                year: 2020,
                version: 1,
                agency: Sender {
                    id: agency.id,
                    slug: agency.slug.clone(),
                    name: agency.slug.clone(),
                    report_row: agency.report_row,
                },
                from: "2020-01-01".parse().unwrap(),
                to: "2020-12-31".parse().unwrap(),
                ledger_seq: 3,
                amends: None,
                tasks: tasks.collect(),
            };
            Ok((contribution, "a1".to_owned()))
        }
    };
    Gathered {
        slug: agency.slug.clone(),
        name: agency.official_on("2020-12-31".parse().unwrap()).to_owned(),
        charges: plan
            .tasks_of(agency)
            .map(|(task, charge)| (task.number.clone(), charge))
            .collect(),
        contribution,
    }
}

fn drawn_with(texts: &Texts) -> Document {
    let (one, two) = (
        agency("so-a", ReportRow::SoNganh),
        agency("huyen-b", ReportRow::DiaBan),
    );
    let book = |slug: &str, broadcasts| Book {
        slug: slug.into(),
        name: slug.into(),
        ledger_seq: 7,
        totals: [(Measure::Broadcasts, broadcasts)].into(),
    };
    document(
        &plan(),
        (2020, 1),
        ("2020-01-01".parse().unwrap(), "2020-12-31".parse().unwrap()),
        texts,
        &[
            gathered(&one, Some("Đã biên soạn 3 tờ gấp.")),
            gathered(&two, None),
        ],
        vec![book("so-a", 4), book("huyen-b", 5)],
        None,
    )
}

#[test]
fn n_23_the_plan_charges_by_name_and_by_row() {
    let plan = plan();
    let charge = |number: &str, agency: &Agency| plan.task(number).unwrap().charge_of(agency);
    let (justice, district) = (
        agency("so-tu-phap", ReportRow::SoTuPhap),
        agency("huyen-b", ReportRow::DiaBan),
    );
    assert_eq!(charge("II.3b", &justice), Some(Charge::Lead));
    assert_eq!(charge("II.3b", &district), Some(Charge::Join));
    assert_eq!(charge("II.6", &district), Some(Charge::Lead));
    assert_eq!(
        charge("II.6", &agency("so-x", ReportRow::SoNganh)),
        Some(Charge::Join)
    );
    assert_eq!(charge("II.6", &agency("hoi", ReportRow::None)), None);
    assert!(is_asked(&plan, &district, 2020) && !is_asked(&plan, &agency("hoi", ReportRow::None), 2020));
}

#[test]
fn n_23_every_task_stands_in_the_report_with_the_sums_of_the_province() {
    let report = drawn_with(&Texts::new());
    let numbers: Vec<&str> = report.tasks.iter().map(|task| task.number.as_str()).collect();
    let wanted = plan();
    assert_eq!(
        numbers,
        wanted
            .tasks
            .iter()
            .map(|task| task.number.as_str())
            .collect::<Vec<_>>()
    );
    assert_eq!(report.task("II.6").unwrap().figures[0].value, 9);
}

#[test]
fn n_23_what_is_missing_is_named() {
    let report = drawn_with(&Texts::from([("II.4".to_owned(), "Toàn tỉnh …".to_owned())]));
    let task = report.task("II.4").unwrap();
    assert_eq!(task.contributions.len(), 1);
    assert_eq!(
        task.absent,
        [Absent {
            slug: "huyen-b".into(),
            name: "HUYEN-B".into(),
            why: Absence::NotSent
        }]
    );
    // A sent report that says nothing of a task is named there too.
    let blank = report.task("II.6").unwrap();
    assert!(
        blank
            .absent
            .iter()
            .any(|one| one.slug == "so-a" && one.why == Absence::Blank)
    );
    assert!(!report.unwritten().contains(&"Nhiệm vụ II.4".to_owned()));
    assert!(report.unwritten().contains(&"Đánh giá chung".to_owned()));
    assert!(report.absences() > 10);
}

#[test]
fn n_23_the_same_data_give_the_same_bytes() {
    let (one, again) = (drawn_with(&Texts::new()), drawn_with(&Texts::new()));
    let hash = |report: &Document| hash_of(&report.canonical().unwrap());
    assert_eq!(hash(&one), hash(&again));
    assert_eq!(Document::read(&one.canonical().unwrap()).unwrap(), one);
    let other = drawn_with(&Texts::from([("danh-gia".to_owned(), "Tốt".to_owned())]));
    assert_ne!(hash(&one), hash(&other));
    let changed = changes(&one, &other);
    assert_eq!(changed.len(), 1);
    assert_eq!(
        (changed[0].place.as_str(), changed[0].now.as_str()),
        ("Đánh giá chung", "Tốt")
    );
}

#[test]
fn n_23_what_went_away_is_a_difference() {
    let texts = Texts::from([("danh-gia".to_owned(), "Tốt".to_owned())]);
    let before = drawn_with(&texts);
    let mut now = before.clone();
    let task = now.tasks.remove(0);
    now.sources.clear();
    now.before.retain(|part| part.id != "danh-gia");
    now.after.retain(|part| part.id != "danh-gia");
    let counted = now.tasks.iter_mut().find(|task| !task.figures.is_empty());
    let lost = counted.unwrap().figures.remove(0);
    let found = changes(&before, &now);
    let mut expected = vec![format!("Nhiệm vụ {}", task.number), "Đánh giá chung".to_owned()];
    expected.extend(
        before
            .sources
            .iter()
            .map(|was| format!("Báo cáo của {}", was.name)),
    );
    for place in &expected {
        let one = found.iter().find(|one| one.place == *place);
        assert!(
            one.is_some_and(|one| one.now.is_empty() && !one.before.is_empty()),
            "{place}: {found:?}"
        );
    }
    assert!(
        !before.sources.is_empty() && found.iter().any(|one| one.place.ends_with(&lost.label)),
        "{found:?}"
    );
    assert_eq!(found.len(), expected.len() + 1, "{found:?}");
}

#[test]
fn n_23_standings_follow_the_newest_version() {
    assert_eq!(standing(1, None), Standing::Draft);
    assert_eq!(standing(1, Some((1, Standing::Sent))), Standing::Sent);
    assert_eq!(standing(1, Some((1, Standing::Returned))), Standing::Returned);
    assert_eq!(standing(2, Some((1, Standing::Accepted))), Standing::Draft);
    assert!(Standing::Returned.is_open() && !Standing::Sent.is_open() && !Standing::Accepted.is_open());
}

#[test]
fn plans_are_read_in_the_wording_of_the_year() {
    let first = PlanFile {
        valid_to: "2020-06-30".parse().unwrap(),
        ..plan()
    };
    let later = PlanFile {
        title: "Bản sửa".into(),
        valid_from: "2020-07-01".parse().unwrap(),
        ..plan()
    };
    assert_eq!(later.entry([&first, &later]), "de-an-471.2020-07-01");
    let entries = [&first, &later].map(|plan| {
        let body = serde_json::to_string(plan).unwrap();
        Entry::new("plan", &plan.entry([plan]), &body)
    });
    let plans = Plans::read(&entries).unwrap();
    assert_eq!(plans.of_year("de-an-471", 2019).unwrap().title, first.title);
    assert_eq!(plans.of_year("de-an-471", 2020).unwrap().title, "Bản sửa");
    assert!(plans.of_year("de-an-471", 2022).is_none());
    let years: Vec<i32> = plans
        .years_until("2021-03-01".parse().unwrap())
        .iter()
        .map(|(_, year)| *year)
        .collect();
    assert_eq!(years, [2021, 2020, 2019]);
}

/// The half-year's report, asked of a council with these seats.
fn half_year(seats: Vec<crate::manifest::Seat>) -> PlanFile {
    PlanFile {
        contributors: Vec::new(),
        council: Some("hoi-dong".into()),
        seats,
        term: "6 tháng đầu năm".into(),
        from: Some("01-01".parse().unwrap()),
        to: Some("06-30".parse().unwrap()),
        ..plan()
    }
}

fn seat(from: &str, to: Option<&str>) -> crate::manifest::Seat {
    crate::manifest::Seat {
        agency: "so-a".into(),
        seat: "Ủy viên".into(),
        valid_from: from.parse().unwrap(),
        valid_to: to.map(|day| day.parse().unwrap()),
        verify: false,
    }
}

#[test]
fn who_sits_on_the_council_on_the_last_day_is_asked() {
    let member = agency("so-a", ReportRow::None);
    for (from, to, asked, may) in [
        ("2019-01-01", None, true, true),
        ("2020-06-30", None, true, true),
        ("2020-07-01", None, false, false),
        ("2019-01-01", Some("2020-06-30"), true, true),
        ("2019-01-01", Some("2020-06-29"), false, true),
        ("2019-01-01", Some("2019-12-31"), false, false),
    ] {
        let plan = half_year(vec![seat(from, to)]);
        let found = (
            is_asked(&plan, &member, 2020),
            may_contribute(&plan, &member, 2020),
        );
        assert_eq!(found, (asked, may), "{from} {to:?}");
    }
    let plan = half_year(vec![seat("2019-01-01", None)]);
    let other = agency("so-khac", ReportRow::SoNganh);
    assert!(!is_asked(&plan, &other, 2020), "no seat, no report");
}

#[test]
fn a_half_year_is_of_its_own_days() {
    let plan = half_year(vec![]);
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    assert_eq!(plan.days(2020), Some((day("2020-01-01"), day("2020-06-30"))));
    assert_eq!(plan.term_words(2020), "6 tháng đầu năm 2020");
    let counted = |today| counted_days(&plan, 2020, day(today)).unwrap();
    assert_eq!(counted("2020-06-14"), (day("2020-01-01"), day("2020-06-14")));
    assert_eq!(counted("2021-01-12").1, day("2020-06-30"));
    // A wording that begins after the half-year is not of it.
    let later = PlanFile {
        valid_from: day("2020-07-01"),
        ..half_year(vec![])
    };
    assert!(!later.covers(2020) && later.covers(2021));
}
