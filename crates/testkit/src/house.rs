//! A whole house on a private database: a province, two agencies, their people, a clock that stands still.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use chrono::NaiveDate;
use pbgdpl_app::App;
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::Sender;
use pbgdpl_model::agency::{Agency, DatedKind, DatedName, ReportRow, Status};
use pbgdpl_model::clock::{Clock, Moment, SetClock};
use pbgdpl_model::id::{AccountId, DomainId, ProvinceId, TenantId};
use pbgdpl_model::policy::{PolicyRow, Role};
use pbgdpl_province::Province;
use pbgdpl_scope::action::ManifestApply;
use pbgdpl_scope::{Actor, Ctx, ProvinceCtx, RequestId, Tenant};
use pbgdpl_store::identity::{Account, AccountStatus, Session};
use pbgdpl_store::province::NewAgency;
use pbgdpl_store::{Database, DatabaseSettings, Engine, Files, Hints, Store, migrate};
use sha2::{Digest, Sha256};
use sqlx::Connection;
use uuid::Uuid;

use crate::servers::{Databases, PrivatePostgres, ScratchDirectory, SqliteFile, SqliteTemplate};

/// Both databases: every test of the house runs on each.
pub const BOTH: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

/// The province of the house.
pub const PROVINCE: ProvinceId = ProvinceId(Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001));

/// A person of the house.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Someone {
    /// Account.
    pub account: AccountId,
    /// Name.
    pub name: String,
    /// E-mail address.
    pub email: String,
}

/// The people of one agency.
#[derive(Debug, Clone)]
pub struct People {
    /// agency-admin
    pub admin: Someone,
    /// editor
    pub editor: Someone,
    /// approver
    pub approver: Someone,
    /// reporter
    pub reporter: Someone,
}

/// What keeps a private database alive.
#[derive(Debug)]
pub enum Ground {
    /// A file of its own.
    Sqlite(SqliteFile),
    /// A database of its own in the private cluster.
    Postgres(Databases),
}

/// The house.
#[derive(Debug)]
pub struct House {
    /// The store.
    pub store: Store,
    /// Acts inside agencies.
    pub app: App,
    /// What looks across agencies.
    pub province: Province,
    /// The clock; stands at 2020-06-15 08:00 until moved.
    pub clock: Arc<SetClock>,
    /// First agency.
    pub a: Tenant,
    /// Second agency.
    pub b: Tenant,
    /// People of the first.
    pub in_a: People,
    /// People of the second.
    pub in_b: People,
    /// Editor and approver in both.
    pub in_both: Someone,
    /// province-admin
    pub officer: Someone,
    /// province-reporter
    pub consolidator: Someone,
    /// auditor
    pub auditor: Someone,
    /// The database, for breaking things on purpose.
    pub ground: Ground,
    /// Files of the house.
    pub folder: ScratchDirectory,
}

impl House {
    /// Builds the house on a fresh database.
    ///
    /// # Errors
    /// Where the private server or the database refuses.
    pub async fn on(engine: Engine) -> anyhow::Result<Self> {
        let ground = ground(engine).await?;
        let database = Database::open(&settings(&ground)).await?;
        Self::furnish(database, ground).await
    }

