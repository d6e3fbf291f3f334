//! From what was typed to what the acts take, and from what stands to what a form shows.

use chrono::{Datelike, NaiveDate};
use pbgdpl_model::mediation::{Body, Details, Fact, Figures};
use pbgdpl_pages::desk::activity::Input;
use pbgdpl_vietnamese::date::dmy;
use pbgdpl_vietnamese::number::{grouped, parse_grouped};

use crate::desk::register::input::Reading;

/// What a group is.
pub(super) fn details(reading: &mut Reading<'_>) -> Details {
    Details {
        name: reading.text("name"),
        village: reading.text("village"),
        commune: reading.text("commune"),
        decision: reading.decision(),
    }
}

/// Its mediators: what must be said, and what may stay empty.
pub(super) fn figures(reading: &mut Reading<'_>) -> Figures {
    let mut known = |field| {
        figure(reading, field).unwrap_or_else(|| {
            if reading.text(field).is_empty() {
                reading.wrong(field, "chưa có. Ghi số; không có ai thì ghi 0.");
            }
            0
        })
    };
    let (men, women, law, minority) = (known("men"), known("women"), known("law"), known("minority"));
    Figures {
        men,
        women,
        law,
        minority,
        trained: figure(reading, "trained"),
    }
}

fn figure(reading: &mut Reading<'_>, field: &'static str) -> Option<i64> {
    let typed = reading.text(field);
    if typed.is_empty() {
        return None;
    }
    match parse_grouped(&typed) {
        Ok(figure) => Some(figure),
        Err(error) => {
            reading.wrong(field, &format!("{error}. Ghi số nguyên, ví dụ 7."));
            None
        }
    }
}

/// A form filled with what a fact says; `correcting`: with its first day too. Figures of a new day keep who was trained only
/// within the year of which that was said.
pub(super) fn of(fact: &Fact, correcting: bool, today: NaiveDate) -> Input {
    let mut pairs: Vec<(&str, String)> = match &fact.body {
        Body::Details(details) => vec![
            ("name", details.name.clone()),
            ("village", details.village.clone()),
            ("commune", details.commune.clone()),
            ("decision_number", details.decision.number.clone()),
            ("decision_day", dmy(details.decision.day)),
            ("decision_issuer", details.decision.issuer.clone()),
        ],
        Body::Figures(figures) => {
            let mut pairs = vec![
                ("men", grouped(figures.men)),
                ("women", grouped(figures.women)),
                ("law", grouped(figures.law)),
                ("minority", grouped(figures.minority)),
            ];
            let same_year = fact.from.year() == today.year();
            if let Some(trained) = figures.trained.filter(|_| correcting || same_year) {
                pairs.push(("trained", grouped(trained)));
            }
            pairs
        }
        Body::Dissolved | Body::TakenBack => Vec::new(),
    };
    if correcting {
        pairs.push(("from", dmy(fact.from)));
    }
    let pairs = pairs.into_iter();
    Input::sent(pairs.map(|(name, value)| (name.to_owned(), value)).collect())
}
