//! An item waits: a letter to each of the agency's approvers who did not write at it (N-19).

use pbgdpl_mail::letter::ArticleSubmitted;
use pbgdpl_model::article::Stage;
use pbgdpl_model::id::ArticleId;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Role;
use pbgdpl_store::machinery::outbox::{Follower, Header};

use crate::failure::Failure;
use crate::letter::{about, addressed, for_each, send, still_there};
use crate::work::{Work, misdirected};

/// The letter to one of them.
pub(crate) const LETTER: &str = "letter-article-submitted";

/// Who is to be told.
pub(crate) async fn run(work: &Work, header: &Header) -> Result<Vec<Follower>, Failure> {
    let (tenant, message) = work.message(header).await?;
    let Message::ArticleSubmitted { article } = message else {
        return Err(misdirected());
    };
    let reader = work.app.store().read().tenant(&tenant).await?;
    let item = reader.article(article).await?;
    let item = item.ok_or_else(|| Failure::never("the item does not exist"))?;
    let mut others = reader.members().await?;
    others.retain(|member| !item.contributors.contains(&member.account));
    let about = article.to_string();
    Ok(for_each(LETTER, &tenant, &others, Role::Approver, &about))
}

/// Tells one of them, unless the item does not wait any more.
pub(crate) async fn letter(work: &Work, header: &Header) -> Result<(), Failure> {
    let tenant = work.tenant_of(header)?;
    let (to, what) = addressed(header)?;
    let article: ArticleId = about(what)?;
    let (item, title) = {
        let reader = work.app.store().read().tenant(&tenant).await?;
        let item = reader.article(article).await?;
        let item = item.ok_or_else(|| Failure::never("the item does not exist"))?;
        let newest = reader.article_version(article, item.latest_version).await?;
        let title = newest.map_or_else(String::new, |version| version.content.title);
        (item, title)
    };
    if item.stage != Stage::Submitted || item.contributors.contains(&to) {
        return Ok(());
    }
    let place = tenant.id().into();
    let Some(reader) = still_there(work, to, place, Some(Role::Approver)).await? else {
        return Ok(());
    };
    let section = tenant.official(work.app.now().day());
    let words = ArticleSubmitted {
        title: &title,
        section,
        link: &work.desk_link(&tenant, &format!("bai/{article}")),
    };
    send(work, header, section, &words, &reader).await
}
