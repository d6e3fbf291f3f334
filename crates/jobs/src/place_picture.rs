//! Makes the picture of a page that shows a section: after a look that found something new, and once a week (N-30). Idempotent: a second
//! picture takes the place of the first. A browser that fails is noted on the page, and tried again after the next look.

use pbgdpl_app::place::depict::depict;
use pbgdpl_exchange::CameraError;
use pbgdpl_model::outbox::Message;
use pbgdpl_store::machinery::outbox::Header;

use crate::failure::Failure;
use crate::work::{Work, misdirected};

/// The message that a picture is due.
pub(crate) const MESSAGE: &str = "place-picture";

const NAME: &str = "Theo dõi trang nhúng";

pub(crate) async fn run(work: &Work, header: &Header) -> Result<(), Failure> {
    let (tenant, message) = work.message(header).await?;
    let Message::PlacePicture { place: id } = message else {
        return Err(misdirected());
    };
    // Without a camera nothing is to be done; the next look of a node that has one asks again.
    let Some(camera) = work.camera() else {
        return Ok(());
    };
    let reader = work.app.store().read().tenant(&tenant).await?;
    let place = reader.place(id).await?.filter(|place| place.retired_at.is_none());
    // Nothing is held while a browser is waited for.
    drop(reader);
    let Some(place) = place else {
        return Ok(());
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
