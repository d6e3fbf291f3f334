//! The archive as it is read: a file whole, a file line by line, every file's hash. Nothing of it is unpacked anywhere.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Seek};

use serde::de::DeserializeOwned;
use zip::ZipArchive;

use super::super::contents::{MANIFEST, Manifest};
use super::{Fault, What, hash_of};

/// Largest file that is read whole, and longest line: more than any of ours.
const LARGEST: u64 = 256 * 1024 * 1024;

/// The archive.
pub(super) struct Room<R> {
    zip: ZipArchive<R>,
    /// The hashes of the files as they are.
    pub hashes: BTreeMap<String, String>,
}

impl<R: Read + Seek> Room<R> {
    pub(super) fn open(file: R) -> Result<Self, String> {
        let zip = ZipArchive::new(file).map_err(|error| error.to_string())?;
        // Programs do not agree which of two files of one name they show.
        if zip.has_duplicate_names() {
            return Err("có hai tệp cùng tên".to_owned());
        }
        Ok(Self {
            zip,
            hashes: BTreeMap::new(),
        })
    }

    /// A whole file.
    pub(super) fn read(&mut self, name: &str) -> Result<Vec<u8>, What> {
        let file = self.zip.by_name(name).map_err(|_| What::Missing)?;
        let mut bytes = Vec::new();
        match file.take(LARGEST + 1).read_to_end(&mut bytes) {
            Ok(_) if u64::try_from(bytes.len()).is_ok_and(|length| length <= LARGEST) => Ok(bytes),
            Ok(_) => Err(What::Unreadable("quá lớn".into())),
            Err(error) => Err(What::Unreadable(error.to_string())),
        }
    }

    /// A file line by line, until `take` says no.
    pub(super) fn lines<T: DeserializeOwned>(
        &mut self,
        name: &str,
        mut take: impl FnMut(T) -> Result<(), What>,
    ) -> Result<(), What> {
        let file = self.zip.by_name(name).map_err(|_| What::Missing)?;
        let mut file = BufReader::new(file);
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            let read = (&mut file).take(LARGEST).read_until(b'\n', &mut line);
            if read.map_err(|_| What::Line(number))? == 0 {
                break;
            }
            take(serde_json::from_slice(&line).map_err(|_| What::Line(number))?)?;
        }
        Ok(())
    }

    /// Compares the files with the manifest, and remembers their hashes.
    pub(super) fn compare(&mut self, manifest: &Manifest, faults: &mut Vec<Fault>) {
        let names = self.zip.file_names();
        let mut strangers: Vec<String> = names
            .map(|name| name.map_or_else(|_| "?".to_owned(), std::borrow::Cow::into_owned))
            .collect();
        for listed in &manifest.files {
            strangers.retain(|name| *name != listed.name);
            let hash = match self.zip.by_name(&listed.name) {
                Ok(mut file) => hash_of(&mut file).ok(),
                Err(_) => {
                    faults.push(Fault::new(&listed.name, What::Missing));
                    continue;
                }
            };
            if hash.as_ref() != Some(&listed.sha256) {
                faults.push(Fault::new(&listed.name, What::Bytes));
            }
            self.hashes.insert(listed.name.clone(), hash.unwrap_or_default());
        }
        strangers.retain(|name| name != MANIFEST);
        faults.extend(strangers.into_iter().map(|name| Fault::new(name, What::Stranger)));
    }
}