    /// Builds the house on a database that the test brought, connected to as it says.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn over(ground: Ground, settings: &DatabaseSettings) -> anyhow::Result<Self> {
        Self::furnish(Database::open(settings).await?, ground).await
    }

    /// Builds a second node over the same database: its own pools, registry and generations.
    ///
    /// # Errors
    /// Where the database refuses.
    pub async fn second_node(&self, hints: Hints) -> anyhow::Result<App> {
        let database = Database::open(&settings(&self.ground)).await?;
        let files = Files::folder(&self.folder.path().join("files"))?;
        let store = Store::new(database, files, hints).await?;
        let clock: Arc<dyn Clock> = Arc::<SetClock>::clone(&self.clock);
        Ok(App::new(store, clock))
    }

    async fn furnish(database: Database, ground: Ground) -> anyhow::Result<Self> {
        let folder = ScratchDirectory::new()?;
        let files = Files::folder(&folder.path().join("files"))?;
        let store = Store::new(database, files, Hints::local()).await?;
        // 2020-06-15 08:00 in the province.
        let clock = Arc::new(SetClock::at(Moment::from_millis(1_592_182_800_000)));
        let now = clock.now();
        let (a, b) = (
            agency(1, "so-a", "Sở A", ReportRow::SoNganh),
            agency(2, "huyen-b", "Huyện B", ReportRow::DiaBan),
        );
        let ctx = ProvinceCtx::of_system(
            store.registry().now(),
            "testkit",
            now,
            RequestId::new("testkit".into()),
        );
        let mut province = store.province(&ctx.warrant::<ManifestApply>()?).await?;
        province
            .put_province(PROVINCE, "tinh-thu", "Tỉnh Thử", "{}", now)
            .await?;
        for agency in [&a, &b] {
            let new = NewAgency {
                agency: agency.clone(),
                hosts: vec![format!("{}.thu.example", agency.slug)],
                body: "{}".into(),
            };
            province.put_agency(&new, now).await?;
        }
        let rows = kon_tum_policy()?;
        let table = pbgdpl_scope::compile(&rows).await?;
        province
            .put_policy(PROVINCE.into(), &rows, &rows, &table, now)
            .await?;
        province.save().await?;
        store.machinery().poll_registry().await?;
        let found = |id: TenantId| {
            store
                .registry()
                .now()
                .by_id(id)
                .context("the agency is not in the registry")
        };
        let (a, b) = (found(a.id)?, found(b.id)?);
        let mut settle = Settle {
            store: &store,
            now,
            count: 0,
        };
        let in_a = settle.people(&a).await?;
        let in_b = settle.people(&b).await?;
        let both = [
            (a.id().into(), Role::Editor),
            (a.id().into(), Role::Approver),
            (b.id().into(), Role::Editor),
        ];
        let in_both = settle.someone("Ở cả hai nơi", &both).await?;
        let officer = settle
            .someone("Quản trị tỉnh", &[(PROVINCE.into(), Role::ProvinceAdmin)])
            .await?;
        let consolidator = settle
            .someone("Tổng hợp tỉnh", &[(PROVINCE.into(), Role::ProvinceReporter)])
            .await?;
        let auditor = settle
            .someone("Giám sát", &[(PROVINCE.into(), Role::Auditor)])
            .await?;
        let shared: Arc<dyn Clock> = Arc::<SetClock>::clone(&clock);
        Ok(Self {
            app: App::new(store.clone(), Arc::clone(&shared)),
            province: Province::new(store.clone(), shared),
            store,
            clock,
            a,
            b,
            in_a,
            in_b,
            in_both,
            officer,
            consolidator,
            auditor,
            ground,
            folder,
        })
    }

    /// A person acts in an agency, with the roles they hold there now and a second factor shown.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn ctx(&self, tenant: &Tenant, person: &Someone) -> anyhow::Result<Ctx> {
        let memberships = self
            .store
            .read()
            .identity()
            .await?
            .memberships(person.account)
            .await?;
        let domain: DomainId = tenant.id().into();
        let roles = memberships
            .iter()
            .find(|(place, _)| *place == domain)
            .map(|(_, roles)| *roles)
            .unwrap_or_default();
        let actor = Actor::person(person.account, person.name.clone(), roles, true);
        let tenant = self
            .store
            .registry()
            .now()
            .by_id(tenant.id())
            .context("no such agency")?;
        Ok(Ctx::of_person(tenant, actor, self.clock.now(), request()))
    }

    /// The same without a second factor.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn ctx_without_second_factor(&self, tenant: &Tenant, person: &Someone) -> anyhow::Result<Ctx> {
        let with = self.ctx(tenant, person).await?;
        let actor = Actor::person(person.account, person.name.clone(), with.actor().roles(), false);
        Ok(Ctx::of_person(
            with.tenant().clone(),
            actor,
            with.now(),
            request(),
        ))
    }

    /// The day of the house's clock.
    #[must_use]
    pub fn clock_day(&self) -> NaiveDate {
        self.clock.now().day()
    }

    /// A person acts in the province.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn province_ctx(&self, person: &Someone) -> anyhow::Result<ProvinceCtx> {
        let memberships = self
            .store
            .read()
            .identity()
            .await?
            .memberships(person.account)
            .await?;
        let domain: DomainId = PROVINCE.into();
        let roles = memberships
            .iter()
            .find(|(place, _)| *place == domain)
            .map(|(_, roles)| *roles)
            .unwrap_or_default();
        let actor = Actor::person(person.account, person.name.clone(), roles, true);
        Ok(ProvinceCtx::of_person(
            self.store.registry().now(),
            actor,
            self.clock.now(),
            request(),
        ))
    }

    /// Ends a test as a working day ends: carries out what its acts left, and panics unless nothing waits any more,
    /// nothing died and no day is left to be added up (guard G9). Jobs that met in passing may try again for a minute;
    /// what waits for longer counts as left: move the clock first.
    ///
    /// # Errors
    /// Where the database fails.
    ///
    /// # Panics
    /// Where the queue is not empty.
    pub async fn end(self) -> anyhow::Result<()> {
        let mail = format!("file:{}", self.folder.path().join("mail-at-the-end").display());
        let sender = Sender::open(&mail, "pbgdpl@thu.example")?;
        let jobs = Jobs::new(self.app.clone(), sender, "https://quantri.thu.example");
        jobs.run_once_until_idle().await?;
        let mut left = self.store.read().backlog().await?;
        if left != (0, 0, 0) {
            // What failed for a passing reason (no connection on a busy machine) is tried again when its time has come.
            self.clock.advance_seconds(3600);
            jobs.run_once_until_idle().await?;
            left = self.store.read().backlog().await?;
        }
        let why = if left == (0, 0, 0) {
            Vec::new()
        } else {
            self.left_over().await?
        };
        assert_eq!(
            left,
            (0, 0, 0),
            "waiting, dead, days due: the queue is not empty: {why:?}"
        );
        Ok(())
    }

    /// Kinds of messages that are not done, and what went wrong with them last.
    async fn left_over(&self) -> anyhow::Result<Vec<(String, Option<String>)>> {
        const LEFT: &str = "select kind, last_error from outbox where state <> 'done' order by kind";
        Ok(match &self.ground {
            Ground::Sqlite(file) => {
                let mut db = sqlx::SqliteConnection::connect(&file.url()).await?;
                sqlx::query_as(LEFT).fetch_all(&mut db).await?
            }
            Ground::Postgres(databases) => {
                let mut db = sqlx::PgConnection::connect(&databases.superuser_url).await?;
                sqlx::query_as(LEFT).fetch_all(&mut db).await?
            }
        })
    }

    /// A living session with a second factor: the value of its cookie.
    ///
    /// # Errors
    /// Where the database fails.
    pub async fn session(&self, person: &Someone) -> anyhow::Result<String> {
        let value = Uuid::new_v4().simple().to_string();
        let now = self.clock.now();
        let mut identity = self.store.identity().await?;
        identity
            .add_session(&Session {
                token_hash: Sha256::digest(value.as_bytes()).into(),
                account: person.account,
                created_at: now,
                seen_at: now,
                second_factor_at: Some(now),
                ends_at: now.plus_seconds(12 * 3600),
                device: "testkit".into(),
                lasting: false,
            })
            .await?;
        identity.save().await?;
        Ok(value)
    }
}

