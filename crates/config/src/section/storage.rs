//! `[storage]`: where uploaded files lie.

use std::path::PathBuf;

use crate::reader::Reader;
use crate::section::folder;

/// Where uploaded files lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Storage {
    /// The folder named by `storage.url`. `PBGDPL_STORAGE__URL`, default `file:var/files`.
    pub folder: PathBuf,
}

impl Storage {
    pub(crate) fn read(reader: &mut Reader) -> Self {
        let place = |text: &str| match folder(text) {
            Some(folder) => Ok(folder),
            None if text.starts_with("s3:") => {
                Err("bản này chưa lưu tệp trên S3; dùng \"file:thư/mục\" (nhiều nút: một thư mục dùng chung)")
            }
            None => Err("phải có dạng \"file:thư/mục\""),
        };
        Self {
            folder: reader.parsed("storage", "url", PathBuf::from("var/files"), place),
        }
    }
}
