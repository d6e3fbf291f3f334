//! The province's administration and oversight: full and empty.

use super::{Sample, both, frames, plots, views};
use crate::desk::DeskFrame;
use crate::form::{Choice, Field};
use crate::oversight::{
    Blocks, ChainRow, Counted, Dashboard, EvidenceLink, FigurePage, GatheredLine, LogEntry, LogPage,
    MeasureRow, MonthLines, RowTable, RowsPage, SheetRow, Spark, SparkGroup, Station, StructureChoice,
    VerificationPage,
};
use crate::part::{Cell, Column, Link, Pager, Row, State, Table, Tone};
use crate::province::{Agencies, AgencyGroup, AgencyPage, AgencyRow, Home, NewAgency, PersonRow};

pub(super) fn add(samples: &mut Vec<Sample>) {
    both(samples, "tong-quan", dashboard);
    both(samples, "con-so", figure);
    both(samples, "so-sanh", plots::peers);
    both(samples, "so-lieu-co-quan", plots::figures);
    both(samples, "dong-so", rows);
    both(samples, "nhat-ky", log);
    both(samples, "kiem-chung", verification);
    both(samples, "tinh-viec", home);
    both(samples, "tinh-co-quan", agencies);
    both(samples, "tinh-mot-co-quan", agency);
    both(samples, "tinh-lap-co-quan", new_agency);
}

pub(super) fn frame(strap: &str) -> DeskFrame {
    DeskFrame {
        agency: "Tỉnh Kon Tum".into(),
        strap: strap.into(),
        accent: "son".into(),
        ..frames::desk().with_notice(None)
    }
}

pub(super) fn table(columns: &[&str], rows: Vec<Vec<Cell>>, total: Option<Vec<Cell>>) -> Table {
    let columns = columns.iter().enumerate().map(|(at, label)| {
        if at == 0 {
            Column::words(*label)
        } else {
            Column::figures(*label)
        }
    });
    Table {
        caption: "Số liệu".into(),
        caption_hidden: true,
        columns: columns.collect(),
        rows: rows.into_iter().map(|cells| Row { cells }).collect(),
        total: total.map(|cells| Row { cells }),
    }
}

fn exceptions(full: bool) -> Table {
    let row = |what: &str, tone, state: &str, who: &str| {
        vec![
            what.into(),
            Cell::state(State::new(tone, state)),
            who.into(),
            Cell::link("Xem từng cơ quan", "/tinh/co-quan"),
        ]
    };
    let rows = vec![
        row(
            "12 cơ quan chưa gửi biểu 09 năm 2020, hạn 18/11/2020",
            Tone::Late,
            "trễ hạn",
            "Sở Xây dựng, Sở Ngoại vụ và 10 cơ quan khác",
        ),
        row(
            "2 cơ quan không ghi hoạt động nào trong quý III",
            Tone::Late,
            "không hoạt động",
            "Liên hiệp các tổ chức hữu nghị tỉnh, Sở Ngoại vụ",
        ),
        row("1 biểu chờ đơn vị sửa", Tone::Back, "đã trả lại", "Huyện Đăk Tô"),
    ];
    Table {
        columns: ["Việc", "Tình trạng", "Cơ quan", "Đi tiếp"]
            .map(Column::words)
            .into(),
        ..table(&[], if full { rows } else { vec![] }, None)
    }
}

const THIS: [i64; 10] = [289, 206, 409, 434, 446, 406, 444, 381, 467, 542];
const BEFORE: [i64; 10] = [303, 202, 376, 391, 392, 386, 382, 343, 392, 434];