fn request() -> RequestId {
    RequestId::new(Uuid::new_v4().simple().to_string())
}

/// A fresh, migrated database of its own.
///
/// # Errors
/// Where the private server or the database refuses.
pub async fn ground(engine: Engine) -> anyhow::Result<Ground> {
    // The name changes with the schema, so that an old template is never used.
    let name = format!("house_{}", schema_hash());
    Ok(match engine {
        Engine::Sqlite => {
            let migrated =
                |url: String| async move { migrate::up(&url).await.map(|_| ()).map_err(Into::into) };
            Ground::Sqlite(SqliteTemplate::named(&name, migrated).await?.fresh_database()?)
        }
        Engine::Postgres => {
            let cluster = PrivatePostgres::from_env_or_start()?;
            let migrated =
                |url: String| async move { migrate::up(&url).await.map(|_| ()).map_err(Into::into) };
            Ground::Postgres(cluster.template(&name, migrated).await?.fresh_database().await?)
        }
    })
}

/// How the program connects to a ground.
#[must_use]
pub fn settings(ground: &Ground) -> DatabaseSettings {
    let (url, province_url) = match ground {
        Ground::Sqlite(file) => (file.url(), None),
        Ground::Postgres(databases) => (databases.app_url.clone(), Some(databases.province_url.clone())),
    };
    DatabaseSettings {
        url,
        province_url,
        replica: None,
        max_connections: 8,
        statement_timeout: Duration::from_secs(30),
    }
}

