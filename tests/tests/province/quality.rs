//! DSH-03: published unread by another person, counted without evidence, read by whom, verified when; each figure leads to its rows.

use pbgdpl_app::activity::{Facts, Outcome as Written, draft, record};
use pbgdpl_model::activity;
use pbgdpl_model::policy::{Action, Condition, PolicyRow, Role};
use pbgdpl_province::oversight::quality::{quality, rows};
use pbgdpl_province::oversight::verify::verify;
use pbgdpl_scope::action::ManifestApply;
use pbgdpl_testkit::furnish;
use pbgdpl_testkit::house::{BOTH, People, kon_tum_policy};

use super::*;

/// In A one person may write and publish alone from now on (PUB-02).
async fn alone_in_a(house: &House) {
    let row = PolicyRow {
        role: Role::Approver,
        action: Action::ArticleApprove,
        condition: Condition::Always,
    };
    let mut effective = kon_tum_policy().unwrap();
    effective.push(row);
    let table = pbgdpl_scope::compile(&effective).await.unwrap();
    let system = ProvinceCtx::of_system(
        house.store.registry().now(),
        "test",
        house.province.now(),
        RequestId::new("test".into()),
    );
    let mut store = house
        .store
        .province(&system.warrant::<ManifestApply>().unwrap())
        .await
        .unwrap();
    store
        .put_policy(house.a.id().into(), &[row], &effective, &table, system.now())
        .await
        .unwrap();
    store.touch_registry().await.unwrap();
    store.save().await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
}

/// A counted activity that no file proves.
async fn unproved(house: &House) {
    let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
    let facts = Facts {
        kind: activity::Kind::HoiNghi,
        day: "2020-05-20".parse().unwrap(),
        content: activity::Content {
            title: "Hội nghị không ảnh".into(),
            form: "truc-tiep".into(),
            place: "Nhà rông".into(),
            sessions: 1,
            attendees: 30,
            no_evidence_reason: "máy ảnh hỏng, có biên bản giấy ở xã".into(),
            ..activity::Content::default()
        },
        partners: Vec::new(),
    };
    let Written::Done(id) = draft::create(&house.app, &reporter, facts).await.unwrap() else {
        panic!("drafted")
    };
    let recorded = record::record(&house.app, &reporter, id, 1).await.unwrap();
    assert!(matches!(recorded, Written::Done(_)), "{recorded:?}");
}

async fn roll_up(house: &House) {
    for due in house.store.machinery().due_days(1_000).await.unwrap() {
        let tenant = house.store.registry().now().by_id(due.tenant).unwrap();
        let mut agency = house.store.tenant(&tenant).await.unwrap();
        agency.hold_ledger().await.unwrap();
        agency.rebuild_day(due.day, house.app.now()).await.unwrap();
        agency.save().await.unwrap();
        house.store.machinery().clear_due(due).await.unwrap();
    }
}

#[tokio::test]
async fn dsh_03_review_evidence_and_readings_are_counted_and_lead_to_their_rows() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let auditor = house.province_ctx(&house.auditor).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.auditor).await.unwrap();
        let get = async |path: &str| web.ask(&Ask::get(DESK, path).signed_in(&session)).await.unwrap();
        let empty = get("/giam-sat/chat-luong").await;
        assert_eq!(empty.status, 200);
        assert!(
            empty.text().contains("chưa công bố bài nào")
                && empty.text().contains("Chưa lần nào được ghi lại.")
        );

        furnish::item(&house, &house.a, &house.in_a, "hai người")
            .await
            .unwrap();
        alone_in_a(&house).await;
        let same = People {
            editor: house.in_both.clone(),
            approver: house.in_both.clone(),
            ..house.in_a.clone()
        };
        furnish::item(&house, &house.a, &same, "một người").await.unwrap();
        furnish::event(&house, &house.a, &house.in_a, None, "có ảnh")
            .await
            .unwrap();
        unproved(&house).await;
        roll_up(&house).await;
        verify(&house.province, &auditor, None, &mut |_, _| {})
            .await
            .unwrap();
        let filter = AuditFilter::default();
        for agency in [house.a.id(), house.a.id(), house.b.id()] {
            audit_log::of_agency(&house.province, &auditor, agency, &filter, 1)
                .await
                .unwrap();
        }

        let before = house.province.now();
        let found = quality(&house.province, &auditor, Some(2020)).await.unwrap();
        let of_a = found
            .agencies
            .iter()
            .find(|agency| agency.agency == house.a.id())
            .unwrap();
        assert_eq!((of_a.published, of_a.alone), (2, 1), "{engine:?}");
        assert_eq!(
            (of_a.recorded, of_a.proved, of_a.unproved()),
            (2, 1, 1),
            "{engine:?}"
        );
        let of_b = found
            .agencies
            .iter()
            .find(|agency| agency.agency == house.b.id())
            .unwrap();
        assert_eq!((of_b.published, of_b.recorded), (0, 0));
        let readings: Vec<(String, usize)> = found
            .readings
            .iter()
            .map(|line| (line.agency.clone().unwrap().0, line.count))
            .collect();
        assert_eq!(
            readings,
            [("so-a".to_owned(), 2), ("huyen-b".to_owned(), 1)],
            "{engine:?}"
        );
        assert_eq!(found.verified, Some((before, true)));

        // Down to the rows, which is a reading of its own.
        let behind = rows(&house.province, &auditor, house.a.id(), 2020, 1)
            .await
            .unwrap();
        assert_eq!(behind.alone.len(), of_a.alone);
        assert_eq!(behind.alone[0].approver, house.in_both.account);
        assert_eq!(
            (behind.count, behind.unproved[0].title.as_str()),
            (1, "Hội nghị không ảnh")
        );
        let again = quality(&house.province, &auditor, Some(2020)).await.unwrap();
        assert_eq!(again.readings[0].count, 3);

        let page = get("/giam-sat/chat-luong?nam=2020").await.text();
        for said in [
            "1 trong 2 lần công bố (50,0 %)",
            "1 trong 2 hoạt động (50,0 %)",
            "/giam-sat/chat-luong/so-a/2020",
            "viec=article-approve",
            "<svg",
        ] {
            assert!(page.contains(said), "{engine:?}: {said} is not in {page}");
        }
        let behind = get("/giam-sat/chat-luong/so-a/2020").await.text();
        assert!(behind.contains("Hội nghị không ảnh") && behind.contains(&house.in_both.name));
        assert_eq!(get("/giam-sat/chat-luong?nam=1800").await.status, 404);
        let officer = house.session(&house.officer).await.unwrap();
        let refused = web
            .ask(&Ask::get(DESK, "/giam-sat/chat-luong").signed_in(&officer))
            .await
            .unwrap();
        assert_eq!(refused.status, 403, "who reads logs, and nobody else");
        house.end().await.unwrap();
    }
}
