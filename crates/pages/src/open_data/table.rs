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

/// What CSVW says of the CSV file. `home`: the page of the datasets (absolute).
#[must_use]
pub fn metadata(dataset: &Dataset, home: &str) -> Value {
    let columns: Vec<Value> = dataset
        .columns
        .iter()
        .map(|column| {
            let mut told = json!({
                "name": column.name, "titles": column.name, "datatype": column.kind.datatype(),
                "required": column.required, "dc:description": column.meaning,
            });
            if let (Kind::Words, Some(object)) = (column.kind, told.as_object_mut()) {
                object.insert("separator".into(), json!(";"));
            }
            told
        })
        .collect();
    json!({
        "@context": ["http://www.w3.org/ns/csvw", { "language": "vi" }],
        "url": format!("{home}/{}.csv", dataset.id),
        "dc:title": dataset.title, "dc:description": dataset.description,
        "dc:license": { "@id": format!("{home}#dieu-kien") },
        "dialect": { "encoding": "utf-8", "delimiter": ",", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "tableSchema": { "columns": columns, "primaryKey": dataset.key },
    })
}
