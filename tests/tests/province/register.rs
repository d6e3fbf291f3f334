//! Agencies and roles: TEN-02, TEN-05, AUZ-14.

use super::*;
use pbgdpl_model::agency::ReportRow;
use pbgdpl_model::agency::Status;
use pbgdpl_model::manifest::Accent;
use pbgdpl_model::manifest::Contact;
use pbgdpl_model::manifest::Membership;
use pbgdpl_model::manifest::UnitKind;
use pbgdpl_model::policy::Action;
use pbgdpl_model::policy::Role;
use pbgdpl_province::Error;
use pbgdpl_province::agency::create::NewAgency;
use pbgdpl_province::agency::create::create;
use pbgdpl_province::agency::reactivate::reactivate;
use pbgdpl_province::agency::suspend::Rest;
use pbgdpl_province::agency::suspend::suspend;
use pbgdpl_province::member::Place;
use pbgdpl_province::member::grant::grant;
use pbgdpl_province::member::list as members;
use pbgdpl_province::member::revoke::revoke;
use pbgdpl_scope::Found;
use pbgdpl_testkit::house::BOTH;
use pbgdpl_testkit::house::House;

fn new_agency(short: &str, slug: &str) -> NewAgency {
    NewAgency {
        official: format!("{short} tỉnh Thử"),
        short: short.to_owned(),
        slug: slug.to_owned(),
        kind: UnitKind::So,
        membership: Membership::Subordinate,
        report_row: ReportRow::SoNganh,
        accent: Accent::Cham,
        parent: String::new(),
        contact: Contact {
            address: Some("1 đường Thử".into()),
            ..Contact::default()
        },
        administrator: String::new(),
    }
}

#[tokio::test]
async fn ten_02_an_agency_is_made_in_one_act() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let ctx = house.province_ctx(&house.officer).await.unwrap();
        let asked = NewAgency {
            administrator: house.in_a.admin.email.clone(),
            ..new_agency("Sở Mới", "")
        };
        let id = create(&house.province, &ctx, &asked).await.unwrap();
        let snapshot = house.store.registry().now();
        let Some(Found::Here(tenant)) = snapshot.by_slug("so-moi") else {
            panic!("not in the registry")
        };
        assert_eq!((tenant.id(), tenant.status()), (id, Status::Open));
        let profile = house
            .store
            .read()
            .tenant(&tenant)
            .await
            .unwrap()
            .profile()
            .await
            .unwrap();
        assert_eq!(profile.address, "1 đường Thử");
        // Its first administrator can act there at once.
        let admin = house.ctx(&tenant, &house.in_a.admin).await.unwrap();
        assert!(admin.could(Action::EmbedWrite) && admin.could(Action::MemberGrant));

        for (asked, field) in [
            (new_agency("Sở Mới", ""), "dia-chi"),
            (new_agency("Tỉnh", ""), "dia-chi"),
            (new_agency("Sở Khác", "tim-kiem"), "dia-chi"),
            (new_agency("Sở Khác", "Sở"), "dia-chi"),
            (new_agency("", "so-khac"), "ten-gon"),
            (
                NewAgency {
                    parent: "khong-co".into(),
                    ..new_agency("Sở Khác", "")
                },
                "co-quan-chu-quan",
            ),
            (
                NewAgency {
                    administrator: "không phải thư".into(),
                    ..new_agency("Sở Khác", "")
                },
                "quan-tri",
            ),
        ] {
            match create(&house.province, &ctx, &asked).await {
                Err(Error::Invalid { field: wrong, .. }) => assert_eq!(wrong, field),
                other => panic!("{engine:?} {}: {other:?}", asked.short),
            }
        }
        house.store.machinery().poll_registry().await.unwrap();
        assert_eq!(house.store.registry().now().len(), 3, "nothing half-made");
        // Nobody uses the address yet: its owner is invited with the agency, without an operator.
        let staffed = NewAgency {
            administrator: "ai@do.vn".into(),
            ..new_agency("Sở Khác", "")
        };
        let id = create(&house.province, &ctx, &staffed).await.unwrap();
        let identity = house.store.read().identity().await.unwrap();
        let members = identity.members(id.into()).await.unwrap();
        drop(identity);
        let held: Vec<_> = members.iter().map(|m| (m.email.as_str(), m.role)).collect();
        assert_eq!(held, [("ai@do.vn", Role::AgencyAdmin)], "{engine:?}");
        let told = house
            .store
            .machinery()
            .lease(house.clock.now(), 60, 50)
            .await
            .unwrap();
        assert!(
            told.iter()
                .any(|header| header.kind == "account-invited"
                    && header.subject == members[0].account.to_string()),
            "{engine:?}"
        );
        let others = house.province_ctx(&house.auditor).await.unwrap();
        assert!(matches!(
            create(&house.province, &others, &new_agency("Sở Khác", "")).await,
            Err(Error::Denied(_))
        ));
    }
}

