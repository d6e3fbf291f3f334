//! Five wrong tries in fifteen minutes close the door for a while; for names nobody has just the same.

use pbgdpl_model::clock::Moment;

use crate::{App, Error};

/// Wrong tries before the door closes.
pub(super) const MOST_TRIES: u64 = 5;
/// How long tries count, in seconds.
pub(super) const WINDOW: i64 = 15 * 60;

/// Notes a try before it is looked at, and says whether it may be: of many at once, no more than five are.
///
/// `key` is what is guessed at: an e-mail address, or an account's code.
pub(super) async fn may_try(app: &App, key: &str, now: Moment) -> Result<bool, Error> {
    let since = now.plus_seconds(-WINDOW);
    if app
        .store()
        .read()
        .identity()
        .await?
        .failed_attempts(key, since)
        .await?
        >= MOST_TRIES
    {
        return Ok(false);
    }
    let mut identity = app.store().identity().await?;
    identity.add_attempt(key, false, now).await?;
    identity.save().await?;
    // Counted after the commit: whoever came sixth sees six, however many came together.
    Ok(app
        .store()
        .read()
        .identity()
        .await?
        .failed_attempts(key, since)
        .await?
        <= MOST_TRIES)
}

/// Tries left after a wrong one.
pub(super) async fn tries_left(app: &App, key: &str, now: Moment) -> Result<u64, Error> {
    let failed = app
        .store()
        .read()
        .identity()
        .await?
        .failed_attempts(key, now.plus_seconds(-WINDOW))
        .await?;
    Ok(MOST_TRIES.saturating_sub(failed))
}
