//! The exchange with the Ministry (`docs/reference/exchange.md`): what a record says, its receipt, and what differs between both
//! sides. Pure; the figures are those of a frozen sum.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::manifest::FormFile;
use crate::report::{Consolidated, LineKind, Span, hash_of, period_word};

/// The name of the exchange and its edition.
pub const SCHEMA: &str = "pbgdpl/exchange/1";

/// One cell of the form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExchangedCell {
    /// Key of the line.
    pub row: String,
    /// As printed.
    pub label: String,
    /// What the line stands for.
    pub kind: LineKind,
    /// Column number.
    pub column: u8,
    /// Unit.
    pub unit: String,
    /// Actual figure.
    pub actual: Option<i64>,
    /// Estimate.
    pub estimate: Option<i64>,
    /// Both together.
    pub total: Option<i64>,
}

/// What is sent: a frozen form of the province, cell by cell, and once more as a table. It names no person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope {
    /// [`SCHEMA`].
    pub schema: String,
    /// The record: the same for every version of a form of a period.
    pub record: String,
    /// Version of the frozen form.
    pub version: i32,
    /// Slug of the province.
    pub province: String,
    /// Id of the form.
    pub form: String,
    /// Its official code.
    pub code: String,
    /// Its title.
    pub title: String,
    /// The circular that defines it.
    pub basis: String,
    /// Period, as in addresses.
    pub period: String,
    /// Year.
    pub year: i32,
    /// First day.
    pub from: NaiveDate,
    /// Last day of actual figures.
    pub actual_to: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// SHA-256 of the frozen figures as the province keeps them.
    pub figures: String,
    /// The cells, line by line.
    pub cells: Vec<ExchangedCell>,
    /// The same as CSV.
    pub csv: String,
}

/// The id of a record: stable over its versions.
#[must_use]
pub fn record_id(province: &str, form: &str, period: &str, year: i32) -> String {
    format!("{province}.{form}.{period}.{year}")
}

impl Envelope {
    /// From a frozen sum.
    #[must_use]
    pub fn of(
        province: &str,
        (form, span): (&FormFile, &Span),
        (version, hash): (i32, &str),
        figures: &Consolidated,
        csv: String,
    ) -> Self {
        let period = period_word(span.kind);
        let mut cells = Vec::new();
        for line in &figures.rows {
            for column in &form.columns {
                let Some(cell) = line.cells.get(&column.number) else {
                    continue;
                };
                cells.push(ExchangedCell {
                    row: line.key.clone(),
                    label: line.label.clone(),
                    kind: line.kind,
                    column: column.number,
                    unit: column.unit.clone(),
                    actual: cell.actual,
                    estimate: cell.estimate,
                    total: cell.total(),
                });
            }
        }
        Self {
            schema: SCHEMA.to_owned(),
            record: record_id(province, &form.id, period, span.year),
            version,
            province: province.to_owned(),
            form: form.id.clone(),
            code: form.code.clone(),
            title: form.title.clone(),
            basis: form.basis.clone(),
            period: period.to_owned(),
            year: span.year,
            from: span.from,
            actual_to: span.actual_to,
            to: span.to,
            figures: hash.to_owned(),
            cells,
            csv,
        }
    }

    /// The bytes that go out.
    ///
    /// # Errors
    /// Never for figures that a form can hold.
    pub fn canonical(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string(self)
    }

    /// Reads what [`Envelope::canonical`] wrote.
    ///
    /// # Errors
    /// Where the text is no record.
    pub fn read(text: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }
}

/// What the Ministry answers to a record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// Number of the receipt.
    pub receipt: String,
    /// When it was received, RFC 3339.
    pub received_at: DateTime<Utc>,
    /// The record.
    pub record: String,
    /// Its version.
    pub version: i32,
    /// SHA-256 of the bytes that were received.
    pub hash: String,
}

/// The longest number of a receipt, in characters.
const LONGEST_RECEIPT: usize = 100;

impl Receipt {
    /// Why it is no receipt of these bytes; nothing where it is.
    #[must_use]
    pub fn differs(&self, record: &str, version: i32, envelope: &str) -> Option<&'static str> {
        if self.record != record || self.version != version {
            Some("biên nhận ghi bản ghi khác")
        } else if self.hash != hash_of(envelope) {
            Some("biên nhận ghi mã băm khác với tệp đã gửi")
        } else if !self.is_numbered() {
            Some("biên nhận không có số hợp lệ")
        } else {
            None
        }
    }

    fn is_numbered(&self) -> bool {
        let number = self.receipt.trim();
        !number.is_empty()
            && number.chars().count() <= LONGEST_RECEIPT
            && !number.chars().any(char::is_control)
    }

    /// When it was received.
    #[must_use]
    pub fn at(&self) -> Moment {
        Moment::from(self.received_at)
    }
}

/// A record as the Ministry lists it: its latest version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// The record.
    pub record: String,
    /// Its latest version there.
    pub version: i32,
    /// SHA-256 of its bytes.
    pub hash: String,
}

