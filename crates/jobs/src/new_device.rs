//! A sign-in from a device not seen before: a letter to the person. The subject is `account:device`.

use pbgdpl_mail::letter::NewDevice;
use pbgdpl_model::id::AccountId;
use pbgdpl_store::machinery::outbox::Header;

use crate::failure::Failure;
use crate::letter::{Reader, send};
use crate::work::Work;

/// Tells the person whatever became of the account: who was locked out after a stranger's sign-in is whom it concerns.
pub(crate) async fn letter(work: &Work, header: &Header) -> Result<(), Failure> {
    let malformed = || Failure::never("the subject names no account and device");
    let (account, device) = header.subject.split_once(':').ok_or_else(malformed)?;
    let account: AccountId = account.parse().map_err(|_| malformed())?;
    let identity = work.app.store().read().identity().await?;
    let person = identity.account(account).await?;
    let seen = identity.device(account, device).await?;
    drop(identity);
    let (Some(person), Some((label, at))) = (person, seen) else {
        return Ok(());
    };
    let reader = Reader {
        name: person.display_name,
        address: person.email,
    };
    let words = NewDevice {
        device: &label,
        at,
        link: &format!("{}/tai-khoan", work.desk),
    };
    let province = work.app.store().registry().now().province().name.clone();
    let speaker = format!("Phổ biến, giáo dục pháp luật {province}");
    send(work, header, &speaker, &words, &reader).await
}
