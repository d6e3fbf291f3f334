//! Carries a co-organiser's answer back to the owner of the activity, through the owner's own door.

use pbgdpl_app::activity::receive_answer::receive_answer;
use pbgdpl_model::activity::{Answer, Partner};
use pbgdpl_model::outbox::Message;
use pbgdpl_store::machinery::outbox::Header;

use crate::failure::Failure;
use crate::work::{Work, misdirected};

const NAME: &str = "Hệ thống: hoạt động phối hợp";

pub(crate) async fn run(work: &Work, header: &Header) -> Result<(), Failure> {
    let (partner, message) = work.message(header).await?;
    let Message::ShareAnswered { activity, owner } = message else {
        return Err(misdirected());
    };
    let owner = work.tenant(owner)?;
    let share = {
        let reader = work.app.store().read().tenant(&partner).await?;
        reader.share(activity).await?
    };
    // The newest answer counts, whichever message carries it; a withdrawn share has none.
    let Some(share) = share.filter(|share| matches!(share.answer, Answer::Confirmed | Answer::Refused))
    else {
        return Ok(());
    };
    let answer = Partner {
        tenant: partner.id(),
        name: partner.short(share.day).to_owned(),
        answer: share.answer,
    };
    let ctx = work.ctx(owner, NAME, header);
    Ok(receive_answer(&work.app, &ctx, activity, &answer, &share.reason).await?)
}
