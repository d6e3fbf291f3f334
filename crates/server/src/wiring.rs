//! Wiring: settings become a store, acts, jobs and a web service.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, bail};
use pbgdpl_app::App;
use pbgdpl_config::{DEFAULT_FILE, Settings};
use pbgdpl_exchange::{Allowed, Camera, Client, Endpoint, Exposure, HostLooker, LogServer, PageReader};
use pbgdpl_jobs::{Jobs, Pages};
use pbgdpl_mail::Sender;
use pbgdpl_model::clock::Clock;
use pbgdpl_press::{Bounds, Press};
use pbgdpl_province::Province;
use pbgdpl_scope::{Ctx, Found, ProvinceCtx, RequestId, Tenant};
use pbgdpl_signature::Anchors;
use pbgdpl_store::{Database, DatabaseSettings, Files, Hints, ReplicaSettings, Store, migrate};
use pbgdpl_web::dispatch::Dispatch;
use pbgdpl_web::{AppState, WebSettings};
use rand::TryRngCore;
use rand::rngs::OsRng;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::metrics;

/// Memory for pages that are kept.
const PAGE_CACHE_BYTES: u64 = 16 * 1024 * 1024;

/// Reads the settings: the named file, else `pbgdpl.toml` if there is one; the environment above it.
///
/// # Errors
/// Every fault with its place.
pub fn settings(config: Option<&Path>) -> anyhow::Result<Settings> {
    let default = Path::new(DEFAULT_FILE);
    let path = config.or_else(|| default.exists().then_some(default));
    Settings::load(path, std::env::vars()).map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        anyhow::anyhow!("cấu hình không dùng được:\n{}", lines.join("\n"))
    })
}

/// The address under which migrations run.
pub fn owner_url(settings: &Settings) -> &str {
    let database = &settings.database;
    database.owner_url.as_ref().unwrap_or(&database.url).reveal()
}

/// Makes the folder of a SQLite file, which SQLite itself does not.
///
/// # Errors
/// Where the folder cannot be made.
pub fn make_database_folder(settings: &Settings) -> anyhow::Result<()> {
    if let Some(file) = sqlite_file(settings)
        && let Some(folder) = file.parent()
    {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("không tạo được thư mục {}", folder.display()))?;
    }
    Ok(())
}

fn sqlite_file(settings: &Settings) -> Option<PathBuf> {
    let rest = settings.database.url.reveal().strip_prefix("sqlite:")?;
    let path = rest.strip_prefix("//").unwrap_or(rest);
    let path = path.split('?').next().unwrap_or(path);
    (!path.is_empty() && path != ":memory:").then(|| PathBuf::from(path))
}

/// What commands work with.
pub struct House {
    /// The open pools, to be closed at the end.
    pub database: Database,
    /// Everything that outlives the process.
    pub store: Store,
    /// Acts inside agencies.
    pub app: App,
    /// What looks across agencies.
    pub province: Province,
}

impl House {
    /// Opens the database, the files and the hints.
    ///
    /// # Errors
    /// Where one of them cannot be used, or the schema is not up to date.
    pub async fn open(settings: &Settings, clock: Arc<dyn Clock>) -> anyhow::Result<Self> {
        if sqlite_file(settings).is_some_and(|file| !file.exists()) {
            bail!("chưa có cơ sở dữ liệu; chạy `pbgdpl migrate up` trước");
        }
        let database = Database::open(&DatabaseSettings {
            url: settings.database.url.reveal().to_owned(),
            province_url: settings
                .database
                .province_url
                .as_ref()
                .map(|url| url.reveal().to_owned()),
            replica: settings
                .database
                .replica_urls()
                .map(|(url, province_url)| ReplicaSettings {
                    url: url.reveal().to_owned(),
                    province_url: province_url.reveal().to_owned(),
                    max_lag: Duration::from_millis(settings.database.replica_max_lag_ms.into()),
                }),
            max_connections: settings.database.max_connections,
            statement_timeout: Duration::from_millis(settings.database.statement_timeout_ms.into()),
        })
        .await
        .context("không mở được cơ sở dữ liệu")?;
        let files = Files::folder(&settings.storage.folder).context("không mở được kho tệp")?;
        let hints = match &settings.redis.url {
            Some(url) => Hints::with_redis(url.reveal()).context("redis.url")?,
            None => Hints::local(),
        };
        let store = Store::new(database.clone(), files, hints)
            .await
            .context("không đọc được cơ sở dữ liệu; đã chạy `pbgdpl migrate up` chưa?")?;
        Ok(Self {
            database,
            app: App::new(store.clone(), Arc::clone(&clock)),
            province: Province::new(store.clone(), clock),
            store,
        })
    }

