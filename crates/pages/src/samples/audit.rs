//! Logs taken out of the house, alarms: full and empty.

use super::oversight::frame;
use super::{Sample, both, draw};
use crate::form::{Choice, ErrorSummary, Field};
use crate::oversight::{
    AlarmPage, AlarmsPage, Dot, DotPlot, QualityPage, QualityRowsPage, Question, RuleLine, TakePage,
};
use crate::part::{Cell, Column, Link, Pager, Row, State, Table, Tone};

pub(super) fn add(samples: &mut Vec<Sample>) {
    draw(samples, "nhat-ky-xuat", &take(None));
    draw(
        samples,
        "nhat-ky-xuat-sai",
        &take(Some("đứng trước ngày đầu. Chọn lại hai ngày.")),
    );
    both(samples, "canh-bao", alarms);
    both(samples, "mot-canh-bao", alarm);
    both(samples, "chat-luong", quality);
    both(samples, "chat-luong-co-quan", quality_rows);
}

fn quality(full: bool) -> QualityPage {
    let dot = |name: &str, value: i64| Dot {
        name: name.into(),
        href: "/giam-sat/chat-luong/so-y-te/2020".into(),
        value,
        figure: value.to_string(),
    };
    let table = super::oversight::table(
        &[
            "Cơ quan",
            "Hoạt động đã ghi sổ",
            "Không kèm minh chứng",
            "Có minh chứng",
        ],
        vec![vec!["Sở Y tế".into(), "40".into(), "12".into(), "70,0 %".into()]],
        None,
    );
    QualityPage {
        frame: frame("Giám sát"),
        year: 2020,
        years: if full {
            vec![
                Link::new("Năm 2020", "/giam-sat/chat-luong?nam=2020"),
                Link::new("Năm 2019", "/giam-sat/chat-luong?nam=2019"),
            ]
        } else {
            vec![]
        },
        state: State::new(Tone::Ok, "liền mạch"),
        verified: "Lúc 9 giờ 41 ngày 12/11/2020.".into(),
        questions: vec![Question {
            question: "Cơ quan nào ghi sổ mà không kèm minh chứng?".into(),
            answer: "12 trong 140 hoạt động (8,6 %) không kèm minh chứng.".into(),
            plot: full.then(|| DotPlot {
                label: "Số hoạt động không kèm minh chứng".into(),
                dots: vec![
                    dot("Sở Y tế", 12),
                    dot(
                        "Liên hiệp các tổ chức hữu nghị tỉnh và Ban Quản lý Khu kinh tế",
                        3,
                    ),
                ],
                middle: None,
            }),
            table: if full { table } else { Table::default() },
            open: false,
        }],
    }
}

fn quality_rows(full: bool) -> QualityRowsPage {
    let rows = super::oversight::table(
        &["Bài", "Người duyệt", "Lúc"],
        if full {
            vec![vec![
                Cell::link("Tin thử", "/giam-sat/nhat-ky?muc=1"),
                "Y Lan".into(),
                "9 giờ".into(),
            ]]
        } else {
            vec![]
        },
        None,
    );
    QualityRowsPage {
        frame: frame("Giám sát"),
        list: Link::new("Chất lượng, năm 2020", "/giam-sat/chat-luong?nam=2020"),
        title: "Sở Y tế, năm 2020".into(),
        alone: rows.clone(),
        unproved: rows,
        pager: Pager::new(
            "/giam-sat/chat-luong/so-y-te/2020",
            1,
            if full { 300 } else { 0 },
            100,
        ),
    }
}

fn alarms(full: bool) -> AlarmsPage {
    let row = |title: &str, about: &str, state| Row {
        cells: vec![
            Cell::link(title, "/giam-sat/canh-bao/0"),
            about.into(),
            "22 giờ 05 ngày 12/11/2020".into(),
            Cell::state(state),
        ],
    };
    AlarmsPage {
        frame: frame("Giám sát"),
        open: if full {
            "1 chưa có trả lời".into()
        } else {
            "0 chưa có trả lời".into()
        },
        looked: "Xem lần gần nhất lúc 9 giờ 41 ngày 12/11/2020.".into(),
        table: Table {
            caption: "Cảnh báo, chưa có trả lời trước".into(),
            caption_hidden: true,
            columns: ["Cảnh báo", "Liên quan đến", "Từ lúc", "Tình trạng"]
                .map(Column::words)
                .into(),
            rows: if full {
                vec![
                    row(
                        "Đọc hoặc xuất dữ liệu hàng loạt ban đêm",
                        "Nguyễn Thị Minh Hương",
                        State::new(Tone::Late, "chưa có trả lời"),
                    ),
                    row(
                        "Giao rồi thôi một vai trò trong ít phút",
                        "Y Lan, A Phúc",
                        State::new(Tone::Ok, "đã trả lời"),
                    ),
                ]
            } else {
                vec![]
            },
            total: None,
        },
        pager: Pager::new("/giam-sat/canh-bao", 1, if full { 120 } else { 0 }, 50),
        rules: if full {
            vec![RuleLine {
                title: "Đọc hoặc xuất dữ liệu hàng loạt ban đêm".into(),
                limit: "từ 20 lần trong 7 giờ, của một người, từ 22:00 đến trước 05:00".into(),
            }]
        } else {
            vec![]
        },
    }
}

