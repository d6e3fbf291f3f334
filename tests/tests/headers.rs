//! SECURITY T10: every route and every error path carries the headers, cookies and policy of the table in SECURITY 5.

use http::Method;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::web::{Answer, Ask, Web, settings};
use pbgdpl_web::arrival::Table;
use pbgdpl_web::csp::Csp;
use pbgdpl_web::headers::{IMMUTABLE_CACHE, PAGE_CACHE};
use pbgdpl_web::routes::{Keep, Route, all};

const HOST: [(Table, &str, &str); 5] = [
    (Table::Province, "thu.example", ""),
    (Table::Section, "thu.example", "/so-a"),
    (Table::Desk, "quantri.thu.example", ""),
    (Table::Embed, "nhung.thu.example", ""),
    (Table::Files, "tep.thu.example", ""),
];

/// The spec, written out again from SECURITY 5.4 apart from the code that sets it.
fn check(answer: &Answer, table: Table, https: bool, what: &str) {
    let desk = table == Table::Desk;
    let shared = matches!(table, Table::Embed | Table::Files);
    let expect = |name: &str, value: &str| assert_eq!(answer.header(name), value, "{what}: {name}");
    let promised = match (https, what.contains("421")) {
        (false, _) => "",
        // A host that is not ours is promised nothing for its other names.
        (true, true) => "max-age=31536000",
        (true, false) => "max-age=63072000; includeSubDomains; preload",
    };
    expect("strict-transport-security", promised);
    expect("x-content-type-options", "nosniff");
    expect(
        "referrer-policy",
        if desk {
            "no-referrer"
        } else {
            "strict-origin-when-cross-origin"
        },
    );
    expect("cross-origin-opener-policy", "same-origin");
    expect(
        "cross-origin-resource-policy",
        if shared { "cross-origin" } else { "same-origin" },
    );
    expect("origin-agent-cluster", "?1");
    expect("x-frame-options", "DENY");
    let permissions = answer.header("permissions-policy");
    for feature in [
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "microphone",
        "payment",
        "usb",
    ] {
        assert!(
            permissions.contains(&format!("{feature}=()")),
            "{what}: {feature}"
        );
    }
    assert_eq!(
        permissions.contains("publickey-credentials-get=(self)"),
        desk,
        "{what}"
    );
    for gone in ["server", "x-powered-by", "expect-ct", "x-xss-protection"] {
        assert!(answer.headers.get(gone).is_none(), "{what}: {gone}");
    }
    if !answer.body.is_empty() {
        let kind = answer.header("content-type");
        assert!(!kind.is_empty(), "{what}: no content type");
        assert!(
            !kind.starts_with("text/") || kind.contains("charset=utf-8"),
            "{what}: {kind}"
        );
    }
    let csp = answer.header("content-security-policy");
    for directive in [
        "default-src 'none'",
        "base-uri 'none'",
        "form-action",
        "frame-ancestors 'none'",
    ] {
        assert!(csp.contains(directive), "{what}: {csp}");
    }
    for never in ["unsafe-inline", "unsafe-eval", "*"] {
        assert!(!csp.contains(never), "{what}: {csp}");
    }
    if table != Table::Desk {
        assert!(
            answer.headers.get("set-cookie").is_none(),
            "{what}: a cookie outside the desk"
        );
    }
    if answer.headers.get("set-cookie").is_some() {
        assert_eq!(
            answer.header("cache-control"),
            "no-store",
            "{what}: a cookie in a cacheable answer"
        );
    }
}

fn filled(route: &Route) -> String {
    route
        .path
        .split('/')
        .map(|part| match part {
            "{agency}" => "so-a",
            "{kind}" => "tin",
            "{year}" => "2020",
            "{period}" => "nam",
            "{form}" => "09d",
            part if part.starts_with('{') => "khong-co",
            part => part,
        })
        .collect::<Vec<_>>()
        .join("/")
}

