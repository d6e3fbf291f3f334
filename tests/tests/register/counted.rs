//! TRN-15 and the forms: who spoke stands in the ledger, corrections move it, columns 1 and 2 of form 09 count it.

use pbgdpl_app::activity::correct::{Correct, correct};
use pbgdpl_app::activity::{Facts, Outcome as Written, draft, record::record, reverse::reverse};
use pbgdpl_app::register::{Seen, dismiss::dismiss};
use pbgdpl_app::report::declare::{Declare, Figure, declare};
use pbgdpl_app::report::open::{Open, open};
use pbgdpl_app::report::{Outcome as Filled, check, submit, view};
use pbgdpl_model::activity::{Content, Kind};
use pbgdpl_model::id::{EntryId, ReportId};
use pbgdpl_model::manifest::PeriodKind;
use pbgdpl_model::report::Origin;
use pbgdpl_province::report::Term;
use pbgdpl_province::trace::{Asked, records};
use pbgdpl_scope::Ctx;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Ask, Web};

use super::{day, decision, done, house, noon, who};

fn meeting(held: &str, attendees: i64, registered: &[EntryId]) -> Facts {
    Facts {
        kind: Kind::HoiNghi,
        day: day(held),
        content: Content {
            title: format!("Hội nghị ngày {held}"),
            form: "truc-tiep".into(),
            place: "Nhà rông".into(),
            sessions: 1,
            attendees,
            registered: registered.to_vec(),
            no_evidence_reason: "Biên bản lưu ở xã".into(),
            ..Content::default()
        },
        partners: Vec::new(),
    }
}

fn written<T: std::fmt::Debug>(outcome: Written<T>) -> T {
    match outcome {
        Written::Done(value) => value,
        other => panic!("not done: {other:?}"),
    }
}

fn filled<T: std::fmt::Debug>(outcome: Filled<T>) -> T {
    match outcome {
        Filled::Done(value) => value,
        other => panic!("not done: {other:?}"),
    }
}

async fn form_of_2020(house: &House, reporter: &Ctx) -> ReportId {
    let order = Open {
        form: "09d".into(),
        period: PeriodKind::OfficialYear,
        year: 2020,
        amend: None,
    };
    filled(open(&house.app, reporter, order).await.unwrap())
}

/// Columns 1 and 2 of the agency's own line.
async fn two(house: &House, report: ReportId) -> [(Option<i64>, Origin); 2] {
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    let seen = view(&reader, house.a.agency(), report).await.unwrap();
    let line = seen.lines.iter().find(|line| line.key == "tong_so").unwrap();
    [1, 2].map(|column| (line.cells[&column].actual, line.cells[&column].origin))
}

fn says(report: ReportId) -> Declare {
    let figure = |column, actual| Figure {
        column,
        actual: Some(actual),
        ..Figure::default()
    };
    Declare {
        report,
        row: "tong_so".into(),
        figures: vec![figure(1, 24), figure(2, 9)],
        reason: "Quyết định số 12".into(),
    }
}

