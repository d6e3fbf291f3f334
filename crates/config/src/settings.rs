//! Reads all sections from the file and the environment, and refuses the start with every problem at once.

use std::path::Path;

use crate::check::{Run, check};
use crate::environment;
use crate::problem::Problem;
use crate::reader::{Key, Reader};
use crate::section::audit::Audit;
use crate::section::database::Database;
use crate::section::estate::Estate;
use crate::section::exchange::Exchange;
use crate::section::mail::Mail;
use crate::section::metrics::Metrics;
use crate::section::paper::Paper;
use crate::section::redis::Redis;
use crate::section::server::Server;
use crate::section::signature::Signature;
use crate::section::storage::Storage;
use crate::section::telemetry::Telemetry;
use crate::section::tenants::Tenants;
use crate::source::Source;

/// Everything an operator can set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Where we listen and the four origins we answer for.
    pub server: Server,
    /// The listener of `/metrics`.
    pub metrics: Metrics,
    /// The database and its roles.
    pub database: Database,
    /// Shared hints and caches.
    pub redis: Redis,
    /// Where uploaded files lie.
    pub storage: Storage,
    /// How letters leave.
    pub mail: Mail,
    /// The exchange with the Ministry.
    pub exchange: Exchange,
    /// Digital signatures over reports.
    pub signature: Signature,
    /// Where the logs go besides.
    pub audit: Audit,
    /// PDF files.
    pub paper: Paper,
    /// Pages of agencies' sites.
    pub estate: Estate,
    /// Log lines and traces.
    pub telemetry: Telemetry,
    /// The province as files.
    pub tenants: Tenants,
}

impl Settings {
    /// Reads the file (none: defaults) with the environment above it, and checks all of it.
    pub fn load(
        path: Option<&Path>,
        environment: impl Iterator<Item = (String, String)>,
    ) -> Result<Self, Vec<Problem>> {
        let mut source = Source::default();
        if let Some(path) = path {
            let place = path.display().to_string();
            match std::fs::read(path).map(String::from_utf8) {
                Ok(Ok(text)) => {
                    source.add_file(&place, &text);
                    // What a broken line hides would be reported as missing.
                    if source.broken {
                        return Err(source.problems);
                    }
                }
                Ok(Err(error)) => {
                    let upto = error.utf8_error().valid_up_to();
                    let line = error
                        .as_bytes()
                        .iter()
                        .take(upto)
                        .filter(|byte| **byte == b'\n')
                        .count()
                        + 1;
                    let message = "tệp không phải UTF-8".to_owned();
                    return Err(vec![Problem {
                        place,
                        line: Some(line),
                        message,
                    }]);
                }
                Err(error) => {
                    let message = format!("không đọc được tệp cấu hình: {error}");
                    return Err(vec![Problem {
                        place,
                        line: None,
                        message,
                    }]);
                }
            }
        }
        Self::read(source, environment, Run::Serve).map(|(settings, _)| settings)
    }

    /// Returns the embedded settings of a demo: everything under `data`, on this machine.
    pub fn demo(data: &Path) -> Result<Self, Vec<Problem>> {
        let (mut settings, _) = Self::read(Source::default(), std::iter::empty(), Run::Demo)?;
        let database = data.join("pbgdpl.db");
        settings.database.url = crate::Secret::new(format!("sqlite:{}", database.display()));
        settings.storage.folder = data.join("files");
        settings.mail.url = crate::Secret::new(format!("file:{}", data.join("mail").display()));
        settings.telemetry.filter = "warn".to_owned();
        Ok(settings)
    }

    /// Checks settings that were changed in code, as `demo --host` does.
    pub fn check(&self, run: Run) -> Result<(), Vec<Problem>> {
        let mut reader = Reader::new(Source::default());
        check(self, run, &mut reader);
        let (problems, _) = reader.finish();
        if problems.is_empty() {
            Ok(())
        } else {
            Err(problems)
        }
    }

    pub(crate) fn read(
        mut source: Source,
        environment: impl Iterator<Item = (String, String)>,
        run: Run,
    ) -> Result<(Self, Vec<Key>), Vec<Problem>> {
        let variables = environment.collect();
        environment::add(&mut source, &variables);
        let mut reader = Reader::new(source);
        let settings = Self {
            server: Server::read(&mut reader),
            metrics: Metrics::read(&mut reader),
            database: Database::read(&mut reader),
            redis: Redis::read(&mut reader),
            storage: Storage::read(&mut reader),
            mail: Mail::read(&mut reader),
            exchange: Exchange::read(&mut reader),
            signature: Signature::read(&mut reader),
            audit: Audit::read(&mut reader),
            estate: Estate::read(&mut reader),
            paper: Paper::read(&mut reader),
            telemetry: Telemetry::read(&mut reader),
            tenants: Tenants::read(&mut reader),
        };
        check(&settings, run, &mut reader);
        let (mut problems, keys) = reader.finish();
        problems.extend(environment::near_misses(&variables, &keys));
        if problems.is_empty() {
            Ok((settings, keys))
        } else {
            Err(problems)
        }
    }
}
