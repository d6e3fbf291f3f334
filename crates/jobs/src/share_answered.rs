//! Carries a co-organiser's answer back to the owner of the activity, through the owner's own door.

use pbgdpl_app::activity::receive_answer::receive_answer;
use pbgdpl_model::activity::{Answer, Partner, Share};
use pbgdpl_model::id::ActivityId;
use pbgdpl_model::outbox::Message;
use pbgdpl_scope::Tenant;
use pbgdpl_store::machinery::outbox::Header;

use crate::failure::Failure;
use crate::work::{Work, misdirected};

const NAME: &str = "Hệ thống: hoạt động phối hợp";

pub(crate) async fn run(work: &Work, header: &Header) -> Result<(), Failure> {
    let (partner, message) = work.message(header).await?;
    let Message::ShareAnswered { activity, owner } = message else {
        return Err(misdirected());
    };
    let ctx = work.ctx(work.tenant(owner)?, NAME, header);
    let mut given = answer(work, &partner, activity).await?;
    while let Some(share) = given {
        let says = Partner {
            tenant: partner.id(),
            name: partner.short(share.day).to_owned(),
            answer: share.answer,
        };
        receive_answer(&work.app, &ctx, activity, &says, &share.reason).await?;
        // Answered otherwise between reading there and writing here: the newer answer counts, whichever message is first.
        let stands = answer(work, &partner, activity).await?;
        given = stands.filter(|stands| (stands.answer, &stands.reason) != (share.answer, &share.reason));
    }
    Ok(())
}

/// The answer as it stands; a withdrawn share has none.
async fn answer(work: &Work, partner: &Tenant, activity: ActivityId) -> Result<Option<Share>, Failure> {
    let reader = work.app.store().read().tenant(partner).await?;
    let share = reader.share(activity).await?;
    Ok(share.filter(|share| matches!(share.answer, Answer::Confirmed | Answer::Refused)))
}
