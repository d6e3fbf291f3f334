//! One worker from its start to its end. It gets nothing of our environment, and is killed where the request is given up.

use std::path::Path;
use std::process::Stdio;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, ChildStdin, Command};
use tokio::time::timeout;

use crate::{Bounds, PressError};

/// What is kept of what a worker says, in bytes.
const SAID_MAX: usize = 400;
/// How a worker ends that was given too much (`workers/paper`).
const TOO_LONG: i32 = 3;
/// Bytes read at a time.
const PIECE: usize = 16 * 1024;

/// Gives the document to a worker and takes the file.
pub(crate) async fn run(worker: &Path, document: &[u8], bounds: &Bounds) -> Result<Vec<u8>, PressError> {
    let mut child = Command::new(worker)
        .env_clear()
        // As many threads as there are workers, not as processors: pages are served meanwhile.
        .env("RAYON_NUM_THREADS", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(PressError::Absent)?;
    let worked = timeout(bounds.work, work(&mut child, document, bounds.file)).await;
    let worked = worked.unwrap_or(Err(PressError::Late));
    if worked.is_err() {
        // It may be gone already.
        let _ = child.kill().await;
    }
    worked
}

async fn work(child: &mut Child, document: &[u8], file_max: usize) -> Result<Vec<u8>, PressError> {
    let pipes = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let (Some(input), Some(output), Some(errors)) = pipes else {
        return Err(PressError::Absent(std::io::ErrorKind::BrokenPipe.into()));
    };
    let fed = async {
        feed(input, document).await;
        Ok(())
    };
    let ((), file, said) = tokio::try_join!(fed, all(output, file_max), some(errors))?;
    let status = child.wait().await.map_err(PressError::Absent)?;
    if status.code() == Some(TOO_LONG) {
        return Err(PressError::TooLong);
    }
    if !status.success() {
        return Err(PressError::Ended(status, said));
    }
    if is_pdf(&file) {
        Ok(file)
    } else {
        Err(PressError::Rubbish)
    }
}

/// A worker that ends before it has read everything says by its end what is wrong.
async fn feed(mut input: ChildStdin, document: &[u8]) {
    if input.write_all(document).await.is_ok() {
        let _ = input.shutdown().await;
    }
}

async fn all(mut output: impl AsyncRead + Unpin, most: usize) -> Result<Vec<u8>, PressError> {
    let mut file = Vec::new();
    let mut piece = vec![0; PIECE];
    loop {
        let read = output.read(&mut piece).await.map_err(PressError::Absent)?;
        if read == 0 {
            return Ok(file);
        }
        file.extend(piece.iter().take(read));
        if file.len() > most {
            return Err(PressError::Flood);
        }
    }
}

/// The first words; the rest is read and forgotten, so that the worker can go on.
async fn some(mut errors: impl AsyncRead + Unpin) -> Result<String, PressError> {
    let mut said = Vec::new();
    let mut piece = vec![0; PIECE];
    loop {
        let read = errors.read(&mut piece).await.map_err(PressError::Absent)?;
        if read == 0 {
            return Ok(String::from_utf8_lossy(&said).trim().to_owned());
        }
        let room = SAID_MAX.saturating_sub(said.len());
        said.extend(piece.iter().take(read.min(room)));
    }
}

/// From its first to its last line.
fn is_pdf(file: &[u8]) -> bool {
    file.starts_with(b"%PDF-") && file.trim_ascii_end().ends_with(b"%%EOF")
}
