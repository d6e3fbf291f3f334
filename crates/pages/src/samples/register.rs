//! The register of báo cáo viên: list, forms, one person; and the list that everybody reads.

use pbgdpl_model::register::{Level, Problem, State};

use super::{Sample, draw, frames};
use crate::desk::DeskFrame;
use crate::desk::activity::Input;
use crate::desk::register::{
    HistoryLine, Narrowed, Part, RegisterForm, RegisterLine, RegisterList, RegisterPerson, RegisterWords,
    SessionLine, Term, parts,
};
use crate::part::{Link, Notice, Pager};
use crate::public::{PublicRegister, RegisteredRow};

const HERE: &str = "/quan-tri/so-tu-phap/bao-cao-vien";

fn frame() -> DeskFrame {
    frames::desk().with_notice(None).at(HERE)
}

fn list(full: bool) -> RegisterList {
    let line = |name: &str, level, state, since: &str| RegisterLine {
        name: name.into(),
        href: "bao-cao-vien-mot.html".into(),
        work: "Trưởng phòng, Phòng Phổ biến, giáo dục pháp luật".into(),
        level,
        fields: "Đất đai; Hôn nhân và gia đình".into(),
        state,
        since: since.into(),
    };
    let lines = vec![
        line("A Thiu", Level::TtvXa, State::Proposed, "hạn 13/03/2020"),
        line(
            "Nguyễn Thị Hòa",
            Level::BcvTinh,
            State::Suspended,
            "từ 02/06/2020",
        ),
        line("Y Hlan <Niê>", Level::BcvTinh, State::Recognised, "từ 02/03/2020"),
    ];
    RegisterList {
        frame: frame(),
        here: HERE.into(),
        narrowed: Narrowed {
            day: if full { "31/12/2020" } else { "12/01/2021" }.into(),
            today: !full,
            level: String::new(),
            ..Narrowed::default()
        },
        day_error: None,
        fields: words().fields,
        total: if full { 73 } else { 0 },
        lines: if full { lines } else { vec![] },
        pager: Pager::new(
            format!("{HERE}?ngay=31/12/2020"),
            1,
            if full { 73 } else { 0 },
            50,
        ),
        overdue: full.then(|| {
            Notice::warning(
                "1 đề nghị đã quá hạn ra quyết định.",
                "A Thiu. Ghi quyết định, hoặc ghi lý do không công nhận, cử lại.",
            )
        }),
        new: Some(format!("{HERE}/moi")),
        public: "/so-tu-phap/bao-cao-vien".into(),
    }
}

fn words() -> RegisterWords {
    let pair = |id: &str, label: &str| (id.to_owned(), label.to_owned());
    RegisterWords {
        fields: vec![
            pair("dat-dai", "Đất đai"),
            pair("hon-nhan-gia-dinh", "Hôn nhân và gia đình"),
        ],
        languages: vec![pair("xo-dang", "Tiếng Xơ Đăng"), pair("ba-na", "Tiếng Ba Na")],
        cases: vec![pair("bcv-a", "Miễn nhiệm theo điểm a khoản 1 Điều 4")],
    }
}

fn form(of: &[Part], wrong: bool) -> RegisterForm {
    let pairs = [
        ("name", "Y Hlan “Niê”"),
        ("level", "bcv_tinh"),
        ("fields", "dat-dai"),
        ("decision_number", "158/QĐ-UBND"),
        ("from", "31/02/2020"),
    ];
    let typed = Input::sent(pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).into());
    let problems = [
        Problem::new("from", "không đọc được. Ghi ngày/tháng/năm, ví dụ 09/11/2020."),
        Problem::new(
            "case",
            "chưa chọn. Chọn trường hợp theo quy định ở cấp của người này.",
        ),
    ];
    let problems: &[Problem] = if wrong { &problems } else { &[] };
    RegisterForm {
        frame: frame(),
        heading: "Thêm người vào danh sách".into(),
        lead: "Với đề nghị công nhận, ghi ngày nhận đề nghị.".into(),
        action: HERE.into(),
        based_on: 0,
        stale: wrong.then(|| {
            Notice::refused(
                "Có người vừa ghi thêm về người này.",
                "Những gì bạn đã nhập vẫn còn trong mẫu dưới đây.",
            )
        }),
        groups: parts(of, &words(), &typed, problems),
        note: "Người ghi, giờ ghi và lý do được lưu.".into(),
        button: "Ghi".into(),
        back: HERE.into(),
    }
}

