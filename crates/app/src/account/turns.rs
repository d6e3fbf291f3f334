//! Few at a time, few more waiting, nobody for long: what a flood of costly work may take of the machine (SECURITY attack 23).

use std::time::Duration;

use pbgdpl_store::StoreError;
use tokio::sync::{Semaphore, TryAcquireError};

use crate::Error;

/// A bound on work that costs a core and much memory.
#[derive(Debug)]
pub(super) struct Turns {
    working: Semaphore,
    /// Those who work and those who wait.
    inside: Semaphore,
    patience: Duration,
}

impl Turns {
    /// So many at work, so many waiting, each at most so long.
    pub(super) const fn new(working: usize, waiting: usize, patience: Duration) -> Self {
        Self {
            working: Semaphore::const_new(working),
            inside: Semaphore::const_new(working + waiting),
            patience,
        }
    }

    /// Does the work on a thread of its own when its turn comes. A turn ends with its work, also where nobody waits for it
    /// any more.
    ///
    /// # Errors
    /// [`Error::Overload`] where too many wait or the turn does not come in time: the work was not begun.
    pub(super) async fn take<T: Send + 'static>(
        &'static self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        let stopped = |what: String| Error::Store(StoreError::Unfit(format!("hashing stopped: {what}")));
        let place = match self.inside.try_acquire() {
            Ok(place) => place,
            Err(TryAcquireError::NoPermits) => return Err(Error::Overload),
            Err(closed @ TryAcquireError::Closed) => return Err(stopped(closed.to_string())),
        };
        let turn = tokio::time::timeout(self.patience, self.working.acquire())
            .await
            .map_err(|_| Error::Overload)?
            .map_err(|closed| stopped(closed.to_string()))?;
        let working = tokio::task::spawn_blocking(move || {
            let done = work();
            drop((turn, place));
            done
        });
        working.await.map_err(|error| stopped(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn who_finds_the_room_full_is_sent_away_at_once_and_who_waits_too_long_in_time() {
        static TURNS: Turns = Turns::new(1, 1, Duration::from_millis(200));
        let (release, held) = mpsc::channel::<()>();
        let (began, begun) = mpsc::channel::<()>();
        let first = tokio::spawn(TURNS.take(move || {
            let _ = began.send(());
            let _ = held.recv();
            1
        }));
        tokio::task::spawn_blocking(move || begun.recv())
            .await
            .unwrap()
            .unwrap();
        let started = std::time::Instant::now();
        let second = tokio::spawn(TURNS.take(|| 2));
        while TURNS.inside.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let third = TURNS.take(|| 3).await;
        assert!(matches!(third, Err(Error::Overload)), "{third:?}");
        assert!(started.elapsed() < Duration::from_millis(150), "at once");
        let second = second.await.unwrap();
        assert!(matches!(second, Err(Error::Overload)), "{second:?}");
        release.send(()).unwrap();
        assert_eq!(first.await.unwrap().unwrap(), 1);
        assert_eq!(TURNS.take(|| 4).await.unwrap(), 4, "the room is free again");
    }
}
