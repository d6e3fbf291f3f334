//! Reports on plans: the agency's, the province's with one of its texts, what an agency sent, the paper.

use super::{Sample, both, frames};
use crate::desk::plan::{ContributionPage, TaskBlock};
use crate::desk::report::{ReportAct, Station};
use crate::form::{Button, Buttons, ErrorSummary, Field};
use crate::paper::{Annex, Block, Grid, Paper};
use crate::part::{Cell, Column, Empty, Link, Notice, Row, State, Table, Tone};
use crate::province::plan::{PaperPage, PartPage, PlanList, PlanPage, SentPage, Voice};

const HERE: &str = "/tinh/ke-hoach/de-an-471/2020";
const WORDS: &str = "Xây dựng, cập nhật các chương trình, sản phẩm, tài liệu, ấn phẩm PBGDPL để đăng tải trên Trang thông tin điện tử PBGDPL tỉnh Kon Tum.";

pub(super) fn add(samples: &mut Vec<Sample>) {
    both(samples, "bao-cao-ke-hoach", contribution);
    both(samples, "ke-hoach-tinh", list);
    both(samples, "ke-hoach-nam", report);
    both(samples, "ke-hoach-phan", part);
    both(samples, "ke-hoach-co-quan", sent);
    both(samples, "ke-hoach-in", paper);
}

fn table(full: bool, heads: [&str; 3]) -> Table {
    Table {
        caption: "Các phần của báo cáo".into(),
        caption_hidden: true,
        columns: heads.map(Column::words).into(),
        rows: if full {
            vec![Row {
                cells: vec![
                    Cell::link("Nhiệm vụ II.4", format!("{HERE}/phan/II.4")),
                    Cell::state(State::new(Tone::Ok, "Đã viết")),
                    "12".into(),
                ],
            }]
        } else {
            vec![]
        },
        total: None,
    }
}

