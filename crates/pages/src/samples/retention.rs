//! Terms of keeping: with classes and acts of erasing, and with none.

use super::oversight::frame;
use super::{Sample, both};
use crate::oversight::{RetentionPage, RetentionRow, WentRow};

pub(super) fn add(samples: &mut Vec<Sample>) {
    both(samples, "luu-giu", retention);
}

fn retention(full: bool) -> RetentionPage {
    let row = |title: &str, term: &str, by_itself: bool| RetentionRow {
        title: title.into(),
        holds: "Tên và lý do của từng mục trong nhật ký.".into(),
        term: term.into(),
        by_itself,
        after: "Tên và lý do bị xóa hẳn; chuỗi vẫn kiểm chứng được.".into(),
        basis: "Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15".into(),
        verify: by_itself,
    };
    RetentionPage {
        frame: frame("Giám sát"),
        classes: if full {
            vec![
                row("Tên người làm và lý do trong nhật ký", "10 năm", true),
                row("Hồ sơ công việc", "Vĩnh viễn", false),
            ]
        } else {
            vec![]
        },
        went: if full {
            vec![WentRow {
                at: "9 giờ 41 ngày 12/11/2020".into(),
                why: "Theo đề nghị của người có dữ liệu",
                entries: "1.208".into(),
                href: "/giam-sat/nhat-ky?muc=14209".into(),
            }]
        } else {
            vec![]
        },
    }
}
