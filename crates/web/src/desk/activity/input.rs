//! From what was typed to the facts of an activity: every field that cannot be read is named with its reason.

use chrono::NaiveDate;
use pbgdpl_app::activity::Facts;
use pbgdpl_model::activity::{Content, Funding, Kind, Problem};
use pbgdpl_model::id::TenantId;
use pbgdpl_model::manifest::TermList;
use pbgdpl_pages::desk::activity::{Input, Words};
use pbgdpl_vietnamese::date::parse_dmy;
use pbgdpl_vietnamese::number::{grouped, parse_grouped};

use crate::error::Error;
use crate::extract::Staff;
use crate::state::AppState;

/// The words of the province's vocabularies, the people of the register and the other agencies, in alphabetical order.
/// `day`: when the activity took place; whoever is recognised then, or today, may be chosen.
pub(super) async fn words(state: &AppState, staff: &Staff, day: Option<NaiveDate>) -> Result<Words, Error> {
    let agency = state.read.tenant(staff.ctx.tenant()).await?;
    let lists = agency.catalogue("vocabulary").await?;
    let register = agency.register().await?;
    drop(agency);
    let day = day.unwrap_or(staff.today());
    let mut registered: Vec<(String, String)> = register
        .iter()
        .filter(|entry| entry.is_recognised_on(day) || entry.is_recognised_on(staff.today()))
        .filter_map(|entry| Some((entry.id, entry.details_on(day)?.1)))
        .map(|(id, details)| (id.to_string(), format!("{}, {}", details.name, details.post)))
        .collect();
    pbgdpl_vietnamese::sort_by_name(&mut registered, |(_, name)| name.as_str());
    let list = |code: &str| -> Vec<(String, String)> {
        lists
            .iter()
            .find(|(known, _)| known == code)
            .and_then(|(_, body)| serde_json::from_str::<TermList>(body).ok())
            .map(|list| {
                let terms = list.terms.iter();
                terms
                    .map(|term| (term.id.clone(), term.name().to_owned()))
                    .collect()
            })
            .unwrap_or_default()
    };
    let snapshot = state.read.registry().now();
    let mut agencies: Vec<(String, String)> = snapshot
        .tenants()
        .filter(|tenant| tenant.id() != staff.ctx.tenant().id())
        .map(|tenant| (tenant.id().to_string(), tenant.short(staff.today()).to_owned()))
        .collect();
    pbgdpl_vietnamese::sort_by_name(&mut agencies, |(_, name)| name.as_str());
    Ok(Words {
        fields: list("fields"),
        audiences: list("audiences"),
        languages: list("languages"),
        registered,
        agencies,
    })
}

/// The day that was typed, where it can be read.
pub(super) fn day_of(input: &Input) -> Option<NaiveDate> {
    parse_dmy(input.one("day")).ok()
}

/// Reads the form. `before`: what a form does not show and must not lose.
pub(super) fn read(input: &Input, words: &Words, before: &Content) -> Result<Facts, Vec<Problem>> {
    let mut reading = Reading {
        input,
        problems: Vec::new(),
    };
    let kind = reading.kind();
    let day = reading.day();
    let content = reading.content(words, before);
    let partners = reading.partners();
    reading.total(&content.funding);
    match (kind, day) {
        (Some(kind), Some(day)) if reading.problems.is_empty() => Ok(Facts {
            kind,
            day,
            content,
            partners,
        }),
        // Everything that is wrong is named at once, not first what cannot be read and then the rest.
        _ => {
            let mut problems = reading.problems;
            for problem in content.cannot_be_saved() {
                if !problems.iter().any(|known| known.field == problem.field) {
                    problems.push(problem);
                }
            }
            Err(problems)
        }
    }
}

