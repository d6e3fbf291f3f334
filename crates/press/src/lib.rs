//! The PDF worker as a child process: one document in, one file out, within bounds (ADR 0030). Whatever the worker does — hangs,
//! crashes, prints rubbish or without end — costs its one request and nothing else.

mod child;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::timeout;

/// What one file may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Workers at the same time.
    pub workers: usize,
    /// How long a request waits for its turn.
    pub turn: Duration,
    /// How long a worker may work.
    pub work: Duration,
    /// The longest document, in bytes.
    pub document: usize,
    /// The longest file, in bytes.
    pub file: usize,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            workers: 2,
            turn: Duration::from_secs(2),
            work: Duration::from_secs(20),
            document: 4 * 1024 * 1024,
            file: 32 * 1024 * 1024,
        }
    }
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub enum PressError {
    /// All workers are busy.
    #[error("all workers are busy")]
    Busy,
    /// The document is too long: for us, or by the worker's own word.
    #[error("the document is too long")]
    TooLong,
    /// The worker does not start, or its pipes fail.
    #[error("the worker does not start: {0}")]
    Absent(#[source] std::io::Error),
    /// It ended badly; what it said of it.
    #[error("the worker ended with {0}: {1}")]
    Ended(ExitStatus, String),
    /// What it wrote is no PDF file.
    #[error("the worker wrote no PDF file")]
    Rubbish,
    /// It wrote more than a file may hold.
    #[error("the worker wrote without end")]
    Flood,
    /// It did not end in time, and was killed.
    #[error("the worker did not end in time")]
    Late,
}

impl PressError {
    /// One word, for counters.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Busy => "busy",
            Self::TooLong => "too-long",
            Self::Absent(_) => "absent",
            Self::Ended(..) => "ended",
            Self::Rubbish => "rubbish",
            Self::Flood => "flood",
            Self::Late => "late",
        }
    }
}

/// The smallest document of version 1: what a worker is tried out with.
const TRIAL: &[u8] = br#"{"version":1,"title":"","author":"","identity":"","made_at":null,
"page":{"landscape":false,"margins":[600,600,600,600],"numbers":"foot","foot":""},"blocks":[]}"#;

/// How a file ended; counted also where whoever asked for it left before.
struct Outcome(&'static str);

impl Drop for Outcome {
    fn drop(&mut self) {
        metrics::counter!("pbgdpl_pdf_files_total", "outcome" => self.0).increment(1);
    }
}

/// The worker, and whose turn it is.
#[derive(Debug, Clone)]
pub struct Press {
    worker: PathBuf,
    bounds: Bounds,
    turns: Arc<Semaphore>,
}

impl Press {
    /// A press over the worker at this path.
    #[must_use]
    pub fn new(worker: &Path, bounds: Bounds) -> Self {
        Self {
            worker: worker.to_owned(),
            bounds,
            turns: Arc::new(Semaphore::new(bounds.workers)),
        }
    }

    /// The PDF file of a document (JSON, version 1). Counted by outcome in `pbgdpl_pdf_files_total`.
    ///
    /// # Errors
    /// [`PressError`]; the worker is gone by then.
    pub async fn print(&self, document: &[u8]) -> Result<Vec<u8>, PressError> {
        let mut outcome = Outcome("given-up");
        let printed = self.in_turn(document).await;
        outcome.0 = printed.as_ref().map_or_else(PressError::word, |_| "printed");
        if let Err(error) = &printed {
            tracing::warn!(%error, worker = %self.worker.display(), "no PDF file");
        }
        printed
    }

    /// Whether the worker starts and makes a file.
    ///
    /// # Errors
    /// [`PressError`].
    pub async fn try_out(&self) -> Result<(), PressError> {
        self.in_turn(TRIAL).await.map(|_| ())
    }

    async fn in_turn(&self, document: &[u8]) -> Result<Vec<u8>, PressError> {
        if document.len() > self.bounds.document {
            return Err(PressError::TooLong);
        }
        let turn = timeout(self.bounds.turn, self.turns.acquire()).await;
        let Ok(Ok(_turn)) = turn else {
            return Err(PressError::Busy);
        };
        child::run(&self.worker, document, &self.bounds).await
    }
}
