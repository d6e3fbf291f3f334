//! REP-01 on the pages: the catalogue of indicators, each with its versions, and the way there from a form's columns.

use pbgdpl_model::manifest::IndicatorFile;
use pbgdpl_testkit::web::Web;

use super::*;

/// A second version of one indicator, from 2021 on: contests count as sessions too.
async fn later_version(house: &House) {
    let file = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../tenants/kon-tum/indicators/cuoc-truc-tiep.toml"
    );
    let mut first: IndicatorFile = toml::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    first.valid_to = Some("2020-12-31".parse().unwrap());
    let mut later = first.clone();
    later.valid_from = "2021-01-01".parse().unwrap();
    later.valid_to = None;
    later.definition = "Từ năm 2021 tính cả cuộc thi.".into();
    later.measures.push(pbgdpl_model::ledger::Measure::Contests);
    let ctx = of_the_system(house);
    let mut store = house
        .store
        .province(&ctx.warrant::<ManifestApply>().unwrap())
        .await
        .unwrap();
    for (code, version) in [("cuoc-truc-tiep", &first), ("cuoc-truc-tiep.2021-01-01", &later)] {
        let body = serde_json::to_string(version).unwrap();
        store
            .put_catalogue("indicator", code, &body, ctx.now())
            .await
            .unwrap();
    }
    store.save().await.unwrap();
}

/// The acceptance of REP-01: both versions are in force, and a year's report goes by its own.
#[tokio::test]
async fn rep_01_a_report_counts_by_the_version_of_its_own_year() {
    for engine in BOTH {
        let house = house(engine).await;
        count(&house, &house.a, &house.in_a, 410).await;
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        // Nine contests in 2020, and nine in 2021.
        let mut store = house.app.open(&reporter).await.unwrap();
        for year in [2020, 2021] {
            let contest = Content {
                sessions: 9,
                ..Content::default()
            };
            let id = ActivityId::fresh(reporter.now());
            let rows = contest.rows(id, Kind::CuocThi, 1, at(year, 1, 5).day(), &[]);
            store.append_ledger(&reporter, &rows).await.unwrap();
        }
        store.save().await.unwrap();
        later_version(&house).await;
        let mut sessions = Vec::new();
        for year in [2020, 2021] {
            let order = Open {
                year,
                ..order("09d", None)
            };
            let report = done(open(&house.app, &reporter, order).await.unwrap());
            let reader = house.store.read().tenant(&house.a).await.unwrap();
            let seen = view(&reader, house.a.agency(), report).await.unwrap();
            sessions.push(seen.lines[0].cells[&3].actual);
        }
        assert_eq!(sessions, [Some(2), Some(9)], "{engine:?}");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn rep_01_every_column_leads_to_what_it_counts() {
    for engine in BOTH {
        let house = house(engine).await;
        count(&house, &house.a, &house.in_a, 410).await;
        later_version(&house).await;
        let web = Web::of(&house, true).unwrap();
        let desk = Desk { web: &web };
        let reporter = house.session(&house.in_a.reporter).await.unwrap();
        let auditor = house.session(&house.auditor).await.unwrap();

        let here = "/quan-tri/so-a/bieu/09d/nam-chinh-thuc/2020";
        desk.does(&reporter, &format!("{here}/mo"), &[]).await;
        let form = desk.get(&reporter, here).await;
        let rule = "/quan-tri/so-a/chi-tieu/cuoc-truc-tiep";
        assert!(form.contains(&format!("href=\"{rule}\"")), "{form}");
        let records = desk.get(&reporter, &format!("{here}/cot/3")).await;
        assert!(
            records.contains(&format!("<a href=\"{rule}\">Cách tính</a>")),
            "{records}"
        );

        for (who, list) in [
            (&reporter, "/quan-tri/so-a/chi-tieu"),
            (&auditor, "/giam-sat/chi-tieu"),
        ] {
            let page = desk.get(who, list).await;
            assert!(
                page.contains("09b (3), 09c (3), 09d (3)") && page.contains("2 bản"),
                "{page}"
            );
            let narrowed = desk.get(who, &format!("{list}?so=direct_sessions")).await;
            assert!(
                narrowed.contains("cuoc-truc-tiep") && !narrowed.contains("kinh-phi"),
                "{narrowed}"
            );
            let one = desk.get(who, &format!("{list}/cuoc-truc-tiep")).await;
            for words in [
                "Từ năm 2021 tính cả cuộc thi.",
                "15/05/2019 – 31/12/2020",
                "Từ 01/01/2021",
                "Chỉ tiêu 0302 của ngành Tư pháp",
                "Cần đối chiếu với văn bản gốc",
                "09d/BTP/PBGDPL",
            ] {
                assert!(one.contains(words), "{engine:?}: {words}: {one}");
            }
        }
        let money = desk.get(&auditor, "/giam-sat/chi-tieu/kinh-phi").await;
        assert!(
            money.contains("Cộng các chỉ tiêu: Kinh phí phân bổ thường xuyên"),
            "{money}"
        );
        let nothing = web
            .ask(&Ask::get(DESK, "/giam-sat/chi-tieu/khong-co").signed_in(&auditor))
            .await
            .unwrap();
        assert_eq!(nothing.status, 404);
        house.end().await.unwrap();
    }
}
