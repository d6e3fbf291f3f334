//! A second factor was taken away by an operator: a letter to the person. The subject is `account:moment`.

use pbgdpl_mail::letter::FactorReset;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::id::AccountId;
use pbgdpl_store::machinery::outbox::Header;

use crate::failure::Failure;
use crate::letter::{Reader, send};
use crate::work::Work;

pub(crate) async fn letter(work: &Work, header: &Header) -> Result<(), Failure> {
    let malformed = || Failure::never("the subject names no account and moment");
    let (account, at) = header.subject.split_once(':').ok_or_else(malformed)?;
    let account: AccountId = account.parse().map_err(|_| malformed())?;
    let at = Moment::from_millis(at.parse().map_err(|_| malformed())?);
    let person = work.app.store().read().identity().await?.account(account).await?;
    let Some(person) = person else {
        return Ok(());
    };
    let reader = Reader {
        name: person.display_name,
        address: person.email,
    };
    let province = work.app.store().registry().now().province().name.clone();
    let speaker = format!("Phổ biến, giáo dục pháp luật {province}");
    let words = FactorReset {
        at,
        link: &format!("{}/dang-nhap", work.desk),
    };
    send(work, header, &speaker, &words, &reader).await
}
