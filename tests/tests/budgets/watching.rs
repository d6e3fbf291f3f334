//! The watch over the logs costs what was written, not how many could have written.

use pbgdpl_model::agency::Agency;
use pbgdpl_model::clock::Clock;
use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::AlarmsFile;
use pbgdpl_province::alarm::Seen;
use pbgdpl_province::alarm::watch::watch;
use pbgdpl_scope::action::ManifestApply;
use pbgdpl_scope::{ProvinceCtx, RequestId};
use pbgdpl_store::province::NewAgency;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::statements::Statements;
use uuid::Uuid;

use crate::published;

fn system(house: &House) -> ProvinceCtx {
    ProvinceCtx::of_system(
        house.store.registry().now(),
        "watch",
        house.province.now(),
        RequestId::new("watch".into()),
    )
}

/// Rules of Kon Tum, and agencies that never acted.
async fn settle(house: &House, from: u128, until: u128) {
    let rules = concat!(env!("CARGO_MANIFEST_DIR"), "/../tenants/kon-tum/alarms.toml");
    let rules: AlarmsFile = toml::from_str(&std::fs::read_to_string(rules).unwrap()).unwrap();
    let (ctx, now) = (system(house), house.clock.now());
    let warrant = ctx.warrant::<ManifestApply>().unwrap();
    let mut province = house.store.province(&warrant).await.unwrap();
    let body = serde_json::to_string(&rules).unwrap();
    province
        .put_catalogue("alarms", "alarms", &body, now)
        .await
        .unwrap();
    for number in from..until {
        let slug = format!("don-vi-{number}");
        let agency = Agency {
            id: TenantId(Uuid::from_u128(
                0x0190_0000_0000_7000_8000_0000_0001_0000 + number,
            )),
            slug: slug.clone(),
            ..house.a.agency().clone()
        };
        let new = NewAgency {
            agency,
            hosts: vec![format!("{slug}.thu.example")],
            body: "{}".into(),
        };
        province.put_agency(&new, now).await.unwrap();
    }
    province.save().await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
}

// One thread: the subscriber is this test's own, and every statement is sent from here.
#[tokio::test]
async fn looking_again_costs_the_same_with_two_agencies_and_with_sixty() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        settle(&house, 2, 2).await;
        published(&house, "Bài trước khi nhìn").await;
        let mut seen = Seen::default();
        let statements = Statements::counted();
        let look = async |seen: &mut Seen| {
            house.clock.advance_seconds(300);
            let before = statements.so_far();
            watch(&house.province, &system(&house), seen).await.unwrap();
            statements.so_far() - before
        };
        let first = look(&mut seen).await;
        let nothing_new = look(&mut seen).await;
        assert!(
            nothing_new < first && nothing_new > 0,
            "{engine:?}: {nothing_new} after {first}"
        );
        let as_a_stranger = look(&mut Seen::default()).await;
        assert_eq!(
            as_a_stranger, first,
            "{engine:?}: whoever never looked reads what the first one read"
        );

        settle(&house, 2, 60).await;
        assert_eq!(
            look(&mut seen).await,
            nothing_new,
            "{engine:?}: sixty agencies, no entry"
        );
        assert_eq!(look(&mut Seen::default()).await, first, "{engine:?}");
        published(&house, "Bài mới").await;
        let one_grew = look(&mut seen).await;
        assert!(
            one_grew > nothing_new && one_grew <= first,
            "{engine:?}: {one_grew} for the one chain that grew"
        );
        assert_eq!(
            look(&mut seen).await,
            nothing_new,
            "{engine:?}: and once is enough"
        );
    }
}
