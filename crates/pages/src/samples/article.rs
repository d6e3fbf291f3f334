//! Items on the desk: tasks, list, reading, versions.

use pbgdpl_model::article::difference::{FieldDifference, of_text};

use super::{Sample, draw, frames};
use crate::desk::DeskFrame;
use crate::desk::article::{
    Acts, ArticleList, ArticlePage, ArticleVersions, Changes, Comparison, Decision, LogLine, OneVersion,
    Preview, Reading, Tab,
};
use crate::desk::task::{TaskRow, Tasks};
use crate::form::{Choice, ErrorSummary, Field};
use crate::part::{Cell, Column, Empty, Link, Pager, Row, State, Step, Steps, Table, Tone};
use crate::public::{Basis, Body, Fact, Picture};

pub(super) const BASE: &str = "/quan-tri/so-tu-phap/bai/7h3q2mzk";
const OLD: &str = "A Phương mười tám tuổi, Y Nga mười bảy. Hai gia đình đã ưng nhau. Nhưng xã không cho cưới.\n\n\
## Luật nói gì\n\nNam từ đủ 20 tuổi, nữ từ đủ 18 tuổi mới được kết hôn.";
pub(super) const TEXT: &str = "A Phương mười tám tuổi, Y Nga mười bảy. Hai gia đình đã ưng nhau. Nhưng cán bộ tư pháp xã nói: luật chưa cho phép cưới.\n\n\
## Luật nói gì\n\nTheo Điều 8 Luật Hôn nhân và gia đình số 52/2014/QH13, nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi mới được kết hôn.";

pub(super) fn frame(at: &str) -> DeskFrame {
    frames::desk().with_notice(None).at(at)
}

pub(super) fn preview() -> Preview {
    let html = "<p>A Phương mười tám tuổi, Y Nga mười bảy. Hai gia đình đã ưng nhau. Nhưng cán bộ tư pháp xã nói: luật chưa cho phép cưới.</p>\
<h2>Luật nói gì</h2><p>Theo Điều 8 Luật Hôn nhân và gia đình số 52/2014/QH13, nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi mới được kết hôn.</p>";
    Preview {
        kind: "Tin, bài".into(),
        title: "Chuyện ở làng: lấy vợ khi chưa đủ tuổi".into(),
        summary:
            "Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi mới được kết hôn; cưới sớm là tảo hôn, bị pháp luật cấm."
                .into(),
        facts: vec![],
        picture: None,
        body: Body::Text {
            html: html.into(),
            headings: vec![],
        },
        bases: vec![Basis {
            title: "Luật Hôn nhân và gia đình số 52/2014/QH13".into(),
            articles: "Điều 5, Điều 8".into(),
            href: None,
        }],
        lang: None,
    }
}

pub(super) fn law() -> Preview {
    Preview {
        kind: "Giới thiệu văn bản pháp luật mới".into(),
        title: "Luật Hộ tịch: những điểm cần biết".into(),
        facts: vec![
            Fact::new("Số, ký hiệu", "60/2014/QH13"),
            Fact::new("Cơ quan ban hành", "Quốc hội"),
            Fact::state(
                "Hiệu lực, tính đến ngày 12/11/2020",
                State::new(Tone::Ok, "Đang có hiệu lực"),
            ),
        ],
        picture: Some(Picture {
            src: "https://tep.phapluat.kontum.example/r/7h3q".into(),
            alt: "Cán bộ tư pháp xã hướng dẫn một gia đình đăng ký khai sinh".into(),
            width: 640,
            height: 360,
        }),
        ..preview()
    }
}

fn empty_preview() -> Preview {
    Preview {
        kind: "Tin, bài".into(),
        title: String::new(),
        summary: String::new(),
        facts: vec![],
        picture: None,
        body: Body::Text {
            html: String::new(),
            headings: vec![],
        },
        bases: vec![],
        lang: None,
    }
}

pub(super) fn steps(present: usize) -> Steps {
    let step = |label: &str, detail: &str| Step {
        label: label.into(),
        detail: detail.into(),
    };
    Steps {
        label: "Đường đi của bài".into(),
        steps: vec![
            step("Soạn", "Y Lan, bản 3"),
            step("Duyệt", "chờ người duyệt"),
            step("Công bố", "ngay khi duyệt"),
        ],
        present,
    }
}

