//! The language of an item, the item that it translates, and the page that it copies: in the editor and beside the item.

use pbgdpl_model::article::{Article, Content, Language};
use pbgdpl_model::id::ArticleId;
use pbgdpl_pages::form::Choice;
use pbgdpl_pages::part::{Link, State, Tone};
use pbgdpl_store::tenant::TenantReader;

use super::origin;
use crate::error::Error;
use crate::extract::Staff;
use crate::public::rows::{is_cut, item_path, other_places};
use crate::public::surroundings::canonical;
use crate::state::AppState;

/// Originals that the form offers; an older one is named by its address.
const ORIGINALS: u64 = 100;
/// Other places of the same page that are named.
const PLACES: usize = 3;

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
        let known = agency.article(chosen).await?;
        choices.push(Choice {
            value: chosen.to_string(),
            label: known.map_or_else(|| format!("Bài {chosen}"), |item| item.title),
            chosen: true,
            ..Choice::default()
        });
    }
    Ok(choices)
}

/// Where the same page stands already.
pub(super) struct Copies {
    /// "Sở Tư pháp: Khai sinh cho con", and where it is read: a few.
    pub(super) named: Vec<Link>,
    /// "và 7 nơi khác".
    pub(super) more: Option<String>,
}

/// Public items of any section that were copied from the same page; the own section's first.
pub(super) async fn copies(
    state: &AppState,
    staff: &Staff,
    item: Option<&Article>,
    content: &Content,
) -> Result<Copies, Error> {
    let Some(copied) = &content.copied else {
        return Ok(Copies {
            named: Vec::new(),
            more: None,
        });
    };
    let but = item.map_or_else(|| ArticleId::fresh(staff.ctx.now()), |item| item.id);
    let own = staff.ctx.tenant().id();
    let lines = state.read.public().copies(&copied.from, own, but).await?;
    let agencies = state.read.registry().now();
    let links = lines.iter().filter_map(|line| {
        let tenant = agencies.by_id(line.tenant)?;
        let words = format!("{}: {}", tenant.short(staff.today()), line.title);
        let address = canonical(state, tenant.slug(), &item_path(line));
        Some(Link::new(words, address))
    });
    let named: Vec<Link> = links.take(PLACES).collect();
    let more = other_places(lines.len(), named.len(), is_cut(lines.len()));
    Ok(Copies { named, more })
}

/// Under the field: what to write there, or where the same page stands already.
pub(super) fn copies_said(copies: &Copies) -> String {
    let mut places: Vec<&str> = copies.named.iter().map(|link| link.label.as_str()).collect();
    if places.is_empty() {
        return "Ghi khi đăng lại, ví dụ từ pbgdpl.gov.vn hoặc vbpl.vn; người đọc thấy đường dẫn.".into();
    }
    places.extend(copies.more.as_deref());
    format!(
        "Trang này đã có ở {}. Vẫn đăng được; các bài sẽ dẫn đến nhau.",
        places.join("; ")
    )
}

/// What an approver must see of language and originals, also before the first publication: as it is said, and where each
/// original is read.
pub(super) async fn shown(
    state: &AppState,
    staff: &Staff,
    agency: &TenantReader,
    content: &Content,
) -> Result<(Vec<State>, Vec<Link>), Error> {
    let mut states = vec![State::new(Tone::Ok, said(content))];
    let mut links = Vec::new();
    if let Some(original) = content.translates {
        let family = agency.family(original).await?;
        match family.iter().find(|sister| sister.id == original) {
            Some(first) => {
                let address = canonical(state, staff.ctx.tenant().slug(), &format!("bai/{original}"));
                links.push(Link::new(format!("Dịch từ bài: {}", first.title), address));
            }
            None => states.push(State::new(Tone::Late, "Bài gốc không còn công bố")),
        }
    }
    if let Some(copied) = &content.copied {
        let how = if copied.verbatim {
            " (sao nguyên văn: máy tìm kiếm được dẫn tới đó)"
        } else {
            ""
        };
        let words = format!("Bản gốc ở {}{how}", copied.from.host());
        links.push(Link::new(words, copied.from.as_str()));
        if let Some(reason) = origin::unfit(state, copied).await? {
            states.push(State::new(Tone::Late, format!("Bản gốc đăng ở: {reason}")));
        }
    }
    Ok((states, links))
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
