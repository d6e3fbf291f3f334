//! Front page, section, lists and search, full and empty.

use super::rows::{groups, items, laws};
use super::{Sample, draw, frames};
use crate::part::{ItemRow, LawRow, Link, Pager};
use crate::public::{
    About, Contact, Fact, Figure, Hit, ItemGroup, List, Piece, ProvinceFront, Rows, Search, Section, Year,
};

fn province(full: bool) -> ProvinceFront {
    let figure = |label: &str, value: &str, unit: &str| Figure {
        label: label.into(),
        value: value.into(),
        unit: unit.into(),
    };
    let year = Year {
        heading: "Năm 2020".into(),
        note: "Cộng từ sổ hoạt động của 45 cơ quan".into(),
        figures: vec![
            figure("Cuộc phổ biến trực tiếp", "4.024", "cuộc"),
            figure("Lượt người tham dự", "245.892", "lượt người"),
            figure("Lượt người dự thi", "18.642", "lượt người"),
            figure("Tài liệu phát hành", "64.310", "bản"),
        ],
    };
    let with_agency = |mut rows: Vec<LawRow>| {
        rows.iter_mut()
            .for_each(|row| row.agency = Some("Sở Lao động - Thương binh và Xã hội".into()));
        rows
    };
    ProvinceFront {
        frame: frames::province(""),
        heading: "Tìm luật và cơ\u{a0}quan giải\u{a0}quyết ở Kon\u{a0}Tum".into(),
        description: "Luật nói gọn, chuyên mục của từng cơ quan tỉnh Kon Tum.".into(),
        laws: if full { with_agency(laws()) } else { vec![] },
        items: if full {
            items()
                .into_iter()
                .map(|item| ItemRow {
                    agency: Some("Sở Tư pháp".into()),
                    ..item
                })
                .collect()
        } else {
            vec![]
        },
        groups: groups(),
        year: full.then_some(year),
    }
}

fn section(frame: crate::Frame, full: bool) -> Section {
    let group = |label: &str, path: &str, items| ItemGroup {
        label: label.into(),
        all: Link::new("Xem tất cả", frame.link(path)),
        items,
    };
    let groups = if full {
        vec![
            group("Tin, bài mới", "loai/tin", items()),
            group("Tờ gấp", "loai/to-gap", items()),
        ]
    } else {
        vec![]
    };
    Section {
        heading: "Hộ tịch, chứng thực, trợ giúp pháp lý, hòa giải ở cơ sở".into(),
        intro: "Sở Tư pháp giải thích luật bằng lời dễ hiểu và đưa pháp luật về tận thôn, làng.".into(),
        laws: if full { laws() } else { vec![] },
        groups,
        frame,
    }
}

fn list(frame: crate::Frame, kind: &str, rows: Rows, total: u64, page: u64) -> List {
    List {
        frame,
        kind: kind.into(),
        path: "loai/tin".into(),
        intro: "Luật mới nói gọn: có từ bao giờ, ai cần biết, phải làm gì.".into(),
        total,
        rows,
        pager: Pager::new("/so-tu-phap/loai/tin", page, total, 20),
    }
}

fn search(frame: crate::Frame, query: &str, total: u64) -> Search {
    let piece = |text: &str, hit| Piece {
        text: text.into(),
        hit,
    };
    let hit = |agency: Option<&str>| Hit {
        title: vec![
            piece("Sinh con bao lâu thì phải đăng ký ", false),
            piece("khai sinh", true),
            piece("?", false),
        ],
        href: "bai.html".into(),
        excerpt: vec![
            piece(
                "… trong thời hạn 60 ngày kể từ ngày sinh con, cha hoặc mẹ có trách nhiệm đăng ký ",
                false,
            ),
            piece("khai sinh", true),
            piece(" cho con …", false),
        ],
        kind: "Tin, bài".into(),
        number: Some("60/2014/QH13".into()),
        published: "05/11/2020".into(),
        agency: agency.map(Into::into),
        state: None,
    };
    Search {
        query: query.into(),
        scope: "chuyên mục của Sở Tư pháp".into(),
        total,
        hits: (0..total.min(3))
            .map(|n| hit((n == 1).then_some("Huyện Đăk Glei")))
            .collect(),
        pager: Pager::new("/so-tu-phap/tim-kiem?q=khai+sinh", 2, total, 20),
        elsewhere: Some(Link::new("Tìm trong cả tỉnh", "/tim-kiem?q=khai+sinh")),
        problem: None,
        frame,
    }
}

