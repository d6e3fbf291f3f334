//! The agencies of Kon Tum on a database of their own, as the program connects to it.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, ensure};
use pbgdpl_app::App;
use pbgdpl_model::agency::ReportRow;
use pbgdpl_model::clock::{Clock, Moment, SetClock};
use pbgdpl_model::id::AccountId;
use pbgdpl_model::policy::{Role, RoleSet};
use pbgdpl_province::Province;
use pbgdpl_province::manifest::{Folder, apply};
use pbgdpl_scope::{Actor, Ctx, ProvinceCtx, RequestId, Tenant};
use pbgdpl_store::{Database, DatabaseSettings, Engine, Files, Hints, Store};
use pbgdpl_testkit::house::{Ground, ground};
use pbgdpl_testkit::servers::ScratchDirectory;
use pbgdpl_xtask::servers::postgres::postmaster;
use pbgdpl_xtask::servers::{POSTGRES, POSTGRES_DATA};
use sqlx::{Connection, PgConnection};
use url::Url;
use uuid::Uuid;

/// The year that is reported.
pub const YEAR: i32 = 2021;
/// 12 January 2022, 08:00 in the province: the year is over, its forms are due.
const NOW: i64 = 1_641_949_200_000;
/// Agencies with a row of the province's form.
const REPORTING: usize = 45;
/// An agency without one.
const SILENT: &str = "report_row = \"none\"";

/// Store and acts over one database.
pub struct Place {
    /// Acts inside agencies.
    pub app: App,
    /// What looks across agencies.
    pub province: Province,
    /// The owner of the tables.
    pub owner_url: String,
    /// The database's first process.
    pub postmaster: u32,
    superuser_url: String,
    folder: ScratchDirectory,
}

/// Makes a migrated database with the agencies; answers its name.
///
/// # Errors
/// When the database refuses, or the province's files do not stand.
pub async fn make() -> anyhow::Result<String> {
    let Ground::Postgres(databases) = ground(Engine::Postgres).await? else {
        anyhow::bail!("asked for PostgreSQL")
    };
    let place = Place::open(&databases.name).await?;
    let folder = Folder::of(files()?)?;
    apply::apply(&place.province, &place.system(), &folder, "", &mut |_| {}).await?;
    place.app.store().machinery().poll_registry().await?;
    let reporting = place.reporting().len();
    ensure!(
        reporting == REPORTING,
        "{reporting} agencies report, not {REPORTING}"
    );
    Ok(databases.name.clone())
}

/// The files of Kon Tum, of whose agencies 40 report; the first five that do not report as departments do, so that 45 of them do.
fn files() -> anyhow::Result<Vec<(String, String)>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tenants/kon-tum");
    let (mut files, mut folders) = (Vec::new(), vec![root.clone()]);
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(&root)?.to_string_lossy().into_owned();
                files.push((name, std::fs::read_to_string(path)?));
            }
        }
    }
    files.sort();
    let silent = files.iter_mut().filter(|(_, text)| text.contains(SILENT));
    for (_, text) in silent.take(REPORTING - 40) {
        *text = text.replace(SILENT, "report_row = \"so_nganh\"");
    }
    Ok(files)
}

impl Place {
    /// Connects as the program does: two roles, statements of at most five seconds.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn open(database: &str) -> anyhow::Result<Self> {
        let superuser: Url = std::env::var(POSTGRES).context(POSTGRES)?.parse()?;
        let data = std::env::var(POSTGRES_DATA).context(POSTGRES_DATA)?;
        let of = |role: &str| {
            let mut url = superuser.clone();
            // Only fails for an address without a host.
            url.set_username(role).ok();
            url.set_path(database);
            String::from(url)
        };
        let settings = DatabaseSettings {
            url: of("pbgdpl_app"),
            province_url: Some(of("pbgdpl_province")),
            max_connections: 10,
            statement_timeout: Duration::from_secs(5),
        };
        let folder = ScratchDirectory::new()?;
        let files = Files::folder(&folder.path().join("files"))?;
        let database = Database::open(&settings).await?;
        let store = Store::new(database, files, Hints::local()).await?;
        let clock: Arc<dyn Clock> = Arc::new(SetClock::at(Moment::from_millis(NOW)));
        Ok(Self {
            app: App::new(store.clone(), Arc::clone(&clock)),
            province: Province::new(store, clock),
            owner_url: of("pbgdpl_owner"),
            superuser_url: of(superuser.username()),
            postmaster: postmaster(Path::new(&data))?,
            folder,
        })
    }

    /// Agencies with a row of the province's form, by slug.
    pub fn reporting(&self) -> Vec<Tenant> {
        let mut all: Vec<Tenant> = self.app.store().registry().now().tenants().cloned().collect();
        all.retain(|tenant| tenant.agency().report_row != ReportRow::None);
        all.sort_by(|a, b| a.slug().cmp(b.slug()));
        all
    }

    /// Somebody with a role in an agency.
    pub fn ctx(&self, tenant: &Tenant, role: Role) -> Ctx {
        Ctx::of_person(tenant.clone(), someone(role), self.app.now(), request())
    }

    /// Somebody with a role in the province.
    pub fn province_ctx(&self, role: Role) -> ProvinceCtx {
        let snapshot = self.app.store().registry().now();
        ProvinceCtx::of_person(snapshot, someone(role), self.province.now(), request())
    }

    /// The province's own machinery.
    pub fn system(&self) -> ProvinceCtx {
        let snapshot = self.app.store().registry().now();
        ProvinceCtx::of_system(snapshot, "bench", self.province.now(), request())
    }

    /// Past every wall: for making rows, and for the plain question beside the product's.
    ///
    /// # Errors
    /// When the database refuses.
    pub async fn administrator(&self) -> anyhow::Result<PgConnection> {
        Ok(PgConnection::connect(&self.superuser_url).await?)
    }

    /// Where letters go.
    pub fn mailbox(&self) -> String {
        format!("file:{}", self.folder.path().join("mail").display())
    }
}

fn someone(role: Role) -> Actor {
    let account = AccountId(Uuid::new_v5(&Uuid::NAMESPACE_OID, role.word().as_bytes()));
    Actor::person(
        account,
        format!("Người thử, {}", role.word()),
        RoleSet::of(&[role]),
        true,
    )
}

fn request() -> RequestId {
    RequestId::new(Uuid::new_v4().simple().to_string())
}
