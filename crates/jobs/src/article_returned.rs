//! An item came back: a letter to the one who submitted it.

use pbgdpl_mail::letter::ArticleReturned;
use pbgdpl_model::outbox::Message;
use pbgdpl_store::machinery::outbox::Header;

use crate::failure::Failure;
use crate::letter::{Reader, post};
use crate::work::{Work, misdirected};

pub(crate) async fn run(work: &Work, header: &Header) -> Result<(), Failure> {
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
    let identity = work.app.store().read().identity().await?;
    let Some(person) = identity.account(to).await? else {
        return Ok(());
    };
    drop(identity);
    let readers = [Reader {
        name: person.display_name,
        address: person.email,
    }];
    let words = ArticleReturned {
        title: &title,
        remark: &remark,
        link: &work.desk_link(&tenant, &format!("bai/{article}")),
    };
    let speaker = tenant.official(work.app.now().day());
    post(work, header, speaker, &words, &readers).await
}
