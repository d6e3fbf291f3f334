//! Counts the statements that this thread sends to a database, by what sea-orm says it sends.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, Event, Metadata, Subscriber};

#[derive(Debug, Clone, Default)]
struct Counter(Arc<AtomicUsize>);

/// Two that watch for ever. While one dispatcher alone is alive, `tracing` asks only the thread that first reaches a callsite whether
/// anybody wants it: a thread that counts nothing would silence it for the one that does.
static ALWAYS: OnceLock<[Dispatch; 2]> = OnceLock::new();

/// Call before watching with a subscriber of one thread: from now on every callsite asks all subscribers, whoever reaches it first.
pub fn ask_everybody() {
    ALWAYS.get_or_init(|| [(); 2].map(|()| Dispatch::new(Counter::default())));
}

/// Counting goes on until this is dropped; the tests that use it run on one thread.
#[derive(Debug)]
pub struct Statements {
    counter: Counter,
    _watching: DefaultGuard,
}

impl Statements {
    /// Begins to count.
    #[must_use]
    pub fn counted() -> Self {
        ask_everybody();
        let counter = Counter::default();
        Self {
            _watching: tracing::subscriber::set_default(counter.clone()),
            counter,
        }
    }

    /// How many were sent so far.
    #[must_use]
    pub fn so_far(&self) -> usize {
        self.counter.0.load(Ordering::SeqCst)
    }
}

impl Subscriber for Counter {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // Begin and commit frame a reading; they are not questions.
        metadata.name().starts_with("sea_orm.query") || metadata.name().starts_with("sea_orm.execute")
    }
    fn new_span(&self, _: &Attributes<'_>) -> Id {
        self.0.fetch_add(1, Ordering::SeqCst);
        Id::from_u64(1)
    }
    fn record(&self, _: &Id, _: &Record<'_>) {}
    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn event(&self, _: &Event<'_>) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}
