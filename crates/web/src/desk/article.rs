//! Items on the desk: the list, one item with its acts, the editor, its versions.

pub mod acts;
mod draft;
mod editor;
pub mod list;
mod origin;
pub mod picture;
mod preview;
pub mod reading;
mod sister;
pub mod version;
mod words;
pub mod write;

use pbgdpl_model::article::{Article, Stage, Version};
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::ArticleId;
use pbgdpl_pages::part::{State, Tone};
use pbgdpl_scope::Tenant;
use pbgdpl_store::tenant::TenantReader;
use pbgdpl_vietnamese::date;

use crate::error::Error;

/// The address of the items of an agency.
pub(super) fn list_address(tenant: &Tenant) -> String {
    format!("/quan-tri/{}/bai", tenant.slug())
}

/// The address of one item.
pub(super) fn address(tenant: &Tenant, id: ArticleId) -> String {
    format!("{}/{id}", list_address(tenant))
}

/// "08/11/2020, 14 giờ 05".
pub(super) fn when(at: Moment) -> String {
    let local = date::local_datetime(at.utc());
    format!("{}, {}", date::dmy(local.date_naive()), date::hour_minute(&local))
}

/// "Y Lan lưu 08/11/2020, 14 giờ 05".
fn saved(version: &Version) -> String {
    format!("{} lưu {}", version.author_name, when(version.created_at))
}

/// Where an item stands, as word and shape.
pub(super) fn stage_state(stage: Stage) -> State {
    let tone = match stage {
        Stage::Draft => Tone::Wait,
        Stage::Submitted => Tone::Soon,
        Stage::Returned => Tone::Back,
        Stage::Published => Tone::Ok,
        Stage::Withdrawn => Tone::Late,
    };
    State::new(tone, stage.label())
}

/// The item and its latest version, or the page of what does not exist.
async fn item_with_text(agency: &TenantReader, id: ArticleId) -> Result<(Article, Version), Error> {
    let item = agency.article(id).await?.ok_or(Error::NotFound)?;
    let version = agency
        .article_version(id, item.latest_version)
        .await?
        .ok_or(Error::NotFound)?;
    Ok((item, version))
}
