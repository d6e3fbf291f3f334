//! Carries a joint activity to a co-organiser through its own door; a new invitation is told by letter.

use pbgdpl_app::activity::receive_share::{Received, receive_share};
use pbgdpl_mail::letter::ShareInvited;
use pbgdpl_model::activity::Answer;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Role;
use pbgdpl_store::machinery::outbox::Header;

use crate::failure::Failure;
use crate::letter::{members, post};
use crate::work::{Work, misdirected};

const NAME: &str = "Hệ thống: hoạt động phối hợp";

pub(crate) async fn run(work: &Work, header: &Header) -> Result<(), Failure> {
    let (owner, message) = work.message(header).await?;
    let Message::ShareInvited { activity, partner } = message else {
        return Err(misdirected());
    };
    let partner = work.tenant(partner)?;
    let fact = work.activity(&owner, activity).await?;
    let ctx = work.ctx(partner.clone(), NAME, header);
    let received = receive_share(&work.app, &ctx, &owner, &fact).await?;
    // An earlier attempt may have brought the share and lost the letter.
    if received != Received::New && header.attempts < 2 {
        return Ok(());
    }
    let share = {
        let reader = work.app.store().read().tenant(&partner).await?;
        reader.share(activity).await?
    };
    let Some(share) = share.filter(|share| share.answer == Answer::Invited) else {
        return Ok(());
    };
    let words = ShareInvited {
        owner: &share.owner_name,
        title: &share.title,
        day: share.day,
        link: &work.desk_link(&partner, "phoi-hop"),
    };
    let readers = members(work, &partner, Role::Reporter).await?;
    post(work, header, owner.official(share.day), &words, &readers).await
}
