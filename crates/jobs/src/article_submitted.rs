//! An item waits: a letter to the agency's approvers who did not write at it (N-19).

use pbgdpl_mail::letter::ArticleSubmitted;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Role;
use pbgdpl_store::machinery::outbox::Header;

use crate::failure::Failure;
use crate::letter::{holding, post};
use crate::work::{Work, misdirected};

pub(crate) async fn run(work: &Work, header: &Header) -> Result<(), Failure> {
    let (tenant, message) = work.message(header).await?;
    let Message::ArticleSubmitted { article } = message else {
        return Err(misdirected());
    };
    let (item, title, members) = {
        let reader = work.app.store().read().tenant(&tenant).await?;
        let Some(item) = reader.article(article).await? else {
            return Err(Failure::never("the item does not exist"));
        };
        let newest = reader.article_version(article, item.latest_version).await?;
        let title = newest.map_or_else(String::new, |version| version.content.title);
        (item, title, reader.members().await?)
    };
    let others = members
        .into_iter()
        .filter(|member| !item.contributors.contains(&member.account))
        .collect();
    let section = tenant.official(work.app.now().day());
    let words = ArticleSubmitted {
        title: &title,
        section,
        link: &work.desk_link(&tenant, &format!("bai/{article}")),
    };
    post(work, header, section, &words, &holding(others, Role::Approver)).await
}
