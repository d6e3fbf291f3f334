//! The demo as a newcomer meets it: one line of JSON, pages, a second start, and figures that a recount confirms.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that unwraps fails with its line"
)]

mod recount;

use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use sqlx::Connection;

struct Demo {
    process: Child,
    ready: Value,
}

impl Demo {
    fn start(folder: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_pbgdpl"))
            .args(["demo", "--json", "--listen", "127.0.0.1:0", "--data"])
            .arg(folder)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let out = process.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        Self {
            ready: serde_json::from_str(&line).unwrap(),
            process,
        }
    }

    /// Status and body of a page, asked of its own host name on this machine.
    fn get(&self, address: &str) -> (u16, String) {
        let rest = address.strip_prefix("http://").unwrap();
        let (authority, path) = rest
            .split_once('/')
            .map_or((rest, ""), |(host, path)| (host, path));
        let port: u16 = authority.rsplit_once(':').unwrap().1.parse().unwrap();
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let request = format!("GET /{path} HTTP/1.1\r\nHost: {authority}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let text = String::from_utf8_lossy(&answer).into_owned();
        (text.split(' ').nth(1).unwrap().parse().unwrap(), text)
    }

    fn address(&self, key: &str) -> String {
        self.ready[key].as_str().unwrap().to_owned()
    }

    fn stop(mut self) {
        let pid = self.process.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-TERM", &pid])
                .status()
                .unwrap()
                .success()
        );
        assert!(
            self.process.wait().unwrap().success(),
            "a stop that was asked for is no fault"
        );
    }
}

/// What a command answers on the demo's database.
fn command(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_pbgdpl"))
        .args(arguments)
        .current_dir(folder)
        .env(
            "DATABASE_URL",
            format!("sqlite:{}", folder.join("pbgdpl.db").display()),
        )
        .env(
            "PBGDPL_STORAGE__URL",
            format!("file:{}", folder.join("files").display()),
        )
        .output()
        .unwrap();
    (output.status.success(), String::from_utf8(output.stdout).unwrap())
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    let (good, text) = command(folder, arguments);
    assert!(good, "{arguments:?}");
    serde_json::from_str(&text).unwrap()
}

#[test]
fn the_demo_is_built_once_served_twice_and_its_figures_stand() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let demo = Demo::start(folder);
    pages_answer(&demo);
    let first = accounts(&demo.ready);
    demo.stop();

    let again = Demo::start(folder);
    pages_answer(&again);
    let second = accounts(&again.ready);
    assert_eq!(first.len(), 11);
    for (who, (password, link)) in &first {
        assert_eq!(&second[who].0, password, "{who:?}: nothing is lost");
        assert_ne!(&second[who].1, link, "{who:?}: a link is of one start");
    }
    assert_eq!(again.ready["embed_keys"].as_object().unwrap().len(), 2);
    again.stop();

    assert_eq!(json(folder, &["audit", "verify", "--json"])["whole"], true);
    assert_eq!(
        json(folder, &["rollup", "verify", "--json"])["faults"]
            .as_array()
            .unwrap()
            .len(),
        0
    );
    recount::every_cell_of_every_row(folder);
    forget_a_copy(folder);
    let (whole, told) = command(folder, &["rollup", "verify", "--json"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    assert!(!whole, "a copy that is missing is a difference");
    assert_eq!(told["faults"].as_array().unwrap().len(), 1, "{told}");
    assert!(told["faults"][0]["province"].is_null() && !told["faults"][0]["day_total"].is_null());
    assert!(!command(folder, &["report", "status", "09d", "khong-co", "nam-2020"]).0);
}

fn pages_answer(demo: &Demo) {
    let public = demo.address("public");
    for path in [
        "/",
        "/so-tu-phap/",
        "/tim-kiem?q=dat+dai",
        "/feed.atom",
        "/sitemap.xml",
        "/healthz",
        "/readyz",
    ] {
        assert_eq!(demo.get(&format!("{public}{path}")).0, 200, "{path}");
    }
    assert_eq!(demo.get(&format!("{public}/khong-co")).0, 404);
    let (status, listed) = demo.get(&format!("{public}/so-noi-vu/bao-cao-vien"));
    assert!(status == 200 && listed.contains("Y Hlan Niê") && listed.contains("minh hoạ"));
    let (status, listed) = demo.get(&format!("{public}/so-tu-phap/bao-cao-vien"));
    assert!(
        status == 200 && !listed.contains("Đặng Ngọc Mai"),
        "who is only proposed is not public"
    );
    assert!(demo.get(&format!("{public}/")).1.contains("Dữ liệu minh hoạ"));
    for host in demo.ready["hosts"].as_object().unwrap().values() {
        assert_eq!(demo.get(&format!("{}/", host.as_str().unwrap())).0, 200);
    }
    assert!(demo.get(&demo.address("mailbox")).1.contains("Gửi:"));
    // Whoever's form is late today is reminded at the start; the letters are soon in the mailbox.
    let end = Instant::now() + Duration::from_secs(20);
    while !demo
        .get(&demo.address("metrics"))
        .1
        .contains("pbgdpl_outbox_waiting 0")
    {
        assert!(Instant::now() < end, "letters wait for ever");
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// Password and link, by role and agency.
fn accounts(ready: &Value) -> HashMap<(String, String), (String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    ready["accounts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| {
            (
                (text(&one["role"]), text(&one["agency"])),
                (text(&one["password"]), text(&one["sign_in_url"])),
            )
        })
        .collect()
}

/// Takes one copied figure out of the province's days, past the program.
fn forget_a_copy(folder: &Path) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let gone = runtime.block_on(async {
        let url = format!("sqlite:{}", folder.join("pbgdpl.db").display());
        let mut db = sqlx::SqliteConnection::connect(&url).await.unwrap();
        let sql = "delete from province_day where rowid in (select rowid from province_day where quantity <> 0 limit 1)";
        sqlx::query(sql).execute(&mut db).await.unwrap().rows_affected()
    });
    assert_eq!(gone, 1);
}