#[tokio::test]
async fn ten_05_a_suspended_section_is_read_but_not_written() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let ctx = house.province_ctx(&house.officer).await.unwrap();
        let id = house.a.id();
        assert!(matches!(
            suspend(&house.province, &ctx, id, Rest::ReadOnly, "  ").await,
            Err(Error::Invalid { field: "ly-do", .. })
        ));
        for (rest, status) in [(Rest::ReadOnly, Status::ReadOnly), (Rest::Hidden, Status::Hidden)] {
            suspend(&house.province, &ctx, id, rest, "Sắp xếp lại")
                .await
                .unwrap();
            assert!(matches!(
                suspend(&house.province, &ctx, id, rest, "lần nữa").await,
                Err(Error::Invalid { .. })
            ));
            let tenant = house.store.registry().now().by_id(id).unwrap();
            assert_eq!(tenant.status(), status);
            let editor = house.ctx(&tenant, &house.in_a.editor).await.unwrap();
            let refused = write(&house.app, &editor).await;
            assert!(
                matches!(refused, Err(pbgdpl_app::Error::Suspended)),
                "{engine:?}: {refused:?}"
            );
        }
        reactivate(&house.province, &ctx, id, "").await.unwrap();
        let tenant = house.store.registry().now().by_id(id).unwrap();
        let editor = house.ctx(&tenant, &house.in_a.editor).await.unwrap();
        write(&house.app, &editor).await.unwrap();
        assert!(reactivate(&house.province, &ctx, id, "").await.is_err());
    }
}

/// Suspending a section and changing its embeds at once: both take the registry before the generation, and nobody dies of
/// waiting for the other.
#[tokio::test]
async fn a_suspension_and_a_change_of_an_embed_do_not_lock_each_other() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
        let permit = admin
            .permit::<pbgdpl_scope::action::EmbedWrite>(&pbgdpl_scope::Nothing)
            .unwrap();
        let embed = pbgdpl_store::tenant::EmbedRow {
            id: pbgdpl_model::id::EmbedId::fresh(admin.now()),
            key: "khoa-thu".into(),
            site: "Trang của Sở A".into(),
            origins: vec!["https://so-a.example".into()],
            open: true,
            created_by: admin.actor().account(),
            created_at: admin.now(),
        };
        let mut store = house.store.tenant(&house.a).await.unwrap();
        store.add_embed(&permit, &embed).await.unwrap();
        store.save().await.unwrap();
        let officer = house.province_ctx(&house.officer).await.unwrap();
        let warrant = officer.warrant::<pbgdpl_scope::action::AgencySuspend>().unwrap();
        let embeds = async {
            for _ in 0..40 {
                let mut store = house.store.tenant(&house.a).await?;
                store.change_embed(&permit, &embed, admin.now()).await?;
                store.save().await?;
            }
            Ok::<_, pbgdpl_store::StoreError>(())
        };
        let suspensions = async {
            for _ in 0..40 {
                let mut store = house.store.province(&warrant).await?;
                store
                    .put_status(house.a.id(), Status::Open, officer.now())
                    .await?;
                store.save().await?;
            }
            Ok::<_, pbgdpl_store::StoreError>(())
        };
        let (first, second) = tokio::join!(embeds, suspensions);
        assert!(
            first.is_ok() && second.is_ok(),
            "{engine:?}: {first:?} {second:?}"
        );
    }
}

#[tokio::test]
async fn auz_14_the_last_administrator_of_the_province_stays() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let ctx = house.province_ctx(&house.officer).await.unwrap();
        let (here, admin) = (Place::Province, Role::ProvinceAdmin);
        let last = revoke(&house.province, &ctx, here, house.officer.account, admin).await;
        assert!(
            matches!(last, Err(Error::Invalid { field: "vai-tro", .. })),
            "{last:?}"
        );
        grant(&house.province, &ctx, here, &house.consolidator.email, admin)
            .await
            .unwrap();
        // Two who remove each other at once: one stays.
        let other = house.province_ctx(&house.consolidator).await.unwrap();
        let (first, second) = tokio::join!(
            revoke(&house.province, &ctx, here, house.consolidator.account, admin),
            revoke(&house.province, &other, here, house.officer.account, admin),
        );
        assert_eq!(
            [first.is_ok(), second.is_ok()]
                .iter()
                .filter(|done| **done)
                .count(),
            1,
            "{engine:?}: {first:?} {second:?}"
        );
        let people = members::list(&house.province, &ctx).await.unwrap();
        assert_eq!(people.iter().filter(|held| held.role == admin).count(), 1);
        assert!(matches!(
            grant(
                &house.province,
                &ctx,
                Place::Agency(house.a.id()),
                &house.auditor.email,
                Role::Auditor
            )
            .await,
            Err(Error::Invalid { field: "vai-tro", .. })
        ));
        assert!(matches!(
            grant(&house.province, &ctx, here, &house.auditor.email, Role::Editor).await,
            Err(Error::Invalid { field: "vai-tro", .. })
        ));
    }
}
