//! AUZ-14 with disabled accounts: they administer nothing, get no letters, and the last administrator of the province stays.

use pbgdpl_app::Error;
use pbgdpl_app::account::invite;
use pbgdpl_app::member::{grant, revoke};
use pbgdpl_model::clock::Clock;
use pbgdpl_model::policy::Role;
use pbgdpl_province::member::{Place, revoke as from_above};
use pbgdpl_testkit::house::{BOTH, House, PROVINCE};

use super::BY;

#[tokio::test]
async fn auz_14_a_disabled_account_is_no_administrator() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
        let second = &house.in_b.editor;
        grant::grant(&house.app, &admin, &second.email, Role::AgencyAdmin)
            .await
            .unwrap();
        assert!(
            invite::disable(&house.app, BY, &house.in_a.admin.email)
                .await
                .unwrap()
        );
        let acting = house.ctx(&house.a, second).await.unwrap();
        let left = revoke::revoke(&house.app, &acting, second.account, Role::AgencyAdmin)
            .await
            .unwrap();
        assert_eq!(left, revoke::Outcome::LastAdministrator, "{engine:?}");
        let members = house
            .store
            .read()
            .tenant(&house.a)
            .await
            .unwrap()
            .members()
            .await
            .unwrap();
        assert!(
            members
                .iter()
                .all(|member| member.account != house.in_a.admin.account),
            "{engine:?}: whoever is disabled gets no letters"
        );
        let given = grant::grant(&house.app, &acting, &house.in_a.admin.email, Role::Editor).await;
        assert!(
            matches!(given, Err(Error::Invalid { field: "email", .. })),
            "{given:?}"
        );
    }
}

#[tokio::test]
async fn auz_14_the_last_administrator_of_the_province_cannot_be_disabled_nor_removed() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let (first, second) = (&house.officer, &house.consolidator);
        let alone = invite::disable(&house.app, BY, &first.email).await;
        assert!(
            matches!(alone, Err(Error::Invalid { field: "email", .. })),
            "{engine:?}: {alone:?}"
        );
        let mut identity = house.store.identity().await.unwrap();
        let now = house.clock.now();
        identity
            .grant(
                second.account,
                PROVINCE.into(),
                Role::ProvinceAdmin,
                first.account,
                now,
            )
            .await
            .unwrap();
        identity.save().await.unwrap();
        // Both at once: one stays.
        let (one, two) = tokio::join!(
            invite::disable(&house.app, BY, &first.email),
            invite::disable(&house.app, BY, &second.email),
        );
        let refused = [&one, &two].into_iter().filter(|done| done.is_err()).count();
        assert_eq!(refused, 1, "{engine:?}: {one:?} {two:?}");
        let staying = if one.is_err() { first } else { second };
        let ctx = house.province_ctx(staying).await.unwrap();
        let removed = from_above::revoke(
            &house.province,
            &ctx,
            Place::Province,
            staying.account,
            Role::ProvinceAdmin,
        )
        .await;
        assert!(
            matches!(removed, Err(pbgdpl_province::Error::Invalid { .. })),
            "{engine:?}: {removed:?}"
        );
    }
}

#[tokio::test]
async fn auz_14_one_who_is_removed_while_the_other_is_disabled_is_counted_after_it() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let (first, second) = (&house.officer, &house.consolidator);
        let mut identity = house.store.identity().await.unwrap();
        let now = house.clock.now();
        identity
            .grant(
                second.account,
                PROVINCE.into(),
                Role::ProvinceAdmin,
                first.account,
                now,
            )
            .await
            .unwrap();
        identity.save().await.unwrap();
        let ctx = house.province_ctx(first).await.unwrap();
        let (disabled, removed) = tokio::join!(
            invite::disable(&house.app, BY, &first.email),
            from_above::revoke(
                &house.province,
                &ctx,
                Place::Province,
                second.account,
                Role::ProvinceAdmin
            ),
        );
        assert!(
            disabled.is_err() != removed.is_err(),
            "{engine:?}: {disabled:?} {removed:?}"
        );
    }
}
