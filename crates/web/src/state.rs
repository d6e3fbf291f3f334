//! What handlers need: a store for reading, the acts, the province, the settings. One value, cheap to clone.

use std::ops::Deref;
use std::path::PathBuf;
use std::sync::Arc;

use pbgdpl_app::App;
use pbgdpl_config::{Network, Origin};
use pbgdpl_exchange::PageReader;
use pbgdpl_model::clock::Moment;
use pbgdpl_press::Press;
use pbgdpl_province::Province;
use pbgdpl_signature::Anchors;
use pbgdpl_store::ReadStore;

use crate::cache::{PageCache, Turns};
use crate::denials::Denials;
use crate::dispatch::rate::Rates;
use crate::engagement::Counting;
use crate::public::card::Cards;
use crate::violation;

/// The four origins and how they are served.
#[derive(Debug, Clone)]
pub struct WebSettings {
    /// Province front page, sections by path or host.
    pub public: Origin,
    /// Sign-in, desks.
    pub desk: Origin,
    /// Frames, fragments, loader.
    pub embed: Origin,
    /// Uploads.
    pub files: Origin,
    /// Peers whose forwarded headers are believed.
    pub trusted_proxies: Vec<Network>,
    /// Example data: pages say so, and plain http is accepted.
    pub demo: bool,
    /// Folder of the demo's letters, shown at /hop-thu.
    pub mailbox: Option<PathBuf>,
    /// Who answers letters about the service, where the agency of justice names no address: the sender of its own.
    pub contact: String,
    /// The exchange with the Ministry is set up.
    pub exchange: bool,
    /// Who vouches for those who sign reports; nothing is signed without.
    pub anchors: Option<Arc<Anchors>>,
    /// What makes PDF files, where a worker is set up.
    pub press: Option<Press>,
    /// What looks at the pages that show a section.
    pub pages: PageReader,
    /// The host to which agencies' own names lead.
    pub host_target: String,
    /// Pictures of those pages are made.
    pub pictures: bool,
    /// Key of signed file links; the same on every node.
    pub signing_key: [u8; 32],
    /// Bound of the page cache, in bytes.
    pub cache_bytes: u64,
}

impl WebSettings {
    /// Whether browsers come by https.
    #[must_use]
    pub fn https(&self) -> bool {
        self.desk.is_https()
    }
}

/// Everything a handler may use.
#[derive(Debug, Clone)]
pub struct AppState(Arc<Parts>);

/// The parts of [`AppState`].
#[derive(Debug)]
pub struct Parts {
    /// Doors for reading.
    pub read: ReadStore,
    /// Acts inside agencies.
    pub app: App,
    /// What looks across agencies.
    pub province: Province,
    /// Settings.
    pub settings: WebSettings,
    /// Rendered public pages.
    pub cache: PageCache,
    /// Those that are being made.
    pub turns: Turns,
    /// How many violation reports are taken.
    pub reports: violation::Limit,
    /// What was refused to whom.
    pub denials: Denials,
    /// Pictures of pages.
    pub cards: Cards,
    /// How much each caller may still ask of the open interfaces.
    pub rates: Rates,
    /// What browsers reported of the use of sections.
    pub counting: Counting,
}

impl Deref for AppState {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl AppState {
    /// Puts the parts together.
    #[must_use]
    pub fn new(app: App, province: Province, settings: WebSettings) -> Self {
        let cache = PageCache::new(settings.cache_bytes);
        Self(Arc::new(Parts {
            read: app.store().read(),
            app,
            province,
            settings,
            cache,
            turns: Turns::default(),
            reports: violation::Limit::default(),
            denials: Denials::default(),
            cards: Cards::default(),
            rates: Rates::default(),
            counting: Counting::default(),
        }))
    }

    /// The present instant.
    #[must_use]
    pub fn now(&self) -> Moment {
        self.app.now()
    }
}
