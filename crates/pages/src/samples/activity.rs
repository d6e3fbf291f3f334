//! The activity pages: list, form, one activity, shares.

use pbgdpl_model::activity::{Answer, Kind, Problem, Stage};

use super::{Sample, draw, frames};
use crate::desk::DeskFrame;
use crate::desk::activity::{
    ActivityForm, ActivityLine, ActivityList, ActivityPage, Chosen, Evidence, Input, LedgerLine, PartnerLine,
    ShareLine, ShareList, TimelineLine, Words,
};
use crate::form::Field;
use crate::part::{Notice, Pager};

const HERE: &str = "/quan-tri/so-tu-phap/hoat-dong";

fn frame() -> DeskFrame {
    frames::desk().with_notice(None).at(HERE)
}

fn list() -> ActivityList {
    let line = |title: &str, kind, figure: &str, joint, stage| ActivityLine {
        title: title.into(),
        href: "hoat-dong-mot.html".into(),
        day: "03/05/2021".into(),
        kind,
        figure: figure.into(),
        joint,
        stage,
    };
    ActivityList {
        frame: frame(),
        here: HERE.into(),
        chosen: Chosen {
            year: "2021".into(),
            ..Chosen::default()
        },
        years: vec![2021, 2020, 2019],
        total: 43,
        lines: vec![
            line(
                "Phổ biến Luật Đất đai tại thôn Măng Rương",
                Kind::HoiNghi,
                "58 lượt người",
                true,
                Stage::Recorded,
            ),
            line(
                "Cuộc thi tìm hiểu <Luật Trẻ em>",
                Kind::CuocThi,
                "1.204 lượt người",
                false,
                Stage::Draft,
            ),
            line(
                "Phát thanh tiếng Xơ Đăng",
                Kind::PhatThanh,
                "12 lần",
                false,
                Stage::Reversed,
            ),
        ],
        pager: Pager::new(format!("{HERE}?nam=2021"), 1, 43, 20),
        new: Some(format!("{HERE}/moi")),
        shares: vec![(
            "Tập huấn hòa giải ở cơ sở".into(),
            "Hội Liên hiệp Phụ nữ tỉnh".into(),
            "09/06/2021".into(),
        )],
    }
}

fn empty_list() -> ActivityList {
    ActivityList {
        chosen: Chosen::default(),
        years: vec![],
        total: 0,
        lines: vec![],
        pager: Pager::default(),
        shares: vec![],
        ..list()
    }
}

fn words() -> Words {
    let pair = |id: &str, label: &str| (id.to_owned(), label.to_owned());
    Words {
        fields: vec![
            pair("dat-dai", "Đất đai"),
            pair("hon-nhan-gia-dinh", "Hôn nhân và gia đình"),
        ],
        audiences: vec![pair("nguoi-dan", "Nhân dân")],
        languages: vec![pair("tieng-viet", "Tiếng Việt"), pair("xo-dang", "Tiếng Xơ Đăng")],
        registered: vec![
            pair("k", "Y Hlan Niê, Trưởng phòng"),
            pair("l", "A Thiu, Chuyên viên"),
        ],
        agencies: vec![
            pair("a", "Huyện Đăk Glei"),
            pair("b", "Hội Liên hiệp Phụ nữ tỉnh"),
        ],
    }
}

fn typed() -> Input {
    let pairs = [
        ("kind", "hoi-nghi"),
        ("form", "truc-tiep"),
        ("title", "Phổ biến Luật Đất đai tại thôn “Măng Rương”"),
        ("day", "14/12/2024"),
        ("place", "Xã Văn Lem"),
        ("sessions", "1"),
        ("attendees", "58"),
        ("women", "64"),
        ("funding_total", "12.000"),
        ("funding_regular", "7.000"),
        ("funding_programme", "4.500"),
        ("language", "xo-dang"),
        ("fields", "dat-dai"),
        ("registered", "k"),
        ("partners", "b"),
    ];
    Input::sent(pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).into())
}

fn form() -> ActivityForm {
    let problems = [
        Problem::new("day", "ở tương lai (14/12/2024). Ghi ngày đã diễn ra."),
        Problem::new("women", "lớn hơn tổng lượt người (58)."),
        Problem::new(
            "funding_total",
            "12.000 khác tổng ba nguồn 11.500. Sửa tổng hoặc một trong ba nguồn.",
        ),
    ];
    ActivityForm {
        action: HERE.into(),
        back: HERE.into(),
        ..ActivityForm::filled(frame(), &words(), &typed(), &problems)
    }
}