fn schema_hash() -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../migrations");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder.join("src"))
        .map(|entries| entries.filter_map(|entry| entry.ok().map(|e| e.path())).collect())
        .unwrap_or_default();
    files.push(folder.join("tables.toml"));
    files.sort();
    let mut hasher = Sha256::new();
    for file in files {
        hasher.update(std::fs::read(file).unwrap_or_default());
    }
    hex::encode(hasher.finalize())
        .get(..12)
        .unwrap_or_default()
        .to_owned()
}

/// The base policy that Kon Tum ships.
///
/// # Errors
/// Where `tenants/kon-tum/roles.csv` cannot be read.
pub fn kon_tum_policy() -> anyhow::Result<Vec<PolicyRow>> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tenants/kon-tum/roles.csv");
    let text = std::fs::read_to_string(file)?;
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.starts_with("role,") && !line.trim().is_empty())
        .map(|line| {
            let words: Vec<&str> = line.trim().split(',').collect();
            let [role, action, condition] = words.as_slice() else {
                anyhow::bail!("not three words: {line}")
            };
            Ok(PolicyRow {
                role: role.parse()?,
                action: action.parse()?,
                condition: condition.parse()?,
            })
        })
        .collect()
}

fn agency(number: u128, slug: &str, short: &str, report_row: ReportRow) -> Agency {
    let valid_from = NaiveDate::from_ymd_opt(2019, 1, 1).unwrap_or_default();
    Agency {
        id: TenantId(Uuid::from_u128(
            0x0190_0000_0000_7000_8000_0000_0000_1000 + number,
        )),
        slug: slug.to_owned(),
        kinds: vec![DatedKind {
            valid_from,
            valid_to: None,
            kind: if report_row == ReportRow::DiaBan {
                "huyen"
            } else {
                "so"
            }
            .into(),
        }],
        membership: "subordinate".into(),
        report_row,
        status: Status::Open,
        accent: "cham".into(),
        names: vec![DatedName {
            valid_from,
            valid_to: None,
            official: format!("{short} tỉnh Thử"),
            short: short.to_owned(),
        }],
        parents: Vec::new(),
        last_day: None,
    }
}

struct Settle<'a> {
    store: &'a Store,
    now: Moment,
    count: u32,
}

impl Settle<'_> {
    async fn people(&mut self, tenant: &Tenant) -> anyhow::Result<People> {
        let domain: DomainId = tenant.id().into();
        Ok(People {
            admin: self.someone("Quản trị", &[(domain, Role::AgencyAdmin)]).await?,
            editor: self.someone("Biên tập", &[(domain, Role::Editor)]).await?,
            approver: self.someone("Duyệt", &[(domain, Role::Approver)]).await?,
            reporter: self.someone("Báo cáo", &[(domain, Role::Reporter)]).await?,
        })
    }

    async fn someone(&mut self, name: &str, roles: &[(DomainId, Role)]) -> anyhow::Result<Someone> {
        self.count += 1;
        let email = format!("nguoi-{}@thu.example", self.count);
        let account = AccountId::fresh(self.now);
        let mut identity = self.store.identity().await?;
        identity
            .add_account(&Account {
                id: account,
                email: email.clone(),
                display_name: name.to_owned(),
                password_hash: String::new(),
                status: AccountStatus::Active,
                created_at: self.now,
            })
            .await?;
        for (domain, role) in roles {
            identity.grant(account, *domain, *role, account, self.now).await?;
        }
        identity.save().await?;
        Ok(Someone {
            account,
            name: name.to_owned(),
            email,
        })
    }
}
