//! The archive as it grows: deterministic bytes, each file hashed while it is written, and what is ready sent on at once.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use sha2::{Digest, Sha256};
use zip::write::{SimpleFileOptions, StreamWriter};
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::contents::FileLine;
use crate::Error;
use crate::oversight::export::{Out, sent, unwritable};

/// Bytes that wait before they are sent on.
const PIECE: usize = 64 * 1024;

/// Why the making stops.
#[derive(Debug)]
pub(super) enum Stop {
    /// Nobody reads any more.
    Gone,
    /// A fault.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for Stop {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Bytes of the archive that were not sent yet.
#[derive(Debug, Clone, Default)]
struct Ready(Arc<Mutex<Vec<u8>>>);

impl Ready {
    fn len(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Ready {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The archive.
pub(super) struct Archive {
    zip: ZipWriter<StreamWriter<Ready>>,
    ready: Ready,
    out: Out,
    /// The files that are whole.
    pub files: Vec<FileLine>,
    open: Option<(String, Sha256, u64)>,
}

impl Archive {
    pub(super) fn new(out: Out) -> Self {
        let ready = Ready::default();
        Self {
            zip: ZipWriter::new_stream(ready.clone()),
            ready,
            out,
            files: Vec::new(),
            open: None,
        }
    }

    /// Begins a file.
    pub(super) fn begin(&mut self, name: &str) -> Result<(), Stop> {
        self.end();
        // One moment for all files, or the same data would give other bytes; sizes are not known before.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644)
            .large_file(true);
        self.zip
            .start_file(name, options)
            .map_err(|error| Stop::Failed(unwritable(error)))?;
        self.open = Some((name.to_owned(), Sha256::new(), 0));
        Ok(())
    }

    /// Writes on in the file that was begun, and sends on what is ready.
    pub(super) async fn put(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        self.zip
            .write_all(bytes)
            .map_err(|error| Stop::Failed(unwritable(error)))?;
        if let Some((_, hasher, length)) = &mut self.open {
            hasher.update(bytes);
            *length += u64::try_from(bytes.len()).unwrap_or(0);
        }
        if self.ready.len() >= PIECE {
            self.send_on().await?;
        }
        Ok(())
    }

    /// A whole file.
    pub(super) async fn file(&mut self, name: &str, bytes: &[u8]) -> Result<(), Stop> {
        self.begin(name)?;
        self.put(bytes).await?;
        self.end();
        Ok(())
    }

    /// Lines of JSON in the file that was begun.
    pub(super) async fn lines<T: serde::Serialize>(
        &mut self,
        lines: impl IntoIterator<Item = T>,
    ) -> Result<(), Stop> {
        let mut text = String::new();
        for line in lines {
            text.push_str(&serde_json::to_string(&line)?);
            text.push('\n');
        }
        self.put(text.as_bytes()).await
    }

    /// Ends the file that was begun.
    pub(super) fn end(&mut self) {
        if let Some((name, hasher, bytes)) = self.open.take() {
            self.files.push(FileLine {
                name,
                bytes,
                sha256: hex::encode(hasher.finalize()),
            });
        }
    }

    /// Ends the archive.
    pub(super) async fn finish(mut self) -> Result<(), Stop> {
        self.end();
        let (zip, ready, out) = (self.zip, self.ready, self.out);
        zip.finish().map_err(|error| Stop::Failed(unwritable(error)))?;
        if sent(&out, ready.take()).await {
            Ok(())
        } else {
            Err(Stop::Gone)
        }
    }

    async fn send_on(&self) -> Result<(), Stop> {
        if sent(&self.out, self.ready.take()).await {
            Ok(())
        } else {
            Err(Stop::Gone)
        }
    }
}