fn correction() -> ActivityForm {
    let problems = [Problem::new("reason", "chưa có. Ghi vì sao số cũ sai.")];
    let form = ActivityForm {
        action: format!("{HERE}/7h3q/dinh-chinh"),
        back: HERE.into(),
        based_on: 2,
        stale: Some(Notice::refused(
            "Có người vừa lưu bản mới hơn.",
            "Những gì bạn đã nhập vẫn còn bên dưới.",
        )),
        newer: vec![("Lượt người tham dự".into(), "108".into())],
        ..ActivityForm::filled(frame(), &words(), &typed(), &[])
    };
    form.correcting(&typed(), &problems)
}

fn one() -> ActivityPage {
    let row = |seq: &str, quantity: &str, note: &str, struck| LedgerLine {
        seq: seq.into(),
        day: "18/07/2021".into(),
        what: "Lượt người tham dự".into(),
        note: note.into(),
        quantity: quantity.into(),
        struck,
    };
    ActivityPage {
        frame: frame(),
        back: HERE.into(),
        title: "Phổ biến Luật Đất đai tại hội trường xã".into(),
        line: "Hội nghị, 18/07/2021".into(),
        stage: Stage::Recorded,
        joint: true,
        version: 2,
        facts: vec![
            ("Địa bàn".into(), "Xã Văn Lem".into()),
            ("Lượt người tham dự".into(), "108, trong đó nữ 51".into()),
        ],
        ledger: vec![
            row("3.382", "180 lượt người", "đã bị đảo ngày 22/07/2021", true),
            row(
                "3.423",
                "−180 lượt người",
                "Đảo dòng 3.382: gõ nhầm 180, biên bản ghi 108",
                false,
            ),
            row("3.455", "108 lượt người", "", false),
        ],
        evidence: vec![Evidence {
            label: "bien-ban-mang-ruong.pdf".into(),
            detail: "PDF, 318 KB".into(),
            href: format!("{HERE}/7h3q/minh-chung/9k2m"),
        }],
        partners: vec![
            PartnerLine {
                name: "Hội Liên hiệp Phụ nữ tỉnh".into(),
                answer: Answer::Confirmed,
            },
            PartnerLine {
                name: "Huyện Đăk Glei".into(),
                answer: Answer::Invited,
            },
        ],
        timeline: vec![TimelineLine {
            verb: "Đính chính".into(),
            by: "Nguyễn Văn Thành, 22/07/2021".into(),
            note: "gõ nhầm 180, biên bản ghi 108".into(),
        }],
        edit: None,
        record: None,
        correct: Some(format!("{HERE}/7h3q/dinh-chinh")),
        reverse: Some((format!("{HERE}/7h3q/huy"), Field::area("reason", "Lý do hủy", 2))),
        attach: Some((
            format!("{HERE}/7h3q/minh-chung"),
            vec![
                Field::files("file", "Tệp", ".pdf,.png,.jpg", false),
                Field::text("label", "Tên gọi của tệp").optional(),
            ],
        )),
    }
}

fn draft() -> ActivityPage {
    ActivityPage {
        stage: Stage::Draft,
        ledger: vec![],
        evidence: vec![],
        partners: vec![],
        timeline: vec![],
        edit: Some(format!("{HERE}/7h3q/sua")),
        record: Some(format!("{HERE}/7h3q/ghi-so")),
        correct: None,
        reverse: None,
        attach: None,
        joint: false,
        ..one()
    }
}

fn shares(full: bool) -> ShareList {
    let share = |id: &str, answer, reason: &str, reply: bool| ShareLine {
        id: id.into(),
        title: "Tập huấn hòa giải ở cơ sở".into(),
        owner: "Hội Liên hiệp Phụ nữ tỉnh".into(),
        day: "09/06/2021".into(),
        summary: "Lớp tập huấn · Thành phố Kon Tum · 120 lượt người".into(),
        answer,
        reason: reason.into(),
        reply: reply.then(|| {
            let name = format!("reason-{id}");
            let field = Field::text(&name, "Lý do, nếu từ chối").optional();
            (format!("/quan-tri/so-tu-phap/phoi-hop/{id}/tra-loi"), field)
        }),
    };
    ShareList {
        frame: frame(),
        shares: if full {
            vec![
                share("7h3q", Answer::Invited, "", true),
                share("8k4m", Answer::Confirmed, "", false),
                share("9n5p", Answer::Refused, "Không cử người tham gia", false),
            ]
        } else {
            vec![]
        },
        pager: Pager::default(),
    }
}

pub(super) fn add(samples: &mut Vec<Sample>) {
    draw(samples, "hoat-dong", &list());
    draw(samples, "hoat-dong-trong", &empty_list());
    draw(samples, "hoat-dong-ghi", &form());
    draw(samples, "hoat-dong-dinh-chinh", &correction());
    draw(samples, "hoat-dong-mot", &one());
    draw(samples, "hoat-dong-nhap", &draft());
    draw(samples, "phoi-hop", &shares(true));
    draw(samples, "phoi-hop-trong", &shares(false));
}
