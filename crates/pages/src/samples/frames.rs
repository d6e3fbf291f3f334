//! Surroundings of the sample pages.

use crate::Bare;
use crate::desk::{DeskFrame, Place, PlaceGroup};
use crate::frame::{Footer, Frame, Speaker};
use crate::part::{Link, Notice};

// Links and assets are relative here, so that the preview opens from a folder.
const HERE: &str = ".";

pub(super) fn section(page: &str) -> Frame {
    let speaker = Speaker {
        official: "Sở Tư pháp tỉnh Kon Tum".into(),
        short: "Sở Tư pháp".into(),
        line: "Trang chính thức · Cơ quan chuyên môn thuộc Ủy ban nhân dân tỉnh Kon Tum".into(),
        strap: "Chuyên mục phổ biến, giáo dục pháp luật".into(),
    };
    Frame {
        assets: HERE.into(),
        province: Some(Link::new("Pháp luật Kon Tum", "/")),
        sign_in: Some("/dang-nhap".into()),
        demo_notice: true,
        counted: true,
        footer: Footer {
            responsible: Some("Giám đốc Sở Tư pháp tỉnh Kon Tum".into()),
            address: Some("Phường Quyết Thắng, thành phố Kon Tum".into()),
            website: Some("https://sotuphap.kontum.gov.vn/".into()),
            ..Footer::default()
        },
        ..Frame::section(
            "/so-tu-phap",
            format!("https://phapluat.kontum.example/so-tu-phap/{page}"),
            "cham",
            speaker,
        )
    }
}

/// The longest name there is, nothing known about it.
pub(super) fn long_name(page: &str) -> Frame {
    let speaker = Speaker {
        official: "Bộ Chỉ huy Bộ đội Biên phòng và Liên hiệp các tổ chức hữu nghị tỉnh Kon Tum".into(),
        short: "Liên hiệp các tổ chức hữu nghị tỉnh".into(),
        line: "Trang chính thức · Tổ chức chính trị - xã hội cấp tỉnh".into(),
        strap: "Chuyên mục phổ biến, giáo dục pháp luật".into(),
    };
    Frame {
        assets: HERE.into(),
        ..Frame::section("", format!("https://lienhiep.example/{page}"), "rung", speaker)
    }
}

pub(super) fn embedded(page: &str) -> Frame {
    Frame {
        mount: "/k/7h3q2mzk9v4d".into(),
        embed: true,
        accent: "lua".into(),
        ..section(page)
    }
}

pub(super) fn province(page: &str) -> Frame {
    let speaker = Speaker {
        official: "Pháp luật Kon Tum".into(),
        short: "Pháp luật Kon Tum".into(),
        line: "Trang chính thức của Ủy ban nhân dân tỉnh Kon Tum".into(),
        strap: "Phổ biến, giáo dục pháp luật tỉnh Kon Tum".into(),
    };
    Frame {
        assets: HERE.into(),
        sign_in: Some("/dang-nhap".into()),
        demo_notice: true,
        footer: Footer {
            responsible: Some(
                "Sở Tư pháp quản lý trang; mỗi cơ quan tự chịu trách nhiệm về chuyên mục của mình.".into(),
            ),
            ..Footer::default()
        },
        ..Frame::province(
            "",
            format!("https://phapluat.kontum.example/{page}"),
            "son",
            speaker,
        )
    }
}

pub(super) fn bare() -> Bare {
    Bare {
        assets: HERE.into(),
        accent: "son".into(),
        brand: Some(Link::new("Pháp luật Kon Tum", "/")),
        strap: "Nơi làm việc của cán bộ".into(),
        demo_notice: false,
        embed: false,
    }
}

pub(super) fn desk() -> DeskFrame {
    let place = |label, href: &str, icon, count| Place {
        count,
        ..Place::new(label, href, icon)
    };
    DeskFrame {
        agency: "Sở Tư pháp".into(),
        strap: "Bàn biên tập".into(),
        home: "/quan-tri/so-tu-phap/".into(),
        accent: "cham".into(),
        groups: vec![
            PlaceGroup {
                label: "Việc".into(),
                places: vec![
                    place("Việc của tôi", "/quan-tri/so-tu-phap/", "inbox", Some(7)),
                    place("Bài và tài liệu", "/quan-tri/so-tu-phap/bai", "pencil", None),
                ],
            },
            PlaceGroup {
                label: "Công tác".into(),
                places: vec![
                    place(
                        "Hoạt động",
                        "/quan-tri/so-tu-phap/hoat-dong",
                        "calendar-days",
                        None,
                    ),
                    place(
                        "Biểu mẫu, báo cáo",
                        "/quan-tri/so-tu-phap/bieu",
                        "table-2",
                        Some(1),
                    ),
                ],
            },
            PlaceGroup {
                label: "Chuyên mục".into(),
                places: vec![place(
                    "Gắn vào trang của cơ quan",
                    "/quan-tri/so-tu-phap/gan",
                    "code",
                    None,
                )],
            },
        ],
        person: "Trần Văn Dũng".into(),
        account: "/tai-khoan".into(),
        sign_out: "/dang-xuat".into(),
        links: vec![
            Link::new("Đổi cơ quan", "/chon"),
            Link::new("Xem chuyên mục", "/so-tu-phap/"),
        ],
        notice: Some(
            Notice::done("Đã lưu bản 3.", "Bạn có thể gửi duyệt.")
                .with_link(Link::new("Xem bản vừa lưu", "/quan-tri/so-tu-phap/bai")),
        ),
        demo_notice: true,
        assets: HERE.into(),
    }
    .at("/quan-tri/so-tu-phap/bai")
}