    /// The command line acts over all agencies.
    pub fn province_ctx(&self) -> ProvinceCtx {
        let snapshot = self.store.registry().now();
        ProvinceCtx::of_system(snapshot, "dòng lệnh", self.province.now(), request())
    }

    /// The command line acts in an agency.
    pub fn ctx(&self, tenant: &Tenant) -> Ctx {
        Ctx::of_system(tenant.clone(), "dòng lệnh", self.app.now(), request())
    }

    /// The agency with this slug, also an old one.
    ///
    /// # Errors
    /// Where there is none.
    pub fn agency(&self, slug: &str) -> anyhow::Result<Tenant> {
        let found = self.store.registry().now().by_slug(slug);
        let (Found::Here(tenant) | Found::Moved(tenant)) =
            found.with_context(|| format!("không có cơ quan {slug}"))?;
        Ok(tenant)
    }

    /// All agencies, by slug.
    pub fn agencies(&self) -> Vec<Tenant> {
        let mut tenants: Vec<Tenant> = self.store.registry().now().tenants().cloned().collect();
        tenants.sort_by(|a, b| a.slug().cmp(b.slug()));
        tenants
    }

    /// The outbox and the schedule.
    ///
    /// # Errors
    /// Where `mail` cannot be used.
    pub fn jobs(&self, settings: &Settings) -> anyhow::Result<Jobs> {
        let mail = &settings.mail;
        let sender = Sender::open_trusting(mail.url.reveal(), &mail.from, mail.ca_file.as_deref())?;
        Ok(Jobs::following(
            self.app.clone(),
            sender,
            settings.server.desk_url.as_str(),
            pbgdpl_telemetry::continue_from,
        )
        .with_exchange(exchange(settings)?)
        .with_log_server(log_server(settings)?)
        .with_pages(Pages {
            reader: page_reader(settings)?,
            camera: camera(settings)?,
            embed: settings.server.embed_url.as_str().to_owned(),
            public: settings.server.public_url.as_str().to_owned(),
        })
        .with_hosts(host_looker(settings)?)
        .with_owner(
            settings
                .database
                .owner_url
                .as_ref()
                .map(|url| url.reveal().to_owned()),
        ))
    }
}

/// The way out to the Ministry, where the settings name one.
fn exchange(settings: &Settings) -> anyhow::Result<Option<Client>> {
    let exchange = &settings.exchange;
    let (Some(url), Some(key), Some(secret)) = (&exchange.url, &exchange.key, &exchange.secret) else {
        return Ok(None);
    };
    let authority = exchange.ca_file.as_ref().map(|file| {
        std::fs::read(file).with_context(|| format!("không đọc được {} (exchange.ca_file)", file.display()))
    });
    let endpoint = Endpoint {
        url: url.clone(),
        key: key.clone(),
        secret: secret.reveal().to_owned(),
        authority: authority.transpose()?,
    };
    Ok(Some(Client::new(endpoint)?))
}

