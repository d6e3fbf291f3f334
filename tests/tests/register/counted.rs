//! TRN-15 and the forms: who spoke stands in the ledger, corrections move it, columns 1 and 2 of form 09 count it.

use pbgdpl_app::activity::correct::{Correct, correct};
use pbgdpl_app::activity::{Facts, Outcome as Written, draft, record::record, reverse::reverse};
use pbgdpl_app::register::propose::propose;
use pbgdpl_app::register::{Seen, dismiss::dismiss, suspend::suspend, take_back::take_back};
use pbgdpl_app::report::declare::{Declare, Figure, declare};
use pbgdpl_app::report::open::{Open, open};
use pbgdpl_app::report::{Outcome as Filled, check, submit, view};
use pbgdpl_model::activity::{Content, Kind};
use pbgdpl_model::id::{ActivityId, EntryId, ReportId};
use pbgdpl_model::manifest::PeriodKind;
use pbgdpl_model::register::Level;
use pbgdpl_model::report::Origin;
use pbgdpl_province::report::Term;
use pbgdpl_province::trace::{Asked, records};
use pbgdpl_scope::Ctx;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::Web;

use super::pages::{get, post};
use super::{day, decision, done, entered, house, noon, request, who};

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

async fn drafted(house: &House, facts: Facts) -> ActivityId {
    let (reporter, _) = who(house).await;
    written(draft::create(&house.app, &reporter, facts).await.unwrap())
}

