//! Staff of one agency against the other's things, members of both, and people who are nobody there.

use pbgdpl_model::id::to_base32;
use pbgdpl_testkit::furnish::Furnished;
use pbgdpl_testkit::house::BOTH;
use pbgdpl_testkit::web::Web;
use pbgdpl_web::arrival::Table;
use pbgdpl_web::routes::{Audience, Route, all};

use crate::slots::{DESK, Slot, Thing, alike, ask, id, nobodys, path, roles, slot, state_of, two};

fn of_an_agency(route: &Route) -> bool {
    route.table == Table::Desk && route.path.starts_with("/quan-tri/{agency}")
}

#[tokio::test]
async fn t1_every_route_keeps_agencies_apart() {
    for engine in BOTH {
        let (house, a, b) = two(engine).await;
        let web = Web::of(&house, true).unwrap();
        let mut cells = 0_u32;
        for (own, other, canary) in [(&a, &b, "CANARY-B"), (&b, &a, "CANARY-A")] {
            let before = state_of(&house, other).await;
            for (role, person) in roles(own) {
                let session = house.session(person).await.unwrap();
                for route in all().iter().filter(|r| r.table == Table::Desk) {
                    if of_an_agency(route) {
                        for name in route.parameters() {
                            cells += cell(&web, route, name, (own, other), &session, (role, canary)).await;
                        }
                    }
                    if let Audience::Officer(_) = route.audience {
                        for of in [own, other] {
                            let asked = ask(route, DESK, &path(route, of, None), Some(&session));
                            let answer = web.ask(&asked).await.unwrap();
                            assert_eq!(
                                answer.status, 404,
                                "{engine:?} {role} {route:?}: the province's desk is not theirs"
                            );
                            cells += 1;
                        }
                    }
                }
            }
            assert_eq!(
                before,
                state_of(&house, other).await,
                "{engine:?}: something was written into the other agency"
            );
        }
        println!("{engine:?}: {cells} cells, 0 leaks");
        assert!(cells > 700, "the matrix shrank to {cells} cells");
    }
}

/// One id position of one desk route for one role: the foreign value against a random one.
async fn cell(
    web: &Web,
    route: &Route,
    name: &str,
    (own, other): (&Furnished, &Furnished),
    session: &str,
    (role, canary): (&str, &str),
) -> u32 {
    let (foreign, random) = match slot(route, name) {
        Slot::Agency => (other.tenant.slug().to_owned(), "khong-co-that".to_owned()),
        Slot::Id(thing) => (to_base32(id(other, thing)), nobodys()),
        // Each agency fills one form; the other's answers like one that does not exist.
        Slot::Form => (other.form.to_owned(), "09z".to_owned()),
        Slot::Word(_) => return 0,
    };
    let make = |value: &str| ask(route, DESK, &path(route, own, Some((name, value))), Some(session));
    let what = format!("{role} {route:?} {name}");
    let answer = alike(web, make, (&foreign, &random), canary, &what).await;
    assert!(
        !answer.status.is_success() || name != "agency",
        "{what}: open to strangers"
    );
    1
}

/// A member of both acts in the agency of the path, with the roles held there.
#[tokio::test]
async fn t1_a_member_of_both_acts_in_the_agency_of_the_path() {
    for engine in BOTH {
        let (house, a, b) = two(engine).await;
        let web = Web::of(&house, true).unwrap();
        let session = house.session(&house.in_both).await.unwrap();
        let mut cells = 0;
        for route in all().iter().filter(|r| of_an_agency(r)) {
            for name in route.parameters() {
                let Slot::Id(thing) = slot(route, name) else {
                    continue;
                };
                for (own, other, canary) in [(&a, &b, "CANARY-B"), (&b, &a, "CANARY-A")] {
                    let foreign = to_base32(id(other, thing));
                    let make = |value: &str| {
                        ask(
                            route,
                            DESK,
                            &path(route, own, Some((name, value))),
                            Some(&session),
                        )
                    };
                    let what = format!("{engine:?} member of both, {route:?} {name}");
                    alike(&web, make, (&foreign, &nobodys()), canary, &what).await;
                    cells += 1;
                }
            }
        }
        assert!(cells > 40, "the matrix shrank to {cells} cells");
    }
}

/// Who is nobody there: not signed in, or of the province. No page of an agency, and no word whether it exists.
#[tokio::test]
async fn t1_who_has_no_role_in_an_agency_learns_nothing_of_it() {
    for engine in BOTH {
        let (house, a, b) = two(engine).await;
        let web = Web::of(&house, true).unwrap();
        let before = (state_of(&house, &a).await, state_of(&house, &b).await);
        let mut strangers = vec![("anonymous", None)];
        for (role, person) in [
            ("province-admin", &house.officer),
            ("province-reporter", &house.consolidator),
            ("auditor", &house.auditor),
        ] {
            strangers.push((role, Some(house.session(person).await.unwrap())));
        }
        let mut cells = 0;
        for (role, session) in &strangers {
            for route in all().iter().filter(|r| of_an_agency(r)) {
                for name in route.parameters() {
                    let (real, random) = match slot(route, name) {
                        Slot::Agency => (a.tenant.slug().to_owned(), "khong-co-that".to_owned()),
                        Slot::Id(thing) => (to_base32(id(&a, thing)), nobodys()),
                        Slot::Form | Slot::Word(_) => continue,
                    };
                    let make = |value: &str| {
                        ask(
                            route,
                            DESK,
                            &path(route, &a, Some((name, value))),
                            session.as_deref(),
                        )
                    };
                    let what = format!("{engine:?} {role} {route:?} {name}");
                    let answer = alike(&web, make, (&real, &random), "CANARY", &what).await;
                    match session {
                        Some(_) => assert_eq!(answer.status, 404, "{what}"),
                        None => {
                            assert_eq!(answer.status, 303, "{what}");
                            assert!(answer.header("location").starts_with("/dang-nhap"), "{what}");
                        }
                    }
                    cells += 1;
                }
            }
        }
        assert_eq!(
            before,
            (state_of(&house, &a).await, state_of(&house, &b).await),
            "{engine:?}: something was written"
        );
        assert!(cells > 250, "the matrix shrank to {cells} cells");
    }
}

/// The list of things of which another agency's may be named in a path is not shorter than the routes have.
#[test]
fn every_kind_of_thing_stands_in_some_path() {
    for thing in [
        Thing::Article,
        Thing::Activity,
        Thing::Embed,
        Thing::FormerKey,
        Thing::Evidence,
    ] {
        let named = all().iter().any(|route| {
            route
                .parameters()
                .iter()
                .any(|name| slot(route, name) == Slot::Id(thing))
        });
        assert!(named, "{thing:?} is in no path any more: take it from the matrix");
    }
}
