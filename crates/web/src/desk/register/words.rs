//! The words of the province's vocabularies and its calendar, as the register's pages need them.

use pbgdpl_model::manifest::{CalendarFile, TermList};
use pbgdpl_model::register::Level;
use pbgdpl_pages::desk::register::RegisterWords;
use pbgdpl_store::tenant::TenantReader;
use pbgdpl_vietnamese::working_days::Calendar;

use crate::error::Error;

/// The words; `level`: whose cases of dismissal are named.
pub(super) async fn words(agency: &TenantReader, level: Option<Level>) -> Result<RegisterWords, Error> {
    let lists = agency.catalogue("vocabulary").await?;
    let list = |code: &str| -> Vec<(String, String)> {
        let body = lists.iter().find(|(known, _)| known == code);
        let list = body.and_then(|(_, body)| serde_json::from_str::<TermList>(body).ok());
        list.map_or_else(Vec::new, |list| {
            let terms = list.terms.iter();
            terms
                .map(|term| (term.id.clone(), term.name().to_owned()))
                .collect()
        })
    };
    let mut languages = list("languages");
    languages.retain(|(id, _)| id != "tieng-viet");
    let mut cases = list("dismissal-cases");
    let prefix = match level {
        Some(Level::TtvXa) => "ttv-",
        _ => "bcv-",
    };
    cases.retain(|(id, _)| id.starts_with(prefix));
    Ok(RegisterWords {
        fields: list("fields"),
        languages,
        cases,
    })
}

/// The province's working days; every weekday where its calendar says nothing.
pub(super) async fn calendar(agency: &TenantReader) -> Result<Calendar, Error> {
    let entries = agency.catalogue("calendar").await?;
    let file = entries
        .first()
        .and_then(|(_, body)| serde_json::from_str::<CalendarFile>(body).ok())
        .unwrap_or_default();
    Ok(Calendar::new(file.days_off(), file.days_worked()).unwrap_or_default())
}

/// Ids in words, joined.
pub(super) fn named(ids: &[String], words: &[(String, String)]) -> String {
    let name = |id: &String| {
        let known = words.iter().find(|(known, _)| known == id);
        known.map_or_else(|| id.clone(), |(_, label)| label.clone())
    };
    ids.iter().map(name).collect::<Vec<_>>().join("; ")
}