async fn recorded(house: &House, facts: Facts) -> ActivityId {
    let id = drafted(house, facts).await;
    let (reporter, _) = who(house).await;
    written(record(&house.app, &reporter, id, 1).await.unwrap());
    id
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

/// Checks and sends what stands in the report.
async fn go_out(house: &House, report: ReportId) {
    let (reporter, approver) = who(house).await;
    let reader = house.store.read().tenant(&house.a).await.unwrap();
    let read = view(&reader, house.a.agency(), report).await.unwrap().figures;
    drop(reader);
    filled(
        check::check(&house.app, &approver, report, &read, "")
            .await
            .unwrap(),
    );
    filled(
        submit::submit(&house.app, &reporter, report, &read, "")
            .await
            .unwrap(),
    );
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
            people.push(entered(&house, name, from).await);
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
        recorded(&house, meeting("09/11/2020", 40, &[hlan])).await;
        let other = recorded(&house, meeting("10/11/2020", 70, &[hlan])).await;
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
    for engine in BOTH {
        let house = house(engine).await;
        let entry = entered(&house, "Y Hlan", "02/03/2020").await;
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_a.reporter).await.unwrap();
        let page = async |path: &str| get(&web, &session, path).await.text();
        let form = page("/quan-tri/so-a/hoat-dong/moi").await;
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
        let answer = post(&web, &session, "/quan-tri/so-a/hoat-dong", &typed).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        let activity = page(answer.header("location")).await;
        assert!(activity.contains("Báo cáo viên của cơ quan") && activity.contains("Y Hlan, Chuyên viên"));
        let person = page(&format!("/quan-tri/so-a/bao-cao-vien/{id}")).await;
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
        let (reporter, _) = who(&house).await;
        let hlan = entered(&house, "Y Hlan", "02/03/2020").await;
        entered(&house, "A Thiu", "02/03/2020").await;
        recorded(&house, meeting("09/11/2020", 40, &[hlan])).await;
        let report = form_of_2020(&house, &reporter).await;
        go_out(&house, report).await;

        // Somebody who is entered later, with an earlier day, is not among those whom the frozen figure counts.
        house.clock.set(noon("13/01/2021"));
        entered(&house, "Y Muộn", "01/06/2020").await;
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

/// The list behind a cell has as many people as the cell says: of a draft as it is now, of a sent report as it was then.
#[tokio::test]
async fn n_06_the_list_behind_a_cell_is_whom_it_counts() {
    const REPORT: &str = "/quan-tri/so-a/bieu/09d/nam-chinh-thuc/2020";
    for engine in BOTH {
        let house = house(engine).await;
        house.clock.set(noon("12/01/2021"));
        let (app, (reporter, approver)) = (&house.app, who(&house).await);
        let mut people = Vec::new();
        for name in ["Y Hlan", "A Thiu", "Y Nghỉ"] {
            people.push(entered(&house, name, "02/03/2020").await);
        }
        // Counted though not sent for now; a request that waits is not counted.
        let seen = Seen {
            entry: people[2],
            based_on: 2,
        };
        done(
            suspend(app, &approver, seen, day("01/12/2020"), "Bị khởi tố")
                .await
                .unwrap(),
        );
        let asked = request("Y Chờ", Level::BcvTinh, "28/12/2020");
        done(propose(app, &reporter, asked).await.unwrap());
        recorded(&house, meeting("09/11/2020", 40, &people[..1])).await;
        // After the period.
        recorded(&house, meeting("04/01/2021", 40, &people[1..2])).await;
        let report = form_of_2020(&house, &reporter).await;
        let behind = async |counted: [usize; 2]| {
            let session = house.session(&house.in_a.reporter).await.unwrap();
            let web = Web::of(&house, true).unwrap();
            let open = async |path: &str| {
                let answer = get(&web, &session, path).await;
                assert_eq!(answer.status, 200, "{path}");
                answer.text()
            };
            let page = open(&format!("{REPORT}?dong=tong_so")).await;
            let links: Vec<String> = page
                .split("Mở danh sách")
                .filter_map(|before| before.rsplit_once("href=\"")?.1.split('"').next())
                .filter(|href| href.contains("/bao-cao-vien?"))
                .map(|href| href.replace("&#38;", "&").replace("&amp;", "&"))
                .collect();
            assert_eq!(links.len(), 2, "{engine:?}: {page}");
            let mut shown = Vec::new();
            for link in &links {
                let list = open(link).await;
                shown.push(
                    list.split(" người</span>")
                        .next()
                        .unwrap()
                        .rsplit('>')
                        .next()
                        .unwrap()
                        .to_owned(),
                );
                let listed = list.split("id=\"danh-sach\"").nth(1).unwrap();
                assert!(!listed.contains("Y Chờ"), "{engine:?} {link}");
                let file = open(&link.replace("/bao-cao-vien?", "/bao-cao-vien/danh-sach.csv?")).await;
                assert_eq!(
                    (file.lines().count() - 1).to_string(),
                    *shown.last().unwrap(),
                    "{link}"
                );
            }
            assert_eq!(
                shown,
                counted.map(|figure| figure.to_string()),
                "{engine:?}: {links:?}"
            );
            let cells = two(&house, report).await.map(|(figure, _)| figure);
            assert_eq!(
                cells,
                counted.map(|figure| i64::try_from(figure).ok()),
                "{engine:?}"
            );
        };
        behind([3, 1]).await;
        go_out(&house, report).await;

        house.clock.set(noon("13/01/2021"));
        entered(&house, "Y Muộn", "02/03/2020").await;
        recorded(&house, meeting("10/11/2020", 40, &people[1..2])).await;
        behind([3, 1]).await;
        house.end().await.unwrap();
    }
}

/// Whoever an activity names stays named while it is edited, also where their recognition was taken back since.
#[tokio::test]
async fn trn_15_editing_loses_no_speaker() {
    for engine in BOTH {
        let house = house(engine).await;
        let (app, (reporter, approver)) = (&house.app, who(&house).await);
        let entry = entered(&house, "Y Hlan", "02/03/2020").await;
        let spoken = || meeting("03/05/2020", 40, &[entry]);
        let open = drafted(&house, spoken()).await;
        let counted = recorded(&house, spoken()).await;
        let seen = Seen { entry, based_on: 2 };
        done(
            take_back(app, &approver, seen, "ghi cho nhầm người")
                .await
                .unwrap(),
        );

        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_a.reporter).await.unwrap();
        let id = entry.to_string();
        for (activity, act) in [(open, "sua"), (counted, "dinh-chinh")] {
            let at = format!("/quan-tri/so-a/hoat-dong/{activity}/{act}");
            let form = get(&web, &session, &at).await.text();
            let chosen = form.split("<input").any(|input| {
                let tag = input.split('>').next().unwrap_or_default();
                tag.contains(&id) && tag.contains("checked")
            });
            assert!(
                chosen && form.contains("không còn được công nhận"),
                "{engine:?}: {form}"
            );
            let typed = [
                ("based_on", "1"),
                ("reason", "gõ nhầm số người"),
                ("kind", "hoi-nghi"),
                ("form", "truc-tiep"),
                ("title", "Hội nghị ngày 03/05/2020"),
                ("day", "03/05/2020"),
                ("place", "Nhà rông"),
                ("sessions", "1"),
                ("attendees", "45"),
                ("registered", id.as_str()),
                ("no_evidence_reason", "Biên bản lưu ở xã"),
            ];
            let saved = post(&web, &session, &at, &typed).await;
            assert_eq!(saved.status, 303, "{engine:?} {act}: {}", saved.text());
            let reader = house.store.read().tenant(&house.a).await.unwrap();
            let kept = reader.activity(activity).await.unwrap().unwrap().content;
            assert_eq!((kept.attendees, kept.registered), (45, vec![entry]), "{engine:?}");
        }
        // To count it for the first time is a new claim.
        let refused = record(app, &reporter, open, 2).await.unwrap();
        assert!(matches!(refused, Written::Unmet(_)), "{engine:?}: {refused:?}");
        house.end().await.unwrap();
    }
}
