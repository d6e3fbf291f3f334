//! The outbox and the schedule at work: a lane for effects, for letters, for the Ministry, for sites, for pictures, the roll-up, the hourly reminders, the
//! watch over the logs, their way to the log server, the public figures, the letters to leaders, the years of the ledger, the daily
//! purge, each in a task of its own, on as many nodes as there are.

use std::sync::Arc;

use pbgdpl_app::App;
use pbgdpl_exchange::{Client, HostLooker, LogServer};
use pbgdpl_mail::Sender;
use pbgdpl_province::Province;
use tokio::sync::Mutex;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tracing::Span;
use uuid::Uuid;

use crate::drain::Drained;
use crate::failure::Failure;
use crate::lane::{LEASE_SECONDS, Lane, note};
use crate::settle::settle;
use crate::work::{Owner, Pages, Work};
use crate::{
    alarm_raised, drain, host_due, ledger_years, place_due, poll, public_figures, purge, report_due, roll_up,
    summary,
};

/// Messages at work at once when everything is done in one go.
const BATCH: u64 = 8;

/// The outbox and the schedule.
#[derive(Debug, Clone)]
pub struct Jobs {
    work: Arc<Work>,
}

impl Jobs {
    /// With the acts, the way out for letters, and where the desk is.
    #[must_use]
    pub fn new(app: App, sender: Sender, desk_url: &str) -> Self {
        Self::following(app, sender, desk_url, |_, _| {})
    }

    /// The same, continuing the trace of each act: `follow` makes a span the child of a `traceparent`.
    #[must_use]
    pub fn following(app: App, sender: Sender, desk_url: &str, follow: fn(&Span, &str)) -> Self {
        Self {
            work: Arc::new(Work {
                province: Province::new(app.store().clone(), app.clock()),
                app,
                sender,
                exchange: None,
                log_server: None,
                pages: None,
                hosts: None,
                owner: None,
                node: Uuid::new_v4(),
                watched: Mutex::default(),
                desk: desk_url.trim_end_matches('/').to_owned(),
                follow,
            }),
        }
    }

    /// With the way out to the Ministry. Before any work is begun.
    #[must_use]
    pub fn with_exchange(mut self, client: Option<Client>) -> Self {
        if let Some(work) = Arc::get_mut(&mut self.work) {
            work.exchange = client;
        }
        self
    }

    /// With the log server of the data centre. Before any work is begun.
    #[must_use]
    pub fn with_log_server(mut self, server: Option<LogServer>) -> Self {
        if let Some(work) = Arc::get_mut(&mut self.work) {
            work.log_server = server;
        }
        self
    }

    /// With what reads the pages that show a section. Before any work is begun.
    #[must_use]
    pub fn with_pages(mut self, pages: Pages) -> Self {
        if let Some(work) = Arc::get_mut(&mut self.work) {
            work.pages = Some(pages);
        }
        self
    }

    /// With what looks at agencies' own host names. Before any work is begun.
    #[must_use]
    pub fn with_hosts(mut self, looker: HostLooker) -> Self {
        if let Some(work) = Arc::get_mut(&mut self.work) {
            work.hosts = Some(looker);
        }
        self
    }

    /// With the role that owns the tables: this node makes the years of the ledger ahead. Before any work is begun.
    #[must_use]
    pub fn with_owner(mut self, owner_url: Option<String>) -> Self {
        if let Some(work) = Arc::get_mut(&mut self.work) {
            work.owner = owner_url.map(Owner);
        }
        self
    }

    /// Works until stopped, then ends what it has begun. Keeps the node current too.
    pub async fn run_until(&self, stop: CancellationToken) {
        let mut tasks = JoinSet::new();
        tasks.spawn(poll::keep_current(self.work.app.clone(), stop.clone()));
        for lane in Lane::ALL {
            tasks.spawn(lane.run_until(Arc::clone(&self.work), stop.clone()));
        }
        tasks.spawn(roll_up::keep_up(Arc::clone(&self.work), stop.clone()));
        tasks.spawn(report_due::hourly(Arc::clone(&self.work), stop.clone()));
        tasks.spawn(summary::regularly(Arc::clone(&self.work), stop.clone()));
        tasks.spawn(alarm_raised::regularly(Arc::clone(&self.work), stop.clone()));
        tasks.spawn(drain::regularly(Arc::clone(&self.work), stop.clone()));
        tasks.spawn(public_figures::regularly(Arc::clone(&self.work), stop.clone()));
        tasks.spawn(place_due::regularly(Arc::clone(&self.work), stop.clone()));
        tasks.spawn(host_due::regularly(Arc::clone(&self.work), stop.clone()));
        tasks.spawn(ledger_years::daily(Arc::clone(&self.work), stop.clone()));
        tasks.spawn(purge::daily(Arc::clone(&self.work), stop));
        while let Some(ended) = tasks.join_next().await {
            note(ended);
        }
    }

    /// Works until nothing is due: for tests, the demo and the command line. Returns how much was done.
    ///
    /// # Errors
    /// Where the outbox cannot be read.
    pub async fn run_once_until_idle(&self) -> Result<u64, Failure> {
        let mut all = 0;
        loop {
            match self.round().await? {
                0 => return Ok(all),
                done => all += done,
            }
        }
    }

    /// Reminds of reports whose last day is near, as every hour. Returns how many letters are new.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn remind(&self) -> Result<u64, Failure> {
        report_due::run(&self.work).await
    }

    /// Leaves the summaries of the day, as every ten minutes. Returns how many letters are new.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn summarise(&self) -> Result<u64, Failure> {
        summary::run(&self.work).await
    }

    /// Looks at the pages that show a section and are due, as every ten minutes. Returns at how many.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn look_at_pages(&self) -> Result<u64, Failure> {
        place_due::turn(&self.work).await
    }

    /// Looks at agencies' own host names that are due, as every ten minutes. Returns at how many.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn look_at_hosts(&self) -> Result<u64, Failure> {
        host_due::turn(&self.work).await
    }

    /// Looks for odd acts in the logs, as every five minutes. Returns how many alarms are new.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn watch(&self) -> Result<u64, Failure> {
        alarm_raised::run(&self.work).await
    }

    /// Sends what is new in the logs to the log server, as every few seconds; nothing where it is another node's turn.
    ///
    /// # Errors
    /// Where the log server or the database fails: then the same entries are sent the next time.
    pub async fn drain(&self) -> Result<Option<Drained>, Failure> {
        drain::look(&self.work).await
    }

    /// Draws public figures anew, as every five minutes. Returns how many say something new.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn draw_figures(&self) -> Result<u64, Failure> {
        public_figures::run(&self.work).await
    }

    /// Throws away what was carried out a month ago, as every day. Returns how many rows.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn purge(&self) -> Result<u64, Failure> {
        purge::run(&self.work).await
    }

    /// Makes the years of the ledger that are due, as every day. Returns which were made; none without the role that may.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn make_ledger_years(&self) -> Result<Vec<i32>, Failure> {
        ledger_years::run(&self.work).await
    }

    /// One look at the outbox and at the due list.
    async fn round(&self) -> Result<u64, Failure> {
        let machinery = self.work.app.store().machinery();
        let leased = machinery.lease(self.work.app.now(), LEASE_SECONDS, BATCH).await?;
        let mut done = u64::try_from(leased.len()).unwrap_or(0);
        let mut running = JoinSet::new();
        for header in leased {
            running.spawn(settle(Arc::clone(&self.work), header));
        }
        while let Some(ended) = running.join_next().await {
            note(ended);
        }
        done += roll_up::run(&self.work).await?;
        Ok(done)
    }
}
