//! The language of an item and the item that it translates, in the editor.

use pbgdpl_model::article::{Article, Content, Language};
use pbgdpl_model::id::ArticleId;
use pbgdpl_pages::form::Choice;
use pbgdpl_store::tenant::TenantReader;

use crate::error::Error;

/// Originals that the form offers; an older one is named by its address.
const ORIGINALS: u64 = 100;

/// The languages.
pub(super) fn languages() -> Vec<Choice> {
    let choice = |language: &Language| Choice {
        value: language.word().to_owned(),
        label: language.label().to_owned(),
        ..Choice::default()
    };
    Language::ALL.iter().map(choice).collect()
}

/// What an item may translate, newest first; what it names already stays, also where it is not offered any more.
pub(super) async fn choices(
    agency: &TenantReader,
    item: Option<&Article>,
    chosen: Option<ArticleId>,
) -> Result<Vec<Choice>, Error> {
    let own = item.map(|item| item.id);
    let mut choices = vec![Choice {
        label: "Không phải bản dịch".into(),
        ..Choice::default()
    }];
    let originals = agency.originals(ORIGINALS).await?;
    choices.extend(
        originals
            .into_iter()
            .filter(|original| Some(original.id) != own)
            .map(|original| Choice {
                value: original.id.to_string(),
                label: match original.language.foreign() {
                    None => original.title,
                    Some(_) => format!("{} ({})", original.title, original.language.label()),
                },
                chosen: Some(original.id) == chosen,
                ..Choice::default()
            }),
    );
    if let Some(chosen) = chosen.filter(|_| !choices.iter().any(|choice| choice.chosen)) {
        choices.push(Choice {
            value: chosen.to_string(),
            label: format!("Bài {chosen}"),
            chosen: true,
            ..Choice::default()
        });
    }
    Ok(choices)
}

/// "Tiếng Ba Na, bản dịch".
pub(super) fn said(content: &Content) -> String {
    let language = content.language.label();
    match content.translates {
        None => language.to_owned(),
        Some(_) => format!("{language}, bản dịch"),
    }
}