fn add_frames(samples: &mut Vec<Sample>) {
    draw(samples, "khung", &section(frames::embedded(""), true));
    draw(samples, "khung-trong", &section(frames::embedded(""), false));
    draw(
        samples,
        "khung-loai",
        &list(
            frames::embedded("loai/tin"),
            "Tin, bài",
            Rows::Items(items()),
            3,
            1,
        ),
    );
    draw(
        samples,
        "khung-tim",
        &search(frames::embedded("tim-kiem"), "khai sinh", 3),
    );
}

pub(super) fn add(samples: &mut Vec<Sample>) {
    draw(samples, "tinh", &province(true));
    draw(samples, "tinh-trong", &province(false));
    draw(samples, "chuyen-muc", &section(frames::section(""), true));
    draw(
        samples,
        "chuyen-muc-trong",
        &section(frames::long_name(""), false),
    );
    draw(
        samples,
        "loai-luat",
        &list(
            frames::section("loai/van-ban-moi").at("loai/van-ban-moi"),
            "Giới thiệu văn bản pháp luật mới",
            Rows::Laws(laws()),
            4,
            1,
        ),
    );
    draw(
        samples,
        "loai-tin",
        &list(
            frames::section("loai/tin").at("loai/tin"),
            "Tin, bài",
            Rows::Items(items()),
            195,
            5,
        ),
    );
    draw(
        samples,
        "loai-trong",
        &list(
            frames::long_name("loai/to-gap").at("loai/to-gap"),
            "Tờ gấp",
            Rows::Items(vec![]),
            0,
            1,
        ),
    );
    draw(
        samples,
        "tim",
        &search(frames::section("tim-kiem"), "khai sinh", 46),
    );
    draw(
        samples,
        "tim-truoc",
        &search(frames::province("tim-kiem").at("tim-kiem"), "", 0),
    );
    draw(
        samples,
        "tim-trong",
        &search(frames::long_name("tim-kiem"), "sổ đỏ & <đất>", 0),
    );
    let problem = Some("Câu hỏi cần có ít nhất một chữ hoặc số.".to_owned());
    draw(
        samples,
        "tim-loi",
        &Search {
            problem,
            ..search(frames::section("tim-kiem"), "?!", 0)
        },
    );
    let about = |frame, full: bool| {
        About {
        frame,
        paragraphs: vec!["Chuyên mục giới thiệu luật thuộc lĩnh vực của cơ quan bằng lời dễ hiểu, theo Luật Phổ biến, giáo dục pháp luật.".into()],
        facts: if full { vec![Fact::new("Tên đầy đủ", "Sở Tư pháp tỉnh Kon Tum"), Fact::new("Trực thuộc", "Ủy ban nhân dân tỉnh Kon Tum")] } else { vec![] },
        bases: if full { vec!["Luật Phổ biến, giáo dục pháp luật số 14/2012/QH13, Điều 13".into()] } else { vec![] },
        register: full.then(|| Link::new("Báo cáo viên, tuyên truyền viên pháp luật (24 người)", "cong-khai.html")),
    }
    };
    draw(
        samples,
        "gioi-thieu",
        &about(frames::section("gioi-thieu").at("gioi-thieu"), true),
    );
    draw(
        samples,
        "gioi-thieu-trong",
        &about(frames::long_name("gioi-thieu").at("gioi-thieu"), false),
    );
    draw(
        samples,
        "lien-he",
        &Contact {
            frame: frames::section("lien-he").at("lien-he"),
        },
    );
    draw(
        samples,
        "lien-he-trong",
        &Contact {
            frame: frames::long_name("lien-he").at("lien-he"),
        },
    );
    add_frames(samples);
}
