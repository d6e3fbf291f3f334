//! The fields of the register's forms, in parts that forms are put together from.

use pbgdpl_model::register::{GENDERS, Level, Problem};

use crate::desk::activity::{Group, Input};
use crate::form::{Choice, Field};

/// The words of the province's vocabularies: id and label.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterWords {
    /// Fields of law.
    pub fields: Vec<(String, String)>,
    /// Languages of ethnic minorities.
    pub languages: Vec<(String, String)>,
    /// Cases of dismissal that are for the person's level.
    pub cases: Vec<(String, String)>,
}

/// A part of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Whether a request is written down or somebody recognised is entered.
    Beginning,
    /// Who the person is.
    Details,
    /// At which level.
    Level,
    /// The day a request was received.
    Received,
    /// Number, day and issuer of a decision.
    Decision,
    /// First day.
    From,
    /// The case of the law.
    Case,
    /// Why.
    Reason,
}

struct Draw<'a> {
    words: &'a RegisterWords,
    input: &'a Input,
    problems: &'a [Problem],
}

/// The parts as groups of fields, with what was typed and what is wrong.
#[must_use]
pub fn parts(of: &[Part], words: &RegisterWords, input: &Input, problems: &[Problem]) -> Vec<Group> {
    let draw = Draw {
        words,
        input,
        problems,
    };
    of.iter().flat_map(|part| draw.part(*part)).collect()
}

fn choice(value: &str, label: &str) -> Choice {
    Choice {
        value: value.into(),
        label: label.into(),
        ..Choice::default()
    }
}

fn group(fields: Vec<Field>) -> Group {
    Group {
        fields,
        ..Group::default()
    }
}

impl Draw<'_> {
    fn with(&self, field: Field) -> Field {
        let wrong = self.problems.iter().find(|problem| problem.field == field.name);
        let value = self.input.one(&field.name).to_owned();
        field
            .with_value(value)
            .with_error(wrong.map(|problem| problem.reason.clone()))
    }

    fn optional(&self, field: Field) -> Field {
        self.with(field.optional())
    }

    fn line(&self, name: &str, label: &str) -> Field {
        self.with(Field {
            longest: 200,
            ..Field::text(name, label)
        })
    }

    fn boxes(&self, name: &str, label: &str, words: &[(String, String)]) -> Option<Group> {
        let chosen: Vec<&str> = self.input.all(name).collect();
        let choices: Vec<Choice> = words
            .iter()
            .map(|(id, label)| Choice {
                chosen: chosen.contains(&id.as_str()),
                ..choice(id, label)
            })
            .collect();
        let wrong = self.problems.iter().find(|problem| problem.field == name);
        let field =
            Field::boxes(name, label, choices).with_error(wrong.map(|problem| problem.reason.clone()));
        // A list of which nothing is known is left out, unless something is wrong with it.
        (!words.is_empty() || field.error.is_some()).then(|| group(vec![field]))
    }

    fn part(&self, part: Part) -> Vec<Group> {
        match part {
            Part::Beginning => vec![self.beginning()],
            Part::Details => self.details(),
            Part::Level => {
                let levels = Level::ALL.iter().map(|level| choice(level.word(), level.label()));
                vec![group(vec![self.with(Field::radios(
                    "level",
                    "Cấp",
                    levels.collect(),
                ))])]
            }
            Part::Received => vec![group(vec![
                self.with(Field::day("received", "Ngày nhận đề nghị")),
            ])],
            Part::Decision => vec![Group {
                legend: "Quyết định".into(),
                hint: "Ghi đúng như văn bản đã ký.".into(),
                fields: vec![
                    self.line("decision_number", "Số, ký hiệu"),
                    self.with(Field::day("decision_day", "Ngày ký")),
                    self.line("decision_issuer", "Cơ quan, người ban hành"),
                ],
            }],
            Part::From => vec![group(vec![self.with(Field::day("from", "Có hiệu lực từ ngày"))])],
            Part::Case => {
                let cases = self.words.cases.iter().map(|(id, label)| choice(id, label));
                let cases = std::iter::once(choice("", "Chưa chọn")).chain(cases).collect();
                vec![group(vec![
                    self.with(
                        Field::select("case", "Trường hợp theo Thông tư số 10/2016/TT-BTP", cases)
                            .with_hint("Tên gọi các trường hợp cần đối chiếu với văn bản."),
                    ),
                ])]
            }
            Part::Reason => vec![group(vec![self.with(Field::area("reason", "Lý do", 2))])],
        }
    }

    fn beginning(&self) -> Group {
        let ways = vec![
            Choice {
                hint: "Chờ quyết định; thời hạn tính từ ngày nhận.".into(),
                ..choice("de-nghi", "Đề nghị công nhận")
            },
            Choice {
                hint: "Ghi số, ngày quyết định; tên hiện ngay trong danh sách công khai.".into(),
                ..choice("da-cong-nhan", "Đã có quyết định công nhận")
            },
        ];
        group(vec![self.with(Field::radios("beginning", "Ghi việc gì", ways))])
    }

    fn details(&self) -> Vec<Group> {
        let genders = GENDERS.map(|(value, label)| choice(value, label));
        let genders = std::iter::once(choice("", "Chưa ghi")).chain(genders).collect();
        let law = Choice {
            chosen: self.input.one("law") == "co",
            ..choice("co", "Có trình độ chuyên môn Luật")
        };
        let mut groups = vec![
            group(vec![
                self.line("name", "Họ và tên"),
                self.line("post", "Chức vụ, chức danh"),
            ]),
            group(vec![self.line("workplace", "Cơ quan, đơn vị công tác")]),
            group(vec![
                self.line("education", "Trình độ chuyên môn"),
                Field::boxes("law", "Chuyên môn Luật", vec![law]),
            ]),
        ];
        groups.extend(self.boxes("fields", "Lĩnh vực pháp luật chuyên môn sâu", &self.words.fields));
        groups.push(group(vec![
            self.optional(Field::select("gender", "Giới tính", genders)),
            self.optional(Field::text("ethnicity", "Dân tộc")),
        ]));
        groups.extend(self.boxes("languages", "Biết tiếng dân tộc thiểu số", &self.words.languages));
        groups
    }
}
