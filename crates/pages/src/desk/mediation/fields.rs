//! The fields of the forms about groups, in parts that forms are put together from.

use pbgdpl_model::mediation::Problem;

use crate::desk::activity::{Group, Input};
use crate::form::{Choice, Field};

/// A part of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupPart {
    /// Name, village, commune.
    Details,
    /// Number, day and issuer of the decision that founded it.
    Decision,
    /// First day of the group.
    Founded,
    /// Mediators.
    Figures,
    /// First day of what is written down.
    From,
    /// Why.
    Reason,
}

struct Draw<'a> {
    communes: &'a [(String, String)],
    input: &'a Input,
    problems: &'a [Problem],
}

/// The parts as groups of fields, with what was typed and what is wrong. `communes`: code and name; none where the agency has
/// none below it.
#[must_use]
pub fn group_parts(
    of: &[GroupPart],
    communes: &[(String, String)],
    input: &Input,
    problems: &[Problem],
) -> Vec<Group> {
    let draw = Draw {
        communes,
        input,
        problems,
    };
    of.iter().flat_map(|part| draw.part(*part)).collect()
}

fn alone(field: Field) -> Group {
    Group {
        fields: vec![field],
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

    fn figure(&self, name: &str, label: &str) -> Field {
        self.with(Field::figure(name, label))
    }

    fn part(&self, part: GroupPart) -> Vec<Group> {
        match part {
            GroupPart::Details => self.details(),
            GroupPart::Decision => vec![Group {
                legend: "Quyết định thành lập".into(),
                hint: "Ghi đúng như văn bản đã ký.".into(),
                fields: vec![
                    self.with(Field::text("decision_number", "Số, ký hiệu")),
                    self.with(Field::day("decision_day", "Ngày ký")),
                    self.with(Field::text("decision_issuer", "Cơ quan, người ban hành")),
                ],
            }],
            GroupPart::Founded => vec![alone(self.with(Field::day("founded", "Thành lập từ ngày")))],
            GroupPart::Figures => vec![
                Group {
                    legend: "Số hòa giải viên".into(),
                    hint: "Chỉ ghi số người, không ghi họ tên. Không có ai thì ghi 0.".into(),
                    fields: vec![
                        self.figure("men", "Nam"),
                        self.figure("women", "Nữ"),
                        self.figure("law", "Chuyên môn Luật"),
                        self.figure("minority", "Dân tộc thiểu số"),
                    ],
                },
                alone(
                    self.with(
                        Field::figure("trained", "Được bồi dưỡng trong năm")
                            .optional()
                            .with_hint(
                                "Trong năm của ngày có số liệu. Để trống là chưa có số, không phải số 0.",
                            ),
                    ),
                ),
            ],
            GroupPart::From => vec![alone(self.with(Field::day("from", "Có từ ngày")))],
            GroupPart::Reason => vec![alone(self.with(Field::area("reason", "Lý do", 2)))],
        }
    }

    fn details(&self) -> Vec<Group> {
        let village = self.with(Field::text("village", "Thôn, làng, tổ dân phố"));
        let name = self.with(Field::text("name", "Tên tổ hòa giải"));
        let wrong = self.problems.iter().any(|problem| problem.field == "commune");
        let mut place = vec![village];
        if !self.communes.is_empty() || wrong {
            let choice = |(code, name): &(String, String)| Choice {
                value: code.clone(),
                label: name.clone(),
                ..Choice::default()
            };
            let first = Choice {
                label: "Chưa chọn".into(),
                ..Choice::default()
            };
            let choices = std::iter::once(first).chain(self.communes.iter().map(choice));
            let commune = Field::select("commune", "Xã, phường, thị trấn", choices.collect());
            place.push(self.with(commune));
        }
        let place = Group {
            fields: place,
            ..Group::default()
        };
        vec![alone(name), place]
    }
}