struct Reading<'a> {
    input: &'a Input,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn wrong(&mut self, field: &'static str, reason: impl Into<String>) {
        self.problems.push(Problem::new(field, reason));
    }

    fn text(&self, field: &str) -> String {
        self.input.one(field).to_owned()
    }

    fn kind(&mut self) -> Option<Kind> {
        let kind = self.input.one("kind").parse().ok();
        if kind.is_none() {
            self.wrong("kind", "chưa chọn. Chọn một loại.");
        }
        kind
    }

    fn day(&mut self) -> Option<NaiveDate> {
        let typed = self.input.one("day");
        match parse_dmy(typed) {
            Ok(day) => Some(day),
            Err(_) if typed.is_empty() => {
                self.wrong("day", "chưa có. Ghi ngày/tháng/năm.");
                None
            }
            Err(_) => {
                self.wrong("day", "không đọc được. Ghi ngày/tháng/năm, ví dụ 09/11/2020.");
                None
            }
        }
    }

    fn figure(&mut self, field: &'static str) -> Option<i64> {
        let typed = self.input.one(field);
        if typed.is_empty() {
            return None;
        }
        match parse_grouped(typed) {
            Ok(figure) => Some(figure),
            Err(error) => {
                self.wrong(field, format!("{error}. Ghi số nguyên, ví dụ 1.234."));
                None
            }
        }
    }

    /// Only words of the list: anything else was not on the page.
    fn several(&mut self, field: &'static str, words: &[(String, String)]) -> Vec<String> {
        let chosen: Vec<String> = self.input.all(field).map(str::to_owned).collect();
        if chosen
            .iter()
            .any(|id| !words.iter().any(|(known, _)| known == id))
        {
            self.wrong(field, "có mục không thuộc danh mục. Chọn lại.");
        }
        chosen
    }

    fn content(&mut self, words: &Words, before: &Content) -> Content {
        let language = self.text("language");
        if !language.is_empty() && !words.languages.iter().any(|(id, _)| *id == language) {
            self.wrong("language", "không có trong danh mục. Chọn lại.");
        }
        Content {
            title: self.text("title"),
            topic: self.text("topic"),
            form: self.text("form"),
            fields: self.several("fields", &words.fields),
            audiences: self.several("audiences", &words.audiences),
            place: self.text("place"),
            sessions: self.figure("sessions").unwrap_or(0),
            attendees: self.figure("attendees").unwrap_or(0),
            women: self.figure("women"),
            ethnic_minorities: self.figure("ethnic_minorities"),
            language,
            mode: self.text("mode"),
            speakers: self.text("speakers"),
            registered: self
                .several("registered", &words.registered)
                .iter()
                .filter_map(|id| id.parse().ok())
                .collect(),
            materials: self.figure("materials").unwrap_or(0),
            materials_kind: self.text("materials_kind"),
            broadcasts: self.figure("broadcasts").unwrap_or(0),
            funding: Funding {
                regular: self.figure("funding_regular").unwrap_or(0),
                programme: self.figure("funding_programme").unwrap_or(0),
                other: self.figure("funding_other").unwrap_or(0),
            },
            no_evidence_reason: self.text("no_evidence_reason"),
            illustrative: before.illustrative,
        }
    }

    /// The total is typed only to be checked against its parts.
    fn total(&mut self, funding: &Funding) {
        let Some(total) = self.figure("funding_total") else {
            return;
        };
        let parts = [funding.regular, funding.programme, funding.other]
            .into_iter()
            .fold(0_i64, i64::saturating_add);
        if total != parts {
            let reason = format!(
                "{} khác tổng ba nguồn {}. Sửa tổng hoặc một trong ba nguồn.",
                grouped(total),
                grouped(parts)
            );
            self.wrong("funding_total", reason);
        }
    }

    fn partners(&mut self) -> Vec<TenantId> {
        let read: Result<Vec<TenantId>, _> = self.input.all("partners").map(str::parse).collect();
        read.unwrap_or_else(|_| {
            self.wrong("partners", "có cơ quan không đọc được. Chọn lại.");
            Vec::new()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Input {
        let pairs = pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        Input::sent(pairs.collect())
    }

    #[test]
    fn a_whole_form_is_read() {
        let input = typed(&[
            ("kind", "hoi-nghi"),
            ("day", "03/05/2021"),
            ("title", "Hội nghị"),
            ("attendees", "1.204"),
            ("funding_total", "11.500"),
            ("funding_regular", "7000"),
            ("funding_programme", "4.500"),
        ]);
        let facts = read(&input, &Words::default(), &Content::default()).unwrap();
        assert_eq!(facts.content.attendees, 1204);
        assert_eq!(facts.content.women, None);
        assert_eq!(facts.content.funding.programme, 4500);
        assert_eq!(facts.day, NaiveDate::from_ymd_opt(2021, 5, 3).unwrap());
    }

    #[test]
    fn everything_wrong_is_named_at_once() {
        let input = typed(&[
            ("day", "31/02/2021"),
            ("attendees", "58"),
            ("women", "sáu tư"),
            ("funding_total", "12"),
            ("fields", "khong-co"),
        ]);
        let problems = read(&input, &Words::default(), &Content::default()).unwrap_err();
        let fields: Vec<_> = problems.iter().map(|problem| problem.field).collect();
        assert_eq!(
            fields,
            ["kind", "day", "fields", "women", "funding_total", "title"]
        );
    }
}
