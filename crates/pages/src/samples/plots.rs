//! Plots of the dashboards: full and empty, fresh and stopped.

use chrono::NaiveDate;

use super::frames;
use super::oversight::{frame, table};
use crate::desk::figures::{Figures, MeasurePlot};
use crate::oversight::{
    Dot, DotPlot, Freshness, HeatMap, MonthLines, PeerBlock, PeersPage, Station, Tile, TileMap,
    measure_definition,
};
use crate::part::{Cell, Link, State, Table, Tone};

pub(super) fn fresh(full: bool) -> Freshness {
    if full {
        Freshness {
            words: "Số liệu đến 9 giờ 41 ngày 12/11/2020".into(),
            stopped: false,
        }
    } else {
        Freshness {
            words:
                "Số liệu đến 9 giờ 41 ngày 12/11/2020; còn 3 ngày sổ chờ cộng từ 9 giờ 45 ngày 12/11/2020. \
                    Báo người vận hành."
                    .into(),
            stopped: true,
        }
    }
}

pub(super) fn heat(full: bool) -> HeatMap {
    let begin = NaiveDate::from_ymd_opt(2020, 1, 1).unwrap_or_default();
    let days = begin.iter_days().take(317).zip(0..);
    HeatMap {
        title: "Cuộc phổ biến trực tiếp: toàn tỉnh có ngày nào, bao nhiêu?".into(),
        answer: if full {
            "214 ngày có ghi; nhiều nhất 09/11/2020: 31 cuộc.".into()
        } else {
            "Năm 2020 chưa có ngày nào được ghi.".into()
        },
        year: 2020,
        last: NaiveDate::from_ymd_opt(2020, 11, 12).unwrap_or_default(),
        unit: "cuộc".into(),
        days: if full {
            days.filter(|(_, at): &(_, i64)| at % 7 < 5)
                .map(|(day, at)| (day, at * at % 23))
                .collect()
        } else {
            Default::default()
        },
    }
}

pub(super) fn tiles(full: bool) -> TileMap {
    let tile = |name: &str, value: i64, column, row| Tile {
        name: name.into(),
        href: "/giam-sat/so-lieu/direct_sessions/2020".into(),
        figure: format!("{},{}", value / 10, value % 10),
        value,
        detail: "12 đơn vị".into(),
        column,
        row,
    };
    TileMap {
        title: "Cuộc phổ biến trực tiếp: bình quân mỗi xã ở huyện nào bao nhiêu?".into(),
        answer: "Cao nhất: Huyện Ia H'Drai, 25,3 cuộc mỗi xã, phường, thị trấn.".into(),
        label: "Bản đồ ô: cuộc phổ biến trực tiếp, năm 2020, từng huyện, thành phố".into(),
        tiles: if full {
            vec![
                tile("Đăk Glei", 175, 2, 1),
                tile("Ngọc Hồi", 251, 1, 2),
                tile("Đăk Tô", 134, 2, 2),
                tile("Tu Mơ Rông", 188, 3, 2),
                tile("Kon Plông", 208, 4, 2),
                tile("Ia H'Drai", 253, 1, 4),
            ]
        } else {
            vec![]
        },
        beside: if full {
            vec![]
        } else {
            vec![Link::new(
                "Huyện Mới: 0",
                "/giam-sat/so-lieu/direct_sessions/2020",
            )]
        },
        table: table(
            &["Huyện, thành phố", "Số lượng (cuộc)"],
            vec![vec!["Huyện Đăk Glei".into(), "210".into()]],
            None,
        ),
    }
}