pub(super) fn difference() -> Vec<FieldDifference> {
    vec![
        FieldDifference {
            label: "Tên bài",
            pieces: of_text(
                "Lấy vợ khi chưa đủ tuổi",
                "Chuyện ở làng: lấy vợ khi chưa đủ tuổi",
            ),
        },
        FieldDifference {
            label: "Nội dung",
            pieces: of_text(OLD, TEXT),
        },
    ]
}

fn log() -> Vec<LogLine> {
    let line = |what: &str, note: &str, when: &str| LogLine {
        what: what.into(),
        note: note.into(),
        when: when.into(),
    };
    vec![
        line("Y Lan: gửi duyệt (bản 3)", "", "12/11/2020, 8 giờ 12"),
        line(
            "Y Lan: sửa (bản 3)",
            "thêm câu nói của cán bộ tư pháp xã",
            "12/11/2020, 8 giờ 10",
        ),
        line(
            "A Thanh: trả lại (bản 2)",
            "Dẫn đúng số hiệu luật ở đoạn 2.",
            "08/11/2020, 14 giờ 05",
        ),
        line("Y Lan: soạn bản đầu (bản 1)", "", "06/11/2020, 9 giờ 41"),
    ]
}

fn reading() -> Reading {
    Reading {
        base: BASE.into(),
        states: vec![
            State::new(Tone::Soon, "Chờ duyệt"),
            State::new(Tone::Ok, "bản 2 đang công bố"),
        ],
        saved: "Bản 3, Y Lan lưu 12/11/2020, 8 giờ 12".into(),
        returned: None,
        steps: steps(1),
        preview: preview(),
        changes: Some(Changes {
            title: "Khác bản 2 đã công bố ở đâu".into(),
            href: format!("{BASE}/so-sanh?cu=2&moi=3"),
            fields: difference(),
        }),
        checks: vec![
            State::new(Tone::Ok, "Đủ các phần bắt buộc"),
            State::new(Tone::Ok, "1 căn cứ pháp lý"),
            State::new(Tone::Soon, "Chưa chọn đối tượng"),
        ],
        log: log(),
        links: vec![
            Link::new("Các bản đã lưu (3)", format!("{BASE}/ban")),
            Link::new("Xem trên chuyên mục", "/so-tu-phap/bai/7h3q2mzk"),
        ],
        acts: Acts {
            decision: Some(Decision {
                version: 3,
                approve: true,
                send_back: true,
                remark: Field::text("remark", "Ý kiến khi trả lại")
                    .with_hint("Cần có khi trả lại: người soạn cần sửa điều gì."),
                public_note: Some(
                    Field::text("public_note", "Thông báo thay đổi cho người đọc")
                        .with_hint("Hiện trên bài. Để trống nếu chỉ sửa câu chữ.")
                        .optional(),
                ),
            }),
            ..Acts::default()
        },
    }
}

fn tasks(full: bool) -> Tasks {
    let row = |kind: &str, tone, word: &str, title: &str, detail: &str, current| TaskRow {
        kind: kind.into(),
        state: State::new(tone, word),
        title: title.into(),
        detail: detail.into(),
        href: "/quan-tri/so-tu-phap?viec=7h3q2mzk#viec".into(),
        current,
    };
    Tasks {
        frame: frame("/quan-tri/so-tu-phap/"),
        today: "Thứ Năm, 12/11/2020 · 3 việc chờ bạn".into(),
        rows: if full {
            vec![
                row(
                    "Duyệt bài",
                    Tone::Soon,
                    "chờ bạn duyệt",
                    "Chuyện ở làng: lấy vợ khi chưa đủ tuổi",
                    "Tin, bài · bản 3, 12/11/2020, 8 giờ 12",
                    true,
                ),
                row(
                    "Duyệt bài",
                    Tone::Soon,
                    "chờ bạn duyệt",
                    "Tờ gấp: mười điều về trợ giúp pháp lý",
                    "Tờ gấp · bản 1, 11/11/2020, 16 giờ 30",
                    false,
                ),
                row(
                    "Sửa bài",
                    Tone::Back,
                    "bị trả lại",
                    "Lịch trợ giúp pháp lý lưu động tháng 12",
                    "Tin, bài · bản 2, 10/11/2020, 9 giờ 00",
                    false,
                ),
            ]
        } else {
            vec![]
        },
        more: if full {
            vec![Link::new(
                "Duyệt bài: xem cả 24",
                "/quan-tri/so-tu-phap/bai?trang-thai=cho-duyet",
            )]
        } else {
            vec![]
        },
        errors: ErrorSummary::default(),
        open: full.then(reading),
        empty: Empty {
            title: "Chưa có việc nào chờ bạn.".into(),
            text: "Bài chờ duyệt, bài bị trả lại và bài đang soạn của bạn hiện ở đây.".into(),
            links: vec![Link::new("Viết bài mới", "/quan-tri/so-tu-phap/bai/moi?loai=tin")],
        },
    }
}