fn dashboard(full: bool) -> Dashboard {
    let spark = |name: &str, months: &[i64], note: &str| Spark {
        name: name.into(),
        href: "/giam-sat/so-lieu/direct_sessions/2020/so-tu-phap".into(),
        months: months.iter().copied().map(Some).collect(),
        largest: 66,
        total: format!("{} cuộc", months.iter().sum::<i64>()),
        note: note.into(),
        stood: String::new(),
    };
    let months = THIS
        .iter()
        .zip(BEFORE)
        .zip(1..)
        .map(|((this, before), month): (_, i32)| {
            vec![
                format!("Tháng {month}").into(),
                this.to_string().into(),
                before.to_string().into(),
                (this - before).to_string().into(),
            ]
        });
    let total = |label: &str, this, before, change: &str| MeasureRow {
        label: label.into(),
        unit: "cuộc".into(),
        href: "/giam-sat/so-lieu/direct_sessions/2020".into(),
        this,
        before,
        change: change.into(),
    };
    Dashboard {
        frame: frame("Giám sát"),
        year: 2020,
        years: if full {
            vec![
                Link::new("Năm 2020", "/giam-sat?nam=2020"),
                Link::new("Năm 2019", "/giam-sat?nam=2019"),
            ]
        } else {
            vec![]
        },
        count: if full {
            "47 cơ quan".into()
        } else {
            "0 cơ quan".into()
        },
        shown: Blocks::default(),
        counted: full.then(|| Counted {
            version: "Bản 2 của bảng chỉ tiêu, dùng từ ngày 01/01/2020".into(),
            lines: vec![(
                "Cuộc phổ biến trực tiếp".into(),
                "Số cuộc phổ biến, giáo dục pháp luật trực tiếp đã ghi sổ.".into(),
            )],
        }),
        fixed: if full {
            "Cách xem đã lưu “Báo cáo tháng 11”, giữ nguyên như đã biết đến hết ngày 12/11/2020.".into()
        } else {
            String::new()
        },
        save: full.then(|| views::save(false)),
        fresh: plots::fresh(full),
        downloads: vec![Link::new("theo tháng", "/giam-sat/xuat.csv?nam=2020&bang=thang")],
        tiles: plots::tiles(full),
        heat: plots::heat(full),
        compare: "/giam-sat/so-sanh/direct_sessions/2020".into(),
        exceptions: Some(exceptions(full)),
        compared: "Năm 2020 so với cùng kỳ năm 2019, đến ngày 31/10".into(),
        before: "2019 (đến 31/10)".into(),
        lines: MonthLines {
            title: "Mỗi tháng toàn tỉnh tổ chức bao nhiêu cuộc phổ biến trực tiếp?".into(),
            answer: "Đến ngày 31/10 có 4.024 cuộc; tháng 10 nhiều nhất: 542 cuộc.".into(),
            this_label: "2020".into(),
            before_label: "2019".into(),
            this: if full { THIS.into() } else { vec![0; 10] },
            before: if full { BEFORE.into() } else { vec![] },
        },
        months: table(&["Tháng", "2020", "2019", "Chênh lệch"], months.collect(), None),
        question: "Mỗi tháng mỗi cơ quan tổ chức bao nhiêu cuộc?".into(),
        structure: structure("/giam-sat", full),
        groups: if full {
            vec![
                SparkGroup {
                    name: "Huyện, thành phố".into(),
                    scale: "· cột cao nhất: 66 cuộc mỗi tháng".into(),
                    sparks: vec![
                        spark("Thành phố Kon Tum", &[29, 20, 42, 37, 33, 45, 32, 40, 53, 66], ""),
                        spark("Huyện Đăk Glei", &[12, 10, 22, 17, 23, 25, 22, 20, 23, 26], ""),
                        spark("Huyện Ia H'Drai", &[5, 4, 8, 7, 9, 8, 8, 7, 9, 11], ""),
                        Spark {
                            months: [[None; 6].as_slice(), &[Some(3), Some(0), Some(5), Some(4)]].concat(),
                            stood: "hoạt động từ ngày 01/07/2020".into(),
                            ..spark("Huyện Mới", &[0, 0, 0, 0, 0, 0, 3, 0, 5, 4], "")
                        },
                    ],
                },
                SparkGroup {
                    name: "Sở, ban, ngành".into(),
                    scale: "· cột cao nhất: 66 cuộc mỗi tháng".into(),
                    sparks: vec![
                        spark(
                            "Liên hiệp các tổ chức hữu nghị tỉnh và Ban Quản lý Khu kinh tế",
                            &[2, 1, 3, 2, 2, 3, 0, 0, 0, 0],
                            "quý III: 0",
                        ),
                        spark("Sở Tư pháp", &[12, 9, 15, 13, 14, 12, 13, 12, 14, 16], ""),
                    ],
                },
            ]
        } else {
            vec![]
        },
        agencies: table(
            &["Cơ quan", "T1", "T2", "Cả năm"],
            vec![vec!["Sở Tư pháp".into(), "12".into(), "9".into(), "130".into()]],
            None,
        ),
        totals: vec![
            total("Cuộc phổ biến trực tiếp", 4024, 3601, "tăng 11,7 %"),
            total(
                "Lượt người dự thi",
                if full { 18_642 } else { 0 },
                if full { 21_870 } else { 0 },
                "giảm 14,8 %",
            ),
        ],
    }
}