#[tokio::test]
async fn t10_every_route_and_error_path_carries_the_table_of_headers() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        for https in [true, false] {
            let web = Web::of(&house, https).unwrap();
            let session = house.session(&house.in_a.admin).await.unwrap();
            let officer = house.session(&house.officer).await.unwrap();
            for route in all() {
                let (_, host, mount) = HOST
                    .into_iter()
                    .find(|(table, _, _)| *table == route.table)
                    .unwrap();
                let path = format!("{mount}{}", filled(&route));
                for session in [None, Some(&session), Some(&officer)] {
                    let mut ask = if route.method == Method::POST {
                        Ask::post(host, &path, &[])
                    } else {
                        Ask::get(host, &path)
                    };
                    ask.session = session.cloned();
                    let answer = web.ask(&ask).await.unwrap();
                    check(
                        &answer,
                        route.table,
                        https,
                        &format!("{route:?} {}", answer.status),
                    );
                    let expected = match route.keep {
                        Keep::Page(_) if answer.status.is_success() => PAGE_CACHE,
                        Keep::Immutable if answer.status.is_success() => IMMUTABLE_CACHE,
                        _ => "no-store",
                    };
                    assert_eq!(
                        answer.header("cache-control"),
                        expected,
                        "{route:?} {}",
                        answer.status
                    );
                }
            }
        }
    }
}

#[tokio::test]
async fn t10_refusals_before_routing_carry_it_too() {
    let house = House::on(BOTH[0]).await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let desk = "quantri.thu.example";
    let session = house.session(&house.in_a.editor).await.unwrap();
    let twice = format!("__Host-sid={session}; __Host-sid={session}");
    let long = format!("a={}", "x".repeat(9000));
    let mut cross = Ask::post(desk, "/dang-xuat", &[]).signed_in(&session);
    cross.headers = vec![("sec-fetch-site".into(), "same-site".into())];
    let mut silent = Ask::post(desk, "/dang-xuat", &[]).signed_in(&session);
    silent.headers.clear();
    let mut trace = Ask::get(desk, "/dang-nhap");
    trace.method = Method::TRACE;
    let mut delete = Ask::get("thu.example", "/");
    delete.method = Method::DELETE;
    let cases = [
        (Ask::get("la.example", "/"), 421, Table::Province),
        (
            Ask::get("thu.example", "/khong-co-trang-nay/"),
            404,
            Table::Province,
        ),
        (Ask::get("thu.example", "/tim-kiem?trang=x"), 400, Table::Province),
        (Ask::get(desk, "/khong-co"), 404, Table::Desk),
        (
            Ask::get(desk, "/quan-tri/so-a/bai").with("sec-fetch-dest", "iframe"),
            403,
            Table::Desk,
        ),
        (
            Ask::get("thu.example", "/").with("sec-fetch-dest", "iframe"),
            403,
            Table::Province,
        ),
        (
            Ask::get(desk, "/tai-khoan").with("cookie", &twice),
            400,
            Table::Desk,
        ),
        (
            Ask::get(desk, "/tai-khoan").with("cookie", &long),
            431,
            Table::Desk,
        ),
        (cross, 403, Table::Desk),
        (silent, 403, Table::Desk),
        (trace, 405, Table::Desk),
        (delete, 405, Table::Province),
    ];
    for (ask, status, table) in cases {
        let answer = web.ask(&ask).await.unwrap();
        assert_eq!(answer.status.as_u16(), status, "{ask:?} {}", answer.text());
        check(&answer, table, true, &format!("{} {}", ask.path, status));
        assert_eq!(answer.header("cache-control"), "no-store");
    }
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
    let settings = settings(true).unwrap();
    let rest = "manifest-src 'self'; frame-src 'none'; worker-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; \
                frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'; upgrade-insecure-requests; report-to csp";
    assert_eq!(
        Csp::Public.header(&settings),
        format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https://tep.thu.example data:; \
             media-src https://tep.thu.example; font-src 'self'; connect-src 'self'; {rest}"
        )
    );
    assert_eq!(
        Csp::Desk.header(&settings),
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https://tep.thu.example data:; \
         media-src https://tep.thu.example; font-src 'self'; connect-src 'self' https://tep.thu.example; manifest-src 'self'; \
         frame-src 'self' https://nhung.thu.example; worker-src 'none'; object-src 'none'; base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types pbgdpl; upgrade-insecure-requests; report-to csp"
    );
    assert_eq!(
        Csp::Locked.header(&settings),
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    );
    let framed = Csp::Embed(vec!["https://a.vn".into(), "https://b.vn".into()]).header(&settings);
    assert!(
        framed.contains("frame-ancestors https://a.vn https://b.vn;"),
        "{framed}"
    );
}

