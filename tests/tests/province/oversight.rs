//! Dashboards, the way down, audit chains: DSH-02, 03, 04; AUD-01, 02, 04.

use super::*;
use pbgdpl_model::agency::ReportRow;
use pbgdpl_model::audit::Broken;
use pbgdpl_model::clock::Clock;
use pbgdpl_model::ledger::Measure;
use pbgdpl_model::structure::View;
use pbgdpl_province::Error;
use pbgdpl_province::manifest::Folder;
use pbgdpl_province::oversight::audit_log;
use pbgdpl_province::oversight::dashboard::dashboard;
use pbgdpl_province::oversight::drill::Asked;
use pbgdpl_province::oversight::drill::figure;
use pbgdpl_province::oversight::drill::rows;
use pbgdpl_province::oversight::evidence::evidence;
use pbgdpl_province::oversight::verify::Verification;
use pbgdpl_province::oversight::verify::verify;
use pbgdpl_store::Engine;
use pbgdpl_store::province::AuditFilter;
use pbgdpl_testkit::house::BOTH;
use pbgdpl_testkit::house::Ground;
use pbgdpl_testkit::house::House;
use sea_orm::ConnectionTrait;

#[tokio::test]
async fn dsh_02_who_is_silent_and_who_is_late_stands_first() {
    use pbgdpl_model::manifest::PeriodKind;
    use pbgdpl_province::oversight::ExceptionKind;
    for engine in BOTH {
        let house = Empty::on(engine).await;
        let folder = Folder::of(kon_tum()).unwrap();
        house.apply(&folder).await.unwrap();
        let reporting = folder.manifest().agencies.iter();
        let reporting = reporting
            .filter(|agency| agency.report_row != ReportRow::None)
            .count();
        // 2020-06-15: the half-year's report is due within days; nothing has happened in the first quarter.
        let year = dashboard(&house.province, &house.ctx(), Some(2020), View::AsWas)
            .await
            .unwrap();
        let kinds: Vec<_> = year
            .exceptions
            .iter()
            .map(|there| (there.kind, there.agencies.len()))
            .collect();
        assert!(
            kinds.contains(&(ExceptionKind::Silent { quarter: 1 }, reporting)),
            "{kinds:?}"
        );
        assert!(
            kinds.iter().any(|(kind, _)| *kind == ExceptionKind::DueSoon),
            "{kinds:?}"
        );
        assert!(
            !kinds.iter().any(|(kind, _)| *kind == ExceptionKind::Late),
            "{kinds:?}"
        );
        // A year later the last report of the year is late, once of each form; the earlier ones are superseded.
        house.clock.advance_seconds(400 * 86_400);
        let year = dashboard(&house.province, &house.ctx(), Some(2020), View::AsWas)
            .await
            .unwrap();
        let late = year
            .exceptions
            .iter()
            .filter(|there| there.kind == ExceptionKind::Late);
        let late: Vec<_> = late
            .map(|there| {
                let report = there.report.as_ref().unwrap();
                assert_eq!(report.period, PeriodKind::OfficialYear);
                (report.form.as_str(), there.agencies.len())
            })
            .collect();
        let count = |form: &str| {
            late.iter()
                .filter(|late| late.0 == form)
                .map(|late| late.1)
                .sum::<usize>()
        };
        assert_eq!(
            (count("09c"), count("10c")),
            (reporting, 10),
            "{engine:?}: {late:?}"
        );
    }
}