/// The choice of a structure: as it was, or gathered under the units of a day.
pub(super) fn structure(action: &str, full: bool) -> StructureChoice {
    let radio = |value: &str, label: &str, chosen| Choice {
        value: value.into(),
        label: label.into(),
        chosen,
        ..Choice::default()
    };
    let choices = vec![
        radio("goc", "Như khi phát sinh", !full),
        radio("hien-tai", "Theo tổ chức của một ngày", full),
    ];
    StructureChoice {
        said: if full {
            "Cơ cấu: theo tổ chức ngày 01/7/2021".into()
        } else {
            "Cơ cấu: như khi phát sinh".into()
        },
        action: action.into(),
        hidden: vec![("nam".into(), "2020".into())],
        fields: vec![
            Field::radios("co-cau", "Số liệu của các cơ quan", choices),
            Field::day("ngay", "Ngày").unmarked().with_value("01/07/2021"),
        ],
        equal: if full {
            "Tổng toàn tỉnh theo hai cách bằng nhau: 4.024.".into()
        } else {
            String::new()
        },
    }
}

fn figure(full: bool) -> FigurePage {
    let row = |name: &str, figure: &str| {
        vec![
            Cell::link(name, "/giam-sat/so-lieu/direct_sessions/2020/so-y-te"),
            figure.into(),
            "9,8 %".into(),
        ]
    };
    let rows = if full {
        vec![row("Thành phố Kon Tum", "397"), row("Huyện Đăk Hà", "250")]
    } else {
        vec![]
    };
    FigurePage {
        frame: frame("Giám sát"),
        measure: "Cuộc phổ biến trực tiếp".into(),
        unit: "cuộc".into(),
        rule: "/giam-sat/chi-tieu?so=direct_sessions".into(),
        year: 2020,
        others: if full {
            vec![Link::new(
                "Lượt người dự thi",
                "/giam-sat/so-lieu/contest_entrants/2020",
            )]
        } else {
            vec![]
        },
        trail: vec![
            Station::new("Năm 2020", "/giam-sat?nam=2020", ""),
            Station::new("Toàn tỉnh", "", "4.024"),
        ],
        total: "4.024".into(),
        compared: "So với cùng kỳ năm 2019, đến ngày 31/10: 3.601 cuộc, tăng 11,7 %.".into(),
        equals: State::new(Tone::Ok, "Bằng tổng của 45 cơ quan"),
        fresh: plots::fresh(full),
        tiles: plots::tiles(full),
        heat: plots::heat(full),
        compare: "/giam-sat/so-sanh/direct_sessions/2020".into(),
        shares: table(
            &["Cơ quan", "Số lượng (cuộc)", "Phần của toàn tỉnh"],
            rows,
            Some(vec!["Toàn tỉnh".into(), "4.024".into(), "100 %".into()]),
        ),
        gathered: if full {
            vec![GatheredLine {
                name: "Thành phố Kon Tum (397)".into(),
                parts: vec![
                    Link::new(
                        "Phường Quang Trung (120)",
                        "/giam-sat/so-lieu/direct_sessions/2020/so-y-te",
                    ),
                    Link::new("Phường Thắng Lợi (277)", ""),
                ],
            }]
        } else {
            vec![]
        },
        structure: structure("/giam-sat/so-lieu/direct_sessions/2020", full),
        fixed: String::new(),
        save: full.then(|| views::save(false)),
    }
}

