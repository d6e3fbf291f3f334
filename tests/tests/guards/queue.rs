//! G9: where jobs matter, the queue is empty when a test ends.

use std::path::{Path, PathBuf};

fn sources_of(place: &str) -> Vec<PathBuf> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let file = tests.join(format!("{place}.rs"));
    if file.exists() {
        return vec![file];
    }
    let folder = std::fs::read_dir(tests.join(place)).unwrap();
    folder.map(|entry| entry.unwrap().path()).collect()
}

#[test]
fn g9_every_test_of_acts_and_jobs_ends_its_house() {
    let mut seen = 0;
    for place in ["jobs", "trace", "ledger", "report", "article"] {
        for file in sources_of(place) {
            let text = std::fs::read_to_string(&file).unwrap();
            // Each part begins in one test and ends before the next.
            for test in text.split("#[tokio::test").skip(1) {
                seen += 1;
                let name = test.lines().find(|line| line.contains("async fn")).unwrap();
                assert!(
                    test.contains("house.end().await.unwrap()"),
                    "{}: `{}` leaves without looking at the queue: end it with `house.end().await.unwrap()`",
                    file.display(),
                    name.trim()
                );
            }
        }
    }
    assert!(
        seen > 20,
        "only {seen} tests were found: does the guard look in the right place?"
    );
}
