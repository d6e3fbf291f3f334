//! One request makes a page; whoever asks for the same page meanwhile waits for it, and not for ever (stampede guard).

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

use super::Key;

/// How long one waits for another to make the page; then one makes it too.
const PATIENCE: Duration = Duration::from_secs(1);

type Making = Arc<Mutex<HashMap<Key, watch::Receiver<()>>>>;

/// The pages that are being made on this node.
#[derive(Debug, Clone, Default)]
pub struct Turns(Making);

/// Whose turn it is.
#[derive(Debug)]
pub enum Turn {
    /// To make it; until this is dropped, others wait.
    Mine(Mine),
    /// To look again: another made it, or gave up.
    Over,
}

/// Says that the page is made, or given up, when it is dropped: also where the client left.
#[derive(Debug)]
pub struct Mine {
    making: Making,
    key: Key,
    /// Dropped last: whoever waits for it looks then.
    _done: watch::Sender<()>,
}

impl Drop for Mine {
    fn drop(&mut self) {
        let mut making = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        making.remove(&self.key);
    }
}

impl Turns {
    /// Waits while another request makes this page.
    pub async fn of(&self, key: &Key) -> Turn {
        let mut waiting = {
            let mut making = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match making.get(key) {
                Some(waiting) => waiting.clone(),
                None => {
                    let (done, waiting) = watch::channel(());
                    making.insert(key.clone(), waiting);
                    return Turn::Mine(Mine {
                        making: Arc::clone(&self.0),
                        key: key.clone(),
                        _done: done,
                    });
                }
            }
        };
        metrics::counter!("pbgdpl_pages_waited_for_total").increment(1);
        // The sender never sends: it ends, and so does the waiting.
        let _ = timeout(PATIENCE, waiting.changed()).await;
        Turn::Over
    }
}
