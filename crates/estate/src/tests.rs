//! Pages as webmasters have them, and what is said of each.

use super::*;

const FRAME: &str = "<iframe src=\"https://nhung.example/k/khoa-nay/\" title=\"Chuyên mục\" loading=\"lazy\" \
    referrerpolicy=\"strict-origin\" sandbox=\"allow-scripts allow-forms allow-same-origin allow-popups\"></iframe>";
const LOADER: &str = "<script src=\"https://nhung.example/nhung.js\" async></script>";

fn expected() -> Expected {
    let former = |key: &str, holds| Former {
        key: key.into(),
        until: Some("31/12/2026".into()),
        holds,
    };
    Expected {
        embed: "https://nhung.example".into(),
        section: "https://pl.example/so-a/".into(),
        key: "khoa-nay".into(),
        former: vec![former("khoa-cu", true), former("khoa-het", false)],
        origins: vec!["https://so.example.gov.vn".into()],
        open: true,
    }
}

fn page_of(
    address: &str,
    headers: &[(&str, &str)],
    body: &str,
    expected: &Expected,
) -> (Shows, Vec<Finding>) {
    let address = Url::parse(address).unwrap();
    let headers: Vec<(&str, &str)> = std::iter::once(("content-type", "text/html; charset=utf-8"))
        .chain(headers.iter().copied())
        .collect();
    let page = Page {
        address: &address,
        status: 200,
        headers,
        text: body,
        cut: false,
    };
    read(&page, expected)
}

fn seen(headers: &[(&str, &str)], body: &str) -> (Shows, Vec<Finding>) {
    page_of("https://so.example.gov.vn/chuyen-muc", headers, body, &expected())
}

#[test]
fn what_was_pasted_as_it_is_has_nothing_to_be_said_of() {
    assert_eq!(seen(&[], FRAME), (Shows::Frame, vec![]));
    assert_eq!(
        seen(&[], &format!("<main>{FRAME}{LOADER}</main>")),
        (Shows::Frame, vec![])
    );
    let element = format!("<pbgdpl-section key='khoa-nay'></pbgdpl-section>{LOADER}");
    assert_eq!(seen(&[], &element), (Shows::Element, vec![]));
    assert_eq!(
        seen(&[], "<section class=pbgdpl lang=vi><h2>Tin</h2></section>").0,
        Shows::Fragment
    );
    let mount = "<link rel=canonical href='https://pl.example/so-a/bai/1-a'>";
    assert_eq!(seen(&[], mount).0, Shows::Mount);
    assert_eq!(
        seen(&[], "<a href='https://pl.example/so-a/'>PBGDPL</a>").0,
        Shows::Link
    );
    assert_eq!(
        seen(&[], "<p>Trang khác</p>"),
        (Shows::Nothing, vec![Finding::NoSnippet])
    );
}

#[test]
fn the_pages_own_policy_is_read_as_a_browser_reads_it() {
    let name = "content-security-policy";
    let frame = Finding::PolicyFrame {
        origin: "https://nhung.example".into(),
    };
    for (policy, refused) in [
        ("frame-src https://nhung.example", false),
        ("frame-src https://*.example", false),
        ("frame-src https:", false),
        ("default-src 'self'; frame-src *", false),
        ("script-src 'self'", false),
        ("frame-src 'self'", true),
        ("default-src 'self'", true),
        ("child-src 'none'", true),
        ("frame-src http://nhung.example:8080", true),
        ("frame-src 'none'", true),
    ] {
        let (_, findings) = seen(&[(name, policy)], FRAME);
        assert_eq!(findings == [frame.clone()], refused, "{policy}: {findings:?}");
        let meta =
            format!("<head><meta http-equiv='Content-Security-Policy' content=\"{policy}\"></head>{FRAME}");
        let (_, findings) = seen(&[], &meta);
        assert_eq!(
            findings == [frame.clone()],
            refused,
            "meta {policy}: {findings:?}"
        );
    }
    let (_, findings) = seen(
        &[(name, "script-src 'self'; frame-src https://nhung.example")],
        &format!("{FRAME}{LOADER}"),
    );
    assert_eq!(
        findings,
        [Finding::PolicyScript {
            origin: "https://nhung.example".into()
        }]
    );
}

#[test]
fn what_an_editor_took_away_is_named() {
    let bare = "<iframe src='https://nhung.example/k/khoa-nay/'></iframe>";
    let (_, findings) = seen(&[], bare);
    let stripped = Finding::Stripped {
        attributes: vec!["sandbox".into(), "referrerpolicy".into()],
    };
    assert_eq!(findings, [Finding::NoTitle, stripped]);
    let tight = FRAME.replace(
        "allow-scripts allow-forms allow-same-origin allow-popups",
        "allow-scripts",
    );
    let (_, findings) = seen(&[], &tight);
    assert!(
        matches!(findings.as_slice(), [Finding::Sandbox { missing }] if missing.len() == 3),
        "{findings:?}"
    );
    let (_, findings) = seen(&[], "<pbgdpl-section key='khoa-nay'></pbgdpl-section>");
    assert_eq!(findings, [Finding::NoLoader]);
}

#[test]
fn keys_origins_and_schemes_are_compared() {
    let with = |key: &str| seen(&[], &FRAME.replace("khoa-nay", key)).1;
    assert_eq!(with("khoa-la"), [Finding::OtherKey]);
    assert!(matches!(
        with("khoa-cu").as_slice(),
        [Finding::Replaced { holds: true, .. }]
    ));
    assert!(matches!(
        with("khoa-het").as_slice(),
        [Finding::Replaced { holds: false, .. }]
    ));
    let unlisted = page_of("https://la.example/", &[], FRAME, &expected()).1;
    assert_eq!(
        unlisted,
        [Finding::Unlisted {
            origin: "https://la.example".into()
        }]
    );
    let plain = FRAME.replace("https://nhung", "http://nhung");
    assert_eq!(seen(&[], &plain).1, [Finding::Mixed]);
    let off = Expected {
        open: false,
        ..expected()
    };
    let address = "https://so.example.gov.vn/";
    assert_eq!(page_of(address, &[], FRAME, &off).1, [Finding::Off]);
    // Of two frames that of this site counts.
    let two = format!("{}{FRAME}", FRAME.replace("khoa-nay", "khoa-la"));
    assert_eq!(seen(&[], &two).1, []);
}

#[test]
fn what_is_no_page_is_said() {
    let address = Url::parse("https://so.example.gov.vn/a/b").unwrap();
    let of = |status, headers: Vec<(&str, &str)>| {
        let page = Page {
            address: &address,
            status,
            headers,
            text: "",
            cut: false,
        };
        read(&page, &expected()).1
    };
    assert_eq!(
        of(301, vec![("location", "/moi")]),
        [Finding::Moved {
            to: "https://so.example.gov.vn/moi".into()
        }]
    );
    assert_eq!(of(503, vec![]), [Finding::Status { code: 503 }]);
    assert_eq!(
        of(200, vec![("content-type", "application/pdf")]),
        [Finding::NotHtml]
    );
    for finding in of(503, vec![]) {
        assert!(!finding.says().is_empty() && !finding.advises().is_empty());
    }
}