fn alarm(full: bool) -> AlarmPage {
    let note =
        Field::area("ghi-chu", "Đã hỏi ai, thấy gì, đã làm gì", 4).with_error(full.then_some("còn trống"));
    AlarmPage {
        frame: frame("Giám sát"),
        list: Link::new("Cảnh báo", "/giam-sat/canh-bao"),
        title: "Giao rồi thôi một vai trò trong ít phút".into(),
        state: State::new(Tone::Late, "chưa có trả lời"),
        about: "Y Lan, A Phúc".into(),
        span: "từ 9 giờ 02 đến 9 giờ 31 ngày 12/11/2020".into(),
        raised: "9 giờ 35 ngày 12/11/2020".into(),
        advice: "Xem trong những phút đó người được giao đã làm gì.".into(),
        entries: Table {
            caption: "Các mục".into(),
            caption_hidden: true,
            columns: ["Lúc", "Ai", "Việc", "Đối với", "Ở đâu"]
                .map(Column::words)
                .into(),
            rows: vec![Row {
                cells: vec![
                    "9 giờ 02 ngày 12/11/2020".into(),
                    "Y Lan".into(),
                    "Giao vai trò".into(),
                    "A Phúc".into(),
                    Cell::link("Sở Y tế, mục 12", "/giam-sat/nhat-ky?co-quan=so-y-te&muc=12"),
                ],
            }],
            total: None,
        },
        pager: Pager::new("/giam-sat/canh-bao/0", 1, 1, 100),
        answer: (!full).then(|| {
            (
                "Lê Văn Quang, 10 giờ ngày 12/11/2020".into(),
                "Giao nhầm, đã thôi ngay.".into(),
            )
        }),
        barred: String::new(),
        action: if full {
            "/tinh/canh-bao/0/tra-loi".into()
        } else {
            String::new()
        },
        errors: if full {
            ErrorSummary::of("Chưa ghi được", [&note])
        } else {
            ErrorSummary::default()
        },
        fields: vec![note],
    }
}

fn choice(value: &str, label: &str, hint: &str) -> Choice {
    Choice {
        value: value.into(),
        label: label.into(),
        hint: hint.into(),
        chosen: false,
    }
}

fn take(wrong: Option<&str>) -> TakePage {
    let agencies = vec![
        choice("", "Tất cả: tỉnh, tài khoản và mọi cơ quan", ""),
        choice("so-y-te", "Sở Y tế", ""),
        choice(
            "lien-hiep-cac-to-chuc-huu-nghi",
            "Liên hiệp các tổ chức hữu nghị tỉnh và Ban Quản lý Khu kinh tế",
            "",
        ),
    ];
    let formats = vec![
        choice("goi", "Gói bằng chứng (zip)", "Kiểm chứng được ở máy khác"),
        choice("csv", "Nhật ký, bảng tính (CSV)", "Mỗi dòng một mục"),
        choice(
            "jsonl",
            "Nhật ký, từng dòng JSON",
            "Đủ dữ liệu để tính lại dấu vết",
        ),
    ];
    let fields = vec![
        Field::select("co-quan", "Của", agencies).unmarked(),
        Field::day("tu", "Từ ngày").with_value("01/01/2020"),
        Field::day("den", "Đến hết ngày")
            .with_value("31/12/2019")
            .with_error(wrong),
    ];
    TakePage {
        frame: frame("Giám sát"),
        errors: if wrong.is_some() {
            ErrorSummary::of("Chưa tải được", &fields)
        } else {
            ErrorSummary::default()
        },
        action: "/giam-sat/nhat-ky/xuat/tai".into(),
        fields,
        format: Field::radios("dang", "Tải về", formats).with_value("goi"),
    }
}
