//! Workers that behave, and workers that do not: each a small shell script.

use std::time::Instant;

use super::*;

/// Shorter than in earnest, but long enough for a machine that has much to do.
const QUICK: Bounds = Bounds {
    workers: 2,
    turn: Duration::from_millis(50),
    work: PATIENCE,
    document: 100_000,
    file: 200_000,
};

/// How long a test waits for what must come.
const PATIENCE: Duration = Duration::from_secs(10);

/// Says who it is, and hangs.
const HANGING: &str = "echo $$ > \"${0%/*}/pid\"; exec sleep 60";

const PDF: &str = "printf '%%PDF-1.7\\nx\\n%%%%EOF\\n'";

struct Script {
    folder: tempfile::TempDir,
}

impl Script {
    fn new(body: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        // Written by another process: a file that this one holds open for writing cannot be run, and a child that another test
        // starts at this moment would hold it too.
        let mut writer = std::process::Command::new("/bin/sh");
        writer.args(["-c", "printf '%s' \"$1\" > \"$2\" && chmod 755 \"$2\"", "sh"]);
        writer.arg(format!("#!/bin/sh\n{body}\n"));
        writer.arg(folder.path().join("worker"));
        assert!(writer.status().unwrap().success());
        Self { folder }
    }

    fn press(&self) -> Press {
        self.bounded(QUICK)
    }

    fn bounded(&self, bounds: Bounds) -> Press {
        Press::new(&self.folder.path().join("worker"), bounds)
    }

    fn file(&self, name: &str) -> Option<String> {
        std::fs::read_to_string(self.folder.path().join(name)).ok()
    }
}

/// Whether it comes true while there is patience.
async fn comes_true(is: impl Fn() -> bool) -> bool {
    let started = Instant::now();
    while !is() {
        if started.elapsed() > PATIENCE {
            return false;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    true
}

/// Not even a zombie is left.
async fn is_gone(pid: &str) -> bool {
    let process = Path::new("/proc").join(pid.trim());
    comes_true(|| !process.exists()).await
}

async fn said(body: &str) -> Result<Vec<u8>, PressError> {
    Script::new(body).press().print(b"{}").await
}

#[tokio::test]
async fn a_document_goes_in_and_a_file_comes_out() {
    let script = Script::new(&format!(
        "cat > \"${{0%/*}}/in\"; /usr/bin/env > \"${{0%/*}}/env\"; {PDF}"
    ));
    // More than a pipe holds.
    let document = "ẵ".repeat(30_000);
    let file = script.press().print(document.as_bytes()).await.unwrap();
    assert_eq!(file, b"%PDF-1.7\nx\n%%EOF\n");
    assert_eq!(script.file("in").unwrap(), document);
    let environment = script.file("env").unwrap();
    assert!(
        !environment.contains("HOME=") && !environment.contains("CARGO"),
        "{environment}"
    );
}

#[tokio::test]
async fn a_worker_that_reads_nothing_but_ends_well_is_no_fault() {
    let script = Script::new(PDF);
    script.press().print(&vec![b'x'; 90_000]).await.unwrap();
}

#[tokio::test]
async fn what_goes_wrong_has_its_name() {
    let ended = said("echo 'không vẽ được' >&2; exit 4").await.unwrap_err();
    assert!(
        matches!(&ended, PressError::Ended(status, words) if status.code() == Some(4) && words == "không vẽ được"),
        "{ended}"
    );
    assert!(matches!(
        said("kill -SEGV $$").await,
        Err(PressError::Ended(status, _)) if status.code().is_none()
    ));
    for rubbish in ["true", "echo '<html>'", "printf '%%PDF-1.7 torn'"] {
        assert!(
            matches!(said(rubbish).await, Err(PressError::Rubbish)),
            "{rubbish}"
        );
    }
    assert!(matches!(
        said(&format!("{PDF}; exit 1")).await,
        Err(PressError::Ended(..))
    ));
    let nowhere = Press::new(Path::new("/nonexistent/worker"), QUICK);
    assert!(matches!(nowhere.print(b"{}").await, Err(PressError::Absent(_))));
    let long = nowhere.print(&vec![b'x'; QUICK.document + 1]).await;
    assert!(matches!(long, Err(PressError::TooLong)));
    assert!(matches!(said("exit 3").await, Err(PressError::TooLong)));
}

#[tokio::test]
async fn a_worker_without_end_is_stopped() {
    assert!(matches!(said("exec cat /dev/zero").await, Err(PressError::Flood)));
    // What it complains of without end is not kept, and does not hold it up.
    let loud = said(&format!("head -c 3000000 /dev/zero >&2; {PDF}")).await;
    loud.unwrap();

    let script = Script::new(HANGING);
    // A busy machine may need longer to come to its first line.
    for work in [600, 3_000, 9_000].map(Duration::from_millis) {
        let started = Instant::now();
        let late = script.bounded(Bounds { work, ..QUICK }).print(b"{}").await;
        assert!(matches!(late, Err(PressError::Late)));
        assert!(started.elapsed() < Duration::from_secs(50));
        if script.file("pid").is_some_and(|pid| pid.ends_with('\n')) {
            break;
        }
    }
    let pid = script.file("pid").unwrap();
    assert!(is_gone(&pid).await, "a worker that hangs is killed and gone");
}

#[tokio::test]
async fn a_request_that_is_given_up_takes_its_worker_with_it() {
    let script = Script::new(HANGING);
    let press = script.bounded(Bounds {
        work: 3 * PATIENCE,
        ..QUICK
    });
    let works = comes_true(|| script.file("pid").is_some_and(|pid| pid.ends_with('\n')));
    // The request is dropped as soon as its worker has begun.
    let begun = tokio::select! {
        printed = press.print(b"{}") => panic!("it hangs: {printed:?}"),
        begun = works => begun,
    };
    assert!(begun, "the worker never began");
    let pid = script.file("pid").unwrap();
    assert!(is_gone(&pid).await, "{pid} still works for nobody");
}

#[tokio::test]
async fn a_third_waits_for_its_turn_and_not_for_ever() {
    let script = Script::new(&format!(
        ": > \"${{0%/*}}/begun.$$\"; while [ ! -e \"${{0%/*}}/go\" ]; do sleep 0.05; done; {PDF}"
    ));
    let press = script.bounded(Bounds {
        work: 3 * PATIENCE,
        ..QUICK
    });
    let begun = || {
        let files = std::fs::read_dir(script.folder.path())
            .into_iter()
            .flatten()
            .flatten();
        let marks = files.filter(|file| file.file_name().to_string_lossy().starts_with("begun."));
        marks.count() == 2
    };
    let third = async {
        let both = comes_true(begun).await;
        let third = press.print(b"{}").await;
        std::fs::write(script.folder.path().join("go"), "").unwrap();
        assert!(both, "two work at the same time");
        third
    };
    let all = tokio::join!(press.print(b"{}"), press.print(b"{}"), third);
    let busy = [&all.0, &all.1, &all.2].map(|one| matches!(one, Err(PressError::Busy)));
    assert_eq!(busy, [false, false, true]);
    assert!(all.0.is_ok() && all.1.is_ok());
    let patient = script.bounded(Bounds {
        turn: PATIENCE,
        ..QUICK
    });
    let all = tokio::join!(patient.print(b"{}"), patient.print(b"{}"), patient.print(b"{}"));
    assert!(all.0.is_ok() && all.1.is_ok() && all.2.is_ok());
}
