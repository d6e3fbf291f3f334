//! From what was typed to what acts take: every field that cannot be read is named with its reason.

use chrono::NaiveDate;
use pbgdpl_model::register::{AsOf, Decision, Details, GENDERS, Level, Problem, Standing, State, of_details};
use pbgdpl_pages::desk::activity::Input;
use pbgdpl_pages::desk::register::RegisterWords;
use pbgdpl_vietnamese::date::{dmy, parse_dmy};

/// Reads a form; what is wrong gathers in `problems`.
pub(in crate::desk) struct Reading<'a> {
    input: &'a Input,
    pub problems: Vec<Problem>,
}

impl<'a> Reading<'a> {
    pub(in crate::desk) fn of(input: &'a Input) -> Self {
        Self {
            input,
            problems: Vec::new(),
        }
    }

    /// Several spaces as one, none at the ends.
    pub(in crate::desk) fn text(&self, field: &str) -> String {
        let words = self.input.one(field).split_whitespace();
        words.collect::<Vec<_>>().join(" ")
    }

    pub(in crate::desk) fn wrong(&mut self, field: &'static str, reason: &str) {
        self.problems.push(Problem::new(field, reason));
    }

    /// A day; the first of time where it cannot be read, which is then a problem.
    pub(in crate::desk) fn day(&mut self, field: &'static str) -> NaiveDate {
        let typed = self.input.one(field);
        parse_dmy(typed).unwrap_or_else(|_| {
            let reason = if typed.is_empty() {
                "chưa có. Ghi ngày/tháng/năm."
            } else {
                "không đọc được. Ghi ngày/tháng/năm, ví dụ 09/11/2020."
            };
            self.wrong(field, reason);
            NaiveDate::MIN
        })
    }

    pub(super) fn level(&mut self) -> Level {
        self.input.one("level").parse().unwrap_or_else(|_| {
            self.wrong("level", "chưa chọn. Chọn một cấp.");
            Level::BcvTinh
        })
    }

    pub(in crate::desk) fn decision(&mut self) -> Decision {
        Decision {
            number: self.text("decision_number"),
            day: self.day("decision_day"),
            issuer: self.text("decision_issuer"),
        }
    }

    /// Only words of the list: anything else was not on the page.
    fn several(&mut self, field: &'static str, words: &[(String, String)]) -> Vec<String> {
        let chosen: Vec<String> = self.input.all(field).map(str::to_owned).collect();
        let known = |id: &String| words.iter().any(|(known, _)| known == id);
        if !chosen.iter().all(known) {
            self.wrong(field, "có mục không thuộc danh mục. Chọn lại.");
        }
        chosen
    }

    pub(super) fn details(&mut self, words: &RegisterWords) -> Details {
        let gender = self.text("gender");
        if !gender.is_empty() && !GENDERS.iter().any(|(known, _)| *known == gender) {
            self.wrong("gender", "không có trong danh sách. Chọn lại.");
        }
        let details = Details {
            name: self.text("name"),
            post: self.text("post"),
            workplace: self.text("workplace"),
            education: self.text("education"),
            law: self.input.one("law") == "co",
            fields: self.several("fields", &words.fields),
            gender,
            ethnicity: self.text("ethnicity"),
            languages: self.several("languages", &words.languages),
        };
        // Everything that is wrong is named at once, not first what cannot be read and then the rest.
        if !self.problems.is_empty() {
            self.problems.extend(of_details(&details));
        }
        details
    }
}

/// A new entry: nothing typed yet.
pub(super) fn empty() -> Input {
    Input::sent(vec![("beginning".to_owned(), "de-nghi".to_owned())])
}

/// A form about somebody: filled with what the register says now, where a correction or a change begins from it.
pub(super) fn of(now: &AsOf<'_>, correcting: bool) -> Input {
    let details = now.details;
    let mut pairs: Vec<(String, String)> = [
        ("name", details.name.clone()),
        ("post", details.post.clone()),
        ("workplace", details.workplace.clone()),
        ("education", details.education.clone()),
        ("law", if details.law { "co" } else { "" }.to_owned()),
        ("gender", details.gender.clone()),
        ("ethnicity", details.ethnicity.clone()),
        ("case", now.standing.case.clone()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    let several = |name: &str, values: &[String]| -> Vec<(String, String)> {
        let values = values.iter();
        values.map(|value| (name.to_owned(), value.clone())).collect()
    };
    pairs.extend(several("fields", &details.fields));
    pairs.extend(several("languages", &details.languages));
    if correcting {
        pairs.push(("from".into(), dmy(now.since)));
        if let Some(decision) = decision_of(now.standing) {
            pairs.push(("decision_number".into(), decision.number.clone()));
            pairs.push(("decision_day".into(), dmy(decision.day)));
            pairs.push(("decision_issuer".into(), decision.issuer.clone()));
        }
    }
    Input::sent(pairs)
}

/// The decision that a standing rests on: none before there is one.
pub(super) fn decision_of(standing: &Standing) -> Option<&Decision> {
    match standing.state {
        State::Ended => standing.ending.as_ref(),
        _ => standing.recognition.as_ref(),
    }
}