#[tokio::test]
async fn columns_1_and_2_come_from_the_register_and_the_log() {
    for engine in BOTH {
        let house = house(engine).await;
        house.clock.set(noon("12/01/2021"));
        let (app, (reporter, approver)) = (&house.app, who(&house).await);
        let report = form_of_2020(&house, &reporter).await;
        assert_eq!(
            two(&house, report).await,
            [(None, Origin::Declared); 2],
            "empty is not zero"
        );
        filled(declare(app, &reporter, says(report)).await.unwrap());
        assert_eq!(
            two(&house, report).await,
            [(Some(24), Origin::Declared), (Some(9), Origin::Declared)]
        );

        let mut people = Vec::new();
        for (name, from) in [
            ("Y Hlan", "02/03/2020"),
            ("A Thiu", "02/03/2020"),
            ("Y Bông", "04/01/2021"),
        ] {
            people.push(
                furnish::entered(&house, &approver, name, day(from))
                    .await
                    .unwrap(),
            );
        }
        let [hlan, thiu, bong] = people[..] else {
            unreachable!("three")
        };
        assert_eq!(
            two(&house, report).await,
            [(Some(2), Origin::Register), (Some(9), Origin::Declared)],
            "recognised on the last day; nobody logs sessions yet"
        );
        let refused = declare(app, &reporter, says(report)).await;
        assert!(
            refused.is_err(),
            "{engine:?}: what is counted is not typed: {refused:?}"
        );

        let too_early = draft::create(app, &reporter, meeting("09/11/2020", 40, &[hlan, bong])).await;
        let Written::Unmet(problems) = too_early.unwrap() else {
            panic!("{engine:?}: taken")
        };
        assert_eq!(problems[0].field, "registered", "not recognised on that day");
        let id = written(
            draft::create(app, &reporter, meeting("09/11/2020", 40, &[hlan]))
                .await
                .unwrap(),
        );
        written(record(app, &reporter, id, 1).await.unwrap());
        let other = written(
            draft::create(app, &reporter, meeting("10/11/2020", 70, &[hlan]))
                .await
                .unwrap(),
        );
        written(record(app, &reporter, other, 1).await.unwrap());
        let counted = |active| [(Some(2), Origin::Register), (Some(active), Origin::Register)];
        assert_eq!(two(&house, report).await, counted(1), "one person, two sessions");

        // A correction of the activity moves it.
        let order = Correct {
            activity: other,
            based_on: 1,
            facts: meeting("10/11/2020", 75, &[hlan, thiu]),
            reason: "Có hai báo cáo viên".into(),
        };
        written(correct(app, &reporter, order).await.unwrap());
        assert_eq!(two(&house, report).await, counted(2));
        let reader = house.store.read().tenant(&house.a).await.unwrap();
        let spoken: Vec<(i64, i64)> = reader
            .sessions_of(hlan)
            .await
            .unwrap()
            .iter()
            .map(|session| (session.sessions, session.attendees))
            .collect();
        assert_eq!(spoken, [(1, 75), (1, 40)], "{engine:?}: once each, as corrected");
        let rows = reader.ledger_of(other.0).await.unwrap();
        let last = rows.last().unwrap();
        assert_eq!(last.row.dimensions.speakers, [hlan.to_string(), thiu.to_string()]);
        drop(reader);
        written(reverse(app, &reporter, other, "Không diễn ra").await.unwrap());
        assert_eq!(two(&house, report).await, counted(1));

        // Dismissed before the last day: neither counted nor one of those who are.
        let seen = Seen {
            entry: hlan,
            based_on: 2,
        };
        let (signed, from) = (decision("30/12/2020"), day("31/12/2020"));
        done(
            dismiss(app, &approver, seen, signed, from, "bcv-a")
                .await
                .unwrap(),
        );
        assert_eq!(
            two(&house, report).await,
            [(Some(1), Origin::Register), (Some(0), Origin::Register)]
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn trn_15_the_log_is_read_on_the_persons_page() {
    const DESK: &str = "quantri.thu.example";
    for engine in BOTH {
        let house = house(engine).await;
        let (_, approver) = who(&house).await;
        let entry = furnish::entered(&house, &approver, "Y Hlan", day("02/03/2020"))
            .await
            .unwrap();
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_a.reporter).await.unwrap();
        let get = async |path: &str| {
            web.ask(&Ask::get(DESK, path).signed_in(&session))
                .await
                .unwrap()
                .text()
        };
        let form = get("/quan-tri/so-a/hoat-dong/moi").await;
        assert!(form.contains("Y Hlan, Chuyên viên"), "{form}");
        let id = entry.to_string();
        let typed = [
            ("kind", "hoi-nghi"),
            ("form", "truc-tiep"),
            ("title", "Phổ biến Luật Đất đai"),
            ("day", "03/05/2020"),
            ("place", "Xã Văn Lem"),
            ("sessions", "1"),
            ("attendees", "58"),
            ("registered", id.as_str()),
            ("no_evidence_reason", "Biên bản lưu ở xã"),
            ("act", "ghi"),
        ];
        let ask = Ask::post(DESK, "/quan-tri/so-a/hoat-dong", &typed).signed_in(&session);
        let answer = web.ask(&ask).await.unwrap();
        assert_eq!(answer.status, 303, "{}", answer.text());
        let activity = get(answer.header("location")).await;
        assert!(activity.contains("Báo cáo viên của cơ quan") && activity.contains("Y Hlan, Chuyên viên"));
        let person = get(&format!("/quan-tri/so-a/bao-cao-vien/{id}")).await;
        assert!(person.contains("1 cuộc, 58 lượt người nghe"), "{person}");
        assert!(person.contains("Phổ biến Luật Đất đai"));
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn n_06_a_counted_column_opens_whom_it_counts() {
    for engine in BOTH {
        let house = house(engine).await;
        house.clock.set(noon("12/01/2021"));
        let (app, (reporter, approver)) = (&house.app, who(&house).await);
        let mut people = Vec::new();
        for name in ["Y Hlan", "A Thiu"] {
            let from = day("02/03/2020");
            people.push(furnish::entered(&house, &approver, name, from).await.unwrap());
        }
        let order = draft::create(app, &reporter, meeting("09/11/2020", 40, &people[..1])).await;
        written(record(app, &reporter, written(order.unwrap()), 1).await.unwrap());
        let report = form_of_2020(&house, &reporter).await;
        let reader = house.store.read().tenant(&house.a).await.unwrap();
        let read = view(&reader, house.a.agency(), report).await.unwrap().figures;
        drop(reader);
        filled(check::check(app, &approver, report, &read, "").await.unwrap());
        filled(submit::submit(app, &reporter, report, &read, "").await.unwrap());

        // Somebody who is entered later, with an earlier day, is not among those whom the frozen figure counts.
        house.clock.set(noon("13/01/2021"));
        let (_, approver) = who(&house).await;
        furnish::entered(&house, &approver, "Y Muộn", day("01/06/2020"))
            .await
            .unwrap();
        let auditor = house.province_ctx(&house.auditor).await.unwrap();
        let term = Term {
            kind: PeriodKind::OfficialYear,
            year: 2020,
        };
        for (column, names) in [(1, vec!["Y Hlan", "A Thiu"]), (2, vec!["Y Hlan"])] {
            let asked = Asked {
                version: None,
                row: None,
                column,
                page: 1,
                per_page: 50,
            };
            let found = records(&house.province, &auditor, house.a.id(), ("09d", term), asked)
                .await
                .unwrap();
            let mut counted: Vec<&str> = found.people.iter().map(|person| person.name.as_str()).collect();
            counted.sort_unstable_by(|a, b| b.cmp(a));
            assert_eq!(counted, names, "{engine:?}: column {column}");
            assert_eq!(found.cell.actual, Some(i64::try_from(names.len()).unwrap()));
            assert!(found.people[0].decision.contains("ngày"), "{:?}", found.people);
        }
        house.end().await.unwrap();
    }
}