fn rows(full: bool) -> RowsPage {
    let row = |seq: &str, title: &str, quantity: &str| SheetRow {
        seq: seq.into(),
        day: "18/07/2020".into(),
        title: title.into(),
        note: "Nguyễn Văn Thành, 22/07/2020".into(),
        quantity: quantity.into(),
        evidence: vec![EvidenceLink {
            label: "Biên bản hội nghị ngày 18/7/2020".into(),
            href: "/giam-sat/minh-chung/so-y-te/0".into(),
            detail: "318 KB".into(),
        }],
        ..SheetRow::default()
    };
    let lines = vec![
        row("3.343", "Phổ biến Luật Nghĩa vụ quân sự", "75"),
        SheetRow {
            reversed: true,
            ..row("3.382", "Phổ biến Luật Đất đai tại hội trường xã", "180")
        },
        SheetRow {
            note: "Đảo dòng 3.382: gõ nhầm 180, biên bản ghi 108. Nguyễn Văn Thành, 22/07/2020".into(),
            evidence: vec![],
            ..row("3.423", "Phổ biến Luật Đất đai tại hội trường xã", "-180")
        },
    ];
    RowsPage {
        frame: frame("Giám sát"),
        measure: "Lượt người tham dự phổ biến trực tiếp".into(),
        unit: "lượt người".into(),
        of: "Huyện Đăk Tô · năm 2020".into(),
        trail: vec![
            Station::new("Toàn tỉnh", "/giam-sat/so-lieu/direct_attendees/2020", "245.892"),
            Station::new("Huyện Đăk Tô", "", "8.289"),
        ],
        total: "8.289".into(),
        states: vec![
            State::new(Tone::Ok, "Bằng tổng 16 dòng sổ"),
            State::new(Tone::Ok, "32 minh chứng mở được"),
        ],
        months: table(
            &["Tháng", "Số lượng"],
            vec![vec![Cell::link("Tháng 1", "/giam-sat?thang=1"), "62".into()]],
            Some(vec!["Cả năm".into(), "8.289".into()]),
        ),
        fresh: plots::fresh(full),
        heat: plots::heat(full),
        heading: if full {
            "16 dòng sổ hoạt động".into()
        } else {
            "0 dòng sổ hoạt động".into()
        },
        table: RowTable {
            caption: "Lượt người tham dự, Huyện Đăk Tô: từng dòng sổ".into(),
            unit: "lượt người".into(),
            rows: if full { lines } else { vec![] },
            sum: "8.289".into(),
        },
        pager: Pager::new(
            "/giam-sat/so-lieu/direct_attendees/2020/so-y-te",
            1,
            if full { 160 } else { 0 },
            100,
        ),
        log: "/giam-sat/nhat-ky?co-quan=huyen-dak-to".into(),
    }
}

fn log(full: bool) -> LogPage {
    let entry = LogEntry {
        seq: "14.208".into(),
        at: "9 giờ 41 ngày 12/11/2020".into(),
        actor: "Đinh Thị Vân".into(),
        action: "Đọc sổ và minh chứng".into(),
        object: "Sổ hoạt động".into(),
        reason: String::new(),
        detail: r#"{"from":"2020-01-01","to":"2020-12-31"}"#.into(),
        hash: "5ba390fe27ccd846".repeat(4),
    };
    let choice = |value: &str, label: &str| Choice {
        value: value.into(),
        label: label.into(),
        ..Choice::default()
    };
    LogPage {
        frame: frame("Giám sát"),
        title: "Nhật ký của tỉnh".into(),
        count: if full {
            "14.208 mục".into()
        } else {
            "0 mục".into()
        },
        fields: vec![
            Field::select(
                "co-quan",
                "Nhật ký của",
                vec![choice("", "Tỉnh"), choice("so-y-te", "Sở Y tế")],
            )
            .optional(),
            Field::text("ai", "Tên người làm").optional(),
        ],
        entries: if full {
            vec![
                entry.clone(),
                LogEntry {
                    reason: "Sắp xếp lại đơn vị".into(),
                    ..entry
                },
            ]
        } else {
            vec![]
        },
        pager: Pager::new("/giam-sat/nhat-ky", 1, if full { 200 } else { 0 }, 50),
        verify: full.then(|| Link::new("Kiểm chứng các chuỗi nhật ký", "/giam-sat/kiem-chung")),
        take: full.then(|| Link::new("Xuất nhật ký, lập gói bằng chứng", "/giam-sat/nhat-ky/xuat")),
        recorded: full,
    }
}

fn verification(full: bool) -> VerificationPage {
    let row = |name: &str, state| ChainRow {
        name: name.into(),
        href: if full {
            "/giam-sat/nhat-ky".into()
        } else {
            String::new()
        },
        entries: "14.208".into(),
        hash: "5ba390fe27ccd846".into(),
        state,
    };
    VerificationPage {
        frame: frame("Giám sát"),
        whole: full,
        sentence: "Đã kiểm lại toàn bộ 14.208 mục của 48 chuỗi lúc 9 giờ 41 ngày 12/11/2020.".into(),
        chains: if full {
            vec![row("Nhật ký của tỉnh", State::new(Tone::Ok, "liền mạch"))]
        } else {
            vec![row("Sở Y tế", State::new(Tone::Late, "mục 3 đã bị sửa"))]
        },
        checkpoint: "/giam-sat/kiem-chung/dau-moc.json".into(),
    }
}

fn person(name: &str, role: &str) -> PersonRow {
    PersonRow {
        name: name.into(),
        email: "y.lan@kontum.example".into(),
        role: role.into(),
        role_word: "editor".into(),
        account: "0".into(),
        since: "02/01/2020".into(),
        revoke: Some("/tinh/co-quan/so-y-te/vai-tro".into()),
    }
}

