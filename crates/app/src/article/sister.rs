//! What an item may say of its sisters in other languages: asked when it is saved, and again when it is published.

use pbgdpl_model::article::{Content, ContentProblem};
use pbgdpl_model::id::ArticleId;
use pbgdpl_store::tenant::TenantReader;

use crate::Error;

/// What is wrong with language and original of a content. `item`: whose content it is; none before the first save.
pub(super) async fn problems(
    agency: &TenantReader,
    item: Option<ArticleId>,
    content: &Content,
) -> Result<Vec<ContentProblem>, Error> {
    let own = match item {
        Some(item) => agency.family(item).await?,
        None => Vec::new(),
    };
    let mut translations = own.iter().filter(|sister| Some(sister.id) != item);
    let Some(original) = content.translates else {
        let taken = translations.any(|sister| sister.language == content.language);
        return Ok(taken.then(|| wrong("language", TAKEN)).into_iter().collect());
    };
    if Some(original) == item {
        return Ok(vec![wrong("translates", ITSELF)]);
    }
    if translations.next().is_some() {
        return Ok(vec![wrong("translates", IS_ORIGINAL)]);
    }
    // A translation that is public outlives its original: it can still be put right.
    let kept = own
        .iter()
        .any(|one| Some(one.id) == item && one.translates == Some(original));
    let family = agency.family(original).await?;
    let first = family.iter().find(|sister| sister.id == original);
    if first.is_none() && !kept {
        return Ok(vec![wrong("translates", NOT_PUBLIC)]);
    }
    if first.is_some_and(|first| first.translates.is_some()) {
        return Ok(vec![wrong("translates", TRANSLATED)]);
    }
    let mut others = family.iter().filter(|sister| Some(sister.id) != item);
    let taken = others.any(|sister| sister.language == content.language);
    Ok(taken.then(|| wrong("language", TAKEN)).into_iter().collect())
}

const TAKEN: &str = "Bài này đã có ở ngôn ngữ đó. Chọn ngôn ngữ khác, hoặc sửa bài đã có.";
const ITSELF: &str = "Một bài không dịch từ chính nó. Chọn bài gốc.";
const IS_ORIGINAL: &str = "Đã có bài dịch từ bài này, nên nó là bài gốc. Bỏ chọn bài gốc.";
const NOT_PUBLIC: &str = "Không tìm thấy bài gốc đang công bố trong chuyên mục này. Chọn lại.";
const TRANSLATED: &str = "Bài được chọn cũng là bản dịch. Chọn bài gốc của nó.";

const fn wrong(field: &'static str, reason: &'static str) -> ContentProblem {
    ContentProblem { field, reason }
}
