//! A lane: messages of some kinds, leased as soon as there is room, several at work at once. Lanes do not wait for each
//! other: a mail server that hangs holds up letters, a site that hangs the looks at sites, and nothing else.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use pbgdpl_store::Hint;
use pbgdpl_store::machinery::outbox::Kinds;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::task::{JoinError, JoinSet};
use tokio_util::sync::CancellationToken;

use crate::failure::Failure;
use crate::settle::settle;
use crate::work::Work;
use crate::{
    alarm_raised, article_submitted, contribution_decided, exchange_reconcile, exchange_send,
    extension_answered, extension_asked, host_due, host_troubled, place_due, place_picture, place_troubled,
    plan_due, report_decided, report_due, report_requested, report_submitted, share_invited, summary,
};

/// Without a hint the outbox is looked at this often.
pub(crate) const EVERY: Duration = Duration::from_millis(500);
/// A node that dies gives its messages back after this long; longer than any job takes.
pub(crate) const LEASE_SECONDS: i64 = 180;
/// A node that was asked to stop waits so long for what it has begun: a mail server that hangs does not hold it.
const PARTING: Duration = Duration::from_secs(10);

/// The kinds of messages that are letters: they wait for a mail server, and nothing waits for them.
const LETTERS: [&str; 20] = [
    "account-invited",
    "article-returned",
    "factor-reset",
    "new-device",
    alarm_raised::LETTER,
    article_submitted::LETTER,
    contribution_decided::LETTER,
    extension_answered::LETTER,
    extension_asked::LETTER,
    host_troubled::LETTER,
    place_troubled::LETTER,
    plan_due::LETTER,
    plan_due::LATE,
    report_decided::LETTER,
    report_due::LETTER,
    report_due::LATE,
    report_requested::LETTER,
    report_submitted::LETTER,
    share_invited::LETTER,
    summary::LETTER,
];

/// The kinds that wait for the Ministry's server.
const EXCHANGE: [&str; 2] = [exchange_send::MESSAGE, exchange_reconcile::MESSAGE];

/// The kinds that wait for agencies' sites and name servers: there are hundreds, and each may be slow.
const SITES: [&str; 2] = [host_due::MESSAGE, place_due::MESSAGE];

/// The kind that waits for a browser.
const PICTURES: [&str; 1] = [place_picture::MESSAGE];

/// All that waits for a program of somebody else.
static WAITING: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let others = EXCHANGE.iter().chain(&SITES).chain(&PICTURES);
    LETTERS.iter().chain(others).copied().collect()
});

/// What a lane carries.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Lane {
    /// What changes something in the house.
    Effects,
    /// What waits for a mail server.
    Letters,
    /// What waits for the Ministry's server.
    Exchange,
    /// What waits for agencies' sites.
    Sites,
    /// What waits for a browser.
    Pictures,
}

impl Lane {
    /// Every lane. Each node has them all: what a lane carries waits for no setting of this node.
    pub(crate) const ALL: [Self; 5] = [
        Self::Effects,
        Self::Letters,
        Self::Exchange,
        Self::Sites,
        Self::Pictures,
    ];

    fn kinds(self) -> Kinds<'static> {
        match self {
            Self::Effects => Kinds::Except(&WAITING),
            Self::Letters => Kinds::Only(&LETTERS),
            Self::Exchange => Kinds::Only(&EXCHANGE),
            Self::Sites => Kinds::Only(&SITES),
            Self::Pictures => Kinds::Only(&PICTURES),
        }
    }

    /// Messages at work at once; mail servers seldom like more than four connections of one client, and a browser is large.
    const fn room(self) -> usize {
        match self {
            Self::Effects => 8,
            Self::Letters => 4,
            Self::Exchange | Self::Sites => 2,
            Self::Pictures => 1,
        }
    }

    /// Works until stopped, then ends what it has begun and what ends soon.
    pub async fn run_until(self, work: Arc<Work>, stop: CancellationToken) {
        let mut hints = work.app.store().hints().hear();
        let mut running = JoinSet::new();
        while !stop.is_cancelled() {
            let free = self.room().saturating_sub(running.len());
            let found = match self.begin(&work, free, &mut running).await {
                Ok(found) => found,
                Err(error) => {
                    tracing::warn!(%error, lane = ?self, "the outbox cannot be read now");
                    0
                }
            };
            if running.len() >= self.room() {
                tokio::select! {
                    () = stop.cancelled() => {}
                    Some(ended) = running.join_next() => note(ended),
                }
            } else if found == 0 {
                tokio::select! {
                    () = stop.cancelled() => {}
                    () = tokio::time::sleep(EVERY) => {}
                    () = told_of_work(&mut hints) => {}
                    Some(ended) = running.join_next() => note(ended),
                }
            }
        }
        let ending = async {
            while let Some(ended) = running.join_next().await {
                note(ended);
            }
        };
        if tokio::time::timeout(PARTING, ending).await.is_err() {
            tracing::warn!(lane = ?self, "what still hangs is left to its lease");
        }
    }

    /// Leases what there is room for and sets about it; returns how much that is.
    async fn begin(self, work: &Arc<Work>, free: usize, running: &mut JoinSet<()>) -> Result<usize, Failure> {
        let most = u64::try_from(free).unwrap_or(0);
        let now = work.app.now();
        let machinery = work.app.store().machinery();
        let since = match self {
            // A node that has a browser comes first; what no node took is ended here.
            Self::Pictures if work.camera().is_none() => now.plus_seconds(-place_picture::OTHERS_SECONDS),
            _ => now,
        };
        let leased = machinery
            .lease_of(self.kinds(), (since, now), LEASE_SECONDS, most)
            .await?;
        let found = leased.len();
        for header in leased {
            running.spawn(settle(Arc::clone(work), header));
        }
        Ok(found)
    }
}

pub(crate) fn note(ended: Result<(), JoinError>) {
    if let Err(error) = ended {
        // The lease runs out and the message is tried again.
        tracing::error!(%error, "a job broke off");
    }
}

pub(crate) async fn told_of_work(hints: &mut Receiver<Hint>) {
    loop {
        match hints.recv().await {
            Ok(Hint::Work) | Err(RecvError::Lagged(_)) => return,
            Ok(_) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kinds that a lane names, and those that it leaves to others.
    fn named(lane: Lane) -> (&'static [&'static str], &'static [&'static str]) {
        match lane.kinds() {
            Kinds::Only(kinds) => (kinds, &[]),
            Kinds::Except(kinds) => (&[], kinds),
            Kinds::All => panic!("{lane:?} takes what other lanes carry"),
        }
    }

    #[test]
    fn each_kind_goes_by_one_lane() {
        let mut carried: Vec<&str> = Lane::ALL
            .iter()
            .flat_map(|lane| named(*lane).0)
            .copied()
            .collect();
        let mut left: Vec<&str> = Lane::ALL
            .iter()
            .flat_map(|lane| named(*lane).1)
            .copied()
            .collect();
        carried.sort_unstable();
        left.sort_unstable();
        assert_eq!(carried, left, "what one lane leaves to others, one other carries");
        carried.dedup();
        assert_eq!(carried.len(), left.len(), "a kind goes by two lanes: {left:?}");
    }

    #[test]
    fn sites_that_are_slow_share_no_room_with_the_ministry() {
        let (exchange, _) = named(Lane::Exchange);
        assert!(
            exchange.iter().all(|kind| kind.starts_with("exchange-")),
            "{exchange:?}"
        );
        assert_eq!(named(Lane::Sites).0, ["host-due", "place-due"]);
    }
}
