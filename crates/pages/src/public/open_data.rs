//! The open datasets, for people: what is in each, what its columns mean, where to take it, on which terms.

use askama::Template;

use crate::frame::Frame;
use crate::open_data::{ALL, Dataset};
use crate::part::{Column, Link, Row, Table};
use crate::{CachePolicy, Page};

/// The page.
#[derive(Debug, Clone, Template)]
#[template(path = "public/open_data.html")]
pub struct OpenData {
    /// Surroundings.
    pub frame: Frame,
}

impl OpenData {
    fn crumbs(&self) -> Vec<Link> {
        vec![Link::new("Dữ liệu mở", "")]
    }

    fn datasets(&self) -> &'static [Dataset] {
        &ALL
    }

    fn dictionary(&self, dataset: &Dataset) -> Table {
        Table {
            caption: format!("Từ điển dữ liệu: {}", dataset.title),
            caption_hidden: true,
            columns: ["Cột", "Kiểu", "Ý nghĩa, đơn vị", "Luôn có"]
                .map(Column::words)
                .to_vec(),
            rows: dataset
                .columns
                .iter()
                .map(|column| Row {
                    cells: vec![
                        column.name.into(),
                        column.kind.label().into(),
                        column.meaning.into(),
                        if column.required { "có" } else { "không" }.into(),
                    ],
                })
                .collect(),
            total: None,
        }
    }
}

impl Page for OpenData {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Public
    }
}