fn list(full: bool) -> ArticleList {
    let here = "/quan-tri/so-tu-phap/bai";
    let tab = |label: &str, current| Tab {
        label: label.into(),
        href: here.into(),
        current,
    };
    let row = |title: &str, kind: &str, state, version: &str, at: &str| Row {
        cells: vec![
            Cell::link(title, BASE),
            kind.into(),
            Cell::state(state),
            version.into(),
            at.into(),
        ],
    };
    let write = if full {
        vec![
            Link::new("Viết tin, bài", format!("{here}/moi?loai=tin")),
            Link::new("Giới thiệu văn bản mới", format!("{here}/moi?loai=van-ban-moi")),
            Link::new("Soạn tờ gấp", format!("{here}/moi?loai=to-gap")),
        ]
    } else {
        vec![]
    };
    ArticleList {
        frame: frame(here),
        total: if full { "64 bài".into() } else { "0 bài".into() },
        stages: vec![
            tab("Tất cả", true),
            tab("Đang soạn", false),
            tab("Chờ duyệt", false),
            tab("Bị trả lại", false),
            tab("Đã công bố", false),
            tab("Đã gỡ", false),
        ],
        kinds: vec![
            tab("Mọi loại", true),
            tab("Tin, bài", false),
            tab("Giới thiệu văn bản pháp luật mới", false),
            tab("Tờ gấp", false),
        ],
        write,
        table: Table {
            caption: "Bài và tài liệu, bài sửa gần nhất đứng trước".into(),
            caption_hidden: true,
            columns: vec![
                Column::words("Tên bài"),
                Column::words("Loại"),
                Column::words("Tình trạng"),
                Column::figures("Bản"),
                Column::words("Sửa lần cuối"),
            ],
            rows: if full {
                vec![
                    row(
                        "Chuyện ở làng: lấy vợ khi chưa đủ tuổi",
                        "Tin, bài",
                        State::new(Tone::Soon, "Chờ duyệt"),
                        "3",
                        "12/11/2020, 8 giờ 12",
                    ),
                    row(
                        "Luật Hộ tịch: những điểm người dân Kon Tum cần biết",
                        "Giới thiệu văn bản pháp luật mới",
                        State::new(Tone::Ok, "Đã công bố"),
                        "1",
                        "05/11/2020, 15 giờ 40",
                    ),
                    row(
                        "Trợ giúp pháp lý miễn phí: ai được, nộp đơn ở đâu",
                        "Tờ gấp",
                        State::new(Tone::Wait, "Đang soạn"),
                        "2",
                        "02/11/2020, 10 giờ 05",
                    ),
                ]
            } else {
                vec![]
            },
            total: None,
        },
        empty: Empty {
            title: "Chưa có bài nào ở đây.".into(),
            text: "Bài mới được lưu nháp trước; chưa ai ngoài cơ quan nhìn thấy.".into(),
            links: vec![],
        },
        pager: if full {
            Pager::new(here, 1, 64, 30)
        } else {
            Pager::default()
        },
    }
}

fn page(reading: Reading, errors: ErrorSummary) -> ArticlePage {
    ArticlePage {
        frame: frame("/quan-tri/so-tu-phap/bai"),
        list: Link::new("Bài và tài liệu", "/quan-tri/so-tu-phap/bai"),
        kind: "Tin, bài".into(),
        errors,
        reading,
    }
}

fn published() -> Reading {
    Reading {
        states: vec![State::new(Tone::Ok, "Đã công bố")],
        steps: steps(3),
        preview: law(),
        changes: None,
        acts: Acts {
            edit: Some(Link::new("Sửa thành bản mới", format!("{BASE}/sua"))),
            withdraw: Some(
                Field::area("notice", "Lý do gỡ", 2)
                    .with_hint("Người đọc sẽ thấy lý do này thay cho bài.")
                    .with_error(Some("Chưa ghi lý do gỡ.")),
            ),
            ..Acts::default()
        },
        ..reading()
    }
}

