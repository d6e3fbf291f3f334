//! Makes the picture of a page that shows a section: after a look that found something new, and once a week (N-30). Idempotent: a second
//! picture takes the place of the first. A browser that fails is noted on the page, and tried again after the next look. A node without a
//! browser leaves it to one that has it, for a day.

use pbgdpl_app::place::depict::depict;
use pbgdpl_exchange::CameraError;
use pbgdpl_model::clock::Moment;
use pbgdpl_model::outbox::Message;
use pbgdpl_store::machinery::outbox::Header;
use pbgdpl_store::tenant::Place;

use crate::failure::Failure;
use crate::work::{Work, misdirected};

/// The message that a picture is due.
pub(crate) const MESSAGE: &str = "place-picture";
/// So long nodes without a browser leave a picture to those that have one.
pub(crate) const OTHERS_SECONDS: i64 = 24 * 3600;

const NAME: &str = "Theo dõi trang nhúng";

pub(crate) async fn run(work: &Work, header: &Header) -> Result<(), Failure> {
    let (tenant, message) = work.message(header).await?;
    let Message::PlacePicture { place: id } = message else {
        return Err(misdirected());
    };
    let reader = work.app.store().read().tenant(&tenant).await?;
    let place = reader.place(id).await?.filter(|place| place.retired_at.is_none());
    // Nothing is held while a browser is waited for.
    drop(reader);
    let Some(place) = place else {
        return Ok(());
    };
    let Some(camera) = work.camera() else {
        return left_to_others(&place, header.left_at, work.app.now());
    };
    let taken = match camera.take(&place.address).await {
        Ok(png) => Ok(png.into()),
        Err(CameraError::Busy) => return Err(Failure::later("other pictures are being made")),
        Err(error) => Err(error.says()),
    };
    let ctx = work.ctx(tenant, NAME, header);
    depict(&work.app, &ctx, id, taken).await?;
    Ok(())
}

/// Whether another node is still waited for. Where none took the picture within a day, the next look of a node that has a browser asks again.
fn left_to_others(place: &Place, left_at: Moment, now: Moment) -> Result<(), Failure> {
    let taken = place
        .picture
        .as_ref()
        .is_some_and(|picture| picture.at >= left_at);
    if taken || left_at.plus_seconds(OTHERS_SECONDS) <= now {
        return Ok(());
    }
    Err(Failure::later("no browser is set up on this node"))
}