fn role_fields(prefix: &str) -> Vec<Field> {
    vec![
        Field::line(&format!("{prefix}thu"), "Thư điện tử của người nhận", "email")
            .with_error(Some("của một tài khoản đã khoá"))
            .with_value("ai@do.vn"),
    ]
}

fn home(full: bool) -> Home {
    Home {
        frame: frame("Tổng hợp của tỉnh"),
        today: "Thứ Năm, 12/11/2020".into(),
        exceptions: exceptions(full),
        facts: vec![
            ("Cơ quan".into(), "47".into()),
            ("Chuyên mục đang mở".into(), "46".into()),
            ("Đang tạm dừng".into(), "1".into()),
        ],
        links: vec![Link::new("Xem các cơ quan", "/tinh/co-quan")],
        people: if full {
            vec![
                person("Lê Thị Mai", "Quản trị cấp tỉnh"),
                person("Đinh Thị Vân", "Người giám sát"),
            ]
        } else {
            vec![]
        },
        grant: full.then(|| "/tinh/vai-tro".to_owned()),
        fields: if full { role_fields("") } else { vec![] },
    }
}

fn agencies(full: bool) -> Agencies {
    let row = |name: &str, state, unverified| AgencyRow {
        name: name.into(),
        href: "/tinh/co-quan/so-y-te".into(),
        section: "/so-y-te/".into(),
        state,
        unverified: Some(unverified),
    };
    Agencies {
        frame: frame("Tổng hợp của tỉnh"),
        count: if full {
            "47 cơ quan".into()
        } else {
            "0 cơ quan".into()
        },
        groups: if full {
            vec![AgencyGroup {
                name: "Sở".into(),
                agencies: vec![
                    row("Sở Y tế", State::new(Tone::Ok, "đang hoạt động"), 3),
                    row(
                        "Sở Nông nghiệp và Phát triển nông thôn",
                        State::new(Tone::Late, "tạm dừng, đang ẩn"),
                        0,
                    ),
                ],
            }]
        } else {
            vec![]
        },
        verify: true,
        create: Some(Link::new("Lập cơ quan", "/tinh/co-quan/moi")),
    }
}

fn agency(full: bool) -> AgencyPage {
    AgencyPage {
        frame: frame("Tổng hợp của tỉnh"),
        back: "/tinh/co-quan".into(),
        name: "Sở Y tế tỉnh Kon Tum".into(),
        state: if full {
            State::new(Tone::Ok, "đang hoạt động")
        } else {
            State::new(Tone::Late, "tạm dừng, đang ẩn")
        },
        facts: vec![
            ("Tên gọn".into(), "Sở Y tế".into()),
            ("Cơ quan chủ quản".into(), "Ủy ban nhân dân tỉnh Kon Tum".into()),
        ],
        unverified: if full {
            vec!["Tên gọi: Sở Y tế tỉnh Kon Tum".into(), "Thông tin liên hệ".into()]
        } else {
            vec![]
        },
        links: vec![Link::new("Mở chuyên mục", "/so-y-te/")],
        people: if full {
            vec![person("Y Lan", "Biên tập viên")]
        } else {
            vec![]
        },
        grant: full.then(|| "/tinh/co-quan/so-y-te/vai-tro".to_owned()),
        grant_fields: if full { role_fields("g-") } else { vec![] },
        suspend: full.then(|| "/tinh/co-quan/so-y-te/tam-dung".to_owned()),
        suspend_fields: if full {
            vec![Field::text("ly-do", "Căn cứ, lý do")]
        } else {
            vec![]
        },
        reactivate: (!full).then(|| "/tinh/co-quan/so-y-te/mo-lai".to_owned()),
        reactivate_fields: if full {
            vec![]
        } else {
            vec![Field::text("ly-do", "Lý do").optional()]
        },
    }
}

fn new_agency(full: bool) -> NewAgency {
    let name = Field::text("ten-day-du", "Tên đầy đủ").with_hint("Theo quyết định thành lập");
    NewAgency {
        frame: frame("Tổng hợp của tỉnh"),
        back: "/tinh/co-quan".into(),
        action: "/tinh/co-quan/moi".into(),
        identity: vec![if full {
            name.with_value("Sở Mới").with_error(Some("đã có"))
        } else {
            name
        }],
        contact: vec![Field::text("dien-thoai", "Điện thoại").optional()],
    }
}
