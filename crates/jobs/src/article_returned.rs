//! An item came back: a letter to the one who submitted it, who still belongs to the agency.

use pbgdpl_mail::letter::ArticleReturned;
use pbgdpl_model::outbox::Message;
use pbgdpl_store::machinery::outbox::Header;

use crate::failure::Failure;
use crate::letter::{send, still_there};
use crate::work::{Work, misdirected};

pub(crate) async fn letter(work: &Work, header: &Header) -> Result<(), Failure> {
    let (tenant, message) = work.message(header).await?;
    let Message::ArticleReturned { article, to } = message else {
        return Err(misdirected());
    };
    let (title, remark) = {
        let reader = work.app.store().read().tenant(&tenant).await?;
        let item = reader.article(article).await?;
        let item = item.ok_or_else(|| Failure::never("the item does not exist"))?;
        (item.title, item.returned_note)
    };
    // Taken up again meanwhile: the remark has been read.
    let Some(remark) = remark else { return Ok(()) };
    let Some(reader) = still_there(work, to, tenant.id().into(), None).await? else {
        return Ok(());
    };
    let words = ArticleReturned {
        title: &title,
        remark: &remark,
        link: &work.desk_link(&tenant, &format!("bai/{article}")),
    };
    let speaker = tenant.official(work.app.now().day());
    send(work, header, speaker, &words, &reader).await
}
