//! Carries a joint activity to a co-organiser through its own door; a new invitation is told by letter.

use pbgdpl_app::activity::receive_share::{Received, receive_share};
use pbgdpl_mail::letter::ShareInvited;
use pbgdpl_model::activity::{Answer, Share};
use pbgdpl_model::id::ActivityId;
use pbgdpl_model::outbox::Message;
use pbgdpl_model::policy::Role;
use pbgdpl_scope::Tenant;
use pbgdpl_store::machinery::outbox::{Follower, Header};

use crate::failure::Failure;
use crate::letter::{about, addressed, for_holders, send, still_there};
use crate::work::{Work, misdirected};

const NAME: &str = "Hệ thống: hoạt động phối hợp";

/// The letter to one of the co-organiser's reporters.
pub(crate) const LETTER: &str = "letter-share-invited";

/// Brings the share, and says who is to be told.
pub(crate) async fn run(work: &Work, header: &Header) -> Result<Vec<Follower>, Failure> {
    let (owner, message) = work.message(header).await?;
    let Message::ShareInvited { activity, partner } = message else {
        return Err(misdirected());
    };
    let partner = work.tenant(partner)?;
    let ctx = work.ctx(partner.clone(), NAME, header);
    let mut fact = work.activity(&owner, activity).await?;
    let mut new = false;
    loop {
        new |= receive_share(&work.app, &ctx, &owner, &fact).await? == Received::New;
        // Between reading there and writing here the owner may have taken it back, and the message that says so may have
        // found nothing to withdraw.
        let stands = work.activity(&owner, activity).await?;
        if stands.row_version == fact.row_version {
            break;
        }
        fact = stands;
    }
    // An earlier attempt may have brought the share and left no letter.
    if !new && header.attempts < 2 {
        return Ok(Vec::new());
    }
    if invitation(work, &partner, activity).await?.is_none() {
        return Ok(Vec::new());
    }
    let about = activity.to_string();
    for_holders(work, LETTER, &partner, &[Role::Reporter], &about).await
}

/// Tells one of them, unless the invitation was answered or taken back.
pub(crate) async fn letter(work: &Work, header: &Header) -> Result<(), Failure> {
    let partner = work.tenant_of(header)?;
    let (to, what) = addressed(header)?;
    let Some(share) = invitation(work, &partner, about(what)?).await? else {
        return Ok(());
    };
    let place = partner.id().into();
    let Some(reader) = still_there(work, to, place, Some(Role::Reporter)).await? else {
        return Ok(());
    };
    let owner = work.tenant(share.owner)?;
    let words = ShareInvited {
        owner: &share.owner_name,
        title: &share.title,
        day: share.day,
        link: &work.desk_link(&partner, "phoi-hop"),
    };
    send(work, header, owner.official(share.day), &words, &reader).await
}

/// The share as the co-organiser holds it, while it waits for an answer.
async fn invitation(work: &Work, partner: &Tenant, activity: ActivityId) -> Result<Option<Share>, Failure> {
    let reader = work.app.store().read().tenant(partner).await?;
    let share = reader.share(activity).await?;
    Ok(share.filter(|share| share.answer == Answer::Invited))
}
