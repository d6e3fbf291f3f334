//! The editor in its states: sent back with its preview, blank with an error, beside a newer version.

use super::article::{BASE, TEXT, difference, frame, law, preview, steps};
use super::{Sample, draw};
use crate::desk::article::{BasisRow, Beside, Editor, PictureBox, Returned};
use crate::form::{Button, Buttons, Choice, ErrorSummary, Field};
use crate::part::{Link, Notice, State, Tone};
use crate::public::Picture;

fn fields() -> Vec<Field> {
    let choice = |value: &str, label: &str, chosen| Choice {
        value: value.into(),
        label: label.into(),
        hint: String::new(),
        chosen,
    };
    vec![
        Field::boxes(
            "fields",
            "Lĩnh vực pháp luật",
            vec![
                choice("hon-nhan-gia-dinh", "Hôn nhân và gia đình", true),
                choice("dat-dai", "Đất đai", false),
            ],
        ),
        Field::boxes(
            "audiences",
            "Đối tượng",
            vec![choice("nguoi-dan", "Nhân dân", false)],
        ),
    ]
}

fn language() -> Vec<Field> {
    let choice = |value: &str, label: &str| Choice {
        value: value.into(),
        label: label.into(),
        ..Choice::default()
    };
    vec![
        Field::select(
            "language",
            "Ngôn ngữ của bài",
            vec![choice("vi", "Tiếng Việt"), choice("bdq", "Tiếng Ba Na")],
        )
        .with_value("bdq"),
        Field::select(
            "translates",
            "Dịch từ bài",
            vec![
                choice("", "Không phải bản dịch"),
                choice("7h3q", "Sinh con bao lâu thì phải đăng ký khai sinh?"),
            ],
        )
        .with_hint("Bài gốc đang công bố trong chuyên mục này.")
        .with_value("7h3q")
        .unmarked(),
        Field::line("translates_address", "Hoặc địa chỉ của bài gốc", "url").optional(),
        Field::line("copied_from", "Bản gốc đăng ở", "url")
            .with_hint(
                "Trang này đã có ở Sở Nội vụ: Khai sinh cho con. Vẫn đăng được; hai bài sẽ dẫn đến nhau.",
            )
            .optional(),
    ]
}

fn editor() -> Editor {
    let mut bases = vec![BasisRow {
        number: "52/2014/QH13".into(),
        title: "Luật Hôn nhân và gia đình".into(),
        articles: "Điều 5, Điều 8".into(),
    }];
    bases.resize_with(8, BasisRow::default);
    Editor {
        frame: frame("/quan-tri/so-tu-phap/bai"),
        heading: "Sửa bài".into(),
        list: Link::new("Bài và tài liệu", "/quan-tri/so-tu-phap/bai"),
        kind: "Tin, bài".into(),
        state: Some(State::new(Tone::Back, "Bị trả lại")),
        saved: "Bản 2, Y Lan lưu 08/11/2020, 9 giờ 41".into(),
        returned: Some(Returned {
            who: "A Thanh trả lại ngày 08/11/2020, 14 giờ 05".into(),
            remark: "Dẫn đúng số hiệu luật ở đoạn 2 và nói rõ ai là người nói với hai gia đình.".into(),
        }),
        notice: None,
        errors: ErrorSummary::default(),
        action: format!("{BASE}/sua"),
        unsaved: false,
        hidden: vec![("kind", "tin".into()), ("based_on", "2".into())],
        head: vec![
            Field::text("title", "Tên bài").with_value("Chuyện ở làng: lấy vợ khi chưa đủ tuổi"),
            Field::area("summary", "Một câu nói hết ý", 3)
                .with_hint("Hiện dưới tên bài, trong danh sách và khi chia sẻ.")
                .with_value("Nam từ đủ 20 tuổi, nữ từ đủ 18 tuổi mới được kết hôn; cưới sớm là tảo hôn, bị pháp luật cấm."),
        ],
        document: vec![],
        words: fields(),
        language: language(),
        said: "Tiếng Ba Na, bản dịch".into(),
        bases,
        body: Field::area("body", "Nội dung", 16)
            .with_hint("Một dòng trống là một đoạn. ## ở đầu dòng là đề mục. Nhận chữ dán từ Word.")
            .with_value(TEXT),
        picture: PictureBox {
            attached: None,
            alt: Field::text("alt", "Lời mô tả ảnh").optional(),
            bring: Some((
                Field::files("file", "Tệp ảnh", "image/png,image/jpeg,image/webp", false).optional(),
                format!("{BASE}/anh"),
            )),
        },
        foot: vec![Field::text("source", "Nguồn").optional(), Field::text("note", "Điều đã đổi trong bản này").optional()],
        beside: Beside::Preview(Box::new(preview())),
        steps: Some(steps(0)),
        buttons: Buttons {
            note: "Lưu nháp giữ một bản mới; chưa ai ngoài cơ quan nhìn thấy.".into(),
            buttons: vec![
                Button::quiet("Xem trước", "xem-truoc"),
                Button::quiet("Lưu nháp", "luu"),
                Button::primary("Gửi duyệt").with_act("gui"),
            ],
        },
    }
}

