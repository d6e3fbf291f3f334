//! Somebody without an account was given a role: a letter with a one-time link. The subject is the account.
//!
//! The link is made when the letter is written, for the outbox holds no secrets. Of two letters both links work, until one is used.

use pbgdpl_app::account::sign_in_link;
use pbgdpl_mail::letter::AccountInvited;
use pbgdpl_model::id::AccountId;
use pbgdpl_store::machinery::outbox::Header;

use crate::failure::Failure;
use crate::letter::{Reader, send};
use crate::work::Work;

pub(crate) async fn letter(work: &Work, header: &Header) -> Result<(), Failure> {
    let account: AccountId = header
        .subject
        .parse()
        .map_err(|_| Failure::never("the subject names no account"))?;
    let Some((invited, link)) = sign_in_link::mint_for_letter(&work.app, account).await? else {
        // Accepted, or disabled, meanwhile.
        return Ok(());
    };
    let province = work.app.store().registry().now().province().name.clone();
    let reader = Reader {
        name: invited.display_name,
        address: invited.email,
    };
    let words = AccountInvited {
        province: &province,
        link: &format!("{}/dang-nhap/lien-ket/{link}", work.desk),
    };
    let speaker = format!("Phổ biến, giáo dục pháp luật {province}");
    send(work, header, &speaker, &words, &reader).await
}
