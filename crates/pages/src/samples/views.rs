//! Saved views: full and empty.

use super::oversight::frame;
use super::{Sample, both};
use crate::form::{Choice, ErrorSummary, Field};
use crate::oversight::{SaveView, ViewLine, ViewPage, ViewsPage};
use crate::part::{Link, State, Tone};

pub(super) fn add(samples: &mut Vec<Sample>) {
    both(samples, "cach-xem", views);
    both(samples, "sua-cach-xem", view);
}

pub(super) fn save(wrong: bool) -> SaveView {
    let choice = |value: &str, label: &str, hint: &str| Choice {
        value: value.into(),
        label: label.into(),
        hint: hint.into(),
        ..Choice::default()
    };
    let title = Field::text("ten", "Tên").with_error(wrong.then_some("còn trống; đặt một tên để tìm lại"));
    SaveView {
        action: "/tai-khoan/cach-xem".into(),
        hidden: vec![("dia-chi".into(), "/giam-sat?nam=2020".into())],
        fields: vec![
            title,
            Field::boxes(
                "chon",
                "Cách giữ",
                vec![
                    choice(
                        "giu-nguyen",
                        "Giữ nguyên",
                        "Mở lại lúc nào cũng đúng các con số như đã biết đến hết ngày 12/11/2020.",
                    ),
                    choice(
                        "chung",
                        "Dùng chung",
                        "Cán bộ và người giám sát cấp tỉnh cùng mở được.",
                    ),
                ],
            ),
        ],
        list: Link::new("Các cách xem đã lưu", "/giam-sat/cach-xem"),
    }
}

fn views(full: bool) -> ViewsPage {
    let line = |own: bool| ViewLine {
        link: Link::new("Báo cáo tháng 11 của Hội đồng", "/giam-sat/cach-xem/0k3"),
        what: "Số liệu toàn tỉnh, năm 2020, theo tổ chức ngày 01/07/2021".into(),
        kept: "giữ nguyên như hết ngày 12/11/2020".into(),
        whose: "bạn lưu ngày 12/11/2020, dùng chung".into(),
        change: own.then(|| Link::new("Đổi tên, xóa", "/tai-khoan/cach-xem/0k3")),
    };
    let again = full.then(|| save(true));
    ViewsPage {
        frame: frame("Giám sát"),
        errors: again.as_ref().map_or_else(ErrorSummary::default, |again| {
            ErrorSummary::of("Chưa lưu được", &again.fields)
        }),
        again,
        undo: full.then(|| "/tai-khoan/cach-xem/0k3/hoan-tac".to_owned()),
        own: if full { vec![line(true)] } else { vec![] },
        shared: if full { vec![line(false)] } else { vec![] },
    }
}

fn view(full: bool) -> ViewPage {
    let fields = save(full).fields;
    ViewPage {
        frame: frame("Giám sát"),
        list: Link::new("Cách xem đã lưu", "/giam-sat/cach-xem"),
        title: "Báo cáo tháng 11 của Hội đồng".into(),
        what: "Số liệu toàn tỉnh, năm 2020".into(),
        state: if full {
            State::new(Tone::Ok, "giữ nguyên như hết ngày 12/11/2020")
        } else {
            State::new(Tone::Wait, "theo số liệu lúc mở")
        },
        action: "/tai-khoan/cach-xem/0k3".into(),
        remove: "/tai-khoan/cach-xem/0k3/xoa".into(),
        errors: if full {
            ErrorSummary::of("Chưa lưu được", &fields)
        } else {
            ErrorSummary::default()
        },
        fields,
    }
}