pub(super) fn peers(full: bool) -> PeersPage {
    let dot = |name: &str, value: i64| Dot {
        name: name.into(),
        href: "/giam-sat/so-lieu/direct_sessions/2020".into(),
        value,
        figure: format!("{},{}", value / 10, value % 10),
    };
    let figures = || {
        table(
            &["Cơ quan", "Thứ tự trong nhóm", "Số lượng (cuộc)"],
            vec![vec!["Huyện Ia H'Drai".into(), "1".into(), "76".into()]],
            None,
        )
    };
    let ranked = PeerBlock {
        name: "Huyện, thành phố có dưới 11 xã, phường, thị trấn".into(),
        denominator: "3 đơn vị. Số cuộc chia cho số xã, phường, thị trấn của đơn vị.".into(),
        answer: "Nhiều nhất: Huyện Ia H'Drai, 25,3; ít nhất: Huyện Đăk Tô, 13,4 cuộc mỗi xã.".into(),
        plot: Some(DotPlot {
            label: "Huyện, thành phố có dưới 11 xã, phường, thị trấn".into(),
            dots: vec![
                dot("1. Huyện Ia H'Drai", 253),
                dot("2. Huyện Ngọc Hồi", 251),
                dot("3. Huyện Đăk Tô", 134),
            ],
            middle: Some(251),
        }),
        table: figures(),
    };
    let unranked = PeerBlock {
        name: "Mặt trận Tổ quốc".into(),
        denominator: "1 đơn vị. Số cuộc nguyên vẹn.".into(),
        answer: "Không xếp thứ tự: nhóm có 1 đơn vị, ít hơn 3.".into(),
        plot: None,
        table: figures(),
    };
    PeersPage {
        frame: frame("Giám sát"),
        measure: "Cuộc phổ biến trực tiếp".into(),
        year: 2020,
        trail: vec![
            Station::new("Năm 2020", "/giam-sat?nam=2020", ""),
            Station::new("So sánh", "", ""),
        ],
        definition: measure_definition(pbgdpl_model::ledger::Measure::DirectSessions).into(),
        fresh: fresh(full),
        groups: if full { vec![ranked, unranked] } else { vec![] },
        csv: "/giam-sat/so-sanh/direct_sessions/2020/xuat.csv".into(),
        others: if full {
            vec![Link::new(
                "Lượt người dự thi",
                "/giam-sat/so-sanh/contest_entrants/2020",
            )]
        } else {
            vec![]
        },
        save: full.then(|| super::views::save(false)),
    }
}

pub(super) fn figures(full: bool) -> Figures {
    let plot = |title: &str, this: [i64; 6], before: [i64; 6]| MeasurePlot {
        lines: MonthLines {
            title: title.into(),
            answer: "72 cuộc (cùng kỳ 2019: 61)".into(),
            this_label: "2020".into(),
            before_label: "2019".into(),
            this: this.into(),
            before: before.into(),
        },
    };
    let report = vec![
        Cell::link("6 tháng năm 2020", "/quan-tri/so-tu-phap/bieu"),
        "Biểu 09d".into(),
        Cell::state(State::new(Tone::Wait, "Chưa lập")),
        "05/06/2020".into(),
        Cell::state(State::new(Tone::Late, "quá hạn 10 ngày")),
    ];
    let none = Table::default();
    Figures {
        frame: frames::desk()
            .with_notice(None)
            .at("/quan-tri/so-tu-phap/so-lieu"),
        year: 2020,
        years: if full {
            vec![
                Link::new("Năm 2020", "/quan-tri/so-tu-phap/so-lieu?nam=2020"),
                Link::new("Năm 2019", "/quan-tri/so-tu-phap/so-lieu?nam=2019"),
            ]
        } else {
            vec![]
        },
        fresh: fresh(true),
        reports: Some((
            2020,
            if full {
                table(
                    &["Kỳ báo cáo", "Biểu", "Tình trạng", "Hạn gửi", "Còn lại"],
                    vec![report],
                    None,
                )
            } else {
                none.clone()
            },
        )),
        evidence: if full {
            "87 trên 93 hoạt động đã ghi sổ có minh chứng (93,5 %).".into()
        } else {
            "Chưa có hoạt động nào được ghi sổ trong năm.".into()
        },
        unproved: full,
        activities: "/quan-tri/so-tu-phap/hoat-dong?nam=2020".into(),
        compared: "Năm 2020 so với cùng kỳ năm 2019, đến ngày 15/06".into(),
        plots: if full {
            vec![
                plot(
                    "Cuộc phổ biến trực tiếp",
                    [12, 9, 15, 13, 14, 9],
                    [10, 9, 11, 9, 12, 10],
                ),
                plot(
                    "Cuộc thi tìm hiểu pháp luật",
                    [0, 0, 1, 0, 2, 0],
                    [0, 1, 0, 0, 1, 0],
                ),
            ]
        } else {
            vec![]
        },
        table: if full {
            table(
                &["Chỉ tiêu", "T1", "Cộng 2020"],
                vec![vec!["Cuộc phổ biến trực tiếp".into(), "12".into(), "72".into()]],
                None,
            )
        } else {
            none
        },
    }
}
