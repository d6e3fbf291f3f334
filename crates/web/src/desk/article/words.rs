//! The controlled words an item chooses from: fields of law, audiences, kinds of documents.

use std::collections::HashMap;

use pbgdpl_model::manifest::TermList;
use pbgdpl_pages::form::Choice;
use pbgdpl_store::tenant::TenantReader;

use crate::error::Error;

/// The lists, as the province keeps them.
#[derive(Debug, Default)]
pub(super) struct Words {
    lists: HashMap<String, TermList>,
}

impl Words {
    /// Reads them; a list that cannot be read is empty.
    pub(super) async fn read(agency: &TenantReader) -> Result<Self, Error> {
        let rows = agency.catalogue("vocabulary").await?;
        let wanted = ["fields", "audiences", "document-types"];
        let lists = rows
            .into_iter()
            .filter(|(code, _)| wanted.contains(&code.as_str()))
            .filter_map(|(code, body)| Some((code, serde_json::from_str(&body).ok()?)))
            .collect();
        Ok(Self { lists })
    }

    /// A word by its id, from any list; the id itself where it is not known any more.
    pub(super) fn name(&self, id: &str) -> String {
        let found = self.lists.values().find_map(|list| list.get(id));
        found.map_or_else(|| id.to_owned(), |term| term.name().to_owned())
    }

    /// The words of a list, these ids chosen; a chosen id that the list lost stays.
    pub(super) fn choices(&self, list: &str, chosen: &[String]) -> Vec<Choice> {
        let terms = self.lists.get(list).map_or(&[][..], |list| &list.terms);
        let known = terms.iter().map(|term| Choice {
            value: term.id.clone(),
            label: term.name().to_owned(),
            hint: String::new(),
            chosen: chosen.contains(&term.id),
        });
        let lost = chosen
            .iter()
            .filter(|id| !terms.iter().any(|term| term.id == **id))
            .map(|id| Choice {
                value: id.clone(),
                label: id.clone(),
                hint: String::new(),
                chosen: true,
            });
        known.chain(lost).collect()
    }

    /// The kinds of documents by their words, for a field whose value is the word itself.
    pub(super) fn document_kinds(&self, chosen: &str) -> Vec<Choice> {
        let empty = Choice {
            label: "Chưa chọn".into(),
            ..Choice::default()
        };
        let terms = self
            .lists
            .get("document-types")
            .map_or(&[][..], |list| &list.terms);
        let known = terms.iter().map(|term| term.label.clone());
        let mut labels: Vec<String> = known.collect();
        if !chosen.is_empty() && !labels.iter().any(|label| label == chosen) {
            labels.push(chosen.to_owned());
        }
        let named = labels.into_iter().map(|label| Choice {
            chosen: label == chosen,
            value: label.clone(),
            label,
            hint: String::new(),
        });
        std::iter::once(empty).chain(named).collect()
    }
}
