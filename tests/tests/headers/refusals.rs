//! Refusals before and after routing, on each of the four origins: sizes, methods, frames, cookies, faults of ours.

use axum::response::Response;
use http::Method;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Answer, Ask, Web, settings};
use pbgdpl_web::Error;
use pbgdpl_web::arrival::Table;
use pbgdpl_web::extract::FormFields;
use pbgdpl_web::routes::{Audience, Route, all};

use crate::expected::{PLACES, Promise, check, filled, place};

const DESK: &str = "quantri.thu.example";

async fn refused(web: &Web, ask: Ask, status: u16, table: Table) -> Answer {
    let answer = web.ask(&ask).await.unwrap();
    let what = format!("{} {}{} {status}", ask.method, ask.host, ask.path);
    assert_eq!(answer.status.as_u16(), status, "{what}: {}", answer.text());
    // Before routing: the usual policy of the origin, whatever the path would have had.
    check(&answer, table, Promise::Ours, "/", &what);
    assert_eq!(answer.header("cache-control"), "no-store", "{what}");
    answer
}

#[tokio::test]
async fn t10_refusals_before_routing_carry_the_table_too() {
    let house = House::on(BOTH[0]).await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let long = "x".repeat(17_000);
    for (table, host, mount) in PLACES {
        let at = |path: &str| Ask::get(host, &format!("{mount}{path}"));
        refused(&web, at("/khong-co/gi"), 404, table).await;
        for method in [Method::TRACE, Method::DELETE, Method::PUT, Method::OPTIONS] {
            let mut ask = at("/");
            ask.method = method;
            let answer = refused(&web, ask, 405, table).await;
            assert_eq!(answer.header("allow"), "GET, HEAD, POST");
        }
        refused(&web, at("/").with("x-long", &long), 431, table).await;
        let many = (0..65).fold(at("/"), |ask, n| ask.with(&format!("x-{n}"), "1"));
        refused(&web, many, 431, table).await;
        if table != Table::Embed {
            refused(&web, at("/").with("sec-fetch-dest", "iframe"), 403, table).await;
        }
    }
    // Addresses that lead nowhere are answered by the origin they arrived at.
    refused(
        &web,
        Ask::get("thu.example", "/khong-co-that/"),
        404,
        Table::Province,
    )
    .await;
    let key = "/k/zzzzzzzzzzzzzzzzzzzzzzzzzz/";
    refused(&web, Ask::get("nhung.thu.example", key), 404, Table::Embed).await;
    let file = "/t/0000000000000000000000000z";
    refused(&web, Ask::get("tep.thu.example", file), 404, Table::Files).await;
    for (host, status) in [("la.example", 421), ("a b", 400)] {
        let nobodys = web.ask(&Ask::get(host, "/")).await.unwrap();
        assert_eq!(nobodys.status.as_u16(), status);
        check(
            &nobodys,
            Table::Province,
            Promise::ItsOwn,
            "/",
            "a host of nobody",
        );
        assert_eq!(nobodys.header("cache-control"), "no-store");
    }
    refused(
        &web,
        Ask::get("thu.example", "/tim-kiem?trang=x"),
        400,
        Table::Province,
    )
    .await;
}

#[tokio::test]
async fn the_desk_refuses_forged_forms_and_doubled_sessions() {
    let house = House::on(BOTH[0]).await.unwrap();
    for https in [true, false] {
        let web = Web::of(&house, https).unwrap();
        let session = house.session(&house.in_a.editor).await.unwrap();
        let (sid, step) = if https {
            ("__Host-sid", "__Host-lc")
        } else {
            ("sid", "lc")
        };
        let secure = if https { " Secure;" } else { "" };
        for twice in [
            format!("{sid}={session}; {sid}={session}"),
            format!("{sid}={session}; a=b; {sid}=x"),
            format!("{step}=1; {step}=2"),
        ] {
            let answer = web
                .ask(&Ask::get(DESK, "/tai-khoan").with("cookie", &twice))
                .await
                .unwrap();
            assert_eq!(answer.status, 400, "{twice}");
            check(&answer, Table::Desk, Promise::ours(https), "/tai-khoan", &twice);
            let cleared: Vec<&str> = answer
                .headers
                .get_all("set-cookie")
                .iter()
                .map(|value| value.to_str().unwrap())
                .collect();
            let gone = |name: &str| format!("{name}=; Path=/;{secure} HttpOnly; SameSite=Lax; Max-Age=0");
            assert_eq!(cleared, [gone(sid), gone(step)], "{twice}");
        }
        let long = format!("a={}", "x".repeat(9000));
        let answer = web
            .ask(&Ask::get(DESK, "/tai-khoan").with("cookie", &long))
            .await
            .unwrap();
        assert_eq!(answer.status, 431);
        check(
            &answer,
            Table::Desk,
            Promise::ours(https),
            "/tai-khoan",
            "long cookies",
        );
    }
    let web = Web::of(&house, true).unwrap();
    let session = house.session(&house.in_a.editor).await.unwrap();
    let sent = |headers: &[(&str, &str)]| {
        let mut ask = Ask::post(DESK, "/dang-xuat", &[]).signed_in(&session);
        ask.headers.clear();
        headers
            .iter()
            .fold(ask, |ask, (name, value)| ask.with(name, value))
    };
    let own = ("origin", "https://quantri.thu.example");
    for forged in [
        sent(&[]),
        sent(&[("sec-fetch-site", "same-site")]),
        sent(&[("sec-fetch-site", "cross-site"), own]),
        sent(&[("origin", "https://thu.example")]),
        sent(&[("origin", "null")]),
    ] {
        refused(&web, forged, 403, Table::Desk).await;
    }
    let left = web.ask(&sent(&[own])).await.unwrap();
    assert_eq!(left.status, 303, "our own form is taken: {}", left.text());
}

