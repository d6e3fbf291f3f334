//! G3: who may call which route, as text that is reviewed as a difference. The list of what is open to everybody may only shrink.

use std::path::PathBuf;

use pbgdpl_web::arrival::Table;
use pbgdpl_web::routes::{Audience, Share, all};

#[test]
fn g3_the_route_table_is_the_one_that_was_reviewed() {
    let mut lines: Vec<String> = all()
        .iter()
        .map(|r| {
            let shared = match r.share {
                Share::Everybody => " shared",
                Share::Listed => " listed",
                Share::Own => "",
            };
            let of_key = if r.of_key { " of-key" } else { "" };
            let limited = if r.cost > 0 {
                format!(" costs {}", r.cost)
            } else {
                String::new()
            };
            format!(
                "{:?} {} {} {:?} {:?} {:?} {}{shared}{of_key}{limited}",
                r.table, r.method, r.path, r.audience, r.keep, r.csp, r.body
            )
        })
        .collect();
    lines.sort();
    let text = lines.join("\n") + "\n";
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/guards/routes.txt");
    if std::env::var_os("PBGDPL_REVIEW").is_some() {
        std::fs::write(&file, &text).unwrap();
    }
    let reviewed = std::fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(
        text, reviewed,
        "the route table changed: run with PBGDPL_REVIEW=1 and review the difference of routes.txt"
    );
}

/// What anybody may send, with the reason. May only shrink.
const OPEN: &[(Table, &str, &str)] = &[
    (
        Table::Section,
        "/dem",
        "adds one to a count in memory; nothing that is sent becomes a row (N-16)",
    ),
    (
        Table::Province,
        "/oai",
        "asks, as OAI-PMH 3.1.1 wants it of a form too; nothing is written (OPN-06)",
    ),
];

#[test]
fn routes_that_write_are_never_open_to_everybody() {
    for route in all() {
        if route.method == http::Method::POST {
            let open = matches!(route.audience, Audience::Visitor);
            let listed = OPEN
                .iter()
                .any(|(table, path, _)| *table == route.table && *path == route.path);
            assert_eq!(open, listed, "{route:?} writes without knowing who");
        }
    }
}
