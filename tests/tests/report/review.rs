//! What the province does with what was sent: remarks on single cells (REP-08), several accepted at once (REP-10), three
//! completenesses (REP-06, N-08).

use pbgdpl_model::report::CellRemark;
use pbgdpl_model::structure::View;
use pbgdpl_province::oversight::ExceptionKind;
use pbgdpl_province::oversight::dashboard::dashboard;
use pbgdpl_province::report::send_back::Remarks;

use super::pages::Desk;
use super::*;

#[tokio::test]
async fn rep_10_several_are_accepted_at_once_or_none() {
    for engine in BOTH {
        let house = house(engine).await;
        both_sent(&house).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let both = |b: i32| {
            [
                (house.a.id(), "09d".to_owned(), 1),
                (house.b.id(), "09b".to_owned(), b),
            ]
        };
        let stale = accept::accept_all(&house.province, &officer, YEAR, &both(2)).await;
        assert!(stale.is_err(), "B has no second version");
        let standings = async || -> Vec<Standing> {
            let found = follow::follow(&house.province, &officer, "09c", YEAR)
                .await
                .unwrap();
            found.agencies.iter().map(|agency| agency.standing).collect()
        };
        assert_eq!(standings().await, [Standing::Waiting; 2], "{engine:?}: none");

        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.consolidator).await.unwrap();
        let desk = Desk { web: &web };
        let here = "/tinh/bao-cao/09c/nam-chinh-thuc/2020";
        let page = desk.get(&session, here).await;
        assert!(
            page.contains("value=\"09d/so-a/1\"") && page.contains("Khai đủ 100 %"),
            "{page}"
        );
        let nothing = desk.refused(&session, &format!("{here}/tiep-nhan"), &[]).await;
        assert!(nothing.contains("Chưa chọn báo cáo nào"), "{nothing}");
        let chosen = [("chon", "09d/so-a/1"), ("chon", "09b/huyen-b/1")];
        desk.does(&session, &format!("{here}/tiep-nhan"), &chosen).await;
        assert_eq!(standings().await, [Standing::Accepted; 2], "{engine:?}: all");
        let twice = desk
            .refused_with(409, &session, &format!("{here}/tiep-nhan"), &chosen)
            .await;
        assert!(twice.contains("chưa tiếp nhận báo cáo nào"), "{twice}");
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn rep_08_remarks_on_cells_reach_the_next_version() {
    for engine in BOTH {
        let house = house(engine).await;
        both_sent(&house).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let remark = |column| CellRemark {
            row: "tong_so".into(),
            column,
            text: "Danh sách kèm theo có 6 người".into(),
        };
        let elsewhere = Remarks {
            text: "",
            cells: vec![remark(99)],
        };
        let none = send_back::send_back(
            &house.province,
            &officer,
            house.a.id(),
            ("09d", YEAR),
            1,
            elsewhere,
        )
        .await;
        assert!(
            matches!(none, Err(pbgdpl_province::Error::Invalid { .. })),
            "{none:?}"
        );

        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.consolidator).await.unwrap();
        let reporter = house.session(&house.in_a.reporter).await.unwrap();
        let desk = Desk { web: &web };
        let one = "/tinh/bao-cao/09d/nam-chinh-thuc/2020/so-a";
        let typed = [
            ("ban", "1"),
            ("y-kien", ""),
            ("dong-1", "tong_so"),
            ("cot-1", "một"),
            ("y-kien-1", "Danh sách có 6 người"),
        ];
        let wrong = desk.refused(&session, &format!("{one}/tra-lai"), &typed).await;
        assert!(
            wrong.contains("value=\"một\"") && wrong.contains("Danh sách có 6 người"),
            "{wrong}"
        );
        let good = typed.map(|(name, value)| {
            if name == "cot-1" {
                (name, "1")
            } else {
                (name, value)
            }
        });
        desk.does(&session, &format!("{one}/tra-lai"), &good).await;
        assert!(
            desk.get(&session, one)
                .await
                .contains("cột 1: Danh sách có 6 người")
        );
        decision_arrives(&house, &house.a, "09d", 1).await;
        let here = "/quan-tri/so-a/bieu/09d/nam-chinh-thuc/2020";
        assert!(
            desk.get(&reporter, here)
                .await
                .contains("Sở Tư pháp nhận xét về từng ô")
        );
        // While it is put right, the remarks stay before the eyes of who does it.
        desk.does(&reporter, &format!("{here}/mo"), &[]).await;
        let draft = desk.get(&reporter, here).await;
        assert!(
            draft.contains("Danh sách có 6 người") && draft.contains("name=\"c1\""),
            "{draft}"
        );
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn n_08_what_was_only_declared_is_seen() {
    for engine in BOTH {
        let house = house(engine).await;
        both_sent(&house).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let found = follow::follow(&house.province, &officer, "09c", YEAR)
            .await
            .unwrap();
        let a = found
            .agencies
            .iter()
            .find(|agency| agency.slug == "so-a")
            .unwrap();
        let complete = a.complete.unwrap();
        // Two of eleven figures (columns 1 and 2) open no record; column 9 is a sum and not asked.
        assert_eq!((complete.asked, complete.given, complete.traced), (11, 11, 9));
        assert_eq!((complete.declared(), complete.derived()), (Some(100), Some(81)));
        let year = dashboard(&house.province, &officer, Some(2020), View::AsWas)
            .await
            .unwrap();
        let only = year
            .exceptions
            .iter()
            .find(|found| found.kind == ExceptionKind::OnlyDeclared);
        let agencies = only.map(|only| only.agencies.clone()).unwrap_or_default();
        assert!(
            agencies.contains(&house.a.id()) && agencies.contains(&house.b.id()),
            "{only:?}"
        );
        house.end().await.unwrap();
    }
}
