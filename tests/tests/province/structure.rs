//! As it was, as it is: successions as data, figures gathered by a structure, expected reports (N-01, REP-05, REP-16, TEN-14).

use std::collections::BTreeMap;

use super::*;
use pbgdpl_model::agency::{Agency, DatedName, ReportRow};
use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::{AgencyFile, Dissolved, PeriodKind, write_agency};
use pbgdpl_model::structure::View;
use pbgdpl_province::manifest::Change;
use pbgdpl_province::manifest::export::export;
use pbgdpl_province::manifest::plan::plan;
use pbgdpl_province::oversight::dashboard::dashboard;
use pbgdpl_province::oversight::drill::figure;
use pbgdpl_province::oversight::gather::{Asked, gather};
use pbgdpl_province::report::Term;
use pbgdpl_province::report::follow::follow;
use pbgdpl_scope::action::ManifestApply;
use pbgdpl_store::province::NewAgency;
use pbgdpl_testkit::house::BOTH;

const A: &str = "so-ke-hoach-va-dau-tu";
const B: &str = "so-giao-thong-van-tai";
const C: &str = "so-thu-nghiem";
const FILE: &str = "reorganisations/thu.toml";

fn day(text: &str) -> chrono::NaiveDate {
    text.parse().unwrap()
}

/// Kon Tum before anything was reorganised.
fn before() -> Vec<(String, String)> {
    let mut files = kon_tum();
    files.retain(|(name, _)| !name.starts_with("reorganisations/"));
    for (_, text) in files.iter_mut().filter(|(name, _)| name.starts_with("agencies/")) {
        let mut agency: AgencyFile = toml::from_str(text).unwrap();
        agency.dissolved = None;
        *text = write_agency(&agency).unwrap();
    }
    files
}

/// Kon Tum, where A and B became C on 1 July 2021.
fn merged() -> Vec<(String, String)> {
    let mut files = before();
    let mut new = None;
    for (name, text) in &mut files {
        if !name.starts_with("agencies/") {
            continue;
        }
        let mut agency: AgencyFile = toml::from_str(text).unwrap();
        let ended = [A, B].contains(&agency.slug.as_str());
        agency.dissolved = ended.then(|| Dissolved {
            last_day: day("2021-06-30"),
            decision: Some("12/NQ-HĐND".into()),
            decided_on: Some(day("2021-06-15")),
            verify: false,
        });
        if agency.slug == B {
            let mut heir = AgencyFile {
                id: uuid::Uuid::from_u128(0x77),
                slug: C.into(),
                dissolved: None,
                contact: Default::default(),
                ..agency.clone()
            };
            heir.names[0].official = "Sở Thử nghiệm tỉnh Kon Tum".into();
            heir.names[0].short = "Sở Thử nghiệm".into();
            heir.names[0].valid_from = day("2021-07-01");
            heir.kinds[0].valid_from = day("2021-07-01");
            heir.parents[0].valid_from = day("2021-07-01");
            new = Some(write_agency(&heir).unwrap());
        }
        *text = write_agency(&agency).unwrap();
    }
    files.push((format!("agencies/{C}.toml"), new.unwrap()));
    let one = |from: &str| {
        format!(
            "[[succession]]\nkind = \"merge\"\nfrom = \"{from}\"\nto = [\"{C}\"]\nday = \"2021-07-01\"\n\
             decision = \"12/NQ-HĐND\"\ndecided_on = \"2021-06-15\"\n\n"
        )
    };
    let text = format!("id = \"thu\"\ntitle = \"Sắp xếp thử\"\n\n{}{}", one(A), one(B));
    files.push((FILE.into(), text));
    files
}