/// Which figure of a cell.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Both together.
    #[default]
    Total,
    /// What was counted.
    Actual,
    /// What was estimated.
    Estimate,
}

impl Part {
    /// On the screen.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Total => "tổng",
            Self::Actual => "thực tế",
            Self::Estimate => "ước tính",
        }
    }
}

/// What differs between both sides.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Mismatch {
    /// Sent by us, not there.
    MissingThere {
        /// The record.
        record: String,
        /// Version sent.
        version: i32,
    },
    /// There in another version.
    OtherVersion {
        /// The record.
        record: String,
        /// Version sent.
        ours: i32,
        /// Version there.
        theirs: i32,
    },
    /// A cell that says something else.
    OtherFigure {
        /// The record.
        record: String,
        /// Label of the line.
        line: String,
        /// Column number.
        column: u8,
        /// Which figure of it.
        #[serde(default)]
        part: Part,
        /// What it is here.
        ours: Option<i64>,
        /// What it is there.
        theirs: Option<i64>,
    },
    /// Other bytes with the same figures.
    OtherText {
        /// The record.
        record: String,
    },
    /// Other bytes there, and they could not be read.
    Unreadable {
        /// The record.
        record: String,
        /// Why, in the words of the screen.
        why: String,
    },
    /// There, and never sent by us.
    UnknownHere {
        /// The record.
        record: String,
        /// Version there.
        version: i32,
    },
}

/// Records that were read there because their hash is another one, or why they could not be read.
pub type Bodies = BTreeMap<String, Result<Envelope, String>>;

/// Compares what was sent, in its latest versions, with what is listed there.
#[must_use]
pub fn reconcile(
    sent: &BTreeMap<String, (i32, String)>,
    listed: &[Listed],
    bodies: &Bodies,
) -> Vec<Mismatch> {
    let there: BTreeMap<&str, &Listed> = listed.iter().map(|one| (one.record.as_str(), one)).collect();
    let mut found = Vec::new();
    for (record, (version, envelope)) in sent {
        let record = record.clone();
        let Some(listed) = there.get(record.as_str()) else {
            let version = *version;
            found.push(Mismatch::MissingThere { record, version });
            continue;
        };
        if listed.version != *version {
            found.push(Mismatch::OtherVersion {
                record,
                ours: *version,
                theirs: listed.version,
            });
        } else if listed.hash != hash_of(envelope) {
            let theirs = bodies.get(&record).map(Result::as_ref);
            match (Envelope::read(envelope), theirs) {
                (Ok(ours), Some(Ok(theirs))) => {
                    let cells = other_figures(&ours, theirs);
                    if cells.is_empty() {
                        found.push(Mismatch::OtherText { record });
                    }
                    found.extend(cells);
                }
                (_, theirs) => found.push(Mismatch::Unreadable {
                    record,
                    why: match theirs {
                        Some(Err(why)) => why.clone(),
                        _ => "chưa đọc".to_owned(),
                    },
                }),
            }
        }
    }
    let unknown = listed.iter().filter(|one| !sent.contains_key(&one.record));
    found.extend(unknown.map(|one| Mismatch::UnknownHere {
        record: one.record.clone(),
        version: one.version,
    }));
    found
}

fn other_figures(ours: &Envelope, theirs: &Envelope) -> Vec<Mismatch> {
    type Parts = (Option<i64>, Option<i64>, Option<i64>);
    let cells = |of: &Envelope| -> BTreeMap<(String, u8), (String, Parts)> {
        let one = |cell: &ExchangedCell| {
            let parts = (cell.actual, cell.estimate, cell.total);
            ((cell.row.clone(), cell.column), (cell.label.clone(), parts))
        };
        of.cells.iter().map(one).collect()
    };
    let (own, other) = (cells(ours), cells(theirs));
    let mut keys: Vec<&(String, u8)> = own.keys().chain(other.keys()).collect();
    keys.sort();
    keys.dedup();
    let mut found = Vec::new();
    for key in keys {
        let (here, there) = (own.get(key), other.get(key));
        let parts = |cell: Option<&(String, Parts)>| cell.map(|(_, parts)| *parts).unwrap_or_default();
        let (own_parts, their_parts) = (parts(here), parts(there));
        let line = here
            .or(there)
            .map_or_else(String::new, |(label, _)| label.clone());
        let mut differ = |part, own: Option<i64>, theirs: Option<i64>| {
            let differs = own != theirs;
            if differs {
                found.push(Mismatch::OtherFigure {
                    record: ours.record.clone(),
                    line: line.clone(),
                    column: key.1,
                    part,
                    ours: own,
                    theirs,
                });
            }
            differs
        };
        let actual = differ(Part::Actual, own_parts.0, their_parts.0);
        let estimate = differ(Part::Estimate, own_parts.1, their_parts.1);
        // A total that only follows from its parts is no difference of its own.
        if !actual && !estimate {
            differ(Part::Total, own_parts.2, their_parts.2);
        }
    }
    found
}
