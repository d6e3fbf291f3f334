//! `pbgdpl-paper`: one document (JSON, version 1) on standard input, one PDF file on standard output. What goes wrong is said on
//! standard error; the exit code tells whose fault it is: 2 the document's, 3 its length, 4 the layout's, 5 the pipe's.

mod document;
mod draw;
mod limits;
mod world;

use std::io::{Read, Write};
use std::process::ExitCode;

use document::Document;
use draw::{DrawError, draw};

/// The longest document, in bytes.
const BYTES_MAX: u64 = 4 * 1024 * 1024;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err((code, said)) => {
            let mut error = std::io::stderr();
            // Nobody is left to be told where this fails.
            let _ = writeln!(error, "pbgdpl-paper: {said}");
            ExitCode::from(code)
        }
    }
}

fn run() -> Result<(), (u8, String)> {
    limits::set().map_err(|error| (5, format!("its bounds cannot be set: {error}")))?;
    let mut bytes = Vec::new();
    let mut input = std::io::stdin().take(BYTES_MAX + 1);
    input
        .read_to_end(&mut bytes)
        .map_err(|error| (5, error.to_string()))?;
    if u64::try_from(bytes.len()).is_ok_and(|long| long > BYTES_MAX) {
        return Err((3, format!("more than {BYTES_MAX} bytes")));
    }
    let document = Document::read(&bytes).map_err(|error| (2, error.to_string()))?;
    let file = draw(document).map_err(|error| match error {
        DrawError::TooLong(_) => (3, error.to_string()),
        DrawError::Layout(_) => (4, error.to_string()),
    })?;
    let mut output = std::io::stdout();
    output
        .write_all(&file)
        .and_then(|()| output.flush())
        .map_err(|error| (5, error.to_string()))
}