#[tokio::test]
async fn rep_16_successions_are_applied_once_and_come_back_equal() {
    for engine in BOTH {
        let house = Empty::on(engine).await;
        house.apply(&Folder::of(before()).unwrap()).await.unwrap();
        let folder = Folder::of(merged()).unwrap();
        let planned = plan(&house.province, &house.ctx(), &folder).await.unwrap();
        let changes: BTreeMap<_, _> = planned
            .lines
            .iter()
            .filter(|line| line.changes())
            .map(|line| (line.file.as_str(), &line.change))
            .collect();
        assert_eq!(changes[FILE], &Change::Add, "{engine:?}");
        let ended = Change::Change {
            keys: vec!["dissolved".into()],
        };
        assert_eq!(
            changes["agencies/so-giao-thong-van-tai.toml"], &ended,
            "{engine:?}"
        );
        house.apply(&folder).await.unwrap();
        assert_eq!(house.apply(&folder).await.unwrap().changes(), 0, "{engine:?}");
        let exported = export(&house.province, &house.ctx()).await.unwrap();
        let again = Folder::of(exported).unwrap();
        let mine = |folder: &Folder| {
            let file = folder
                .manifest()
                .reorganisations
                .iter()
                .find(|file| file.id == "thu");
            file.cloned().unwrap()
        };
        assert_eq!(mine(&again), mine(&folder));
        assert_eq!(again.manifest().agencies, folder.manifest().agencies);
        let snapshot = house.province.store().registry().now();
        let a = snapshot
            .by_id(folder.manifest().agency(A).unwrap().tenant())
            .unwrap();
        assert_eq!(a.agency().last_day, Some(day("2021-06-30")), "{engine:?}");

        // A and B are expected for the first half only, C for the year only.
        let expected = async |kind| {
            let term = Term { kind, year: 2021 };
            let following = follow(&house.province, &house.ctx(), "09c", term).await.unwrap();
            [A, B, C].map(|slug| following.agencies.iter().any(|agency| agency.slug == slug))
        };
        assert_eq!(
            expected(PeriodKind::SixMonths).await,
            [true, true, false],
            "{engine:?}"
        );
        assert_eq!(
            expected(PeriodKind::Year).await,
            [false, false, true],
            "{engine:?}"
        );
        assert_eq!(
            expected(PeriodKind::OfficialYear).await,
            [false, false, true],
            "{engine:?}"
        );
    }
}

/// The house's two agencies, which became a third one on 1 July 2021; the year before A made 10 sessions and B 15.
async fn became_one(house: &House) -> TenantId {
    let ctx = of_the_system(house);
    let heir = Agency {
        id: TenantId(uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_1009)),
        slug: "so-c".into(),
        report_row: ReportRow::SoNganh,
        names: vec![DatedName {
            valid_from: day("2021-07-01"),
            valid_to: None,
            official: "Sở C tỉnh Thử".into(),
            short: "Sở C".into(),
        }],
        ..house.a.agency().clone()
    };
    let ended = |agency: &Agency| Agency {
        last_day: Some(day("2021-06-30")),
        ..agency.clone()
    };
    let id = heir.id;
    let warrant = ctx.warrant::<ManifestApply>().unwrap();
    let mut store = house.store.province(&warrant).await.unwrap();
    for agency in [heir, ended(house.a.agency()), ended(house.b.agency())] {
        let new = NewAgency {
            agency,
            hosts: vec![],
            body: "{}".into(),
        };
        store.put_agency(&new, ctx.now()).await.unwrap();
    }
    let one = |from: &str| serde_json::json!({ "kind": "merge", "from": from, "to": ["so-c"], "day": "2021-07-01", "verify": true });
    let file =
        serde_json::json!({ "id": "thu", "title": "Thử", "succession": [one("so-a"), one("huyen-b")] });
    store
        .put_catalogue("reorganisation", "thu", &file.to_string(), ctx.now())
        .await
        .unwrap();
    store.save().await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
    for (tenant, people, sessions) in [(&house.a, &house.in_a, 10), (&house.b, &house.in_b, 15)] {
        let reporter = house.ctx(tenant, &people.reporter).await.unwrap();
        let row = row_of(77, day("2020-05-04"), Measure::DirectSessions, sessions);
        let mut store = house.store.tenant(tenant).await.unwrap();
        store.append_ledger(&reporter, &[row]).await.unwrap();
        store
            .rebuild_day(day("2020-05-04"), reporter.now())
            .await
            .unwrap();
        store.save().await.unwrap();
    }
    // 2 August 2021.
    house.clock.set(Moment::from_millis(1_627_866_000_000));
    id
}

