//! Public figures: what everybody reads, and the province's own list of them; full and empty.

use super::oversight::frame;
use super::{Sample, both, draw, frames};
use crate::form::{Choice, ErrorSummary, Field};
use crate::part::{Link, State, Tone};
use crate::province::{FigureEntry, FiguresPage, RevokeFigurePage};
use crate::public::{
    ApiGuide, ApiOperation, ApiParameter, FigureBar, FigureBars, FigureCard, OpenData, PublicFigurePage,
    PublicFigures, figure_snippet,
};

pub(super) fn add(samples: &mut Vec<Sample>) {
    both(samples, "so-lieu-cong-khai", list);
    both(samples, "mot-so-lieu-cong-khai", one);
    draw(samples, "du-lieu-mo", &open_data());
    both(samples, "giao-dien-chuong-trinh", guide);
    both(samples, "tinh-cong-khai", figures);
    both(samples, "tinh-thoi-cong-khai", revoke);
}

fn open_data() -> OpenData {
    OpenData {
        frame: frames::province("du-lieu"),
    }
}

fn guide(full: bool) -> ApiGuide {
    let operation = ApiOperation {
        path: "/api/v1/bai".into(),
        example: Some("/api/v1/bai".into()),
        summary: "Bài đã công bố".into(),
        description: "Bài đã gỡ vẫn có một dòng.".into(),
        parameters: vec![ApiParameter {
            name: "loai".into(),
            meaning: "Chỉ loại này.".into(),
            shape: "một trong: tin, van-ban-moi, to-gap".into(),
        }],
    };
    ApiGuide {
        frame: frames::province("api"),
        server: "https://phapluat.kontum.example".into(),
        operations: if full { vec![operation] } else { vec![] },
        most: 120,
        seconds: 60,
        dataset: 5,
    }
}

fn list(full: bool) -> PublicFigures {
    let card = FigureCard {
        title: "Cuộc phổ biến pháp luật trực tiếp trong tỉnh".into(),
        href: "/so-lieu/0k3".into(),
        total: "4.024".into(),
        unit: "cuộc".into(),
        period: "năm 2020, đến hết ngày 12/11/2020".into(),
    };
    PublicFigures {
        frame: frames::province("so-lieu"),
        figures: if full { vec![card] } else { vec![] },
    }
}

fn bars(name: &str, lines: &[(&str, &str, i64)]) -> FigureBars {
    FigureBars {
        name: name.into(),
        bars: lines
            .iter()
            .map(|(label, value, width)| FigureBar {
                label: (*label).into(),
                value: (*value).into(),
                width: *width,
            })
            .collect(),
    }
}

fn one(full: bool) -> PublicFigurePage {
    let kinds = vec![
        bars(
            "Sở, ban, ngành",
            &[("Sở Y tế", "41", 40), ("Sở Xây dựng", "không nêu", 0)],
        ),
        bars("Huyện, thành phố", &[("Huyện Đăk Glei", "102", 100)]),
    ];
    PublicFigurePage {
        frame: frames::province("so-lieu"),
        title: "Cuộc phổ biến pháp luật trực tiếp trong tỉnh".into(),
        total: "4.024".into(),
        unit: "cuộc".into(),
        period: "Toàn tỉnh, năm 2020, đến hết ngày 12/11/2020".into(),
        note: if full {
            "Tính cả hoạt động ở xã.".into()
        } else {
            String::new()
        },
        definition: "Số cuộc phổ biến, giáo dục pháp luật trực tiếp đã ghi sổ.".into(),
        lines_are: if full { "Cơ quan" } else { "Tháng" }.into(),
        groups: if full {
            kinds
        } else {
            vec![bars("", &[("Tháng 1", "0", 0)])]
        },
        hides: full,
        drawn: "Số liệu cập nhật lúc 9 giờ 41 ngày 12/11/2020".into(),
        speaker: "Tỉnh Kon Tum".into(),
        links: if full {
            vec![Link::new("Tải CSV", "/so-lieu/0k3/du-lieu.csv")]
        } else {
            vec![]
        },
        snippet: if full {
            figure_snippet("https://nhung.vi-du.vn", "0k3", "Cuộc phổ biến")
        } else {
            String::new()
        },
    }
}

fn entry(state: State, waits: bool) -> FigureEntry {
    FigureEntry {
        title: "Cuộc phổ biến pháp luật trực tiếp trong tỉnh".into(),
        state: Some(state),
        what: "Cuộc phổ biến trực tiếp · năm đang chạy · toàn tỉnh, từng tháng".into(),
        note: "Tính cả hoạt động ở xã.".into(),
        steps: vec!["Đề nghị: Nguyễn Văn A, 9 giờ 41 ngày 12/11/2020".into()],
        reads: "Toàn tỉnh: 4.024 cuộc, năm 2020, đến hết ngày 12/11/2020".into(),
        groups: vec![bars("", &[("Tháng 1", "289", 50)])],
        page: (!waits).then(|| Link::new("Xem trang công khai", "/so-lieu/0k3")),
        approve: waits.then(|| "/tinh/cong-khai/0k3/duyet".to_owned()),
        barred: if waits {
            "Bạn đề nghị số liệu này nên người khác duyệt.".into()
        } else {
            String::new()
        },
        revoke: Some(Link::new("Thôi công khai", "/tinh/cong-khai/0k3/thoi")),
    }
}

fn figures(full: bool) -> FiguresPage {
    let title = Field::text("ten", "Tên công chúng sẽ đọc").with_error(full.then_some("còn trống"));
    let some = |entry: FigureEntry| if full { vec![entry] } else { vec![] };
    FiguresPage {
        frame: frame("Tổng hợp của tỉnh"),
        waiting: some(entry(State::new(Tone::Wait, "chờ duyệt"), true)),
        public: some(entry(State::new(Tone::Ok, "công khai"), false)),
        revoked: some(FigureEntry {
            page: None,
            revoke: None,
            reads: String::new(),
            groups: vec![],
            ..entry(State::new(Tone::Back, "đã thôi"), false)
        }),
        action: full.then(|| "/tinh/cong-khai".to_owned()),
        hint: "Người khác duyệt rồi công chúng mới đọc được.".into(),
        errors: if full {
            ErrorSummary::of("Chưa đề nghị được", [&title])
        } else {
            ErrorSummary::default()
        },
        fields: vec![
            Field::select(
                "chi-tieu",
                "Chỉ tiêu",
                vec![Choice {
                    value: "direct_sessions".into(),
                    label: "Cuộc phổ biến trực tiếp".into(),
                    ..Choice::default()
                }],
            ),
            title,
        ],
    }
}

fn revoke(full: bool) -> RevokeFigurePage {
    let reason = Field::area("ly-do", "Lý do", 4).with_error(full.then_some("còn trống"));
    RevokeFigurePage {
        frame: frame("Tổng hợp của tỉnh"),
        list: Link::new("Số liệu công khai", "/tinh/cong-khai"),
        title: "Cuộc phổ biến pháp luật trực tiếp trong tỉnh".into(),
        action: "/tinh/cong-khai/0k3/thoi".into(),
        errors: if full {
            ErrorSummary::of("Chưa thôi được", [&reason])
        } else {
            ErrorSummary::default()
        },
        reason,
    }
}
