//! Reports asked for out of turn: full and empty.

use super::{Sample, draw, frames, report};
use crate::desk::report::ReportAct;
use crate::form::{Choice, ErrorSummary, Field};
use crate::part::Empty;
use crate::province::request::RequestList;

pub(super) fn add(samples: &mut Vec<Sample>) {
    draw(samples, "tinh-dot-xuat", &requests(true));
    draw(samples, "tinh-dot-xuat-trong", &requests(false));
}

fn requests(full: bool) -> RequestList {
    let choice = |value: &str, label: &str| Choice {
        value: value.into(),
        label: label.into(),
        hint: String::new(),
        chosen: false,
    };
    let act = ReportAct {
        title: "Mở yêu cầu báo cáo đột xuất".into(),
        text: "Số liệu cộng từ sổ đúng từ ngày đầu đến hết ngày cuối.".into(),
        action: Some("/tinh/dot-xuat".into()),
        hidden: vec![],
        fields: vec![
            Field::radios("bieu", "Biểu", vec![choice("09c", "09c/BTP/PBGDPL")]),
            Field::boxes(
                "co-quan",
                "Cơ quan phải gửi",
                vec![
                    choice("so-y-te", "Sở Y tế"),
                    choice("huyen-dak-to", "Huyện Đăk Tô"),
                ],
            ),
            Field::day("tu", "Số liệu từ ngày"),
            Field::day("han", "Hạn gửi"),
        ],
        button: "Mở yêu cầu".into(),
    };
    RequestList {
        frame: frames::desk(),
        errors: ErrorSummary::default(),
        table: report::table(full),
        empty: (!full).then(|| Empty {
            title: "Chưa có yêu cầu báo cáo đột xuất nào.".into(),
            text: "Khi có văn bản yêu cầu số liệu ngoài các kỳ báo cáo, mở yêu cầu ở dưới.".into(),
            links: vec![],
        }),
        acts: vec![act],
        links: vec![],
    }
}
