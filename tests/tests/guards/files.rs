//! Files: they open by saying what they are for, stay short, and carry no drawer names, holes, or paths of a machine.

use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = entry.file_name();
        // A folder, or in a second work tree a file that names the first.
        if name == ".git" {
            continue;
        }
        if path.is_dir() && name != "target" && name != "var" && name != "node_modules" {
            walk(&path, found);
        } else if path.is_file() {
            found.push(path);
        }
    }
}

fn sources(ending: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for folder in ["crates", "migrations", "tests", "workers"] {
        walk(&root().join(folder), &mut found);
    }
    found.retain(|p| p.extension().is_some_and(|e| e == ending));
    found
        .into_iter()
        .map(|p| (p.clone(), std::fs::read_to_string(p).unwrap()))
        .collect()
}

#[test]
fn every_file_opens_by_saying_what_it_is_for() {
    for (path, text) in sources("rs") {
        assert!(
            text.starts_with("//! "),
            "{} does not open with a `//!` line",
            path.display()
        );
    }
}

#[test]
fn files_are_short() {
    let mut lengths: Vec<usize> = Vec::new();
    for (path, text) in sources("rs") {
        let lines = text.lines().count();
        let source = text.split("#[cfg(test)]").next().unwrap_or("").lines().count();
        let most = if path.to_string_lossy().contains("tests/tests/") {
            800
        } else {
            600
        };
        assert!(
            source <= most,
            "{} has {source} lines: which room of the house does it hide?",
            path.display()
        );
        lengths.push(lines);
    }
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median <= 120, "the median file has {median} lines");
    for (path, text) in sources("html") {
        assert!(
            text.lines().count() <= 200,
            "{}: a template above 200 lines; move logic to Rust, parts to part/",
            path.display()
        );
    }
}

#[test]
fn no_drawers_and_no_holes() {
    for (path, text) in sources("rs") {
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        assert!(
            ![
                "utils", "util", "helpers", "helper", "common", "misc", "manager", "service", "core"
            ]
            .contains(&name.as_str()),
            "{} says nothing about what is inside",
            path.display()
        );
        if path.ends_with("guards/files.rs") {
            continue;
        }
        for hole in [
            "todo!(",
            "unimplemented!(",
            "FIXME",
            "TODO",
            concat!("#[", "ignore"),
        ] {
            assert!(!text.contains(hole), "{} holds {hole}", path.display());
        }
    }
}

/// Templates that print HTML without escaping, and where it was cleaned. May only shrink.
const UNESCAPED: &[&str] = &[
    "part/cell.html",
    "part/leaflet.html",
    "part/mark.html",
    "public/fragment.html",
    "public/item.html",
    "desk/article_preview.html",
];

#[test]
fn what_is_printed_unescaped_stands_on_a_list() {
    for (path, text) in sources("html") {
        let shown = path.to_string_lossy().replace('\\', "/");
        if text.contains("|safe") || text.contains("| safe") || text.contains("escape =") {
            assert!(
                UNESCAPED.iter().any(|known| shown.ends_with(known)),
                "{shown} prints HTML as it is: is it cleaned? list it"
            );
        }
        assert!(
            !text.contains(" style=") && !text.contains("<style"),
            "{shown}: the CSP forbids inline style"
        );
        assert!(
            !text.contains(" onclick=") && !text.contains("javascript:"),
            "{shown}: the CSP forbids inline script"
        );
    }
}

/// G10: caching headers are set in one place.
#[test]
fn g10_no_handler_sets_a_caching_header() {
    for (path, text) in sources("rs") {
        let shown = path.to_string_lossy().replace('\\', "/");
        if shown.contains("crates/web/src/") && !shown.ends_with("headers.rs") {
            for word in ["CACHE_CONTROL", "\"cache-control\"", "header::VARY"] {
                assert!(
                    !text.contains(word),
                    "{shown} sets {word}: say it in the route table (`keep`)"
                );
            }
        }
    }
}

#[test]
fn no_path_of_a_machine() {
    let mut found = Vec::new();
    walk(&root(), &mut found);
    for path in found {
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        if path.ends_with("guards/files.rs") {
            continue;
        }
        for place in ["work/main", "work/shared", "farm/", "root/.cargo"].map(|place| format!("/{place}")) {
            assert!(!text.contains(&place), "{} names {place}", path.display());
        }
    }
}
