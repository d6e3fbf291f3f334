//! How sections are read: a month with readers, and one without.

use super::{Sample, article, both};
use crate::desk::engagement::{EngagementBlock, EngagementPage};
use crate::oversight::DayBars;
use crate::part::{Column, Link, Row, Table};

pub(super) fn add(samples: &mut Vec<Sample>) {
    both(samples, "luot-doc", page);
}

fn table(columns: &[&str], rows: &[&[&str]]) -> Table {
    let columns = columns.iter().enumerate().map(|(at, label)| match at {
        0 => Column::words(*label),
        _ => Column::figures(*label),
    });
    Table {
        caption: "Lượt đọc".into(),
        caption_hidden: true,
        columns: columns.collect(),
        rows: rows
            .iter()
            .map(|cells| Row {
                cells: cells.iter().map(|cell| (*cell).into()).collect(),
            })
            .collect(),
        total: None,
    }
}

fn page(full: bool) -> EngagementPage {
    let rows = |rows: &'static [&'static [&'static str]]| if full { rows } else { &[] };
    EngagementPage {
        frame: article::frame("/quan-tri/so-tu-phap/luot-doc"),
        title: "Lượt đọc",
        ranges: ["30 ngày", "90 ngày", "365 ngày"]
            .map(|label| Link::new(label, "/quan-tri/so-tu-phap/luot-doc?ngay=30"))
            .into(),
        range: "30 ngày".into(),
        sums: vec![
            ("Lượt đọc có tương tác", if full { "4.208" } else { "0" }.into()),
            (
                "Lượt người theo ngày (ước tính)",
                if full { "1.930" } else { "0" }.into(),
            ),
            ("Không tính", if full { "311" } else { "0" }.into()),
        ],
        bars: full.then(|| DayBars {
            title: "Lượt đọc có tương tác, từng ngày".into(),
            answer: "Nhiều nhất 288 lượt, ngày 09/06/2020".into(),
            first: "17/05/2020".into(),
            last: "15/06/2020".into(),
            days: (1..=30).map(|day| day * 37 % 289).collect(),
        }),
        days: table(
            &["Ngày", "Lượt đọc", "Người", "Không tính"],
            rows(&[&["15/06/2020", "241", "120", "12"]]),
        ),
        empty: "Chưa có lượt đọc nào trong những ngày này.",
        blocks: vec![EngagementBlock {
            heading: "Người đọc đến từ đâu?".into(),
            note: "Cách người đọc tới chuyên mục.".into(),
            table: table(
                &["Nơi", "Lượt đọc"],
                rows(&[
                    &["Trang của tỉnh", "3.100"],
                    &["Khung nhúng: Cổng thông tin", "1.108"],
                ]),
            ),
            empty: "Chưa có.",
        }],
        how: vec!["Một lượt đọc được tính khi nội dung đã hiện đủ 5 giây."],
        fresh: "Số liệu ghi mỗi phút một lần.".into(),
        csv: "/quan-tri/so-tu-phap/luot-doc/ngay.csv?ngay=30".into(),
    }
}
