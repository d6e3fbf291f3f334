//! `cargo xtask test`: tools, private servers, every test.

use std::path::Path;

use pbgdpl_xtask::packages::install_missing;
use pbgdpl_xtask::servers::chromedriver::Chromedriver;
use pbgdpl_xtask::servers::postgres::PostgresServer;
use pbgdpl_xtask::servers::redis::RedisServer;
use pbgdpl_xtask::servers::{CHROMEDRIVER, POSTGRES, POSTGRES_DATA, REDIS, REDIS_DATA};

use crate::steps::{Steps, cargo, run};

/// Runs the tests; `only` narrows them. The servers end with this function, or with this process.
pub fn run_tests(steps: &mut Steps, only: &[String]) -> anyhow::Result<()> {
    let installed = steps.step("tools", install_missing)?;
    for need in installed {
        println!("installed: {need}");
    }
    // Everything is built by one command, so that every crate is compiled with one set of features; the journeys start
    // the program itself, which `cargo test` alone would not build.
    let narrowed = !only.is_empty();
    if !narrowed {
        steps.step("build", || {
            run(&mut cargo(&["build", "--workspace", "--all-targets"]))
        })?;
    }
    let servers = steps.step("servers", Servers::start)?;
    let mut tests = cargo(&["test"]);
    if narrowed {
        tests.args(only);
    } else {
        tests.args(["--workspace", "--no-fail-fast"]);
    }
    for (name, value) in servers.addresses() {
        tests.env(name, value);
    }
    let outcome = steps.step("tests", || run(&mut tests));
    steps.step("stop servers", || {
        drop(servers);
        Ok(())
    })?;
    outcome
}

struct Servers {
    postgres: PostgresServer,
    redis: RedisServer,
    chromedriver: Chromedriver,
}

impl Servers {
    fn start() -> anyhow::Result<Self> {
        Ok(Self {
            postgres: PostgresServer::start()?,
            redis: RedisServer::start()?,
            chromedriver: Chromedriver::start()?,
        })
    }

    fn addresses(&self) -> [(&'static str, String); 5] {
        let text = |path: &Path| path.to_string_lossy().into_owned();
        [
            (POSTGRES, self.postgres.superuser_url()),
            (POSTGRES_DATA, text(self.postgres.data_directory())),
            (REDIS, self.redis.url()),
            (REDIS_DATA, text(self.redis.directory())),
            (CHROMEDRIVER, self.chromedriver.url()),
        ]
    }
}
