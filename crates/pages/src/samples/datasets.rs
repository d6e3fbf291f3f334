//! The Ministry's record types: with files, and without a year.

use super::{Sample, both, frames};
use crate::part::{Cell, Column, Link, Row, State, Table, Tone};
use crate::province::DatasetsPage;

pub(super) fn add(samples: &mut Vec<Sample>) {
    both(samples, "du-lieu-bo", page);
}

fn page(full: bool) -> DatasetsPage {
    let row = |label: &str, kept: bool| Row {
        cells: vec![
            label.into(),
            Cell::state(if kept {
                State::new(Tone::Ok, "Có trong hệ thống")
            } else {
                State::new(Tone::Wait, "Hệ thống chưa giữ loại này")
            }),
            if kept {
                Cell::link("Tải CSV", "/tinh/du-lieu/cuoc-pbgdpl/2020/csv")
            } else {
                "–".into()
            },
            if kept {
                Cell::link("Tải JSON", "/tinh/du-lieu/cuoc-pbgdpl/2020/json")
            } else {
                "–".into()
            },
        ],
    };
    DatasetsPage {
        frame: frames::desk(),
        year: 2020,
        years: if full {
            [2020, 2019]
                .map(|year| Link::new(format!("Năm {year}"), format!("/tinh/du-lieu?nam={year}")))
                .into()
        } else {
            vec![]
        },
        table: Table {
            caption: "Mười sáu loại dữ liệu, năm 2020".into(),
            caption_hidden: true,
            columns: ["Loại dữ liệu", "Tình trạng", "CSV", "JSON"]
                .map(Column::words)
                .into(),
            rows: vec![
                row("10. Vụ việc hòa giải", false),
                row("15. Cuộc phổ biến, giáo dục pháp luật", full),
            ],
            total: None,
        },
        dictionary: if full {
            vec![(
                "Cuộc phổ biến, giáo dục pháp luật".into(),
                vec![("ngay".into(), "Ngày tổ chức".into())],
            )]
        } else {
            vec![]
        },
    }
}
