//! Every command has help, ends with another exit code than 0 where it did nothing, and says why on standard error.

use pbgdpl_testkit::web::{BROWSER, PAPER_WORKER};

use crate::place::Place;

/// Every command, down to the last word.
const COMMANDS: [&[&str]; 23] = [
    &["demo"],
    &["serve"],
    &["work"],
    &["migrate"],
    &["migrate", "up"],
    &["migrate", "down"],
    &["migrate", "status"],
    &["tenants"],
    &["tenants", "plan"],
    &["tenants", "apply"],
    &["tenants", "export"],
    &["account", "invite"],
    &["account", "disable"],
    &["account", "list"],
    &["report", "open"],
    &["report", "status"],
    &["report", "consolidate"],
    &["report", "export"],
    &["ledger", "export"],
    &["rollup", "verify"],
    &["rollup", "rebuild"],
    &["audit", "verify"],
    &["check"],
];

#[test]
fn every_command_has_help() {
    let place = Place::with("");
    for command in COMMANDS {
        let help = place.say(&[command, &["--help"]].concat());
        assert!(help.contains("Cách dùng: pbgdpl"), "{command:?}: {help}");
        assert!(
            !help.contains("Usage") && !help.contains("Options"),
            "{command:?}: {help}"
        );
    }
}

#[test]
fn what_cannot_be_done_is_told_and_ends_with_another_code_than_0() {
    let place = Place::with("[mail]\nurl = \"file:mail\"\n");
    let form = ["09d", "so-y-te", "nam-2020"];
    let wrong: [(&[&str], &str); 17] = [
        (&["khong-co"], "khong-co"),
        (&["serve"], "pbgdpl migrate up"),
        (&["work", "--once"], "pbgdpl migrate up"),
        (&["account", "list"], "pbgdpl migrate up"),
        (
            &["account", "invite", "a@b.vn", "--name", "A"],
            "pbgdpl migrate up",
        ),
        (&["account", "disable", "a@b.vn"], "pbgdpl migrate up"),
        (&[&["report", "open"], &form[..]].concat(), "pbgdpl migrate up"),
        (&[&["report", "status"], &form[..]].concat(), "pbgdpl migrate up"),
        (&["report", "open", "09d", "so-y-te", "2020"], "nam-2020"),
        (
            &["ledger", "export", "--from", "2020-01-01", "--to", "2020-12-31"],
            "pbgdpl migrate up",
        ),
        (
            &["ledger", "export", "--from", "2020-12-31", "--to", "2020-01-01"],
            "--from",
        ),
        (
            &["ledger", "export", "--from", "hôm qua", "--to", "2020-12-31"],
            "--from",
        ),
        (&["rollup", "verify"], "pbgdpl migrate up"),
        (&["rollup", "rebuild"], "pbgdpl migrate up"),
        (&["audit", "verify"], "pbgdpl migrate up"),
        // The default folder of the settings does not stand here.
        (&["tenants", "plan"], "tenants/kon-tum"),
        (
            &["--config", "khong-co.toml", "migrate", "status"],
            "khong-co.toml",
        ),
    ];
    for (command, words) in wrong {
        let output = place.run(command);
        let (out, err) = (
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr),
        );
        assert!(!output.status.success(), "{command:?}: {out}");
        assert!(
            output.status.code().is_some_and(|code| code < 3),
            "{command:?}: a crash: {err}"
        );
        assert!(err.contains(words), "{command:?} does not say «{words}»: {err}");
        assert!(out.is_empty(), "{command:?}: {out}");
    }
}

#[test]
fn a_mail_server_whose_authority_cannot_be_read_stops_the_start() {
    let mail = "url = \"smtp://127.0.0.1:25\"\nca_file = \"khong-co.pem\"\n";
    let place = Place::with(&format!("[database]\nurl = \"sqlite:pbgdpl.db\"\n[mail]\n{mail}"));
    place.say(&["migrate", "up"]);
    let output = place.run(&["work", "--once"]);
    assert!(!output.status.success());
    let err = String::from_utf8_lossy(&output.stderr);
    assert!(
        err.contains("mail.ca_file") && err.contains("khong-co.pem"),
        "{err}"
    );
}

#[test]
fn check_tells_whether_the_browser_makes_a_picture() {
    assert!(
        Place::with("")
            .say(&["check"])
            .contains("không đặt estate.browser")
    );
    let good = Place::with(&format!("[estate]\nbrowser = \"{BROWSER}\"\n"));
    assert!(good.say(&["check"]).contains("estate.browser chạy được"));
    for browser in ["/bin/false", "/nonexistent/chromium"] {
        let bad = Place::with(&format!("[estate]\nbrowser = \"{browser}\"\n")).run(&["check"]);
        let said = String::from_utf8(bad.stderr).unwrap();
        assert!(
            !bad.status.success() && said.contains("estate.browser không chụp được"),
            "{said}"
        );
    }
}

#[test]
fn check_tells_whether_the_pdf_worker_makes_a_file() {
    let none = Place::with("");
    assert!(none.say(&["check"]).contains("không đặt paper.worker"));
    let good = Place::with(&format!("[paper]\nworker = \"{PAPER_WORKER}\"\n"));
    assert!(good.say(&["check"]).contains("paper.worker chạy được"));
    for worker in ["/bin/false", "/nonexistent/pbgdpl-paper"] {
        let bad = Place::with(&format!("[paper]\nworker = \"{worker}\"\n")).run(&["check"]);
        let said = String::from_utf8(bad.stderr).unwrap();
        assert!(
            !bad.status.success() && said.contains("paper.worker không lập được"),
            "{said}"
        );
    }
}