#[tokio::test]
async fn n_01_the_year_before_shows_ten_and_fifteen_and_the_present_shows_twenty_five() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let c = became_one(&house).await;
        let auditor = house.province_ctx(&house.auditor).await.unwrap();
        let of = async |view| {
            let sessions = Measure::DirectSessions;
            let found = figure(&house.province, &auditor, sessions, 2020, view)
                .await
                .unwrap();
            let shares = found.shares.into_iter().filter(|share| share.quantity != 0);
            (
                found.total,
                shares
                    .map(|share| (share.name, share.quantity))
                    .collect::<Vec<_>>(),
            )
        };
        let apart = (25, vec![("Huyện B".to_owned(), 15), ("Sở A".to_owned(), 10)]);
        assert_eq!(of(View::AsWas).await, apart, "{engine:?}");
        assert_eq!(
            of(View::On(day("2021-06-30"))).await,
            apart,
            "{engine:?}: the day before"
        );
        let together = (25, vec![("Sở C".to_owned(), 25)]);
        assert_eq!(of(View::On(day("2021-07-01"))).await, together, "{engine:?}");

        let year = dashboard(&house.province, &auditor, Some(2020), View::On(day("2021-07-01")))
            .await
            .unwrap();
        let lines: Vec<_> = year
            .agencies
            .iter()
            .map(|line| (line.agency.id, line.total()))
            .collect();
        assert_eq!(lines, [(c, 25)], "{engine:?}: nobody else stands");
        assert_eq!(year.months.iter().map(|month| month.0).sum::<i64>(), 25);
        assert_eq!(year.agencies[0].made_of.len(), 2);

        let asked = |makers: Option<Vec<TenantId>>| Asked {
            from: day("2020-01-01"),
            to: day("2020-12-31"),
            at: View::On(day("2022-01-01")).into(),
            makers: makers.map(|makers| makers.into_iter().collect()),
        };
        let whole = gather(&house.province, &auditor, &asked(None)).await.unwrap();
        assert_eq!(whole.lines[0].figures, whole.total, "{engine:?}");
        let of_a = asked(Some(vec![house.a.id()]));
        let part = gather(&house.province, &auditor, &of_a).await.unwrap();
        assert_eq!(
            (part.lines[0].unit, part.total[&Measure::DirectSessions]),
            (c, 10),
            "{engine:?}"
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn rep_16_pages_say_of_which_units_a_line_is_made_and_that_both_sums_are_equal() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        became_one(&house).await;
        let screen = Screen::of_the_auditor(&house).await;
        let figure = "/giam-sat/so-lieu/direct_sessions/2020";
        let as_was = screen.get(figure).await.text();
        assert!(as_was.contains("như khi phát sinh"), "{as_was}");
        assert!(!as_was.contains("Sở C"), "{as_was}");
        for here in [figure.to_owned() + "?", "/giam-sat?nam=2020&".to_owned()] {
            let page = screen
                .get(&format!("{here}co-cau=hien-tai&ngay=2021-07-01"))
                .await
                .text();
            for words in [
                "Sở C, gồm Sở A (10), Huyện B (15)",
                "theo tổ chức ngày 01/07/2021",
                "Tổng toàn tỉnh theo hai cách bằng nhau: 25.",
            ] {
                assert!(page.contains(words), "{engine:?}: {here}: {words}: {page}");
            }
        }
        let down = screen
            .get(&format!("{figure}?co-cau=hien-tai&ngay=01%2F07%2F2021"))
            .await
            .text();
        assert!(
            down.contains(&format!("href=\"{figure}/huyen-b\"")),
            "the way down: {down}"
        );
        for wrong in ["co-cau=hien-tai&ngay=2021-02-31", "co-cau=khac"] {
            let refused = screen.get(&format!("{figure}?{wrong}")).await;
            assert_eq!(refused.status, 422, "{engine:?}: {wrong}");
        }
        house.end().await.unwrap();
    }
}