#[tokio::test]
async fn dsh_04_each_step_down_equals_its_parts_and_is_logged() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        fill_ledger(&house, &reporter).await;
        let auditor = house.province_ctx(&house.auditor).await.unwrap();
        let year = dashboard(&house.province, &auditor, None, View::AsWas)
            .await
            .unwrap();
        assert_eq!((year.year, year.through, year.quarter), (2020, 6, Some(1)));
        let sessions = year
            .totals
            .iter()
            .find(|total| total.measure == Measure::DirectSessions)
            .unwrap();
        assert_eq!((sessions.this, sessions.before), (5, 0));
        assert_eq!(year.months[5], (5, 0));

        let found = figure(
            &house.province,
            &auditor,
            Measure::DirectSessions,
            2020,
            View::AsWas,
        )
        .await
        .unwrap();
        assert_eq!(
            found.total,
            found.shares.iter().map(|share| share.quantity).sum::<i64>()
        );
        assert_eq!(
            (found.shares[0].agency, found.shares[0].quantity),
            (house.a.id(), 5)
        );

        let asked = Asked {
            measure: Measure::DirectSessions,
            year: 2020,
            month: Some(6),
            known: None,
            page: 1,
            per_page: 50,
        };
        let before = log(&house, "evidence-read").await;
        let shown = rows(&house.province, &auditor, house.a.id(), asked)
            .await
            .unwrap();
        assert_eq!((shown.sum, shown.copied, shown.count), (5, 5, 2));
        assert_eq!(shown.months.iter().sum::<i64>(), found.shares[0].quantity);
        assert_eq!(
            log(&house, "evidence-read").await,
            before + 1,
            "AUD-04: every reading is logged"
        );

        // A file that is no evidence, or of another agency, does not exist; the attempt is logged too.
        let file = pbgdpl_model::id::MediaId::fresh(house.clock.now());
        let refused = evidence(&house.province, &auditor, house.a.id(), file).await;
        assert!(matches!(refused, Err(Error::NotFound)));
        assert_eq!(log(&house, "evidence-read").await, before + 2);
        // Officers without the auditor's role read no rows.
        let officer = house.province_ctx(&house.officer).await.unwrap();
        let denied = rows(&house.province, &officer, house.a.id(), asked).await;
        assert!(matches!(denied, Err(Error::Denied(_))));
        assert_eq!(log(&house, "evidence-read").await, before + 2);
        let filter = AuditFilter::default();
        audit_log::of_agency(&house.province, &auditor, house.a.id(), &filter, 1)
            .await
            .unwrap();
        assert_eq!(log(&house, "audit-read").await, 1);
    }
}

/// A long year page by page: each page holds its own rows, the sums are of all of them, a row reversed on another page
/// says so.
#[tokio::test]
async fn a_year_of_rows_is_read_page_by_page() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let day = house.clock_day();
        let row = |activity, quantity| row_of(activity, day, Measure::DirectSessions, quantity);
        let mut store = house.store.tenant(&house.a).await.unwrap();
        let mut new: Vec<NewRow> = (1..=12).map(|at| row(at, 1)).collect();
        new.push(NewRow {
            measure: Measure::DirectAttendees,
            ..row(1, 500)
        });
        store.append_ledger(&reporter, &new).await.unwrap();
        let back = NewRow {
            reverses: Some(2),
            reason: "ghi trùng".into(),
            ..row(2, -1)
        };
        store.append_ledger(&reporter, &[back]).await.unwrap();
        store.rebuild_day(day, reporter.now()).await.unwrap();
        store.save().await.unwrap();

        let auditor = house.province_ctx(&house.auditor).await.unwrap();
        let mut seen = Vec::new();
        for page in 1..=4 {
            let asked = Asked {
                measure: Measure::DirectSessions,
                year: 2020,
                month: None,
                known: None,
                page,
                per_page: 5,
            };
            let shown = rows(&house.province, &auditor, house.a.id(), asked)
                .await
                .unwrap();
            assert_eq!((shown.count, shown.sum, shown.copied), (13, 11, 11), "{engine:?}");
            for line in &shown.lines {
                assert_eq!(line.reversed, line.row.seq == 2, "{engine:?}: {}", line.row.seq);
            }
            seen.push(shown.lines.iter().map(|line| line.row.seq).collect::<Vec<_>>());
        }
        let wanted: [Vec<i64>; 4] = [(1..=5).collect(), (6..=10).collect(), vec![11, 12, 14], vec![]];
        assert_eq!(seen, wanted, "{engine:?}");

        // What was copied of each day is what the agency keeps, day by day.
        let warrant = auditor.warrant::<pbgdpl_scope::action::OversightRead>().unwrap();
        let copies = house.store.province_reader(&warrant).await.unwrap();
        let kept = house.store.read().tenant(&house.a).await.unwrap();
        assert_eq!(
            copies.days_of(house.a.id()).await.unwrap(),
            kept.day_totals().await.unwrap(),
            "{engine:?}"
        );
        assert!(copies.days_of(house.b.id()).await.unwrap().is_empty());
    }
}