/// What looks at pages of agencies' sites.
fn page_reader(settings: &Settings) -> anyhow::Result<PageReader> {
    let authority = settings.estate.ca_file.as_ref().map(|file| {
        std::fs::read(file).with_context(|| format!("không đọc được {} (estate.ca_file)", file.display()))
    });
    PageReader::new(authority.transpose()?.as_deref(), beside(settings))
        .map_err(|why| anyhow::anyhow!("estate.ca_file: {why}"))
}

/// Addresses that may be asked besides public ones: what the settings name. The demo looks at this machine too.
fn beside(settings: &Settings) -> Allowed {
    let networks = settings.estate.networks.clone();
    let demo = !settings.server.desk_url.is_https();
    Arc::new(move |address: IpAddr| {
        networks.iter().any(|network| network.contains(address)) || (demo && address.is_loopback())
    })
}

/// What makes pictures of those pages, where the settings name a browser.
///
/// # Errors
/// Where the public certificates cannot be used.
pub fn camera(settings: &Settings) -> anyhow::Result<Option<Camera>> {
    let estate = &settings.estate;
    let Some(browser) = &estate.browser else {
        return Ok(None);
    };
    let allowed = beside(settings);
    let camera = Camera::new(browser, estate.browser_sandbox, &allowed, Exposure::default());
    camera
        .map(Some)
        .map_err(|why| anyhow::anyhow!("estate.browser: {why}"))
}

/// What looks at agencies' own host names.
fn host_looker(settings: &Settings) -> anyhow::Result<HostLooker> {
    let authority = settings.estate.ca_file.as_ref().map(|file| {
        std::fs::read(file).with_context(|| format!("không đọc được {} (estate.ca_file)", file.display()))
    });
    HostLooker::new(
        &host_target(settings),
        &settings.estate.resolvers,
        authority.transpose()?.as_deref(),
    )
    .map_err(|why| anyhow::anyhow!("estate: {why}"))
}

/// The host to which agencies' own names lead.
fn host_target(settings: &Settings) -> String {
    let own = || settings.server.public_url.host().to_owned();
    settings.estate.target.clone().unwrap_or_else(own)
}

/// What makes PDF files, where the settings name a worker.
pub fn press(settings: &Settings) -> Option<Press> {
    let worker = settings.paper.worker.as_ref()?;
    Some(Press::new(worker, Bounds::default()))
}

/// The log server of the data centre, where the settings name one.
fn log_server(settings: &Settings) -> anyhow::Result<Option<LogServer>> {
    let Some(url) = &settings.audit.syslog_url else {
        return Ok(None);
    };
    let authority = settings.audit.ca_file.as_ref().map(|file| {
        std::fs::read(file).with_context(|| format!("không đọc được {} (audit.ca_file)", file.display()))
    });
    let desk = settings.server.desk_url.to_string();
    let host = desk.split_once("://").map_or(desk.as_str(), |(_, rest)| rest);
    let host = host.split([':', '/']).next().unwrap_or_default();
    Ok(Some(LogServer::new(
        url,
        authority.transpose()?.as_deref(),
        host,
    )?))
}

/// Who vouches for those who sign reports, where the settings name anybody.
fn anchors(settings: &Settings) -> anyhow::Result<Option<Anchors>> {
    let Some(file) = &settings.signature.anchors else {
        return Ok(None);
    };
    let at = || format!("{} (signature.anchors)", file.display());
    let pem = std::fs::read(file).with_context(|| format!("không đọc được {}", at()))?;
    let anchors = Anchors::from_pem(&pem).map_err(|why| anyhow::anyhow!("{}: {why}", at()))?;
    Ok(Some(anchors))
}

/// Refuses a database whose schema is behind this program.
///
/// # Errors
/// Names the command that helps.
pub async fn refuse_old_schema(settings: &Settings) -> anyhow::Result<()> {
    if sqlite_file(settings).is_some_and(|file| !file.exists()) {
        bail!("chưa có cơ sở dữ liệu; chạy `pbgdpl migrate up` trước");
    }
    let changes = migrate::status(owner_url(settings)).await?;
    let waiting = changes.iter().filter(|change| !change.applied).count();
    if waiting > 0 {
        bail!("cơ sở dữ liệu thiếu {waiting} thay đổi cấu trúc; chạy `pbgdpl migrate up` trước");
    }
    Ok(())
}

