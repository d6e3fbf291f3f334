//! The fields of an activity's form, in groups that stand side by side.

use pbgdpl_model::activity::{FORMS, Kind, MODES, Problem};

use super::Input;
use crate::form::{Choice, Field};

/// Fields that stand side by side, under a legend where they are parts of one thing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// What they are parts of.
    pub legend: String,
    /// A line under it.
    pub hint: String,
    /// The fields.
    pub fields: Vec<Field>,
}

/// The words of the province's vocabularies, and the other agencies: id and label.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Fields of law.
    pub fields: Vec<(String, String)>,
    /// Audiences.
    pub audiences: Vec<(String, String)>,
    /// Languages.
    pub languages: Vec<(String, String)>,
    /// People of the agency's register who were recognised on the day.
    pub registered: Vec<(String, String)>,
    /// Agencies that may be invited.
    pub agencies: Vec<(String, String)>,
}

struct Draw<'a> {
    input: &'a Input,
    problems: &'a [Problem],
}

impl Draw<'_> {
    /// A field with what was typed and what is wrong.
    fn with(&self, field: Field) -> Field {
        let wrong = self.problems.iter().find(|problem| problem.field == field.name);
        let value = self.input.one(&field.name).to_owned();
        field
            .with_value(value)
            .with_error(wrong.map(|problem| problem.reason.clone()))
    }

    /// A field that may stay empty.
    fn optional(&self, field: Field) -> Field {
        self.with(field.optional())
    }

    /// A long list: one line each, several may be chosen.
    fn boxes(&self, name: &str, label: &str, words: &[(String, String)]) -> Field {
        let chosen: Vec<&str> = self.input.all(name).collect();
        let choices = words
            .iter()
            .map(|(id, label)| choice(id, label, chosen.contains(&id.as_str())))
            .collect();
        let field = Field::boxes(name, label, choices);
        let wrong = self.problems.iter().find(|problem| problem.field == name);
        field.with_error(wrong.map(|problem| problem.reason.clone()))
    }
}

fn choice(value: &str, label: &str, chosen: bool) -> Choice {
    Choice {
        value: value.into(),
        label: label.into(),
        hint: String::new(),
        chosen,
    }
}

fn choices<'a>(words: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Choice> {
    words
        .into_iter()
        .map(|(value, label)| choice(value, label, false))
        .collect()
}

fn group(fields: Vec<Field>) -> Group {
    Group {
        fields,
        ..Group::default()
    }
}

/// The whole form.
pub(super) fn groups(words: &Words, input: &Input, problems: &[Problem]) -> Vec<Group> {
    let draw = Draw { input, problems };
    let mut groups = what(&draw);
    groups.extend(figures(&draw));
    groups.extend(details(&draw, words));
    groups
}

/// Why a correction is made.
pub(super) fn reason(input: &Input, problems: &[Problem]) -> Group {
    let draw = Draw { input, problems };
    let field = Field::area("reason", "Lý do đính chính", 2).with_hint(
        "Người giám sát đọc lý do này cạnh dòng sổ bị đảo, ví dụ “gõ nhầm 180, biên bản ghi 108”.",
    );
    group(vec![draw.with(field)])
}

fn what(draw: &Draw<'_>) -> Vec<Group> {
    let kinds = Kind::ALL.map(|kind| (kind.word(), kind.label()));
    let title = Field {
        longest: 250,
        ..Field::text("title", "Tên hoạt động")
    };
    vec![
        group(vec![draw.with(Field::radios(
            "kind",
            "Loại hoạt động",
            choices(kinds),
        ))]),
        group(vec![
            draw.with(
                Field::radios("form", "Hình thức", choices(FORMS))
                    .with_hint("Theo Điều 11 Luật Phổ biến, giáo dục pháp luật số 14/2012/QH13"),
            ),
        ]),
        group(vec![draw.with(title)]),
        group(vec![
            draw.with(Field::day("day", "Ngày tổ chức")),
            draw.with(Field::text("place", "Địa bàn").with_hint("Xã, phường, thị trấn hoặc nơi diễn ra")),
        ]),
        group(vec![draw.optional(Field::area(
            "topic",
            "Văn bản, nội dung phổ biến",
            2,
        ))]),
    ]
}

fn figures(draw: &Draw<'_>) -> Vec<Group> {
    let money = |name: &str, label: &str| draw.optional(Field::figure(name, label));
    vec![
        group(vec![
            draw.optional(Field::figure("sessions", "Số cuộc")),
            draw.optional(Field::figure("attendees", "Lượt người tham dự, dự thi")),
        ]),
        group(vec![
            draw.optional(Field::figure("women", "Trong đó nữ")),
            draw.optional(Field::figure(
                "ethnic_minorities",
                "Trong đó người dân tộc thiểu số",
            )),
        ]),
        group(vec![
            draw.optional(Field::figure("materials", "Số bản tài liệu phát")),
            draw.optional(Field::text("materials_kind", "Loại tài liệu")),
        ]),
        group(vec![draw.optional(Field::figure(
            "broadcasts",
            "Số lần phát sóng, phát thanh",
        ))]),
        Group {
            legend: "Kinh phí, nghìn đồng".into(),
            hint: "Tổng số phải bằng tổng ba nguồn.".into(),
            fields: vec![
                money("funding_total", "Tổng số"),
                money("funding_regular", "Thường xuyên"),
                money("funding_programme", "Chương trình, đề án"),
                money("funding_other", "Hỗ trợ khác"),
            ],
        },
    ]
}

fn details(draw: &Draw<'_>, words: &Words) -> Vec<Group> {
    let languages = words
        .languages
        .iter()
        .map(|(id, label)| (id.as_str(), label.as_str()));
    let languages = choices([("", "Chưa chọn")].into_iter().chain(languages));
    let modes = choices([("", "Chưa chọn")].into_iter().chain(MODES));
    let mut groups = vec![
        group(vec![
            draw.boxes(
                "registered",
                "Báo cáo viên, tuyên truyền viên của cơ quan",
                &words.registered,
            )
            .with_hint("Những người đã phổ biến tại hoạt động. Cột 2 của biểu 09 đếm từ đây."),
        ]),
        group(vec![
            draw.optional(Field::text("speakers", "Báo cáo viên khác, khách mời")),
            draw.optional(Field::select("language", "Ngôn ngữ", languages)),
            draw.optional(Field::select("mode", "Cách tổ chức", modes)),
        ]),
        group(vec![draw.boxes("fields", "Lĩnh vực pháp luật", &words.fields)]),
        group(vec![draw.boxes("audiences", "Đối tượng", &words.audiences)]),
        group(vec![
            draw.boxes("partners", "Cơ quan cùng tổ chức", &words.agencies)
                .with_hint("Hoạt động chung chỉ tính một lần, trong số liệu của cơ quan bạn. Cơ quan được chọn nhận lời mời xác nhận."),
        ]),
        group(vec![draw.optional(
            Field::area("no_evidence_reason", "Lý do không có minh chứng", 2)
                .with_hint("Chỉ ghi khi không có biên bản, danh sách hay ảnh nào. Lý do được lưu kèm tên người ghi."),
        )]),
    ];
    // A list of which nothing is known is left out.
    groups.retain(|group| {
        !group
            .fields
            .iter()
            .all(|field| matches!(&field.control, crate::form::Control::Boxes(choices) if choices.is_empty()))
    });
    groups
}
