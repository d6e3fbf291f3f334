//! Officers of the province and auditors: what they may not do they may not for any agency; what they follow stays inside
//! the agency that the address names.

use http::Method;
use pbgdpl_model::id::to_base32;
use pbgdpl_testkit::house::BOTH;
use pbgdpl_testkit::web::{Ask, Web};
use pbgdpl_web::routes::{Audience, all};

use crate::slots::{DESK, Slot, alike, ask, nobodys, path, slot, state_of, two};

#[tokio::test]
async fn t1_an_officer_meets_only_agencies_that_exist() {
    for engine in BOTH {
        let (house, a, _) = two(engine).await;
        let web = Web::of(&house, true).unwrap();
        let mut cells = 0;
        for (role, person) in [
            ("province-admin", &house.officer),
            ("province-reporter", &house.consolidator),
            ("auditor", &house.auditor),
        ] {
            let session = house.session(person).await.unwrap();
            let ctx = house.province_ctx(person).await.unwrap();
            for route in all() {
                let Audience::Officer(action) = route.audience else {
                    continue;
                };
                if !route.parameters().contains(&"agency") {
                    continue;
                }
                assert_eq!(slot(&route, "agency"), Slot::Agency);
                let make = |value: &str| {
                    ask(
                        &route,
                        DESK,
                        &path(&route, &a, Some(("agency", value))),
                        Some(&session),
                    )
                };
                let what = format!("{engine:?} {role} {route:?}");
                if ctx.could(action) {
                    let nobody = web.ask(&make("khong-co-that")).await.unwrap();
                    assert_eq!(nobody.status, 404, "{what}");
                } else {
                    let pair = (a.tenant.slug(), "khong-co-that");
                    let refused = alike(&web, make, pair, "CANARY", &what).await;
                    assert_eq!(refused.status, 403, "{what}");
                }
                cells += 1;
            }
        }
        assert!(cells >= 27, "the matrix shrank to {cells} cells");
    }
}

/// DSH-03, AUD-04: an auditor reads evidence of the agency that the address names, and nothing else of it.
#[tokio::test]
async fn t1_an_auditor_reads_evidence_of_the_agency_in_the_address_only() {
    for engine in BOTH {
        let (house, a, b) = two(engine).await;
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.auditor).await.unwrap();
        let of = |slug: &str, media: &str| {
            Ask::get(DESK, &format!("/giam-sat/minh-chung/{slug}/{media}")).signed_in(&session)
        };
        for (own, other, canary) in [(&a, &b, "CANARY-B"), (&b, &a, "CANARY-A")] {
            let slug = own.tenant.slug().to_owned();
            let good = web.ask(&of(&slug, &own.evidence.to_string())).await.unwrap();
            assert_eq!(good.status, 303, "{engine:?} evidence of its own agency opens");
            // Evidence of the other, pictures of the other, and a picture of its own that proves nothing.
            for media in [other.evidence, other.picture, own.picture] {
                let make = |value: &str| of(&slug, value);
                let pair = (media.to_string(), nobodys());
                let answer = alike(&web, make, (&pair.0, &pair.1), canary, "evidence").await;
                assert_eq!(answer.status, 404, "{engine:?}");
            }
            let rows = format!("/giam-sat/so-lieu/direct_sessions/2020/{slug}");
            let rows = web.ask(&Ask::get(DESK, &rows).signed_in(&session)).await.unwrap();
            assert_eq!(rows.status, 200);
            assert!(
                !rows.text().contains(canary),
                "{engine:?}: rows of another agency"
            );
            assert!(
                !rows.text().contains(&to_base32(other.activity.0)),
                "{engine:?}: a row of another agency"
            );
        }
    }
}

#[tokio::test]
async fn dsh_03_an_auditor_writes_nothing_anywhere() {
    for engine in BOTH {
        let (house, a, b) = two(engine).await;
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.auditor).await.unwrap();
        let before = (state_of(&house, &a).await, state_of(&house, &b).await);
        for route in all().iter().filter(|r| r.method == Method::POST) {
            if matches!(
                route.audience,
                Audience::SigningIn | Audience::Person | Audience::Machine
            ) {
                continue;
            }
            for of in [&a, &b] {
                let asked = ask(route, DESK, &path(route, of, None), Some(&session));
                let answer = web.ask(&asked).await.unwrap();
                assert!(
                    matches!(answer.status.as_u16(), 403 | 404),
                    "{engine:?} {route:?}: {}",
                    answer.status
                );
            }
        }
        assert_eq!(
            before,
            (state_of(&house, &a).await, state_of(&house, &b).await),
            "{engine:?}: an auditor wrote something"
        );
    }
}
