//! The province of the history on a private database: its files applied, its people settled, its clock moved on.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime, TimeDelta};
use pbgdpl_app::App;
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::Sender;
use pbgdpl_model::clock::{Clock, Moment, SetClock};
use pbgdpl_model::id::{AccountId, DomainId, TenantId};
use pbgdpl_model::policy::{Role, RoleSet};
use pbgdpl_province::Province;
use pbgdpl_province::manifest::{Folder, apply::apply};
use pbgdpl_scope::{Actor, Ctx, Found, ProvinceCtx, RequestId, Tenant};
use pbgdpl_store::identity::{Account, AccountStatus};
use pbgdpl_store::{Database, Engine, Files, Hints, Store};
use pbgdpl_testkit::house::{Ground, ground, settings};
use pbgdpl_testkit::servers::ScratchDirectory;

use crate::files;

/// Who does what in one agency.
#[derive(Debug, Clone, Copy)]
struct People {
    reporter: AccountId,
    approver: AccountId,
}

pub(crate) struct Place {
    pub(crate) app: App,
    pub(crate) province: Province,
    pub(crate) jobs: Jobs,
    clock: Arc<SetClock>,
    people: HashMap<TenantId, People>,
    officer: AccountId,
    only: Option<&'static [&'static str]>,
    _ground: Ground,
    _folder: ScratchDirectory,
}

/// This day at so many minutes after midnight, in the province.
fn at(day: NaiveDate, minutes: i64) -> Moment {
    let local = day.and_time(NaiveTime::MIN) + TimeDelta::minutes(minutes) - TimeDelta::hours(7);
    Moment::from_millis(local.and_utc().timestamp_millis())
}

fn request() -> RequestId {
    RequestId::new("history".into())
}

impl Place {
    /// The province on the first working day of 2020.
    pub(crate) async fn on(engine: Engine, only: Option<&'static [&'static str]>) -> Self {
        let ground = ground(engine).await.unwrap();
        let folder = ScratchDirectory::new().unwrap();
        let database = Database::open(&settings(&ground)).await.unwrap();
        let files = Files::folder(&folder.path().join("files")).unwrap();
        let store = Store::new(database, files, Hints::local()).await.unwrap();
        let clock = Arc::new(SetClock::at(at("2020-01-01".parse().unwrap(), 30)));
        let shared: Arc<dyn Clock> = Arc::<SetClock>::clone(&clock);
        let app = App::new(store.clone(), Arc::clone(&shared));
        let mail = format!("file:{}", folder.path().join("mail").display());
        let sender = Sender::open(&mail, "pbgdpl@thu.example").unwrap();
        let mut place = Self {
            jobs: Jobs::new(app.clone(), sender, "https://quantri.thu.example"),
            app,
            province: Province::new(store, shared),
            officer: AccountId::fresh(clock.now()),
            clock,
            people: HashMap::new(),
            only,
            _ground: ground,
            _folder: folder,
        };
        place.apply_files().await;
        place.officer = place
            .someone(None, &[Role::ProvinceReporter, Role::ProvinceAdmin])
            .await;
        place
    }

    pub(crate) fn today(&self) -> NaiveDate {
        self.clock.now().day()
    }

    pub(crate) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Moves on to a day, if it is not that day yet.
    pub(crate) fn go_to(&self, day: NaiveDate) {
        if self.today() < day {
            self.clock.set(at(day, 7 * 60 + 30));
        }
    }

    /// Every act takes its time.
    pub(crate) fn tick(&self) {
        self.clock.advance_seconds(11);
    }

    /// The files as they stand today; new agencies get their people.
    pub(crate) async fn apply_files(&mut self) {
        let folder = Folder::of(files::on(self.only, self.today())).unwrap();
        let ctx = ProvinceCtx::of_system(
            self.app.store().registry().now(),
            "pbgdpl tenants",
            self.now(),
            request(),
        );
        apply(&self.province, &ctx, &folder, "", &mut |_| {})
            .await
            .unwrap();
        self.settle().await;
    }

    /// Gives every agency that has none its people.
    pub(crate) async fn settle(&mut self) {
        for tenant in self.tenants() {
            if !self.people.contains_key(&tenant.id()) {
                let people = People {
                    reporter: self.someone(Some(&tenant), &[Role::Reporter]).await,
                    approver: self.someone(Some(&tenant), &[Role::Approver]).await,
                };
                self.people.insert(tenant.id(), people);
            }
        }
    }

    async fn someone(&self, tenant: Option<&Tenant>, roles: &[Role]) -> AccountId {
        let now = self.now();
        let account = AccountId::fresh(now);
        let domain: DomainId = tenant.map_or_else(
            || self.app.store().registry().now().province().id.into(),
            |tenant| tenant.id().into(),
        );
        let mut identity = self.app.store().identity().await.unwrap();
        let new = Account {
            id: account,
            email: format!("{account}@thu.example"),
            display_name: "Người thử".into(),
            password_hash: String::new(),
            status: AccountStatus::Active,
            created_at: now,
        };
        identity.add_account(&new).await.unwrap();
        for role in roles {
            identity
                .grant(account, domain, *role, account, now)
                .await
                .unwrap();
        }
        identity.save().await.unwrap();
        account
    }

    /// All agencies, by slug.
    pub(crate) fn tenants(&self) -> Vec<Tenant> {
        let snapshot = self.app.store().registry().now();
        let mut tenants: Vec<Tenant> = snapshot.tenants().cloned().collect();
        tenants.sort_by(|a, b| a.slug().cmp(b.slug()));
        tenants
    }

    pub(crate) fn tenant(&self, slug: &str) -> Tenant {
        match self.app.store().registry().now().by_slug(slug) {
            Some(Found::Here(tenant)) => tenant,
            other => panic!("{slug}: {other:?}"),
        }
    }

    pub(crate) fn reporter(&self, tenant: &Tenant) -> Ctx {
        let person = self.people[&tenant.id()].reporter;
        self.ctx(tenant, person, Role::Reporter)
    }

    pub(crate) fn approver(&self, tenant: &Tenant) -> Ctx {
        let person = self.people[&tenant.id()].approver;
        self.ctx(tenant, person, Role::Approver)
    }

    fn ctx(&self, tenant: &Tenant, person: AccountId, role: Role) -> Ctx {
        self.tick();
        let actor = Actor::person(person, "Người thử".into(), RoleSet::of(&[role]), true);
        Ctx::of_person(tenant.clone(), actor, self.now(), request())
    }

    pub(crate) fn officer(&self) -> ProvinceCtx {
        self.tick();
        let roles = RoleSet::of(&[Role::ProvinceReporter, Role::ProvinceAdmin, Role::Auditor]);
        let actor = Actor::person(self.officer, "Sở Tư pháp".into(), roles, true);
        let snapshot = self.app.store().registry().now();
        ProvinceCtx::of_person(snapshot, actor, self.now(), request())
    }
}
