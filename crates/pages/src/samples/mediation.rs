//! The register of tổ hòa giải: list, forms, one group, a pasted table.

use pbgdpl_model::mediation::Problem;

use super::{Sample, draw, frames};
use crate::desk::DeskFrame;
use crate::desk::activity::Input;
use crate::desk::mediation::{
    FactLine, GroupLine, GroupList, GroupPage, GroupPart, NarrowedGroups, PastePage, Refusal, SumLine,
    group_parts,
};
use crate::desk::register::RegisterForm;
use crate::part::{Link, Notice, Pager, State, Tone};

const HERE: &str = "/quan-tri/huyen-dak-to/to-hoa-giai";

fn frame() -> DeskFrame {
    frames::desk().with_notice(None).at(HERE)
}

fn communes() -> Vec<(String, String)> {
    [("23416", "Xã Văn Lem"), ("23420", "Xã Pô Kô <Pơ Kơ>")]
        .map(|(code, name)| (code.to_owned(), name.to_owned()))
        .into()
}

fn list(full: bool) -> GroupList {
    let line = |name: &str, state: State, figures| GroupLine {
        name: name.into(),
        href: "to-hoa-giai-mot.html".into(),
        place: "Thôn Tê Rông, Xã Văn Lem".into(),
        state,
        figures,
    };
    let figures = |trained| {
        [
            Some(1),
            Some(7),
            Some(4),
            Some(3),
            Some(1),
            Some(6),
            Some(5),
            trained,
        ]
    };
    let stands = || State::new(Tone::Ok, "Đang hoạt động");
    let lines = vec![
        line("Tổ hòa giải thôn Tê Rông", stands(), figures(Some(6))),
        line("Tổ hòa giải làng Kon Đào “Đăk”", stands(), figures(None)),
        line(
            "Tổ hòa giải thôn Đăk Xanh",
            State::new(Tone::Back, "Giải thể từ 01/07/2020"),
            [Some(1), None, None, None, None, None, None, None],
        ),
    ];
    let sums = communes().into_iter().map(|(code, name)| SumLine {
        name,
        href: format!("{HERE}?xa={code}"),
        figures: [
            Some(51),
            Some(357),
            Some(204),
            Some(153),
            Some(51),
            Some(306),
            Some(255),
            None,
        ],
    });
    let total = if full { 102 } else { 0 };
    GroupList {
        frame: frame(),
        here: HERE.into(),
        narrowed: NarrowedGroups {
            day: if full { "31/12/2020" } else { "12/01/2021" }.into(),
            today: !full,
            ..NarrowedGroups::default()
        },
        day_error: full.then(|| "không đọc được. Ghi ngày/tháng/năm, ví dụ 09/11/2020.".into()),
        written: if full {
            "Theo những gì đã ghi đến 12/01/2021, 10 giờ 00, lúc biểu được gửi.".into()
        } else {
            String::new()
        },
        communes: communes(),
        bare: !full,
        total,
        lines: if full { lines } else { vec![] },
        sum: [
            Some(102),
            Some(714),
            Some(408),
            Some(306),
            Some(102),
            Some(612),
            Some(510),
            None,
        ],
        by_commune: if full { sums.collect() } else { vec![] },
        pager: Pager::new(HERE, 1, u64::try_from(total).unwrap_or(0), 50),
        lacking: full.then(|| {
            Notice::warning(
                "1 tổ chưa ghi số được bồi dưỡng năm 2020.",
                "Cột 8 của xã có tổ ấy còn để cơ quan kê khai.",
            )
        }),
        new: Some((format!("{HERE}/moi"), format!("{HERE}/dan-bang"))),
    }
}

fn form(of: &[GroupPart], wrong: bool) -> RegisterForm {
    let pairs = [
        ("name", "Tổ hòa giải “Tê Rông”"),
        ("men", "4"),
        ("from", "31/02/2020"),
    ];
    let typed = Input::sent(pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).into());
    let problems = [
        Problem::new("from", "không đọc được. Ghi ngày/tháng/năm, ví dụ 09/11/2020."),
        Problem::new(
            "law",
            "là 9, lớn hơn tổng số 7 hòa giải viên. Sửa số này hoặc số nam, nữ.",
        ),
    ];
    let problems: &[Problem] = if wrong { &problems } else { &[] };
    RegisterForm {
        frame: frame(),
        heading: "Thêm tổ hòa giải".into(),
        lead: "Ghi quyết định thành lập và số hòa giải viên hiện có.".into(),
        action: HERE.into(),
        based_on: 0,
        stale: None,
        groups: group_parts(of, &communes(), &typed, problems),
        problems: problems.to_vec(),
        note: "Người ghi, giờ ghi và lý do được lưu.".into(),
        button: "Ghi".into(),
        back: HERE.into(),
    }
}