pub(super) async fn log(house: &House, action: &str) -> u64 {
    let ctx = house.province_ctx(&house.auditor).await.unwrap();
    let filter = AuditFilter {
        action: action.to_owned(),
        ..AuditFilter::default()
    };
    audit_log::of_province(&house.province, &ctx, &filter, 1)
        .await
        .unwrap()
        .count
}

#[tokio::test]
async fn dsh_03_an_auditor_has_no_writing_route() {
    let house = House::on(Engine::Sqlite).await.unwrap();
    let auditor = house.province_ctx(&house.auditor).await.unwrap();
    for route in pbgdpl_web::routes::all() {
        if let pbgdpl_web::routes::Audience::Officer(action) = route.audience
            && route.method != http::Method::GET
        {
            assert!(!auditor.could(action), "{route:?}");
        }
    }
}

async fn verified(house: &House) -> Verification {
    let ctx = house.province_ctx(&house.auditor).await.unwrap();
    verify(&house.province, &ctx, None, &mut |_, _| {}).await.unwrap()
}

fn fault_of(verification: &Verification, house: &House) -> Option<Broken> {
    let chain = verification
        .chains
        .iter()
        .find(|chain| chain.agency == Some(house.a.id()));
    chain.unwrap().fault.clone()
}

/// As somebody who owns the database, its triggers put aside.
async fn as_owner(house: &House, statements: &[&str]) {
    let (url, open): (String, &[&str]) = match &house.ground {
        Ground::Sqlite(file) => (
            file.url(),
            &[
                "drop trigger if exists audit_refuses_update",
                "drop trigger if exists audit_refuses_delete",
            ],
        ),
        Ground::Postgres(databases) => (
            databases.superuser_url.clone(),
            &["alter table audit disable trigger all"],
        ),
    };
    let owner = sea_orm::Database::connect(url).await.unwrap();
    for statement in open.iter().chain(statements) {
        owner
            .execute_unprepared(statement)
            .await
            .unwrap_or_else(|error| panic!("{statement}: {error}"));
    }
    owner.close().await.unwrap();
}

#[tokio::test]
async fn aud_02_every_tampering_is_found() {
    // What is done to the chain of an agency with six entries, and whether this is how it is found.
    type Found = fn(&Broken) -> bool;
    let tamperings: [(&[&str], Found); 6] = [
        (&["update audit set detail = '{}' where seq = 3"], |b| {
            *b == Broken::Content(3)
        }),
        (&["update audit set actor_name = 'x' where seq = 6"], |b| {
            *b == Broken::Words(6)
        }),
        (&["delete from audit where seq = 3"], |b| {
            *b == Broken::Gap {
                expected: 3,
                found: 4,
            }
        }),
        (&["delete from audit where seq = 6"], |b| {
            *b == Broken::Tail { found: 5, head: 6 }
        }),
        (
            // The tail and the head together: only the anchor of the verification before knows.
            &[
                "delete from audit where seq = 6",
                "update chain_head set audit_seq = 5, audit_hash = (select hash from audit where seq = 5)",
            ],
            |b| *b == Broken::Tail { found: 5, head: 6 },
        ),
        (&["delete from audit", "delete from chain_head"], |b| {
            matches!(b, Broken::Tail { found: 0, .. })
        }),
    ];
    for engine in BOTH {
        for (statements, expected) in tamperings {
            let house = House::on(engine).await.unwrap();
            let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
            for _ in 0..6 {
                write(&house.app, &editor).await.unwrap();
            }
            let before = verified(&house).await;
            assert!(before.is_whole(), "{engine:?}: {before:?}");
            assert!(before.entries() >= 6);
            as_owner(&house, statements).await;
            let after = verified(&house).await;
            let fault = fault_of(&after, &house);
            assert!(
                fault.as_ref().is_some_and(expected),
                "{engine:?} {statements:?}: {fault:?}"
            );
            assert!(
                !verified(&house).await.is_whole(),
                "the anchor is not moved onto a broken chain"
            );
            // A checkpoint kept outside says the same to a database that lost its own anchor.
            let ctx = house.province_ctx(&house.auditor).await.unwrap();
            let kept = before.checkpoint();
            let text = serde_json::to_string(&kept).unwrap();
            let kept = serde_json::from_str(&text).unwrap();
            let again = verify(&house.province, &ctx, Some(&kept), &mut |_, _| {})
                .await
                .unwrap();
            assert!(!again.is_whole());
        }
    }
}

