//! A sign-in from a device not seen before: a letter to the person. The subject is `account:device`.

use pbgdpl_mail::letter::NewDevice;
use pbgdpl_model::id::AccountId;
use pbgdpl_store::machinery::outbox::Header;

use crate::failure::Failure;
use crate::letter::{Reader, post};
use crate::work::Work;

pub(crate) async fn run(work: &Work, header: &Header) -> Result<(), Failure> {
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
    let readers = [Reader {
        name: person.display_name,
        address: person.email,
    }];
    let words = NewDevice {
        device: &label,
        at,
        link: &format!("{}/tai-khoan", work.desk),
    };
    let province = work.app.store().registry().now().province().name.clone();
    let speaker = format!("Phổ biến, giáo dục pháp luật {province}");
    post(work, header, &speaker, &words, &readers).await
}