/// A name for one request of the command line.
pub fn request() -> RequestId {
    RequestId::new(Uuid::new_v4().simple().to_string())
}

/// How pages are served.
///
/// # Errors
/// Where the system gives no random numbers, or the database fails.
pub async fn web_settings(house: &House, settings: &Settings, demo: bool) -> anyhow::Result<WebSettings> {
    let mailbox = settings
        .mail
        .url
        .reveal()
        .strip_prefix("file:")
        .map(PathBuf::from);
    Ok(WebSettings {
        public: settings.server.public_url.clone(),
        desk: settings.server.desk_url.clone(),
        embed: settings.server.embed_url.clone(),
        files: settings.server.files_url.clone(),
        trusted_proxies: settings.server.trusted_proxies.clone(),
        demo,
        mailbox: mailbox.filter(|_| demo),
        contact: contact(&settings.mail.from),
        exchange: settings.exchange.url.is_some(),
        anchors: anchors(settings)?.map(Arc::new),
        pages: page_reader(settings)?,
        host_target: host_target(settings),
        pictures: settings.estate.browser.is_some(),
        press: press(settings),
        signing_key: file_links_key(house).await?,
        cache_bytes: PAGE_CACHE_BYTES,
    })
}

/// "PBGDPL <pbgdpl@kontum.gov.vn>" without its name.
fn contact(from: &str) -> String {
    let bare = from.rsplit_once('<').map_or(from, |(_, address)| address);
    bare.trim_end_matches('>').trim().to_owned()
}

/// The key that signs file links, working forms and places of harvesters: the same on every node, and after every start.
async fn file_links_key(house: &House) -> anyhow::Result<[u8; 32]> {
    let mut fresh = [0; 32];
    OsRng
        .try_fill_bytes(&mut fresh)
        .context("hệ điều hành không cho số ngẫu nhiên")?;
    let machinery = house.store.machinery();
    Ok(machinery
        .service_key("file-links", fresh, house.app.now())
        .await?)
}

/// The sockets of one process.
pub struct Doors {
    /// One, or four.
    pub listeners: Vec<TcpListener>,
    /// Of `/metrics`.
    pub metrics: TcpListener,
}

/// Serves pages, metrics and jobs until stopped; then what has begun ends.
///
/// # Errors
/// Where a listener fails.
pub async fn serve(
    house: &House,
    settings: &Settings,
    web: WebSettings,
    doors: Doors,
    counters: pbgdpl_telemetry::Metrics,
    stop: CancellationToken,
) -> anyhow::Result<()> {
    let jobs = house.jobs(settings)?;
    let working = tokio::spawn({
        let stop = stop.clone();
        async move { jobs.run_until(stop).await }
    });
    let measuring = tokio::spawn(metrics::serve(
        doors.metrics,
        counters,
        house.store.read(),
        stop.clone(),
    ));
    let state = AppState::new(house.app.clone(), house.province.clone(), web);
    let noting = tokio::spawn(pbgdpl_web::denials::keep(state.clone(), stop.clone()));
    let counting = tokio::spawn(pbgdpl_web::engagement::keep(state.clone(), stop.clone()));
    let served = pbgdpl_web::serve::serve(doors.listeners, Dispatch::new(state), stop.clone()).await;
    stop.cancel();
    let _ = tokio::time::timeout(Duration::from_secs(5), noting).await;
    let _ = tokio::time::timeout(Duration::from_secs(5), counting).await;
    let _ = tokio::time::timeout(Duration::from_secs(15), working).await;
    measuring.abort();
    served.context("máy chủ dừng")
}