fn blank() -> Editor {
    let mut blank = Editor {
        heading: "Soạn bài mới".into(),
        kind: "Giới thiệu văn bản pháp luật mới".into(),
        state: None,
        saved: String::new(),
        returned: None,
        action: "/quan-tri/so-tu-phap/bai".into(),
        head: vec![
            Field::text("title", "Tên bài"),
            Field::area("summary", "Một câu nói hết ý", 3),
        ],
        document: vec![
            Field::select(
                "document_kind",
                "Loại văn bản",
                vec![Choice {
                    label: "Chưa chọn".into(),
                    ..Choice::default()
                }],
            ),
            Field::text("document_number", "Số, ký hiệu").with_hint("Ví dụ 52/2014/QH13"),
            Field::text("document_issuer", "Cơ quan ban hành"),
            Field::day("document_issued", "Ngày ban hành")
                .with_value("31/02/2020")
                .with_error(Some("tháng 2 năm 2020 không có ngày 31.")),
            Field::day("document_effective", "Có hiệu lực từ ngày"),
            Field::line("document_source_url", "Bản chính thức", "url").optional(),
        ],
        bases: vec![BasisRow::default(); 8],
        body: Field::area("body", "Nội dung", 16),
        picture: PictureBox {
            attached: None,
            alt: Field::text("alt", "Lời mô tả ảnh").optional(),
            bring: None,
        },
        foot: vec![Field::text("source", "Nguồn").optional()],
        beside: Beside::Tips,
        steps: None,
        ..editor()
    };
    blank.errors = ErrorSummary::of("Chưa lưu được", blank.head.iter().chain(&blank.document));
    blank
}

fn both() -> Editor {
    Editor {
        heading: "Hai người cùng sửa bài này".into(),
        returned: None,
        notice: Some(Notice::warning(
            "Có người đã lưu bản mới hơn trong lúc bạn sửa.",
            "Bên trái là bản của bạn, còn nguyên; bên phải là bản mới nhất. Chép phần cần giữ sang bản của bạn rồi lưu.",
        )),
        picture: PictureBox {
            attached: Some((
                "7h3q".into(),
                Picture {
                    src: "https://tep.phapluat.kontum.example/r/7h3q".into(),
                    alt: "Cán bộ tư pháp xã nói chuyện với hai gia đình".into(),
                    width: 640,
                    height: 360,
                },
            )),
            ..editor().picture
        },
        beside: Beside::Newest {
            who: "Bản 3, A Thanh lưu 12/11/2020, 8 giờ 12".into(),
            preview: Box::new(law()),
            fields: difference(),
        },
        unsaved: true,
        buttons: Buttons {
            note: "Cả hai bản đều được giữ.".into(),
            buttons: vec![
                Button::quiet("Xem trước", "xem-truoc"),
                Button::primary("Lưu bản của tôi thành bản mới").with_act("luu"),
            ],
        },
        ..editor()
    }
}

pub(super) fn add(samples: &mut Vec<Sample>) {
    draw(samples, "soan", &editor());
    draw(samples, "soan-trong", &blank());
    draw(samples, "soan-hai-ban", &both());
}
