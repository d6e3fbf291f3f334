//! Logs taken out of the house, alarms: full and empty.

use super::oversight::frame;
use super::{Sample, draw};
use crate::form::{Choice, ErrorSummary, Field};
use crate::oversight::TakePage;

pub(super) fn add(samples: &mut Vec<Sample>) {
    draw(samples, "nhat-ky-xuat", &take(None));
    draw(
        samples,
        "nhat-ky-xuat-sai",
        &take(Some("đứng trước ngày đầu. Chọn lại hai ngày.")),
    );
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
