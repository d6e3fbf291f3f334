//! Every route of the table, as a stranger, as staff and as an officer, over https and plain.

use http::Method;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Answer, Ask, Web, settings};
use pbgdpl_web::csp::Csp;
use pbgdpl_web::routes::{Share, all};

use crate::expected::{Letter, Promise, check, filled, kept, place, policy};

#[tokio::test]
async fn t10_every_route_and_error_path_carries_the_table_of_headers() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        for https in [true, false] {
            let web = Web::of(&house, https).unwrap();
            let session = house.session(&house.in_a.admin).await.unwrap();
            let officer = house.session(&house.officer).await.unwrap();
            for route in all() {
                let (host, mount) = place(route.table);
                let path = format!("{mount}{}", filled(&route));
                for session in [None, Some(&session), Some(&officer)] {
                    let mut ask = if route.method == Method::POST {
                        Ask::post(host, &path, &[])
                    } else {
                        Ask::get(host, &path)
                    };
                    // FILES takes no session (SECURITY 5.1); that it refuses one has a test of its own.
                    ask.session = session.filter(|_| !host.starts_with("tep.")).cloned();
                    let answer = web.ask(&ask).await.unwrap();
                    let what = format!("{route:?} {}", answer.status);
                    assert!(!answer.status.is_server_error(), "{what}");
                    check(&answer, route.table, Promise::ours(https), &filled(&route), &what);
                    assert_eq!(
                        (answer.header("cache-control"), answer.header("vary")),
                        kept(&route, answer.status.is_success()),
                        "{what}"
                    );
                    let shared = if route.share == Share::Everybody { "*" } else { "" };
                    assert_eq!(answer.header("access-control-allow-origin"), shared, "{what}");
                    readable_elsewhere(&answer, &what);
                    // How one caller stands is told to nobody else.
                    let kept = answer.header("cache-control");
                    assert!(
                        answer.header("ratelimit").is_empty() || !kept.contains("public"),
                        "{what}: {kept}"
                    );
                }
            }
        }
    }
}

/// Scripts of other origins may read what such an answer carries: each of these that is there, and none that never is.
fn readable_elsewhere(answer: &Answer, what: &str) {
    let named = answer.header("access-control-expose-headers");
    let named: Vec<&str> = named.split(", ").filter(|name| !name.is_empty()).collect();
    if answer.header("access-control-allow-origin").is_empty() {
        assert!(named.is_empty(), "{what}: {named:?}");
        return;
    }
    for name in ["ETag", "Link", "RateLimit", "RateLimit-Policy", "Retry-After"] {
        let carried = !answer.header(&name.to_lowercase()).is_empty();
        assert!(
            !carried || named.contains(&name),
            "{what}: {name} is not in {named:?}"
        );
    }
    assert!(!named.contains(&"Link"), "{what}: nothing carries one");
}

#[tokio::test]
async fn public_pages_cannot_see_cookies() {
    let house = House::on(BOTH[0]).await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let session = house.session(&house.in_a.admin).await.unwrap();
    for path in ["/", "/so-a/", "/tim-kiem?q=x"] {
        let without = web.ask(&Ask::get("thu.example", path)).await.unwrap();
        let with = web
            .ask(&Ask::get("thu.example", path).signed_in(&session))
            .await
            .unwrap();
        assert_eq!(without.body, with.body);
        assert_eq!(without.header("etag"), with.header("etag"));
        let again = web
            .ask(&Ask::get("thu.example", path).with("if-none-match", without.header("etag")))
            .await
            .unwrap();
        assert_eq!(again.status, 304);
        // Its headers replace those of the stored page: the policy must not change (RFC 9111 4.3.4).
        for name in ["content-security-policy", "x-frame-options", "cache-control"] {
            assert_eq!(again.header(name), without.header(name), "{path} {name}");
        }
    }
}

/// The policies themselves, letter by letter: what SECURITY 5.5 says, with the origins of the test.
#[test]
fn policies_are_golden() {
    for https in [true, false] {
        let settings = settings(https).unwrap();
        let listed = vec!["https://a.vn".to_owned(), "https://b.vn".to_owned()];
        for (csp, letter, ancestors) in [
            (Csp::Locked, Letter::L, "'none'"),
            (Csp::Public, Letter::P, "'none'"),
            (Csp::Desk, Letter::D, "'none'"),
            (Csp::Preview, Letter::Preview, "'self'"),
            (Csp::SignIn, Letter::I, "'none'"),
            (Csp::Files, Letter::F, "'none'"),
            (Csp::Embed(listed), Letter::E, "https://a.vn https://b.vn"),
            (Csp::Embed(Vec::new()), Letter::E, "'none'"),
        ] {
            assert_eq!(csp.header(&settings), policy(letter, ancestors, https), "{csp:?}");
        }
    }
    // Nobody lists more than twenty.
    let many = (0..30).map(|n| format!("https://a{n}.vn")).collect();
    let header = Csp::Embed(many).header(&settings(true).unwrap());
    assert!(header.contains("https://a19.vn;") && !header.contains("https://a20.vn"));
}