#[tokio::test]
async fn aud_02_acts_during_the_verification_do_not_break_it() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let editor = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
        let writing = async {
            for _ in 0..30 {
                write(&house.app, &editor).await.unwrap();
            }
        };
        let reading = async {
            for _ in 0..8 {
                let found = verified(&house).await;
                assert!(found.is_whole(), "{engine:?}: {found:?}");
            }
        };
        tokio::join!(writing, reading);
        assert!(verified(&house).await.is_whole());
    }
}

/// One row of the ledger, copied to the province.
async fn one_session(house: &House, day: NaiveDate) {
    let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let mut store = house.store.tenant(&house.a).await.unwrap();
    let row = row_of(79, day, Measure::DirectSessions, 1);
    store.append_ledger(&reporter, &[row]).await.unwrap();
    store.rebuild_day(day, reporter.now()).await.unwrap();
    store.save().await.unwrap();
}

/// In February of 2021 with one session of that year: what is owed of 2020 stays in sight where its books are here, and nobody
/// is late in a province that begins.
#[tokio::test]
async fn dsh_02_over_the_turn_of_the_year_the_official_figures_are_still_owed() {
    use pbgdpl_app::extension::ask::{Ask as Asking, ask};
    use pbgdpl_model::manifest::PeriodKind;
    use pbgdpl_province::oversight::ExceptionKind;
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        pbgdpl_testkit::furnish::forms_of_kon_tum(&house, &["09b", "09c", "09d"])
            .await
            .unwrap();
        // 12 January 2021: A asks for more time, of the year before and of the half-year that has begun.
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        for (period, year) in [(PeriodKind::OfficialYear, 2020), (PeriodKind::SixMonths, 2021)] {
            let asking = Asking {
                form: "09d".into(),
                period,
                year,
                until: house.clock_day() + chrono::Days::new(60),
                reason: "Chờ số liệu của ba xã".into(),
            };
            let asked = ask(&house.app, &reporter, asking).await.unwrap();
            assert!(matches!(asked, pbgdpl_app::report::Outcome::Done(_)), "{asked:?}");
        }
        house.clock.advance_seconds(35 * 86_400);
        let auditor = house.province_ctx(&house.auditor).await.unwrap();
        let found = async |year: Option<i32>| {
            let year = dashboard(&house.province, &auditor, year, View::AsWas)
                .await
                .unwrap();
            let named = year.exceptions.iter().filter_map(|there| {
                let report = there.report.as_ref()?;
                Some((there.kind, report.period, report.year, there.agencies.len()))
            });
            (year.year, named.collect::<Vec<_>>())
        };
        let of_this_year = (ExceptionKind::ExtensionAsked, PeriodKind::SixMonths, 2021, 1);
        one_session(&house, NaiveDate::from_ymd_opt(2021, 1, 11).unwrap()).await;
        assert_eq!(
            found(None).await,
            (2021, vec![of_this_year]),
            "{engine:?}: a province that begins"
        );

        one_session(&house, NaiveDate::from_ymd_opt(2020, 12, 1).unwrap()).await;
        let owed = |kind, agencies| (kind, PeriodKind::OfficialYear, 2020, agencies);
        let all = vec![
            owed(ExceptionKind::Late, 2),
            owed(ExceptionKind::ExtensionAsked, 1),
            of_this_year,
        ];
        assert_eq!(found(None).await, (2021, all), "{engine:?}");
        let (_, past) = found(Some(2020)).await;
        assert!(
            past.contains(&owed(ExceptionKind::Late, 2)) && past.iter().all(|there| there.2 == 2020),
            "{engine:?}: {past:?}"
        );
        // On the page: the year in words, and in the address for who follows reports.
        let consolidator = house.session(&house.consolidator).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let get = Ask::get(DESK, "/tinh").signed_in(&consolidator);
        let page = web.ask(&get).await.unwrap().text();
        for words in [
            "2 cơ quan chưa gửi biểu 09 kỳ năm chính thức 2020, hạn 31/01/2021",
            "1 cơ quan xin gia hạn biểu 09 kỳ năm chính thức 2020",
            "href=\"/tinh/bao-cao/09c/nam-chinh-thuc/2020\"",
        ] {
            assert!(page.contains(words), "{engine:?}: {words}: {page}");
        }
        house.end().await.unwrap();
    }
}
