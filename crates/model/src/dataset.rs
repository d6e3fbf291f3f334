//! The sixteen record types of the Ministry's shared data warehouse (CSDL PBGDPL và hòa giải ở cơ sở), each with its columns, so
//! that what is kept here goes there as an export and is not typed again. Pure.
//!
//! | file | holds |
//! |---|---|
//! | `columns` | the data dictionary: what each column of each type says |
//! | `rows` | a record from what the house keeps |

mod columns;
mod rows;
#[cfg(test)]
mod tests;

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

pub use columns::Column;
pub use rows::{Named, Words, funding, mediation_group, plan, reporter, session};

use crate::closed_list::closed_lists;

/// The name of the layout and its edition.
pub const SCHEMA: &str = "pbgdpl/dataset/1";

closed_lists! {
    /// A record type, in the order of the Ministry's list.
    Dataset {
        /// Báo cáo viên.
        Reporters = "bao-cao-vien", "Báo cáo viên pháp luật";
        /// Tuyên truyền viên.
        Communicators = "tuyen-truyen-vien", "Tuyên truyền viên pháp luật";
        /// Plans.
        Plans = "chuong-trinh-ke-hoach", "Chương trình, kế hoạch";
        /// The coordination council.
        Council = "hoi-dong-phoi-hop", "Hội đồng phối hợp phổ biến, giáo dục pháp luật";
        /// Schemes.
        Schemes = "de-an", "Đề án";
        /// Training courses.
        Training = "hoi-nghi-tap-huan", "Hội nghị tập huấn";
        /// Seminars.
        Seminars = "hoi-thao", "Hội thảo";
        /// Mediation groups.
        MediationGroups = "to-hoa-giai", "Tổ hòa giải";
        /// Mediators.
        Mediators = "hoa-giai-vien", "Hòa giải viên";
        /// Mediated cases.
        MediatedCases = "vu-viec-hoa-giai", "Vụ việc hòa giải";
        /// Trainers of mediators.
        Trainers = "tap-huan-vien", "Tập huấn viên";
        /// Money.
        Funding = "kinh-phi", "Kinh phí phổ biến, giáo dục pháp luật";
        /// Criteria of access to law.
        Criteria = "tieu-chi-tiep-can-phap-luat", "Tiêu chí, chỉ tiêu tiếp cận pháp luật";
        /// Communes judged by them.
        Communes = "xa-dat-chuan", "Đánh giá cấp xã đạt chuẩn tiếp cận pháp luật";
        /// Sessions of law education.
        Sessions = "cuoc-pbgdpl", "Cuộc phổ biến, giáo dục pháp luật";
        /// Contests.
        Contests = "cuoc-thi", "Cuộc thi tìm hiểu pháp luật";
    }
}

impl Dataset {
    /// Its number in the Ministry's list, from 1.
    #[must_use]
    pub fn number(self) -> usize {
        Self::ALL.iter().take_while(|one| **one != self).count() + 1
    }

    /// Why the house keeps no records of this type though it keeps figures of them; nothing where that needs no word.
    #[must_use]
    pub const fn why_not(self) -> Option<&'static str> {
        match self {
            Self::Mediators => Some("Chỉ giữ số người theo từng tổ hòa giải"),
            _ => None,
        }
    }

    /// Whether the house keeps records of this type.
    #[must_use]
    pub fn is_kept(self) -> bool {
        !self.columns().is_empty()
    }
}

/// What a cell says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Nothing was said.
    Unknown,
    /// Words, an id, or a day (ISO 8601).
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Flag(bool),
    /// Several words.
    List(Vec<String>),
}

impl Value {
    /// As a cell of a table: lists parted by "; ", yes and no as 1 and 0.
    #[must_use]
    pub fn cell(&self) -> String {
        match self {
            Self::Unknown => String::new(),
            Self::Text(text) => text.clone(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => i64::from(*flag).to_string(),
            Self::List(words) => words.join("; "),
        }
    }
}

/// A record: its values in the order of the columns.
pub type Row = Vec<Value>;

/// All records of a type, as one file. Its fields are written in this order; the same records give the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFile {
    /// [`SCHEMA`].
    pub schema: &'static str,
    /// The type's word.
    pub dataset: &'static str,
    /// Its number in the Ministry's list.
    pub number: usize,
    /// Its name.
    pub title: &'static str,
    /// Slug of the province.
    pub province: String,
    /// Year; registers stand as on its last day, or on the day it was taken within it.
    pub year: i32,
    /// The data dictionary.
    pub columns: &'static [Column],
    /// The records.
    pub rows: Vec<Row>,
}

impl DataFile {
    /// The bytes that are hashed and taken out.
    ///
    /// # Errors
    /// Never for what a record can hold.
    pub fn canonical(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// The same as rows of a table, headed by the names of the columns.
    pub fn table(&self) -> impl Iterator<Item = Vec<String>> {
        let head = self.columns.iter().map(|column| column.name.to_owned());
        let rows = self.rows.iter().map(|row| row.iter().map(Value::cell).collect());
        std::iter::once(head.collect()).chain(rows)
    }
}

impl Serialize for DataFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut file = serializer.serialize_map(None)?;
        file.serialize_entry("schema", self.schema)?;
        file.serialize_entry("dataset", self.dataset)?;
        file.serialize_entry("number", &self.number)?;
        file.serialize_entry("title", self.title)?;
        file.serialize_entry("province", &self.province)?;
        file.serialize_entry("year", &self.year)?;
        file.serialize_entry("columns", self.columns)?;
        let record = |row| Record {
            columns: self.columns,
            row,
        };
        file.serialize_entry("records", &self.rows.iter().map(record).collect::<Vec<_>>())?;
        file.end()
    }
}

/// One record as an object, its names in the order of the columns.
struct Record<'a> {
    columns: &'static [Column],
    row: &'a Row,
}

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(Some(self.columns.len()))?;
        for (column, value) in self.columns.iter().zip(self.row) {
            object.serialize_entry(column.name, value)?;
        }
        object.end()
    }
}
