//! The desk's surroundings with every part that desk pages reuse, on one sheet.

use askama::Template;

use super::{Sample, draw, frames};
use crate::desk::DeskFrame;
use crate::form::{Button, Buttons, Choice, ErrorSummary, Field};
use crate::part::{Cell, Column, Empty, Link, Pager, Row, State, Step, Steps, Table, Tone};
use crate::{CachePolicy, Page};

/// All parts on one sheet.
#[derive(Debug, Clone, Template)]
#[template(path = "desk/sheet_of_parts.html")]
struct SheetOfParts {
    frame: DeskFrame,
    fields: Vec<Field>,
    steps: Steps,
    table: Table,
    pager: Pager,
    empty: Empty,
    buttons: Buttons,
}

impl SheetOfParts {
    fn errors(&self) -> ErrorSummary {
        ErrorSummary::of("Chưa ghi được", &self.fields)
    }

    fn states(&self) -> [State; 5] {
        [
            State::new(Tone::Ok, "đúng hạn"),
            State::new(Tone::Soon, "sắp hạn"),
            State::new(Tone::Late, "trễ 1 ngày"),
            State::new(Tone::Back, "trả lại"),
            State::new(Tone::Wait, "chờ bạn"),
        ]
    }
}

impl Page for SheetOfParts {
    fn cache(&self) -> CachePolicy {
        CachePolicy::Never
    }
}

fn fields(full: bool) -> Vec<Field> {
    let choice = |value: &str, label: &str, chosen| Choice {
        value: value.into(),
        label: label.into(),
        hint: String::new(),
        chosen,
    };
    let all = vec![
        Field::text("ten", "Tên hoạt động").with_value("Tập huấn <hòa giải> ở cơ sở"),
        Field::day("ngay", "Ngày tổ chức")
            .with_value("14/12/2024")
            .with_error(Some("ở tương lai. Ghi ngày đã diễn ra.")),
        Field::figure("nu", "Số nữ")
            .with_value("64")
            .with_error(Some("lớn hơn tổng lượt người (58).")),
        Field::select(
            "loai",
            "Hình thức",
            vec![
                choice("", "Chưa chọn", false),
                choice("hop", "Họp báo, thông cáo báo chí", true),
            ],
        ),
        Field::radios(
            "chu",
            "Ai chủ trì",
            vec![
                choice("a", "Cơ quan tôi", true),
                choice("b", "Cơ quan khác", false),
            ],
        ),
        Field::boxes(
            "linh-vuc",
            "Lĩnh vực",
            vec![
                choice("dat", "Đất đai", true),
                choice("hon", "Hôn nhân và gia đình", false),
            ],
        ),
        Field::area("mo-ta", "Mô tả", 4)
            .with_hint("Vài câu cho người đọc báo cáo.")
            .optional(),
        Field::files("tep", "Minh chứng", ".pdf,.png,.jpg", true).optional(),
    ];
    if full { all } else { vec![] }
}

fn sheet(full: bool) -> SheetOfParts {
    let step = |label: &str, detail: &str| Step {
        label: label.into(),
        detail: detail.into(),
    };
    let row = |name: &str, value: &str, state| Row {
        cells: vec![Cell::link(name, "#ten"), value.into(), Cell::state(state)],
    };
    let rows = vec![
        row("Huyện Đăk Glei", "1.204", State::new(Tone::Ok, "đã nộp")),
        row("Thành phố Kon Tum", "12", State::new(Tone::Late, "trễ 3 ngày")),
    ];
    SheetOfParts {
        frame: if full {
            frames::desk()
        } else {
            frames::desk().with_notice(None)
        },
        fields: fields(full),
        steps: Steps {
            label: "Đường đi của bài".into(),
            steps: vec![
                step("Soạn", "Y Lan, 08/11"),
                step("Duyệt", "Trần Văn Dũng"),
                step("Công bố", "ngay khi duyệt"),
            ],
            present: 1,
        },
        table: Table {
            caption: "Cuộc phổ biến trực tiếp năm 2020".into(),
            columns: vec![
                Column::words("Cơ quan"),
                Column::figures("Cuộc"),
                Column::words("Tình trạng"),
            ],
            total: full.then(|| Row {
                cells: vec!["Tổng".into(), "1.216".into(), "".into()],
            }),
            rows: if full { rows } else { vec![] },
            ..Table::default()
        },
        pager: Pager::new("/quan-tri/so-tu-phap/bai?trang-thai=nhap", 2, 60, 20),
        empty: Empty {
            title: "Chưa có bài nào chờ bạn.".into(),
            text: "Bài sẽ hiện ở đây khi có người gửi duyệt.".into(),
            links: vec![
                Link::new("Viết bài mới", "/quan-tri/so-tu-phap/bai/moi"),
                Link::new("Xem bài đã công bố", "/quan-tri/so-tu-phap/bai"),
            ],
        },
        buttons: Buttons {
            note: "Chưa chọn địa bàn: vẫn gửi được.".into(),
            buttons: vec![Button::quiet("Lưu nháp", "luu"), Button::primary("Gửi duyệt")],
        },
    }
}

pub(super) fn add(samples: &mut Vec<Sample>) {
    draw(samples, "ban", &sheet(true));
    draw(samples, "ban-trong", &sheet(false));
}