fn draft() -> Reading {
    Reading {
        states: vec![State::new(Tone::Back, "Bị trả lại")],
        returned: Some((
            "A Thanh trả lại ngày 08/11/2020, 14 giờ 05".into(),
            "Dẫn đúng số hiệu luật ở đoạn 2.".into(),
        )),
        steps: steps(0),
        preview: empty_preview(),
        changes: None,
        log: vec![],
        acts: Acts {
            edit: Some(Link::new("Sửa", format!("{BASE}/sua"))),
            submit: true,
            ..Acts::default()
        },
        ..reading()
    }
}

fn versions() -> ArticleVersions {
    let row = |n: &str, at: &str, who: &str, note: &str, state: Cell| Row {
        cells: vec![
            Cell::link(format!("Bản {n}"), format!("{BASE}/ban/{n}")),
            at.into(),
            who.into(),
            note.into(),
            state,
            Cell::link("so với bản trước", format!("{BASE}/so-sanh?cu=1&moi={n}")),
        ],
    };
    let choice = |n: &str| Choice {
        value: n.into(),
        label: format!("Bản {n}, Y Lan lưu 12/11/2020, 8 giờ 10"),
        ..Choice::default()
    };
    ArticleVersions {
        frame: frame("/quan-tri/so-tu-phap/bai"),
        item: Link::new("Chuyện ở làng: lấy vợ khi chưa đủ tuổi", BASE),
        table: Table {
            caption: "Các bản đã lưu, bản mới nhất đứng trước".into(),
            caption_hidden: true,
            columns: [
                "Bản",
                "Lưu lúc",
                "Người lưu",
                "Điều đã đổi",
                "Tình trạng",
                "So sánh",
            ]
            .map(Column::words)
            .to_vec(),
            rows: vec![
                row(
                    "3",
                    "12/11/2020, 8 giờ 10",
                    "Y Lan",
                    "thêm câu nói của cán bộ tư pháp xã",
                    "mới nhất".into(),
                ),
                row(
                    "2",
                    "08/11/2020, 9 giờ 41",
                    "Y Lan",
                    "",
                    Cell::state(State::new(Tone::Ok, "đang công bố")),
                ),
            ],
            total: None,
        },
        compare: format!("{BASE}/so-sanh"),
        choose: vec![
            Field::select("cu", "Bản cũ hơn", vec![choice("2"), choice("1")]),
            Field::select("moi", "Bản mới hơn", vec![choice("3"), choice("2")]),
        ],
    }
}

pub(super) fn add(samples: &mut Vec<Sample>) {
    draw(samples, "viec", &tasks(true));
    draw(samples, "viec-trong", &tasks(false));
    draw(samples, "ds-bai", &list(true));
    draw(samples, "ds-bai-trong", &list(false));
    draw(samples, "doc-bai", &page(reading(), ErrorSummary::default()));
    draw(
        samples,
        "doc-bai-cong-bo",
        &page(
            published(),
            ErrorSummary {
                title: "Chưa gỡ được".into(),
                kept: "Bài vẫn còn nguyên, chưa có gì thay đổi.".into(),
                errors: vec![("notice".into(), "Chưa ghi lý do gỡ.".into())],
            },
        ),
    );
    draw(samples, "doc-bai-trong", &page(draft(), ErrorSummary::default()));
    draw(samples, "cac-ban", &versions());
    let item = versions().item;
    draw(
        samples,
        "mot-ban",
        &OneVersion {
            frame: frame("/quan-tri/so-tu-phap/bai"),
            item: item.clone(),
            versions: format!("{BASE}/ban"),
            number: 2,
            saved: "Y Lan lưu 08/11/2020, 9 giờ 41".into(),
            note: "sửa tên luật".into(),
            preview: law(),
            hash: "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".into(),
            compare: Some(format!("{BASE}/so-sanh?cu=2&moi=3")),
            restore: Some(format!("{BASE}/ban/2/khoi-phuc")),
        },
    );
    for (name, fields) in [("so-sanh", difference()), ("so-sanh-trong", vec![])] {
        draw(
            samples,
            name,
            &Comparison {
                frame: frame("/quan-tri/so-tu-phap/bai"),
                item: item.clone(),
                versions: format!("{BASE}/ban"),
                older: (2, "Y Lan lưu 08/11/2020, 9 giờ 41".into()),
                newer: (3, "Y Lan lưu 12/11/2020, 8 giờ 10".into()),
                fields,
            },
        );
    }
}