fn person(full: bool) -> RegisterPerson {
    let fact = |from: &str, what: &str, note: &str, struck| HistoryLine {
        from: from.into(),
        what: what.into(),
        note: note.into(),
        by: "Trần Thu Hà, 05/03/2020".into(),
        struck,
    };
    let history = vec![
        fact(
            "02/04/2020",
            "Đang hoạt động, Báo cáo viên pháp luật cấp tỉnh",
            "đính chính: ghi nhầm ngày",
            false,
        ),
        fact(
            "02/03/2020",
            "Đang hoạt động, Báo cáo viên pháp luật cấp tỉnh",
            "12/QĐ-UBND",
            true,
        ),
        fact(
            "02/03/2020",
            "Thông tin",
            "Y Hlan Niê, Trưởng phòng, Sở Tư pháp",
            false,
        ),
    ];
    RegisterPerson {
        frame: frame(),
        back: HERE.into(),
        name: "Y Hlan Niê".into(),
        line: "Báo cáo viên pháp luật cấp tỉnh, từ 02/04/2020".into(),
        state: full.then_some(State::DismissalAsked),
        facts: vec![
            ("Chức vụ, chức danh".into(), "Trưởng phòng".into()),
            ("Dân tộc".into(), "Xơ Đăng".into()),
        ],
        terms: if full {
            vec![
                Term {
                    what: "Báo cáo viên có ý kiến phản đối".into(),
                    last: "14/03/2020".into(),
                    over: false,
                },
                Term {
                    what: "Ra quyết định miễn nhiệm".into(),
                    last: "13/03/2020".into(),
                    over: true,
                },
            ]
        } else {
            vec![]
        },
        history,
        sessions: if full {
            vec![SessionLine {
                title: "Phổ biến Luật Đất đai tại thôn Măng Rương".into(),
                href: "hoat-dong-mot.html".into(),
                day: "03/05/2020".into(),
                sessions: "1".into(),
                attendees: "58".into(),
            }]
        } else {
            vec![]
        },
        spoken: "1 cuộc, 58 lượt người nghe".into(),
        acts: if full {
            vec![Link::new("Cử lại", format!("{HERE}/k/quyet-dinh/cu-lai"))]
        } else {
            vec![]
        },
    }
}

fn public(frame: crate::Frame, full: bool) -> PublicRegister {
    let row = |name: &str| RegisteredRow {
        name: name.into(),
        work: "Trưởng phòng, Phòng Phổ biến, giáo dục pháp luật".into(),
        level: "Báo cáo viên pháp luật cấp tỉnh".into(),
        fields: "Đất đai; Hôn nhân và gia đình".into(),
        decision: "158/QĐ-UBND ngày 02/03/2020, Chủ tịch Ủy ban nhân dân tỉnh".into(),
    };
    PublicRegister {
        total: if full { 73 } else { 0 },
        rows: if full {
            vec![row("A Thiu"), row("Y Hlan Niê")]
        } else {
            vec![]
        },
        pager: Pager::new("/so-tu-phap/bao-cao-vien", 1, if full { 73 } else { 0 }, 50),
        frame,
    }
}

pub(super) fn add(samples: &mut Vec<Sample>) {
    let all = [
        Part::Beginning,
        Part::Details,
        Part::Level,
        Part::Received,
        Part::Decision,
        Part::From,
    ];
    draw(samples, "bao-cao-vien", &list(true));
    draw(samples, "bao-cao-vien-trong", &list(false));
    draw(samples, "bao-cao-vien-them", &form(&all, false));
    draw(
        samples,
        "bao-cao-vien-mien-nhiem",
        &form(&[Part::Decision, Part::From, Part::Case, Part::Reason], true),
    );
    draw(samples, "bao-cao-vien-mot", &person(true));
    draw(samples, "bao-cao-vien-mot-trong", &person(false));
    draw(
        samples,
        "cong-khai",
        &public(frames::section("bao-cao-vien"), true),
    );
    draw(
        samples,
        "cong-khai-trong",
        &public(frames::section("bao-cao-vien"), false),
    );
    draw(
        samples,
        "khung-cong-khai",
        &public(frames::embedded("bao-cao-vien"), true),
    );
}
