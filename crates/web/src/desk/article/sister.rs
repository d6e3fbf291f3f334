//! The language of an item, the item that it translates, and the page that it copies: in the editor and beside the item.

use pbgdpl_model::article::{Article, Content, Language};
use pbgdpl_model::id::ArticleId;
use pbgdpl_pages::form::Choice;
use pbgdpl_pages::part::Link;
use pbgdpl_store::tenant::TenantReader;

use crate::error::Error;
use crate::extract::Staff;
use crate::public::rows::item_path;
use crate::public::surroundings::canonical;
use crate::state::AppState;

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

/// Public items of any section that were copied from the same page: "Sở Tư pháp: Khai sinh cho con", and where each is read.
pub(super) async fn copies(
    state: &AppState,
    staff: &Staff,
    item: Option<&Article>,
    content: &Content,
) -> Result<Vec<Link>, Error> {
    let Some(copied) = &content.copied else {
        return Ok(Vec::new());
    };
    let but = item.map_or_else(|| ArticleId::fresh(staff.ctx.now()), |item| item.id);
    let lines = state.read.public().copies(&copied.from, but).await?;
    let agencies = state.read.registry().now();
    let links = lines.iter().filter_map(|line| {
        let tenant = agencies.by_id(line.tenant)?;
        let words = format!("{}: {}", tenant.short(staff.today()), line.title);
        let address = canonical(state, tenant.slug(), &item_path(line));
        Some(Link::new(words, address))
    });
    Ok(links.collect())
}

/// Under the field: what to write there, or where the same page stands already.
pub(super) fn copies_said(copies: &[Link]) -> String {
    let places: Vec<&str> = copies.iter().map(|link| link.label.as_str()).collect();
    if places.is_empty() {
        return "Ghi khi đăng lại, ví dụ từ pbgdpl.gov.vn hoặc vbpl.vn; người đọc thấy đường dẫn.".into();
    }
    format!(
        "Trang này đã có ở {}. Vẫn đăng được; hai bài sẽ dẫn đến nhau.",
        places.join("; ")
    )
}

/// "Tiếng Ba Na, bản dịch, đăng lại từ pbgdpl.gov.vn".
pub(super) fn said(content: &Content) -> String {
    let mut said = content.language.label().to_owned();
    if content.translates.is_some() {
        said.push_str(", bản dịch");
    }
    if let Some(copied) = &content.copied {
        said.push_str(", đăng lại từ ");
        said.push_str(copied.from.host());
    }
    said
}
