//! Acts: each is a step of the trace under its own name, and none of its arguments is written down.

use std::path::{Path, PathBuf};

use syn::{FnArg, Item, ItemFn, Pat};

fn folder(krate: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("../crates/{krate}/src"))
}

/// `<noun>/<verb>.rs`, one level deep.
pub(super) fn acts_of(krate: &str) -> Vec<PathBuf> {
    let nouns = std::fs::read_dir(folder(krate)).unwrap().flatten();
    nouns
        .filter(|noun| noun.path().is_dir())
        .flat_map(|noun| std::fs::read_dir(noun.path()).unwrap().flatten())
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .collect()
}

/// Whether the first argument is what acts are carried out with.
pub(super) fn is_act(function: &ItemFn) -> bool {
    let first = match function.sig.inputs.first() {
        Some(FnArg::Typed(first)) => first,
        _ => return false,
    };
    let named = matches!(&*first.pat, Pat::Ident(name) if name.ident == "app" || name.ident == "province");
    named && function.sig.asyncness.is_some() && matches!(function.vis, syn::Visibility::Public(_))
}

/// The name that a trace shows: `article.approve`, `province.report.accept`, `account.enrol.begin`.
pub(super) fn name_of(krate: &str, path: &Path, function: &str) -> String {
    let stem = |path: &Path| path.file_stem().unwrap().to_string_lossy().into_owned();
    let (noun, verb) = (stem(path.parent().unwrap()), stem(path));
    let prefix = if krate == "app" {
        String::new()
    } else {
        format!("{krate}.")
    };
    if verb == function {
        format!("{prefix}{noun}.{verb}")
    } else {
        format!("{prefix}{noun}.{verb}.{function}")
    }
}

#[test]
fn every_act_is_a_named_step_of_the_trace() {
    let mut seen = 0;
    for krate in ["app", "province"] {
        for path in acts_of(krate) {
            let text = std::fs::read_to_string(&path).unwrap();
            let file = syn::parse_file(&text).unwrap();
            for item in file.items {
                let Item::Fn(function) = item else { continue };
                if !is_act(&function) {
                    continue;
                }
                seen += 1;
                let name = name_of(krate, &path, &function.sig.ident.to_string());
                let line = format!("#[tracing::instrument(name = \"{name}\", skip_all)]");
                assert!(
                    text.contains(&line),
                    "{}: write {line} above `{}`",
                    path.display(),
                    function.sig.ident
                );
            }
        }
    }
    assert!(
        seen > 50,
        "only {seen} acts were found: does the guard look in the right place?"
    );
}
