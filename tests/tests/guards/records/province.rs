//! Acts on the register of agencies, on roles, and on `tenants/`.

use std::collections::BTreeSet;

use std::path::Path;
use std::sync::Arc;

use pbgdpl_model::agency::ReportRow;
use pbgdpl_model::clock::{Clock, Moment, SetClock};
use pbgdpl_model::manifest::{Accent, Contact, Membership, UnitKind};
use pbgdpl_model::policy::Role;
use pbgdpl_province::Province;
use pbgdpl_province::agency::create::{NewAgency, create};
use pbgdpl_province::agency::suspend::{Rest, suspend};
use pbgdpl_province::agency::{list, reactivate::reactivate};
use pbgdpl_province::manifest::{Folder, apply::apply, export::export, plan::plan};
use pbgdpl_province::member::{Place, grant::grant, list as members, revoke::revoke};
use pbgdpl_scope::{ProvinceCtx, RequestId};
use pbgdpl_store::{Database, Engine, Files, Hints, Store};
use pbgdpl_testkit::house::{House, ground, settings};
use pbgdpl_testkit::owner::REFUSED;
use pbgdpl_testkit::servers::ScratchDirectory;

use super::walk::Walk;

fn new_agency(short: &str) -> NewAgency {
    NewAgency {
        official: format!("{short} tỉnh Thử"),
        short: short.to_owned(),
        slug: String::new(),
        kind: UnitKind::So,
        membership: Membership::Subordinate,
        report_row: ReportRow::SoNganh,
        accent: Accent::Cham,
        parent: String::new(),
        contact: Contact {
            address: Some("1 đường Thử".into()),
            ..Contact::default()
        },
        administrator: format!("{}@thu.example", pbgdpl_vietnamese::slug(short)),
    }
}

/// Agencies come and rest, roles are given and taken.
pub(super) async fn register(house: &House, walk: &mut Walk) {
    let province = &house.province;
    let officer = house.province_ctx(&house.officer).await.unwrap();
    let asked = new_agency("Sở Mới");
    walk.act("province.agency.create", async || {
        create(province, &officer, &asked).await
    })
    .await;
    let b = house.b.id();
    walk.act("province.agency.suspend", async || {
        suspend(province, &officer, b, Rest::Hidden, "Sáp nhập").await
    })
    .await;
    walk.act("province.agency.reactivate", async || {
        reactivate(province, &officer, b, "Đã xong").await
    })
    .await;
    let place = Place::Agency(b);
    walk.act("province.member.grant", async || {
        grant(province, &officer, place, "ai@thu.example", Role::Editor).await
    })
    .await;
    let both = house.in_both.account;
    walk.act("province.member.revoke", async || {
        revoke(province, &officer, place, both, Role::Editor).await
    })
    .await;
    walk.read("province.member.list", async || {
        members::list(province, &officer).await
    })
    .await;
    walk.read("province.agency.list", async || {
        list::list(province, &officer).await
    })
    .await;
    walk.read("province.agency.list.show", async || {
        list::show(province, &officer, b).await
    })
    .await;
    walk.read("province.agency.list.superiors", async || {
        list::superiors(province, &officer).await
    })
    .await;
}

/// What a new agency takes over from its file is a transaction of its own, in the agency's chain.
pub(super) async fn a_section_takes_over_nothing_unrecorded(house: &House, walk: &mut Walk) {
    let officer = house.province_ctx(&house.officer).await.unwrap();
    let before = section(walk).await;
    walk.refuse(&["audit"]).await;
    let refused = create(&house.province, &officer, &new_agency("Sở Nọ")).await;
    let after = section(walk).await;
    walk.take_again(&["audit"]).await;
    assert_eq!(after, before, "the profile was carried without its record");
    let refused = format!("{refused:?}");
    assert!(refused.contains(REFUSED), "{refused}");
}

/// `tenants/` needs a province that its files made: a database of its own.
pub(super) async fn files(engine: Engine, walk: &mut Walk) {
    let ground = ground(engine).await.unwrap();
    let folder = ScratchDirectory::new().unwrap();
    let database = Database::open(&settings(&ground)).await.unwrap();
    let files = Files::folder(folder.path()).unwrap();
    let store = Store::new(database, files, Hints::local()).await.unwrap();
    let clock: Arc<dyn Clock> = Arc::new(SetClock::at(Moment::from_millis(1_592_182_800_000)));
    let province = &Province::new(store.clone(), clock);
    let ctx = &ProvinceCtx::of_system(
        store.registry().now(),
        "pbgdpl tenants",
        province.now(),
        RequestId::new("walk".into()),
    );
    let wanted = Folder::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../tenants/kon-tum")).unwrap();
    let mut empty = Walk::over(&ground).await;
    empty
        .read("province.manifest.plan", async || {
            plan(province, ctx, &wanted).await
        })
        .await;
    empty
        .act("province.manifest.apply", async || {
            apply(province, ctx, &wanted, "", &mut |_| {}).await
        })
        .await;
    empty
        .read("province.manifest.export", async || export(province, ctx).await)
        .await;
    walk.acts.extend(empty.acts);
    walk.reads.extend(empty.reads);
}

async fn section(walk: &mut Walk) -> BTreeSet<String> {
    let mut rows = walk.rows().await;
    rows.retain(|row| row.starts_with("section_profile: "));
    rows
}
