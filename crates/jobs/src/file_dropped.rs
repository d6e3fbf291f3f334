//! Removes the bytes of a file that nothing shows any more. Idempotent: what is gone is gone.

use pbgdpl_model::outbox::Message;
use pbgdpl_store::Files;
use pbgdpl_store::machinery::outbox::Header;

use crate::failure::Failure;
use crate::work::{Work, misdirected};

/// The message that a file is to go.
pub(crate) const MESSAGE: &str = "file-dropped";

pub(crate) async fn run(work: &Work, header: &Header) -> Result<(), Failure> {
    let (tenant, message) = work.message(header).await?;
    let Message::FileDropped { file } = message else {
        return Err(misdirected());
    };
    let reader = work.app.store().read().tenant(&tenant).await?;
    let shown = reader.is_picture(file).await? || reader.media(file).await?.is_some();
    drop(reader);
    if shown {
        return Err(Failure::never("the file is still shown"));
    }
    let path = Files::path(tenant.id(), file);
    work.app.store().files().remove(&path).await?;
    Ok(())
}