fn pair(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

fn block(full: bool, writes: bool) -> TaskBlock {
    TaskBlock {
        number: "Nhiệm vụ II.4".into(),
        anchor: "nhiem-vu-II.4".into(),
        text: WORDS.into(),
        facts: vec![
            pair("Chủ trì, thực hiện", "Sở Tư pháp"),
            pair("Cơ quan này", "phối hợp"),
        ],
        figures: if full {
            vec![pair("Số tài liệu PBGDPL được phát hành", "1.240 bản")]
        } else {
            vec![]
        },
        no_figures: "Nhiệm vụ này chỉ có thuyết minh, không có số liệu từ sổ hoạt động.".into(),
        read: pair("da-doc-II.4", "9b0c"),
        field: writes.then(|| {
            Field::area("thuyet-minh-II.4", "Thuyết minh kết quả nhiệm vụ II.4", 8)
                .unmarked()
                .with_error(full.then_some("dài quá 20000 ký tự; rút gọn rồi lưu lại"))
        }),
        paragraphs: if full {
            vec!["Đã biên soạn ba tờ gấp “mới”.".into()]
        } else {
            vec![]
        },
        theirs: full.then(|| vec!["Đã biên soạn hai tờ gấp.".into()]),
    }
}

fn station() -> Station {
    Station {
        who: "A Thiu".into(),
        what: "gửi bản 1".into(),
        note: String::new(),
        at: "12/01/2021, 8 giờ 55".into(),
    }
}

fn act(path: &str, button: &str) -> ReportAct {
    ReportAct {
        title: button.into(),
        text: "Sau đó chỉ sửa được bằng một bản mới.".into(),
        action: Some(format!("{HERE}/{path}")),
        hidden: vec![pair("ban", "1")],
        fields: vec![Field::text("ly-do", "Lý do")],
        button: button.into(),
    }
}

fn contribution(full: bool) -> ContributionPage {
    let tasks = vec![block(full, full)];
    ContributionPage {
        frame: frames::desk(),
        list: Link::new("Biểu mẫu, báo cáo", "/quan-tri/huyen-dak-to/bieu"),
        plan: "Kế hoạch thực hiện Đề án “Tăng cường ứng dụng công nghệ thông tin”".into(),
        term: "năm 2020".into(),
        state: State::new(Tone::Back, "Bị trả lại"),
        counted: "Số liệu từ sổ hoạt động, 01/01/2020 – 31/12/2020".into(),
        notices: if full {
            vec![Notice::refused("Sở Tư pháp trả lại bản 1.", "Ghi rõ tên tờ gấp.")]
        } else {
            vec![]
        },
        errors: if full {
            ErrorSummary::of(
                "Chưa lưu được",
                tasks.iter().filter_map(|task| task.field.as_ref()),
            )
        } else {
            ErrorSummary::default()
        },
        tasks,
        action: full.then(|| "/quan-tri/huyen-dak-to/bao-cao-ke-hoach/de-an-471/2020".into()),
        figures: "5f1d".into(),
        buttons: Buttons {
            note: "Y Hlan lưu 12/01/2021, 8 giờ 55.".into(),
            buttons: vec![
                Button::quiet("Lưu và gửi Sở Tư pháp", "gui"),
                Button::primary("Lưu"),
            ],
        },
        walk: if full { vec![station()] } else { vec![] },
        facts: if full {
            vec![pair("Mã kiểm tra", "5f1d0c")]
        } else {
            vec![]
        },
        acts: if full {
            vec![]
        } else {
            vec![act("chinh-ly", "Mở bản chỉnh lý")]
        },
        links: vec![],
    }
}

fn list(full: bool) -> PlanList {
    PlanList {
        frame: frames::desk(),
        heading: "Kế hoạch, báo cáo kết quả".into(),
        lead: "Mỗi năm các cơ quan viết kết quả theo từng nhiệm vụ của kế hoạch.".into(),
        table: table(full, ["Năm", "Báo cáo của tỉnh", "Đã tiếp nhận"]),
        empty: (!full).then(|| Empty {
            title: "Chưa có kế hoạch nào.".into(),
            text: "Kế hoạch là một tệp trong thư mục của tỉnh.".into(),
            links: vec![],
        }),
    }
}

fn report(full: bool) -> PlanPage {
    PlanPage {
        frame: frames::desk(),
        list: Link::new("Kế hoạch, báo cáo kết quả", "/tinh/ke-hoach"),
        plan: "Kế hoạch thực hiện Đề án “Tăng cường ứng dụng công nghệ thông tin”".into(),
        term: "6 tháng đầu năm 2020".into(),
        unchecked: full.then(|| State::new(Tone::Soon, "Cần đối chiếu với văn bản gốc")),
        state: State::new(Tone::Wait, "Bản 1 đang soạn"),
        notices: if full {
            vec![Notice::warning(
                "Còn thiếu thuyết minh",
                "Tỉnh chưa viết: Nhiệm vụ II.1.",
            )]
        } else {
            vec![]
        },
        errors: ErrorSummary::default(),
        parts: table(full, ["Phần", "Nội dung của tỉnh", "Thuyết minh của cơ quan"]),
        agencies: table(full, ["Cơ quan", "Tình trạng", "Bản"]),
        differences: full.then(|| table(true, ["Chỗ khác", "Bản trước", "Bản này"])),
        facts: vec![pair("Bản", "1"), pair("Mã kiểm tra", "5f1d0c")],
        acts: if full {
            vec![act("chinh-ly", "Mở bản chỉnh lý")]
        } else {
            vec![]
        },
        links: vec![Link::new("Xem bản đang soạn như bản in", format!("{HERE}/in"))],
    }
}

fn voices(full: bool) -> Vec<Voice> {
    if !full {
        return vec![];
    }
    vec![Voice {
        agency: Link::new(
            "Ủy ban nhân dân huyện Đắk Tô",
            format!("{HERE}/co-quan/huyen-dak-to"),
        ),
        charge: "phối hợp".into(),
        paragraphs: vec!["Đã biên soạn ba tờ gấp.".into()],
        figures: vec![pair("Số tài liệu PBGDPL được phát hành", "240 bản")],
    }]
}

fn part(full: bool) -> PartPage {
    PartPage {
        frame: frames::desk(),
        back: Link::new("Báo cáo kết quả năm 2020", HERE),
        heading: if full {
            "Nhiệm vụ II.4"
        } else {
            "Đánh giá chung"
        }
        .into(),
        text: if full { WORDS.into() } else { String::new() },
        facts: if full {
            vec![pair("Chủ trì, thực hiện", "Sở Tư pháp")]
        } else {
            vec![]
        },
        figures: if full {
            vec![pair("Số tài liệu PBGDPL được phát hành", "12.400 bản")]
        } else {
            vec![]
        },
        stale: full.then(|| {
            Notice::refused(
                "Y Hlan vừa lưu phần này trước bạn, nên chưa lưu.",
                "Đối chiếu rồi lưu lại.",
            )
        }),
        theirs: vec![],
        errors: ErrorSummary::default(),
        field: full.then(|| Field::area("noi-dung", "Nội dung của tỉnh", 14).unmarked()),
        read: "e3b0".into(),
        action: format!("{HERE}/phan/II.4"),
        buttons: Buttons {
            note: String::new(),
            buttons: vec![Button::primary("Lưu")],
        },
        paragraphs: vec![],
        voices: voices(full),
        asks_agencies: full,
        absent: if full {
            vec!["Sở Ngoại vụ (chưa gửi báo cáo)".into()]
        } else {
            vec![]
        },
        neighbours: vec![Link::new("Nhiệm vụ II.3c", format!("{HERE}/phan/II.3c"))],
    }
}

fn sent(full: bool) -> SentPage {
    SentPage {
        frame: frames::desk(),
        back: Link::new("Báo cáo kết quả năm 2020", HERE),
        agency: "Ủy ban nhân dân huyện Đắk Tô".into(),
        plan: "Kế hoạch thực hiện Đề án, năm 2020".into(),
        state: State::new(Tone::Wait, "Đã gửi, chờ tiếp nhận"),
        errors: ErrorSummary::default(),
        tasks: vec![TaskBlock {
            theirs: None,
            ..block(full, false)
        }],
        facts: vec![pair("Bản", "1"), pair("Mã kiểm tra", "5f1d0c")],
        versions: vec![station()],
        acts: if full {
            vec![act("co-quan/huyen-dak-to/tra-lai", "Trả lại")]
        } else {
            vec![]
        },
        links: vec![],
    }
}

fn paper(full: bool) -> PaperPage {
    let grid = Grid {
        heads: vec!["Chỉ tiêu".into(), "Đơn vị tính".into(), "Toàn tỉnh".into()],
        widths: vec![55, 22, 23],
        figures_from: 2,
        rows: vec![vec![
            "Số cuộc PBGDPL trực tiếp".into(),
            "Cuộc".into(),
            "1.206".into(),
        ]],
    };
    let body = vec![
        Block::Chapter("I. KẾT QUẢ THỰC HIỆN CÁC NHIỆM VỤ".into()),
        Block::Heading("1. Nhiệm vụ II.4".into()),
        Block::Quoted(WORDS.into()),
        Block::Grid(grid),
        Block::Lacking("(Còn thiếu thuyết minh của 3 cơ quan, xem Phụ lục I.)".into()),
        Block::Text("Trên đây là báo cáo./.".into()),
    ];
    PaperPage {
        frame: frames::desk(),
        back: Link::new("Về báo cáo", HERE),
        paper: Paper {
            issuer: vec!["ỦY BAN NHÂN DÂN".into(), "TỈNH KON TUM".into()],
            symbol: "BC-UBND".into(),
            place_and_day: "Kon Tum, ngày 18 tháng 02 năm 2021".into(),
            kind: "BÁO CÁO".into(),
            summary: "Kết quả thực hiện Đề án, năm 2020".into(),
            receiver: "Bộ Tư pháp".into(),
            warnings: if full {
                vec![]
            } else {
                vec!["Bản này chưa chốt.".into()]
            },
            body: if full { body } else { vec![] },
            signer: vec!["CHỦ TỊCH".into()],
            recipients: vec!["Bộ Tư pháp (để b/c)".into(), "Lưu: VT".into()],
            annexes: if full {
                vec![Annex {
                    number: "Phụ lục I".into(),
                    title: "Thuyết minh còn thiếu".into(),
                    belongs_to: "(Kèm theo Báo cáo số ……/BC-UBND ngày 18 tháng 02 năm 2021)".into(),
                    blocks: vec![Block::Text("Đã đủ.".into())],
                }]
            } else {
                vec![]
            },
            hash: "5f1d0c".into(),
        },
        facts: if full { vec![pair("Bản", "1")] } else { vec![] },
        differences: full.then(|| table(true, ["Chỗ khác", "Bản trước", "Bản này"])),
        voices: if full {
            vec![("Nhiệm vụ II.4".into(), voices(true))]
        } else {
            vec![]
        },
        links: vec![],
    }
}