/// A method that a path does not know is refused with those that it knows, also where the page is kept.
#[tokio::test]
async fn every_405_names_what_is_allowed() {
    let house = House::on(BOTH[0]).await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let routes = all();
    for route in &routes {
        let (host, mount) = place(route.table);
        let path = format!("{mount}{}", filled(route));
        let other = if route.method == Method::GET {
            Method::POST
        } else {
            Method::GET
        };
        let both = routes
            .iter()
            .any(|o| o.table == route.table && o.path == route.path && o.method == other);
        if both {
            continue;
        }
        // Kept by now, where anything may be kept.
        web.ask(&Ask::get(host, &path)).await.unwrap();
        let ask = if other == Method::POST {
            Ask::post(host, &path, &[])
        } else {
            Ask::get(host, &path)
        };
        let answer = web.ask(&ask).await.unwrap();
        let what = format!("{other} {route:?}");
        assert_eq!(answer.status, 405, "{what}: {}", answer.text());
        let allowed = if other == Method::POST { "GET,HEAD" } else { "POST" };
        assert_eq!(answer.header("allow"), allowed, "{what}");
        check(&answer, route.table, Promise::Ours, "/", &what);
        assert_eq!(answer.header("cache-control"), "no-store", "{what}");
    }
}

async fn breaks() -> Response {
    panic!("on purpose")
}

async fn is_busy() -> Result<Response, Error> {
    Err(Error::Busy)
}

async fn takes_a_form(_: FormFields) -> Result<Response, Error> {
    Err(Error::NotFound)
}

/// What ours should never do, on every origin: a panic, no free connection, a body too large.
#[tokio::test]
async fn faults_of_ours_carry_the_table_too() {
    let house = House::on(BOTH[0]).await.unwrap();
    let mut routes = all();
    for (table, _, _) in PLACES {
        let everybody = Audience::Visitor;
        routes.push(Route::get(table, "/api/hong", everybody, breaks));
        routes.push(Route::post(table, "/api/hong", everybody, breaks));
        routes.push(Route::get(table, "/api/ban", everybody, is_busy));
        routes.push(Route::post(table, "/api/nhan", everybody, takes_a_form));
    }
    for https in [true, false] {
        let settings = settings(https).unwrap();
        let web = Web::with(house.app.clone(), &house.clock, settings, &routes);
        for (table, host, mount) in PLACES {
            let at = |path: &str| format!("{mount}{path}");
            let large = [("a", &*"x".repeat(70_000))];
            let mut head = Ask::get(host, &at("/api/hong"));
            head.method = Method::HEAD;
            for (ask, status) in [
                (Ask::get(host, &at("/api/hong")), 500),
                (head, 500),
                (Ask::post(host, &at("/api/hong"), &[]), 500),
                (Ask::get(host, &at("/api/ban")), 503),
                (Ask::post(host, &at("/api/nhan"), &large), 413),
                (Ask::post(host, &at("/api/nhan"), &[]), 404),
            ] {
                let answer = web.ask(&ask).await.unwrap();
                let what = format!("{} {host}{} {status}", ask.method, ask.path);
                assert_eq!(answer.status.as_u16(), status, "{what}: {}", answer.text());
                check(&answer, table, Promise::ours(https), "/", &what);
                assert_eq!(answer.header("cache-control"), "no-store", "{what}");
                let wait = if status == 503 { "5" } else { "" };
                assert_eq!(answer.header("retry-after"), wait, "{what}");
                assert!(!answer.text().contains("on purpose"), "{what}: says too much");
                assert_eq!(answer.body.is_empty(), ask.method == Method::HEAD, "{what}");
                if !answer.body.is_empty() {
                    let id = answer.header("x-request-id");
                    assert!(answer.text().contains(id), "{what}: without its id");
                }
            }
        }
    }
}
