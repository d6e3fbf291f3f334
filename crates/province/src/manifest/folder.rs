//! A province's folder on disk: reading its files, and writing exported ones.

use std::path::{Path, PathBuf};

use pbgdpl_model::manifest::{Manifest, Problem, parse};
use pbgdpl_model::policy::PolicyRow;

use crate::Error;
use crate::agency::slug::RESERVED;

/// A folder whose files stand, with their texts.
#[derive(Debug, Clone, PartialEq)]
pub struct Folder {
    files: Vec<(String, String)>,
    manifest: Manifest,
}

impl Folder {
    /// From texts: (path inside the folder, text).
    ///
    /// # Errors
    /// [`Error::Files`] with file, line and reason of every fault.
    pub fn of(files: Vec<(String, String)>) -> Result<Self, Error> {
        let manifest = parse(&files).map_err(Error::Files)?;
        let folder = Self { files, manifest };
        let own: Vec<Problem> = folder
            .manifest
            .agencies
            .iter()
            .filter(|agency| RESERVED.contains(&agency.slug.as_str()))
            .map(|agency| folder.slug_problem(&agency.slug, "dành riêng cho hệ thống; chọn từ khác"))
            .collect();
        if own.is_empty() {
            Ok(folder)
        } else {
            Err(Error::Files(own))
        }
    }

    /// Reads a folder: `*.toml` and `*.csv`, one level of folders deep; hidden files are passed over.
    ///
    /// # Errors
    /// [`Error::Files`] where a file cannot be read or does not stand.
    pub fn read(root: &Path) -> Result<Self, Error> {
        let mut files = Vec::new();
        let mut problems = Vec::new();
        let mut level = vec![(PathBuf::new(), root.to_path_buf())];
        while let Some((inside, folder)) = level.pop() {
            let entries = match std::fs::read_dir(&folder) {
                Ok(entries) => entries,
                Err(error) => {
                    problems.push(unreadable(&inside, &error));
                    continue;
                }
            };
            for entry in entries.flatten() {
                let name = inside.join(entry.file_name());
                if entry.file_name().to_string_lossy().starts_with('.') {
                    continue;
                }
                if entry.path().is_dir() {
                    level.push((name, entry.path()));
                } else {
                    match text(&entry.path()) {
                        Ok(text) => files.push((shown(&name), text)),
                        Err(Unread::Failed(error)) => problems.push(unreadable(&name, &error)),
                        Err(Unread::Line(line)) => problems.push(Problem {
                            file: shown(&name),
                            line,
                            message: "không phải văn bản UTF-8".to_owned(),
                        }),
                    }
                }
            }
        }
        if !problems.is_empty() {
            return Err(Error::Files(problems));
        }
        files.sort();
        Self::of(files)
    }

    /// What the files say.
    #[must_use]
    pub const fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// A fault of a row of `roles.csv`, with the line where it stands.
    pub(super) fn role_problem(&self, row: &PolicyRow, message: &str) -> Problem {
        let file = "roles.csv";
        let written = row.to_string();
        let text = self.files.iter().find(|(name, _)| name == file);
        let line = text.and_then(|(_, text)| text.lines().zip(1..).find(|(line, _)| line.trim() == written));
        Problem {
            file: file.to_owned(),
            line: line.map_or(1, |(_, number)| number),
            message: format!("`{written}` {message}"),
        }
    }

    /// A fault of a version of `dashboard.toml`, with the line where its number stands.
    pub(super) fn version_problem(&self, number: u32, message: &str) -> Problem {
        let file = "dashboard.toml";
        let text = self.files.iter().find(|(name, _)| name == file);
        let says = |line: &str| {
            let value = line.trim().strip_prefix("number").map(str::trim_start);
            let value = value.and_then(|rest| rest.strip_prefix('=')).map(str::trim);
            value.and_then(|value| value.parse().ok()) == Some(number)
        };
        let line = text.and_then(|(_, text)| text.lines().zip(1..).find(|(line, _)| says(line)));
        Problem {
            file: file.to_owned(),
            line: line.map_or(1, |(_, number)| number),
            message: format!("bản {number} {message}"),
        }
    }

    /// A fault of an agency's address word, with the line where it stands.
    pub(super) fn slug_problem(&self, slug: &str, message: &str) -> Problem {
        let file = format!("agencies/{slug}.toml");
        let text = self.files.iter().find(|(name, _)| *name == file);
        let line =
            text.and_then(|(_, text)| text.lines().zip(1..).find(|(line, _)| line.starts_with("slug")));
        Problem {
            file,
            line: line.map_or(1, |(_, number)| number),
            message: format!("slug `{slug}` {message}"),
        }
    }
}

/// Writes exported files into a folder; files that say the same are left alone. Returns how many were written.
///
/// # Errors
/// Where a file cannot be written.
pub fn write(root: &Path, files: &[(String, String)]) -> std::io::Result<usize> {
    let mut written = 0;
    for (name, text) in files {
        let path = root.join(name);
        if std::fs::read_to_string(&path).is_ok_and(|there| there == *text) {
            continue;
        }
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, text)?;
        written += 1;
    }
    Ok(written)
}

enum Unread {
    Failed(std::io::Error),
    Line(usize),
}

fn text(path: &Path) -> Result<String, Unread> {
    let bytes = std::fs::read(path).map_err(Unread::Failed)?;
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = error.as_bytes().get(..good).unwrap_or_default();
        Unread::Line(before.iter().filter(|byte| **byte == b'\n').count() + 1)
    })
}

fn unreadable(name: &Path, error: &std::io::Error) -> Problem {
    Problem {
        file: shown(name),
        line: 1,
        message: format!("không đọc được: {error}"),
    }
}

/// With `/` on every system, as faults name files.
fn shown(name: &Path) -> String {
    let parts: Vec<_> = name
        .iter()
        .map(|part| part.to_string_lossy().into_owned())
        .collect();
    if parts.is_empty() {
        ".".to_owned()
    } else {
        parts.join("/")
    }
}
