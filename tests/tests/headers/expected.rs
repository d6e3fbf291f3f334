//! What SECURITY 5.4 and 5.5 say, written out again apart from the code that sets it.

use pbgdpl_testkit::web::Answer;
use pbgdpl_web::arrival::Table;
use pbgdpl_web::routes::{Keep, Route, Share};

/// Where each table is asked: host and mount.
pub(crate) const PLACES: [(Table, &str, &str); 5] = [
    (Table::Province, "thu.example", ""),
    (Table::Section, "thu.example", "/so-a"),
    (Table::Desk, "quantri.thu.example", ""),
    (Table::Embed, "nhung.thu.example", ""),
    (Table::Files, "tep.thu.example", ""),
];

pub(crate) fn place(table: Table) -> (&'static str, &'static str) {
    let (_, host, mount) = PLACES.into_iter().find(|(which, _, _)| *which == table).unwrap();
    (host, mount)
}

/// Kinds of pages, by the letter of SECURITY 5.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Letter {
    L,
    P,
    D,
    /// D': what the desk frames.
    Preview,
    I,
    E,
    F,
}

/// The whole policy of a kind of page; `ancestors`: who may frame it.
pub(crate) fn policy(letter: Letter, ancestors: &str, https: bool) -> String {
    let scheme = if https { "https" } else { "http" };
    let (files, embed) = (
        format!("{scheme}://tep.thu.example"),
        format!("{scheme}://nhung.thu.example"),
    );
    let upgrade = if https { "; upgrade-insecure-requests" } else { "" };
    let (img, media, connect, frame, types) = match letter {
        Letter::L => {
            return "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'".into();
        }
        Letter::F => {
            return "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'".into();
        }
        Letter::P | Letter::E | Letter::Preview => (
            format!("'self' {files} data:"),
            files,
            "'self'".to_owned(),
            "'none'".to_owned(),
            "'none'",
        ),
        Letter::D => (
            format!("'self' {files} data:"),
            files.clone(),
            format!("'self' {files}"),
            format!("'self' {embed}"),
            "pbgdpl",
        ),
        Letter::I => (
            "'self'".to_owned(),
            "'none'".to_owned(),
            format!("'self' {files}"),
            "'none'".to_owned(),
            "pbgdpl",
        ),
    };
    format!(
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src {img}; media-src {media}; font-src 'self'; \
         connect-src {connect}; manifest-src 'self'; frame-src {frame}; worker-src 'none'; object-src 'none'; base-uri 'none'; \
         form-action 'self'; frame-ancestors {ancestors}; require-trusted-types-for 'script'; trusted-types {types}{upgrade}; \
         report-to csp"
    )
}

/// The kind of an answer: of its page where it is one, else the locked one.
pub(crate) fn letter(answer: &Answer, table: Table, path: &str) -> Letter {
    if !answer.header("content-type").starts_with("text/html") {
        return if table == Table::Files {
            Letter::F
        } else {
            Letter::L
        };
    }
    let signing_in = ["/dang-nhap", "/dang-xuat", "/tai-khoan/hai-lop"]
        .iter()
        .any(|start| path.starts_with(start));
    match table {
        Table::Province | Table::Section => Letter::P,
        Table::Desk if signing_in => Letter::I,
        Table::Desk if path.ends_with("/xem") && answer.status == 200 => Letter::Preview,
        Table::Desk => Letter::D,
        Table::Embed => Letter::E,
        Table::Files => panic!("a page on FILES: {path}"),
    }
}

/// Which promise of https a host gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Promise {
    /// Plain http.
    None,
    /// A host that is not ours, for its own name only.
    ItsOwn,
    /// Ours.
    Ours,
}

impl Promise {
    pub(crate) fn ours(https: bool) -> Self {
        if https { Self::Ours } else { Self::None }
    }
}

/// Every header of SECURITY 5.4, and the whole policy.
pub(crate) fn check(answer: &Answer, table: Table, promise: Promise, path: &str, what: &str) {
    let desk = table == Table::Desk;
    let expect = |name: &str, value: &str| assert_eq!(answer.header(name), value, "{what}: {name}");
    expect(
        "strict-transport-security",
        match promise {
            Promise::None => "",
            Promise::ItsOwn => "max-age=31536000",
            Promise::Ours => "max-age=63072000; includeSubDomains; preload",
        },
    );
    expect("x-content-type-options", "nosniff");
    expect(
        "referrer-policy",
        if desk {
            "no-referrer"
        } else {
            "strict-origin-when-cross-origin"
        },
    );
    let credentials = if desk { "(self)" } else { "()" };
    expect(
        "permissions-policy",
        &format!(
            "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=(), \
             publickey-credentials-get={credentials}, publickey-credentials-create={credentials}"
        ),
    );
    expect("cross-origin-opener-policy", "same-origin");
    let elsewhere = matches!(table, Table::Embed | Table::Files);
    expect(
        "cross-origin-resource-policy",
        if elsewhere { "cross-origin" } else { "same-origin" },
    );
    expect("origin-agent-cluster", "?1");
    let https = promise != Promise::None;
    let letter = letter(answer, table, path);
    let framed = table == Table::Embed || letter == Letter::Preview;
    expect("x-frame-options", if framed { "" } else { "DENY" });
    let ancestors = if letter == Letter::Preview {
        "'self'"
    } else {
        "'none'"
    };
    expect("content-security-policy", &policy(letter, ancestors, https));
    let reports = !matches!(letter, Letter::L | Letter::F);
    let scheme = if https { "https" } else { "http" };
    let endpoint = format!("csp=\"{scheme}://quantri.thu.example/csp\"");
    expect("reporting-endpoints", if reports { &endpoint } else { "" });
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
    if !desk {
        assert!(
            answer.headers.get("set-cookie").is_none(),
            "{what}: a cookie outside the desk"
        );
    }
    if answer.headers.get("set-cookie").is_some() {
        expect("cache-control", "no-store");
    }
    if answer.status == 405 {
        assert!(!answer.header("allow").is_empty(), "{what}: 405 without Allow");
    }
    let request = answer.header("x-request-id");
    assert_eq!(request.len(), 16, "{what}: {request}");
}

/// `Cache-Control` and `Vary` of a route's answer, by the table's own words.
pub(crate) fn kept(route: &Route, success: bool) -> (&'static str, &'static str) {
    let vary = if route.share == Share::Listed {
        "Accept-Encoding, Origin"
    } else {
        "Accept-Encoding"
    };
    match route.keep {
        // How much its caller may still ask stands in it.
        Keep::Page(_) if success && route.cost > 0 => ("private, max-age=0, stale-if-error=86400", vary),
        Keep::Page(_) if success => (
            "public, max-age=0, s-maxage=30, stale-while-revalidate=30, stale-if-error=86400",
            vary,
        ),
        Keep::Immutable if success => ("public, max-age=31536000, immutable", vary),
        _ => ("no-store", ""),
    }
}

/// The path of a route with every parameter filled: what belongs to nobody where it is an id.
pub(crate) fn filled(route: &Route) -> String {
    let part = |part: &str| match part {
        "{agency}" => "so-a".to_owned(),
        "{kind}" => "tin".to_owned(),
        "{year}" => "2020".to_owned(),
        "{period}" => "nam-chinh-thuc".to_owned(),
        "{form}" => "09d".to_owned(),
        part if part.starts_with('{') => "khong-co".to_owned(),
        part => part.to_owned(),
    };
    route.path.split('/').map(part).collect::<Vec<_>>().join("/")
}
