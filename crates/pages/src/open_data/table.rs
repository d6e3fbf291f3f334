//! Rows of a dataset as CSV and JSON, and what CSVW (W3C, "Metadata Vocabulary for Tabular Data") says of the table.

use serde_json::{Map, Value, json};

use super::{Dataset, Kind};

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text, an address, a day, an instant.
    Text(String),
    /// Words.
    Words(Vec<String>),
    /// A whole number.
    Whole(i64),
    /// Nothing is known.
    Nothing,
}

impl<T: ToString> From<Option<T>> for Cell {
    fn from(text: Option<T>) -> Self {
        text.map(|text| text.to_string())
            .filter(|text| !text.is_empty())
            .map_or(Self::Nothing, Self::Text)
    }
}

/// The cells of a row in a CSV file.
#[must_use]
pub fn csv_cells(row: &[Cell]) -> Vec<String> {
    row.iter()
        .map(|cell| match cell {
            Cell::Text(text) => text.clone(),
            Cell::Words(words) => words.join(";"),
            Cell::Whole(number) => number.to_string(),
            Cell::Nothing => String::new(),
        })
        .collect()
}

/// A row as an object.
#[must_use]
pub fn json_row(dataset: &Dataset, row: &[Cell]) -> Value {
    let members = dataset.columns.iter().zip(row).map(|(column, cell)| {
        let value = match cell {
            Cell::Text(text) => json!(text),
            Cell::Words(words) => json!(words),
            Cell::Whole(number) => json!(number),
            Cell::Nothing => Value::Null,
        };
        (column.name.to_owned(), value)
    });
    Value::Object(members.collect::<Map<_, _>>())
}

/// What a CSV file does to texts, so that no spreadsheet runs them (`province/csv_file.rs`).
const MARKED: &str = "Ô chữ bắt đầu bằng =, +, - hoặc @ (cả dạng toàn độ rộng), bằng dấu tab hoặc dấu xuống dòng, kể cả sau \
    dấu cách, có thêm dấu ' ở đầu để bảng tính không hiểu là công thức: bỏ dấu ' đó thì được đúng chữ. Tệp JSON không có dấu này.";

/// What CSVW says of the CSV file. `home`: the page of the datasets (absolute).
#[must_use]
pub fn metadata(dataset: &Dataset, home: &str) -> Value {
    let address = format!("{home}/{}.csv", dataset.id);
    let columns: Vec<Value> = dataset
        .columns
        .iter()
        .map(|column| {
            let mut told = json!({
                "name": column.name, "titles": column.name, "datatype": datatype(column.kind),
                "required": column.required, "dc:description": column.meaning,
            });
            if let (Kind::Words, Some(object)) = (column.kind, told.as_object_mut()) {
                object.insert("separator".into(), json!(";"));
            }
            told
        })
        .collect();
    json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "vi" }],
        "url": address, "lang": "vi", "null": "",
        "dc:title": dataset.title, "dc:description": dataset.description,
        "dc:license": { "@id": format!("{home}#dieu-kien") },
        "notes": [{ "type": "Annotation", "target": address, "body": MARKED }],
        // As it is written: no mark of the byte order, lines that end as in RFC 4180, blanks that belong to the text.
        "dialect": {
            "encoding": "utf-8", "lineTerminators": ["\r\n"], "delimiter": ",", "quoteChar": "\"", "doubleQuote": true,
            "header": true, "headerRowCount": 1, "skipInitialSpace": false, "trim": false,
        },
        "tableSchema": { "columns": columns, "primaryKey": dataset.key },
    })
}

/// A day with its form; the other types are written as XML Schema has them, which CSVW takes without a form.
fn datatype(kind: Kind) -> Value {
    match kind {
        Kind::Day => json!({ "base": kind.datatype(), "format": "yyyy-MM-dd" }),
        _ => json!(kind.datatype()),
    }
}
