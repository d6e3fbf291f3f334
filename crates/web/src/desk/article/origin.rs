//! Where an item stands first, when that is an item of ours: kept under its one address, never the item itself, never a copy of a copy.

use pbgdpl_model::article::{Copied, PublishedItem};
use pbgdpl_model::id::ArticleId;

use crate::error::Error;
use crate::public::surroundings::canonical;
use crate::state::AppState;

const ITSELF: &str = "là địa chỉ của chính bài này. Ghi địa chỉ nơi bài được đăng đầu tiên, hoặc để trống.";
const NOT_PUBLIC: &str = "là địa chỉ của một bài không công bố. Ghi địa chỉ mà ai cũng mở được.";
const A_COPY: &str = "bài đó cũng sao nguyên văn của nơi khác. Ghi địa chỉ của bản gốc đầu tiên, hoặc bỏ đánh dấu sao nguyên văn.";
const TAKEN_BACK: &str = "bài đó đã gỡ nên máy tìm kiếm không tìm thấy. Bỏ đánh dấu sao nguyên văn.";

/// The item that an address of ours leads to, whichever host and mount it has.
pub(super) fn item_of(address: &str) -> Option<ArticleId> {
    let (_, rest) = address.rsplit_once("/bai/")?;
    let id = rest.split(['-', '?', '#', '/']).next()?;
    id.parse().ok()
}

/// An original as it is kept: of an item of ours the canonical address, however it was reached. Inside: why it cannot be taken. `own`: the
/// item that is written.
pub(super) async fn settled(
    state: &AppState,
    own: Option<ArticleId>,
    copied: Copied,
) -> Result<Result<Copied, &'static str>, Error> {
    let Some(id) = item_of(copied.from.as_str()) else {
        return Ok(Ok(copied));
    };
    if Some(id) == own {
        return Ok(Err(ITSELF));
    }
    let Some(found) = state.read.public().item_of_any(id).await? else {
        let ours = is_ours(state, copied.from.host());
        return Ok(if ours { Err(NOT_PUBLIC) } else { Ok(copied) });
    };
    if let Some(reason) = no_last_address(&found).filter(|_| copied.verbatim) {
        return Ok(Err(reason));
    }
    let Some(tenant) = state.read.registry().now().by_id(found.tenant) else {
        return Ok(Ok(copied));
    };
    let path = format!("bai/{}-{}", found.id, found.slug);
    let from = canonical(state, tenant.slug(), &path);
    Ok(Ok(Copied {
        // On a machine of one's own without https the canonical address is none that is kept.
        from: from.parse().unwrap_or(copied.from),
        verbatim: copied.verbatim,
    }))
}

/// Why search engines cannot be sent to this original; what could be taken when it was written may not stand any more.
pub(super) async fn unfit(state: &AppState, copied: &Copied) -> Result<Option<&'static str>, Error> {
    let Some(id) = item_of(copied.from.as_str()).filter(|_| copied.verbatim) else {
        return Ok(None);
    };
    let found = state.read.public().item_of_any(id).await?;
    Ok(found.as_ref().and_then(no_last_address))
}

/// Why the address of an item is not the one that search engines should keep.
fn no_last_address(item: &PublishedItem) -> Option<&'static str> {
    if item.withdrawn.is_some() {
        return Some(TAKEN_BACK);
    }
    let copied = item.facts.copied.as_ref();
    copied.is_some_and(|copied| copied.verbatim).then_some(A_COPY)
}

/// Whether a host is one of ours or an agency's own that leads here.
fn is_ours(state: &AppState, host: &str) -> bool {
    let settings = &state.settings;
    let origins = [&settings.public, &settings.desk, &settings.embed, &settings.files];
    origins.iter().any(|origin| origin.host() == host) || state.read.registry().now().by_host(host).is_some()
}
