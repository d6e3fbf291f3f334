//! A place to run the program in: a folder with a configuration file, and nothing of this machine's environment.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// The province that ships with the program.
pub(crate) const KON_TUM: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tenants/kon-tum");

/// A folder with `pbgdpl.toml`.
pub(crate) struct Place {
    folder: TempDir,
    /// Schemas that something was compared with.
    compared: RefCell<BTreeSet<String>>,
}

impl Place {
    pub fn with(config: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("pbgdpl.toml"), config).unwrap();
        Self {
            folder,
            compared: RefCell::default(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pbgdpl"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("DATABASE_URL")
            .env_remove("REDIS_URL");
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// What a command says; it must succeed.
    pub fn say(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(
            output.status.success(),
            "{arguments:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a command says as one line of JSON that keeps to its schema.
    pub fn json(&self, schema: &str, arguments: &[&str]) -> Value {
        let text = self.say(arguments);
        assert_eq!(
            text.trim_end().lines().count(),
            1,
            "{arguments:?}: one line: {text}"
        );
        let value: Value = serde_json::from_str(&text).unwrap();
        conforms(schema, &value);
        self.compared.borrow_mut().insert(schema.to_owned());
        value
    }

    /// The schemas that something was compared with, by name.
    pub fn compared(&self) -> BTreeSet<String> {
        self.compared.borrow().clone()
    }
}

/// Compares a value with `docs/schemas/{schema}.json`.
pub(crate) fn conforms(schema: &str, value: &Value) {
    let file = schemas().join(format!("{schema}.json"));
    let text = std::fs::read_to_string(&file).unwrap_or_else(|_| panic!("{} is missing", file.display()));
    let schema_text: Value = serde_json::from_str(&text).unwrap();
    let validator = jsonschema::validator_for(&schema_text).unwrap();
    let faults: Vec<String> = validator
        .iter_errors(value)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{schema}: {}\n{value}", faults.join("\n"));
}

pub(crate) fn schemas() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/schemas")
}

/// A running program; killed if the test ends early.
pub(crate) struct Running(Child);

impl Running {
    pub fn start(place: &Place, arguments: &[&str]) -> Self {
        let mut command = place.command(arguments);
        Self(command.stdout(Stdio::null()).spawn().unwrap())
    }

    /// Whether it still runs.
    pub fn runs(&mut self) -> bool {
        self.0.try_wait().unwrap().is_none()
    }

    /// Asks it to stop, as systemd does; returns its exit code.
    pub fn stop(mut self) -> Option<i32> {
        let pid = self.0.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status().unwrap();
        assert!(asked.success());
        self.0.wait().unwrap().code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