fn group(full: bool) -> GroupPage {
    let fact = |what: &str, note: &str, struck, acts| FactLine {
        from: "01/07/2020".into(),
        what: what.into(),
        note: note.into(),
        by: "Trần Thu Hà, 05/07/2020".into(),
        struck,
        acts,
    };
    let acts = || {
        vec![
            Link::new("Đính chính", "to-hoa-giai-dinh-chinh.html"),
            Link::new("Hủy lần ghi", "to-hoa-giai-dinh-chinh.html"),
        ]
    };
    let pairs = |pairs: &[(&str, &str)]| -> Vec<(String, String)> {
        let pairs = pairs.iter();
        pairs
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect()
    };
    GroupPage {
        frame: frame(),
        back: HERE.into(),
        name: "Tổ hòa giải thôn Tê Rông <Đăk>".into(),
        state: State::new(Tone::Ok, "Đang hoạt động"),
        facts: pairs(&[
            ("Nơi hoạt động", "Thôn Tê Rông, Xã Văn Lem"),
            (
                "Quyết định thành lập",
                "12/QĐ-UBND ngày 02/03/2015, Chủ tịch Ủy ban nhân dân xã Văn Lem",
            ),
        ]),
        figures: if full {
            pairs(&[("Tổng số", "7 người"), ("Nam", "4"), ("Nữ", "3")])
        } else {
            vec![]
        },
        since: "Có từ ngày 01/07/2020.".into(),
        history: if full {
            vec![
                fact("Số hòa giải viên", "7 hòa giải viên: 4 nam, 3 nữ", false, acts()),
                fact(
                    "Số hòa giải viên",
                    "8 hòa giải viên; đính chính: đếm nhầm",
                    true,
                    vec![],
                ),
            ]
        } else {
            vec![]
        },
        acts: if full {
            vec![Link::new("Ghi số hòa giải viên mới", "to-hoa-giai-them.html")]
        } else {
            vec![]
        },
    }
}

fn paste(wrong: bool) -> PastePage {
    PastePage {
        frame: frame(),
        back: HERE.into(),
        action: format!("{HERE}/dan-bang"),
        template: format!("{HERE}/bang-mau.csv"),
        columns: vec![("Tên tổ hòa giải".into(), "Tổ hòa giải thôn Tê Rông".into())],
        most: 300,
        typed: if wrong {
            "Tổ A\tThôn “A”\t<Xã>".into()
        } else {
            String::new()
        },
        refusals: if wrong {
            vec![Refusal {
                row: "Dòng 1".into(),
                name: "Tổ A".into(),
                column: "Xã, phường, thị trấn".into(),
                reason: "không có trong các xã của cơ quan. Ghi đúng tên hoặc mã.".into(),
            }]
        } else {
            vec![]
        },
    }
}

pub(super) fn add(samples: &mut Vec<Sample>) {
    let all = [
        GroupPart::Details,
        GroupPart::Decision,
        GroupPart::Founded,
        GroupPart::Figures,
        GroupPart::From,
    ];
    draw(samples, "to-hoa-giai", &list(true));
    draw(samples, "to-hoa-giai-trong", &list(false));
    draw(samples, "to-hoa-giai-them", &form(&all, false));
    draw(
        samples,
        "to-hoa-giai-dinh-chinh",
        &form(&[GroupPart::Figures, GroupPart::From, GroupPart::Reason], true),
    );
    draw(samples, "to-hoa-giai-mot", &group(true));
    draw(samples, "to-hoa-giai-mot-trong", &group(false));
    draw(samples, "to-hoa-giai-dan-bang", &paste(true));
    draw(samples, "to-hoa-giai-dan-bang-trong", &paste(false));
}
