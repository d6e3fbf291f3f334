//! The folder way: `.eml` files, readable by any mail program and by the demo's mailbox page.

use std::io;
use std::path::Path;

use mail_parser::{Address, MessageParser};
use pbgdpl_model::clock::Moment;
use tokio::fs;

/// How many letters the mailbox page shows.
const NEWEST: usize = 100;

/// A letter read back from the folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredLetter {
    /// The file's name in the folder.
    pub file: String,
    /// Who speaks, as `name <address>`.
    pub from: String,
    /// Who reads, as `name <address>`.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// When it was written.
    pub date: Option<Moment>,
    /// The text.
    pub text: String,
}

/// Writes a letter at once or not at all; the same letter again replaces itself.
pub(crate) async fn put(folder: &Path, name: &str, content: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder).await?;
    let draft = folder.join(format!("{name}.draft"));
    fs::write(&draft, content).await?;
    fs::rename(&draft, folder.join(format!("{name}.eml"))).await
}

/// Returns the newest letters of a folder, newest first; a folder that does not exist is empty.
pub async fn list_folder(folder: &Path) -> io::Result<Vec<StoredLetter>> {
    let mut entries = match fs::read_dir(folder).await {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut files = Vec::new();
    while let Some(entry) = entries.next_entry().await? {
        files.extend(
            entry
                .file_name()
                .into_string()
                .ok()
                .filter(|name| name.ends_with(".eml")),
        );
    }
    // Outbox ids begin with their time (UUIDv7), so the last names are the newest letters.
    files.sort_unstable_by(|one, other| other.cmp(one));
    files.truncate(NEWEST);
    let mut letters = Vec::with_capacity(files.len());
    for file in files {
        let content = fs::read(folder.join(&file)).await?;
        letters.extend(read(file, &content));
    }
    letters.sort_by_key(|letter| std::cmp::Reverse(letter.date));
    Ok(letters)
}

fn read(file: String, content: &[u8]) -> Option<StoredLetter> {
    let message = MessageParser::default().parse(content)?;
    Some(StoredLetter {
        file,
        from: message.from().map(people).unwrap_or_default(),
        to: message.to().map(people).unwrap_or_default(),
        subject: message.subject().unwrap_or_default().to_owned(),
        date: message
            .date()
            .map(|date| Moment::from_millis(date.to_timestamp().saturating_mul(1000))),
        text: message.body_text(0).unwrap_or_default().replace("\r\n", "\n"),
    })
}

fn people(addresses: &Address<'_>) -> String {
    let written = addresses
        .iter()
        .map(|person| match (person.name(), person.address()) {
            (Some(name), Some(address)) => format!("{name} <{address}>"),
            (name, address) => name.or(address).unwrap_or_default().to_owned(),
        });
    written.collect::<Vec<_>>().join(", ")
}
