//! Hints between nodes over Redis: "look at the database now". Never the truth: without Redis nodes poll, and are
//! within two seconds all the same.

use futures::StreamExt;
use redis::AsyncCommands;
use std::time::Duration;
use tokio::sync::{broadcast, mpsc};

use crate::error::StoreError;

/// What changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hint {
    /// Agencies, addresses, policies.
    Registry,
    /// Something public.
    Generation,
    /// There is work in the outbox or the due list.
    Work,
}

impl Hint {
    const fn word(self) -> &'static str {
        match self {
            Self::Registry => "registry",
            Self::Generation => "generation",
            Self::Work => "work",
        }
    }

    fn parse(word: &str) -> Option<Self> {
        [Self::Registry, Self::Generation, Self::Work]
            .into_iter()
            .find(|hint| hint.word() == word)
    }
}

const CHANNEL: &str = "pbgdpl:v1:hint";

/// Sends hints to this node's own tasks and, where Redis is, to the other nodes.
#[derive(Debug, Clone)]
pub struct Hints {
    local: broadcast::Sender<Hint>,
    remote: Option<mpsc::Sender<Hint>>,
}

impl Hints {
    /// Within this process only.
    #[must_use]
    pub fn local() -> Self {
        Self {
            local: broadcast::channel(64).0,
            remote: None,
        }
    }

    /// With Redis: one task publishes, one listens and listens again whenever the connection is lost.
    ///
    /// # Errors
    /// Only where the address cannot be read; a Redis that is down is not an error.
    pub fn with_redis(url: &str) -> Result<Self, StoreError> {
        let client = redis::Client::open(url).map_err(StoreError::Hints)?;
        let local = broadcast::channel(64).0;
        let (remote, waiting) = mpsc::channel(256);
        tokio::spawn(publish(client.clone(), waiting));
        tokio::spawn(listen(client, local.clone()));
        Ok(Self {
            local,
            remote: Some(remote),
        })
    }

    /// Tells everybody; never waits, never fails.
    pub fn tell(&self, hint: Hint) {
        let _ = self.local.send(hint);
        if let Some(remote) = &self.remote {
            let _ = remote.try_send(hint);
        }
    }

    /// Hears what is told from now on.
    #[must_use]
    pub fn hear(&self) -> broadcast::Receiver<Hint> {
        self.local.subscribe()
    }
}

async fn publish(client: redis::Client, mut waiting: mpsc::Receiver<Hint>) {
    let mut connection = None;
    while let Some(hint) = waiting.recv().await {
        if connection.is_none() {
            connection = client.get_multiplexed_async_connection().await.ok();
        }
        if let Some(open) = &mut connection {
            let sent: Result<i64, _> = open.publish(CHANNEL, hint.word()).await;
            if sent.is_err() {
                connection = None;
            }
        }
    }
}

async fn listen(client: redis::Client, local: broadcast::Sender<Hint>) {
    let mut pause = Duration::from_millis(100);
    loop {
        if let Ok(mut subscription) = client.get_async_pubsub().await
            && subscription.subscribe(CHANNEL).await.is_ok()
        {
            pause = Duration::from_millis(100);
            // Anything may have been missed while nobody listened.
            for hint in [Hint::Registry, Hint::Generation, Hint::Work] {
                let _ = local.send(hint);
            }
            let mut messages = subscription.on_message();
            while let Some(message) = messages.next().await {
                if let Some(hint) = message
                    .get_payload::<String>()
                    .ok()
                    .as_deref()
                    .and_then(Hint::parse)
                {
                    let _ = local.send(hint);
                }
            }
        }
        tokio::time::sleep(pause).await;
        pause = (pause * 2).min(Duration::from_secs(5));
    }
}
