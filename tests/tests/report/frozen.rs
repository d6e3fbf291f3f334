//! What is frozen stays frozen, and is what the accepted reports add up to.

use std::time::Duration;

use pbgdpl_scope::action::{ReportConsolidate, ReportFreeze};
use pbgdpl_store::StoreError;
use pbgdpl_store::province::{Consolidation, Frozen};
use pbgdpl_testkit::house::Ground;
use sqlx::{Connection, Executor, PgConnection, SqliteConnection};

use super::*;

/// A's report accepted, and a draft of the sum.
pub(super) async fn drafted(house: &House) -> Consolidation {
    count(house, &house.a, &house.in_a, 410).await;
    sent(house, &house.a, &house.in_a, "09d", "tong_so", &[(1, 5), (2, 4)]).await;
    let officer = house.province_ctx(&house.consolidator).await.unwrap();
    accept::accept(&house.province, &officer, house.a.id(), ("09d", YEAR), 1)
        .await
        .unwrap();
    consolidate::consolidate(&house.province, &officer, "09c", YEAR)
        .await
        .unwrap()
}

fn frozen(of: &Consolidation, ctx: &ProvinceCtx) -> Consolidation {
    Consolidation {
        frozen: Some(Frozen {
            at: ctx.now(),
            by: ctx.actor().account(),
            name: ctx.actor().name().to_owned(),
        }),
        ..of.clone()
    }
}

/// A consolidation that began before the freezing was committed does not write over it.
#[tokio::test]
async fn a_race_does_not_unfreeze() {
    for engine in BOTH {
        let house = house(engine).await;
        let draft = drafted(&house).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let mut freezing = house
            .store
            .province(&officer.warrant::<ReportFreeze>().unwrap())
            .await
            .unwrap();
        freezing
            .put_consolidation(&frozen(&draft, &officer))
            .await
            .unwrap();
        let rival = async {
            let warrant = officer.warrant::<ReportConsolidate>().unwrap();
            let mut store = house.store.province(&warrant).await.unwrap();
            let other = Consolidation {
                body: "{}".into(),
                ..draft.clone()
            };
            let done = store.put_consolidation(&other).await;
            store.save().await.unwrap();
            done
        };
        let (rival, saved) = tokio::join!(rival, async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            freezing.save().await
        });
        saved.unwrap();
        assert!(matches!(rival, Err(StoreError::Stale)), "{engine:?}: {rival:?}");
        let kept = consolidate::read(&house.province, &officer, "09c", YEAR, None)
            .await
            .unwrap()
            .consolidation;
        assert!(kept.frozen.is_some() && kept.body == draft.body, "{engine:?}");
        house.end().await.unwrap();
    }
}

/// The database itself refuses, whoever asks.
#[tokio::test]
async fn the_database_keeps_what_is_frozen() {
    for engine in BOTH {
        let house = house(engine).await;
        let draft = drafted(&house).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let changes = [
            "update province_consolidation set stage = 'draft'",
            "update province_consolidation set body = '{}'",
            "delete from province_consolidation",
        ];
        for frozen in [false, true] {
            if frozen {
                freeze::freeze(&house.province, &officer, "09c", YEAR, &draft.hash)
                    .await
                    .unwrap();
            }
            for change in changes {
                let refused = match &house.ground {
                    Ground::Sqlite(file) => {
                        let mut db = SqliteConnection::connect(&file.url()).await.unwrap();
                        db.execute("begin").await.unwrap();
                        let refused = db.execute(change).await.is_err();
                        let _ = db.execute("rollback").await;
                        refused
                    }
                    Ground::Postgres(databases) => {
                        let mut db = PgConnection::connect(&databases.province_url).await.unwrap();
                        db.execute("begin").await.unwrap();
                        let refused = db.execute(change).await.is_err();
                        let _ = db.execute("rollback").await;
                        refused
                    }
                };
                assert_eq!(refused, frozen, "{engine:?}: {change}");
            }
        }
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn a_sum_whose_reports_changed_is_not_frozen() {
    for engine in BOTH {
        let house = house(engine).await;
        let draft = drafted(&house).await;
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        send_back::send_back(
            &house.province,
            &officer,
            house.a.id(),
            ("09d", YEAR),
            1,
            "Sửa cột 4",
        )
        .await
        .unwrap();
        let stale = freeze::freeze(&house.province, &officer, "09c", YEAR, &draft.hash).await;
        assert!(
            matches!(stale, Err(pbgdpl_province::Error::Stale)),
            "{engine:?}: a returned report is in it: {stale:?}"
        );

        // The amended version is accepted: still not what was added up.
        decision_arrives(&house, &house.a, "09d", 1).await;
        count(&house, &house.a, &house.in_a, 7).await;
        let reporter = house.ctx(&house.a, &house.in_a.reporter).await.unwrap();
        let second = done(open(&house.app, &reporter, order("09d", None)).await.unwrap());
        go_out(&house, &house.a, &house.in_a, second).await;
        accept::accept(&house.province, &officer, house.a.id(), ("09d", YEAR), 2)
            .await
            .unwrap();
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.consolidator).await.unwrap();
        let desk = Desk { web: &web };
        let at = "/tinh/tong-hop/09c/nam-chinh-thuc/2020/chot";
        let page = desk.refused_with(409, &session, at, &[("ma", &draft.hash)]).await;
        assert!(
            page.contains("Tổng hợp lại, đọc lại rồi chốt"),
            "{engine:?}: {page}"
        );

        let fresh = consolidate::consolidate(&house.province, &officer, "09c", YEAR)
            .await
            .unwrap();
        assert_eq!(fresh.version, draft.version, "{engine:?}: still the same draft");
        freeze::freeze(&house.province, &officer, "09c", YEAR, &fresh.hash)
            .await
            .unwrap();
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn the_same_reports_give_the_same_hash_another_day() {
    for engine in BOTH {
        let house = house(engine).await;
        let draft = drafted(&house).await;
        // B has not sent: missing in January, overdue in March.
        house.clock.set(at(2021, 3, 20));
        let officer = house.province_ctx(&house.consolidator).await.unwrap();
        let following = follow::follow(&house.province, &officer, "09c", YEAR)
            .await
            .unwrap();
        assert!(
            following
                .agencies
                .iter()
                .any(|agency| agency.standing == Standing::Overdue)
        );
        let again = consolidate::consolidate(&house.province, &officer, "09c", YEAR)
            .await
            .unwrap();
        assert_eq!(
            (again.hash, again.made_at),
            (draft.hash, draft.made_at),
            "{engine:?}"
        );
        house.end().await.unwrap();
    }
}
