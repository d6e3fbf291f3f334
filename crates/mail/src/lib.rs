//! Letters: lettre, one folder per letter.
//!
//! To add a letter: a struct in `src/letter/` with its subject, a text in `templates/<letter>/body.txt`, a line
//! in the test that reads every letter aloud. Letters say what happened and where to act; they never sign
//! anybody in and carry no more of a person than the name in the address.

mod filters;
mod folder;
pub mod letter;
mod message;
mod sender;
mod smtp;
#[cfg(test)]
mod tests;

pub use folder::{StoredLetter, list_folder};
pub use letter::{Envelope, Letter, Words};
pub use sender::{OpenError, SendError, Sender};
