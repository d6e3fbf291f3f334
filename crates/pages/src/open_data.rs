//! The open datasets (OPN-07): what each column means, once; the dictionary, CSVW and DCAT are written from it.

mod catalogue;
mod columns;
mod table;

pub use catalogue::{Publisher, Span, catalogue};
pub use columns::{ALL, Column, Dataset, Kind};
pub use table::{Cell, csv_cells, json_row, metadata};
