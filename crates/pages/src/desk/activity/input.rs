//! What was typed into the form of an activity, field by field, as it was typed: kept whole when it is refused.

use pbgdpl_model::activity::Activity;
use pbgdpl_vietnamese::date::dmy;
use pbgdpl_vietnamese::number::grouped;

/// Names and values, repeated names for several choices.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Input(Vec<(String, String)>);

impl Input {
    /// As the browser sent it.
    #[must_use]
    pub fn sent(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// A new activity: one session, in Vietnamese, face to face.
    #[must_use]
    pub fn empty() -> Self {
        let start = [
            ("sessions", "1"),
            ("language", "tieng-viet"),
            ("mode", "truc-tiep"),
        ];
        Self(start.map(|(name, value)| (name.into(), value.into())).into())
    }

    /// As an activity stands.
    #[must_use]
    pub fn of(activity: &Activity) -> Self {
        let content = &activity.content;
        let figure = |value: i64| if value == 0 { String::new() } else { grouped(value) };
        let maybe = |value: Option<i64>| value.map_or_else(String::new, grouped);
        let funding = content.funding;
        let total = funding.regular + funding.programme + funding.other;
        let mut pairs: Vec<(String, String)> = [
            ("kind", activity.kind.word().to_owned()),
            ("day", dmy(activity.day)),
            ("title", content.title.clone()),
            ("topic", content.topic.clone()),
            ("form", content.form.clone()),
            ("place", content.place.clone()),
            ("sessions", figure(content.sessions)),
            ("attendees", figure(content.attendees)),
            ("women", maybe(content.women)),
            ("ethnic_minorities", maybe(content.ethnic_minorities)),
            ("language", content.language.clone()),
            ("mode", content.mode.clone()),
            ("speakers", content.speakers.clone()),
            ("materials", figure(content.materials)),
            ("materials_kind", content.materials_kind.clone()),
            ("broadcasts", figure(content.broadcasts)),
            ("funding_total", figure(total)),
            ("funding_regular", figure(funding.regular)),
            ("funding_programme", figure(funding.programme)),
            ("funding_other", figure(funding.other)),
            ("no_evidence_reason", content.no_evidence_reason.clone()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into();
        let several = |name: &str, values: &[String]| -> Vec<(String, String)> {
            values
                .iter()
                .map(|value| (name.to_owned(), value.clone()))
                .collect()
        };
        pairs.extend(several("fields", &content.fields));
        pairs.extend(several("audiences", &content.audiences));
        let registered: Vec<String> = content.registered.iter().map(ToString::to_string).collect();
        pairs.extend(several("registered", &registered));
        let partners: Vec<String> = activity
            .partners
            .iter()
            .map(|partner| partner.tenant.to_string())
            .collect();
        pairs.extend(several("partners", &partners));
        Self(pairs)
    }

    /// The value of a field, without white space around it.
    #[must_use]
    pub fn one(&self, name: &str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// All values of a field.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> + use<'a> {
        let name = name.to_owned();
        self.0
            .iter()
            .filter(move |(known, _)| *known == name)
            .map(|(_, value)| value.trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_found_again() {
        let pairs = [
            ("fields", "dat-dai"),
            ("title", " Hội nghị "),
            ("fields", "hinh-su"),
        ];
        let input = Input::sent(pairs.map(|(n, v)| (n.to_owned(), v.to_owned())).into());
        assert_eq!(input.one("title"), "Hội nghị");
        assert_eq!(input.all("fields").collect::<Vec<_>>(), ["dat-dai", "hinh-su"]);
        assert_eq!(input.one("day"), "");
    }
}
