//! Signs out: the session is gone, whatever browser still holds its value.

use super::random;
use crate::{App, Error};

/// Ends the session of this cookie.
///
/// # Errors
/// Where the store fails.
#[tracing::instrument(name = "account.sign_out", skip_all)]
pub async fn sign_out(app: &App, cookie: &str) -> Result<(), Error> {
    let mut identity = app.store().identity().await?;
    identity.end_session(&random::hash_of(cookie)).await?;
    identity.save().await?;
    Ok(())
}
