//! Five wrong tries in fifteen minutes close the door for a while; for names nobody has just the same.

use pbgdpl_model::clock::Moment;

use crate::{App, Error};

/// Wrong tries before the door closes.
pub(super) const MOST_TRIES: u64 = 5;
/// How long tries count, in seconds.
pub(super) const WINDOW: i64 = 15 * 60;

/// Notes a try before it is looked at, and says whether it may be: of many at once, five are.
///
/// `key` is what is guessed at: an e-mail address, or an account's code.
pub(super) async fn may_try(app: &App, key: &str, now: Moment) -> Result<bool, Error> {
    let mut identity = app.store().identity().await?;
    let may = identity
        .note_try(key, now.plus_seconds(-WINDOW), MOST_TRIES, now)
        .await?;
    identity.save().await?;
    Ok(may)
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
