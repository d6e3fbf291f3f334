//! The words an item chooses from: fields of law, audiences, kinds of documents; and the titles of items that it names.

use std::collections::HashMap;

use pbgdpl_model::article::Content;
use pbgdpl_model::manifest::TermList;
use pbgdpl_pages::form::Choice;
use pbgdpl_store::tenant::TenantReader;

use crate::error::Error;

/// The lists, as the province keeps them.
#[derive(Debug, Default)]
pub(super) struct Words {
    lists: HashMap<String, TermList>,
    titles: HashMap<String, String>,
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
        Ok(Self {
            lists,
            titles: HashMap::new(),
        })
    }

    /// Also knows by title the items that these contents translate, as far as the agency has them.
    pub(super) async fn learn_originals(
        &mut self,
        agency: &TenantReader,
        contents: [&Content; 2],
    ) -> Result<(), Error> {
        let originals = contents.map(|content| content.translates);
        for original in originals.into_iter().flatten() {
            let id = original.to_string();
            if self.titles.contains_key(&id) {
                continue;
            }
            if let Some(item) = agency.article(original).await? {
                self.titles.insert(id, item.title);
            }
        }
        Ok(())
    }

    /// A word by its id, from any list, or the title of an item; the id itself where it is not known any more.
    pub(super) fn name(&self, id: &str) -> String {
        if let Some(title) = self.titles.get(id) {
            return title.clone();
        }
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