#[tokio::test]
async fn a_frame_is_for_listed_origins_only() {
    use pbgdpl_model::id::EmbedId;
    use pbgdpl_scope::action::EmbedWrite;
    let house = House::on(BOTH[0]).await.unwrap();
    let admin = house.ctx(&house.a, &house.in_a.admin).await.unwrap();
    let permit = admin.permit::<EmbedWrite>(&pbgdpl_scope::Nothing).unwrap();
    let mut store = house.store.tenant(&house.a).await.unwrap();
    let embed = pbgdpl_store::tenant::EmbedRow {
        id: EmbedId::fresh(admin.now()),
        key: "0123456789abcdefghjkmnpqrs".into(),
        site: "Trang cơ quan".into(),
        origins: vec!["https://co-quan.example".into()],
        open: true,
        created_by: house.in_a.admin.account,
        created_at: admin.now(),
    };
    store.add_embed(&permit, &embed).await.unwrap();
    store.save().await.unwrap();
    house.store.machinery().poll_registry().await.unwrap();
    let web = Web::of(&house, true).unwrap();
    let frame = |referer: &str| {
        Ask::get("nhung.thu.example", "/k/0123456789abcdefghjkmnpqrs/")
            .with("sec-fetch-dest", "iframe")
            .with("referer", referer)
    };
    let good = web.ask(&frame("https://co-quan.example/")).await.unwrap();
    assert_eq!(good.status, 200);
    assert!(
        good.header("content-security-policy")
            .contains("frame-ancestors https://co-quan.example")
    );
    assert!(good.headers.get("x-frame-options").is_none());
    assert!(good.headers.get("set-cookie").is_none());
    let bad = web.ask(&frame("https://la.example/")).await.unwrap();
    assert_eq!(bad.status, 403);
    assert!(
        bad.text().contains("https://la.example"),
        "names the origin that is missing"
    );
    let unknown = web
        .ask(&Ask::get("nhung.thu.example", "/k/zzzzzzzzzzzzzzzzzzzzzzzzzz/"))
        .await
        .unwrap();
    assert_eq!(unknown.status, 404);
}

#[tokio::test]
async fn bad_input_is_a_clear_refusal_on_both_databases() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        let web = Web::of(&house, true).unwrap();
        let desk = "quantri.thu.example";
        let session = house.session(&house.in_a.editor).await.unwrap();
        let zero = Ask::post(desk, "/dang-nhap", &[("email", "a\u{0}b"), ("password", "x")]);
        assert_eq!(web.ask(&zero).await.unwrap().status, 400);
        assert_eq!(
            web.ask(&Ask::get("thu.example", "/tim-kiem?q=a%00b"))
                .await
                .unwrap()
                .status,
            400
        );
        for path in ["bai", "hoat-dong", "phoi-hop"] {
            let far = format!("/quan-tri/so-a/{path}?trang=18446744073709551615");
            let answer = web.ask(&Ask::get(desk, &far).signed_in(&session)).await.unwrap();
            assert!(!answer.status.is_server_error(), "{path}: {}", answer.status);
        }
    }
}
