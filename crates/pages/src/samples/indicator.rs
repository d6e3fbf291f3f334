//! The catalogue of indicators: full and empty.

use super::{Sample, both, frames};
use crate::desk::indicator::{IndicatorList, IndicatorPage};
use crate::part::{Cell, Column, Empty, Link, Row, State, Table, Tone};

const HERE: &str = "/giam-sat/chi-tieu";

pub(super) fn add(samples: &mut Vec<Sample>) {
    both(samples, "chi-tieu", list);
    both(samples, "chi-tieu-mot", one);
}

fn table(columns: &[&str], rows: Vec<Vec<Cell>>) -> Table {
    Table {
        caption: "Danh mục chỉ tiêu".into(),
        caption_hidden: true,
        columns: columns.iter().map(|label| Column::words(*label)).collect(),
        rows: rows.into_iter().map(|cells| Row { cells }).collect(),
        total: None,
    }
}

fn list(full: bool) -> IndicatorList {
    let row = vec![
        Cell::link(
            "Số báo cáo viên, tuyên truyền viên tham gia phổ biến pháp luật trực tiếp",
            format!("{HERE}/bao-cao-vien-truc-tiep"),
        ),
        "Người".into(),
        "Từ danh sách báo cáo viên".into(),
        "09a (2), 09b (2), 09c (2), 09d (2)".into(),
        "15/05/2019, 2 bản".into(),
    ];
    IndicatorList {
        frame: frames::desk(),
        lead: "Mỗi con số trong biểu là gì, tính từ đâu, theo văn bản nào và từ ngày nào.".into(),
        whole: full.then(|| Link::new("Xem cả danh mục", HERE)),
        table: table(
            &["Chỉ tiêu", "Đơn vị tính", "Nguồn số liệu", "Cột biểu", "Từ ngày"],
            if full { vec![row] } else { vec![] },
        ),
        empty: (!full).then(|| Empty {
            title: "Chưa có chỉ tiêu nào.".into(),
            text: "Danh mục chỉ tiêu do Sở Tư pháp quản lý, là tệp dữ liệu của tỉnh.".into(),
            links: vec![],
        }),
    }
}

fn one(full: bool) -> IndicatorPage {
    let column = vec![
        "09b/BTP/PBGDPL".into(),
        "3".into(),
        "Kết quả hoạt động PBGDPL › Phổ biến, giáo dục pháp luật trực tiếp › Số cuộc".into(),
        "Từ 15/05/2019".into(),
    ];
    let version = vec![
        "Từ 15/05/2019".into(),
        "Số cuộc tuyên truyền miệng cho nhiều người nghe.".into(),
        "Cộng từ sổ hoạt động: Cuộc phổ biến trực tiếp".into(),
        "Cuộc".into(),
    ];
    IndicatorPage {
        frame: frames::desk(),
        list: Link::new("Danh mục chỉ tiêu", HERE),
        name: "Số cuộc phổ biến, giáo dục pháp luật trực tiếp".into(),
        states: vec![
            State::new(Tone::Ok, "Đang có hiệu lực"),
            State::new(Tone::Soon, "Cần đối chiếu với văn bản gốc"),
        ],
        definition: "Số cuộc tuyên truyền miệng cho nhiều người nghe: hội nghị, lớp tập huấn, bồi dưỡng."
            .into(),
        facts: vec![
            ("Đơn vị tính".into(), "Cuộc".into()),
            (
                "Cách tính".into(),
                "Cộng từ sổ hoạt động: Cuộc phổ biến trực tiếp".into(),
            ),
        ],
        columns: full.then(|| table(&["Biểu", "Cột", "Tiêu đề cột", "Biểu có hiệu lực"], vec![column])),
        versions: table(
            &["Hiệu lực", "Định nghĩa", "Cách tính", "Đơn vị tính"],
            vec![version],
        ),
    }
}
