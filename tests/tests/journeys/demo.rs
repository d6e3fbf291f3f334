//! The program itself with its demo, started once for all journeys and ended with this test program.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use pbgdpl_testkit::browser::Window;
use pbgdpl_testkit::servers::ScratchDirectory;
use serde_json::Value;

/// A running demo: what its one line said.
pub struct Demo {
    ready: Value,
    _process: Child,
    _data: ScratchDirectory,
}

/// The demo of this test program.
pub fn demo() -> &'static Demo {
    static DEMO: OnceLock<Demo> = OnceLock::new();
    DEMO.get_or_init(Demo::start)
}

/// The directory of the build: the program and the pictures lie there.
pub fn built() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    own.ancestors().nth(2).unwrap().to_owned()
}

/// Each window has an agency of its own, for a way in is used once.
pub fn agency(window: Window) -> &'static str {
    match window {
        Window::Desk => "huyen-dak-glei",
        Window::Phone => "so-tu-phap",
    }
}

/// What somebody types to sign in.
pub struct Account<'a> {
    /// Address.
    pub email: &'a str,
    /// Password.
    pub password: &'a str,
    /// The secret of the second factor, Base32.
    pub totp_secret: &'a str,
}

impl Demo {
    fn start() -> Self {
        let data = ScratchDirectory::new().unwrap();
        // The shell ends the program when the pipe to this process closes, however this process ended.
        let script = r#""$@" & program=$!; exec >&-; read -r _; kill "$program""#;
        let mut process = Command::new("/bin/sh")
            .args(["-c", script, "demo"])
            .arg(built().join("pbgdpl"))
            .args(["demo", "--json", "--listen", "127.0.0.1:0", "--data"])
            .arg(data.path().join("demo"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let out = process.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        Self {
            ready: serde_json::from_str(&line).expect("the demo did not start: build the workspace first"),
            _process: process,
            _data: data,
        }
    }

    fn text(&self, pointer: &str) -> &str {
        self.ready.pointer(pointer).and_then(Value::as_str).unwrap()
    }

    /// The public origin.
    pub fn public(&self) -> &str {
        self.text("/public")
    }

    /// The desk's origin.
    pub fn desk(&self) -> &str {
        self.text("/desk")
    }

    /// An agency's own host.
    pub fn host(&self, agency: &str) -> &str {
        self.text(&format!("/hosts/{agency}"))
    }

    /// The one-time way in of a role; `None`: of the province.
    pub fn way_in(&self, role: &str, agency: Option<&str>) -> &str {
        self.found(role, agency)["sign_in_url"].as_str().unwrap()
    }

    /// The account of a role in an agency.
    pub fn account(&self, role: &str, agency: &str) -> Account<'_> {
        self.account_at(role, Some(agency))
    }

    /// The account of a role in an agency; `None`: of the province.
    pub fn account_at(&self, role: &str, agency: Option<&str>) -> Account<'_> {
        let found = self.found(role, agency);
        let text = |name: &str| found[name].as_str().unwrap();
        Account {
            email: text("email"),
            password: text("password"),
            totp_secret: text("totp_secret"),
        }
    }

    fn found(&self, role: &str, agency: Option<&str>) -> &Value {
        let accounts = self.ready["accounts"].as_array().unwrap();
        let found = accounts
            .iter()
            .find(|account| account["role"] == role && account["agency"].as_str() == agency);
        found.unwrap()
    }
}
