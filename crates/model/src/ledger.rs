//! The ledger: what is measured, one row of it, and the fold from rows to days. Rows are never edited.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::Moment;
use crate::id::AccountId;
use crate::policy::UnknownWord;

macro_rules! measures {
    ($($(#[$doc:meta])* $variant:ident = $word:literal, $unit:literal);* $(;)?) => {
        /// What is counted. A closed list: forms map their columns to it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Measure { $($(#[$doc])* $variant),* }

        impl Measure {
            /// The whole list.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in files and tables.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The unit on the screen.
            #[must_use]
            pub const fn unit(self) -> &'static str {
                match self { $(Self::$variant => $unit),* }
            }
        }

        impl std::str::FromStr for Measure {
            type Err = UnknownWord;
            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word {
                    $($word => Ok(Self::$variant),)*
                    _ => Err(UnknownWord { list: "measure", word: word.to_owned() }),
                }
            }
        }
    };
}

measures! {
    /// Số cuộc PBGDPL trực tiếp.
    DirectSessions = "direct_sessions", "cuộc";
    /// Số lượt người tham dự.
    DirectAttendees = "direct_attendees", "lượt người";
    /// Số cuộc thi tìm hiểu pháp luật.
    Contests = "contests", "cuộc thi";
    /// Số lượt người dự thi.
    ContestEntrants = "contest_entrants", "lượt người";
    /// Tài liệu phát hành, tổng số.
    MaterialsIssued = "materials_issued", "bản";
    /// Tài liệu đăng tải trên Internet.
    MaterialsOnline = "materials_online", "tài liệu";
    /// Kinh phí phân bổ thường xuyên.
    FundingRegular = "funding_regular", "nghìn đồng";
    /// Kinh phí cấp theo chương trình, đề án.
    FundingProgramme = "funding_programme", "nghìn đồng";
    /// Kinh phí từ nguồn hỗ trợ khác.
    FundingOther = "funding_other", "nghìn đồng";
    /// Số lần phát sóng, phát thanh.
    Broadcasts = "broadcasts", "lần";
}

impl std::fmt::Display for Measure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

impl Serialize for Measure {
    fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(self.word())
    }
}

impl<'de> Deserialize<'de> for Measure {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let word = <std::borrow::Cow<'de, str>>::deserialize(d)?;
        word.parse().map_err(serde::de::Error::custom)
    }
}

/// What else is known of a counted fact; every dimension travels with the row.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Dimensions {
    /// Kind of activity or of item.
    pub kind: String,
    /// One of the eight forms of law education (Luật 14/2012/QH13 Đ.11).
    pub form: String,
    /// Fields of law.
    pub fields: Vec<String>,
    /// Audiences.
    pub audiences: Vec<String>,
    /// Places.
    pub places: Vec<String>,
    /// Language.
    pub language: String,
    /// truc-tiep | truc-tuyen | ket-hop.
    pub mode: String,
    /// Co-organisers, where the activity is joint.
    pub partners: Vec<String>,
    /// People of the agency's register who spoke: their ids, no names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub speakers: Vec<String>,
    /// Illustrative data of a demo.
    pub illustrative: bool,
}

/// What a row came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Source {
    /// An offline activity.
    Activity,
    /// An item published on the platform.
    Article,
}

impl Source {
    /// The word in tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Activity => "activity",
            Self::Article => "article",
        }
    }
}

/// One row to be appended; the store gives it its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRow {
    /// The day it counts for.
    pub day: NaiveDate,
    /// What it came from.
    pub source: Source,
    /// Which activity or item.
    pub source_id: Uuid,
    /// Which version of it.
    pub source_version: i32,
    /// What is counted.
    pub measure: Measure,
    /// How much; negative in a reversal.
    pub quantity: i64,
    /// Everything else known.
    pub dimensions: Dimensions,
    /// The row this one takes back.
    pub reverses: Option<i64>,
    /// Why, in a reversal.
    pub reason: String,
}

/// One row as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the agency's ledger.
    pub seq: i64,
    /// When it was appended.
    pub at: Moment,
    /// What it says.
    pub row: NewRow,
    /// Who appended it.
    pub actor: AccountId,
    /// Their name then.
    pub actor_name: String,
}

/// The sum of each measure over these rows: what a day, and a report, is.
#[must_use]
pub fn fold<'a>(rows: impl IntoIterator<Item = &'a NewRow>) -> BTreeMap<(NaiveDate, Measure), i64> {
    let mut days = BTreeMap::new();
    for row in rows {
        *days.entry((row.day, row.measure)).or_insert(0) += row.quantity;
    }
    days
}

/// The rows that still count: neither taken back nor taking back.
#[must_use]
pub fn standing(rows: &[Row]) -> Vec<Row> {
    let taken_back: Vec<i64> = rows.iter().filter_map(|row| row.row.reverses).collect();
    rows.iter()
        .filter(|row| row.row.reverses.is_none() && !taken_back.contains(&row.seq))
        .cloned()
        .collect()
}

/// The rows that take these rows back.
#[must_use]
pub fn reversal(rows: &[Row], reason: &str) -> Vec<NewRow> {
    rows.iter()
        .map(|row| NewRow {
            quantity: -row.row.quantity,
            reverses: Some(row.seq),
            reason: reason.to_owned(),
            ..row.row.clone()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken_back_sums_to_nothing_and_stands_no_more() {
        let new = NewRow {
            day: NaiveDate::from_ymd_opt(2021, 5, 3).unwrap(),
            source: Source::Activity,
            source_id: Uuid::from_u128(1),
            source_version: 1,
            measure: Measure::DirectAttendees,
            quantity: 180,
            dimensions: Dimensions::default(),
            reverses: None,
            reason: String::new(),
        };
        let as_row = |seq, row| Row {
            seq,
            at: Moment::from_millis(0),
            row,
            actor: AccountId(Uuid::nil()),
            actor_name: String::new(),
        };
        let mut rows = vec![as_row(1, new.clone())];
        assert_eq!(standing(&rows).len(), 1);
        let back = reversal(&standing(&rows), "gõ nhầm 180, biên bản ghi 108");
        rows.extend(back.into_iter().map(|row| as_row(2, row)));
        assert!(standing(&rows).is_empty());
        rows.push(as_row(3, NewRow { quantity: 108, ..new }));
        assert_eq!(standing(&rows)[0].seq, 3);
        let sum: i64 = fold(rows.iter().map(|row| &row.row)).values().sum();
        assert_eq!(sum, 108);
    }
}
