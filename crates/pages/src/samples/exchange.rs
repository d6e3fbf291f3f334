//! The exchange with the Ministry: sent and compared, and nothing sent yet.

use super::{Sample, draw, frames};
use crate::part::{Cell, Column, Empty, Link, Notice, Row, State, Table, Tone};
use crate::province::report::ExchangePage;

fn table(heads: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    Table {
        caption: "Biểu đã gửi và biên nhận".into(),
        caption_hidden: true,
        columns: heads.iter().map(|head| Column::words(*head)).collect(),
        rows: rows.into_iter().map(|cells| Row { cells }).collect(),
        total: None,
    }
}

pub(super) fn add(samples: &mut Vec<Sample>) {
    for (full, mark) in [(true, ""), (false, "-trong")] {
        let sent = vec![
            Cell::link("Biểu 09c, bản 1", "/tinh/tong-hop/09c/nam/2020?ban=1"),
            "kon-tum.09c.nam.2020".into(),
            Cell::state(State::new(Tone::Ok, "Đã có biên nhận")),
            "BTP-2020-000123".into(),
            "03/02/2021, 8 giờ 15".into(),
            "9f86d081884c7d65".into(),
        ];
        let other = vec![
            "kon-tum.09c.nam.2020".into(),
            "Khác số: Tổng số trên địa bàn tỉnh, cột 4".into(),
            "410".into(),
            "4.100".into(),
        ];
        let page = ExchangePage {
            frame: frames::desk(),
            list: Link::new("Báo cáo Năm 2020", "/tinh/bao-cao/09c/nam/2020"),
            period: "Năm 2020".into(),
            sent: table(
                &[
                    "Biểu",
                    "Bản ghi",
                    "Tình trạng",
                    "Biên nhận",
                    "Nhận lúc",
                    "Mã băm (16 ký tự đầu)",
                ],
                if full { vec![sent] } else { vec![] },
            ),
            empty: (!full).then(|| Empty {
                title: "Chưa gửi biểu nào của kỳ này.".into(),
                text: "Mở trang tổng hợp của biểu, chốt số liệu rồi bấm Gửi Bộ Tư pháp.".into(),
                links: vec![Link::new("Mở trang tổng hợp", "/tinh/tong-hop/09c/nam/2020")],
            }),
            compared: full.then(|| Notice::warning("Có 1 chỗ khác nhau", "Bên nhận có 1 bản ghi.")),
            mismatches: full.then(|| table(&["Bản ghi", "Khác ở đâu", "Ở đây", "Ở bên nhận"], vec![other])),
            acts: vec![],
            links: vec![],
        };
        draw(samples, &format!("tinh-trao-doi{mark}"), &page);
    }
}
