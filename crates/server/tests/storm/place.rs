//! A primary with a hot standby, and a house of two agencies on them; on SQLite the house alone.

use std::time::Duration;

use pbgdpl_model::clock::{Clock, Moment, SystemClock};
use pbgdpl_store::{DatabaseSettings, Engine, ReplicaSettings, migrate};
use pbgdpl_testkit::house::{Ground, House, ground, settings};
use pbgdpl_testkit::servers::ReplicatedPostgres;

/// The house with what it stands on.
pub(crate) struct Place {
    pub house: House,
    /// As the house connects.
    pub settings: DatabaseSettings,
    /// Where it is on PostgreSQL.
    pub servers: Option<ReplicatedPostgres>,
}

impl Place {
    /// On this database; the replica may lack as much at most.
    pub async fn on(engine: Engine, max_lag: Duration) -> Self {
        match engine {
            Engine::Sqlite => {
                let ground = ground(engine).await.unwrap();
                let settings = settings(&ground);
                Self {
                    house: House::over(ground, &settings).await.unwrap(),
                    settings,
                    servers: None,
                }
            }
            Engine::Postgres => {
                let servers = ReplicatedPostgres::start().await.unwrap();
                let databases = servers.database().await.unwrap();
                migrate::up(&databases.owner_url).await.unwrap();
                let on_standby = |role| servers.on_standby(role, &databases.name).unwrap();
                let replica = ReplicaSettings {
                    url: on_standby("pbgdpl_app"),
                    province_url: on_standby("pbgdpl_province"),
                    max_lag,
                };
                let ground = Ground::Postgres(databases);
                let settings = DatabaseSettings {
                    replica: Some(replica),
                    ..settings(&ground)
                };
                Self {
                    house: House::over(ground, &settings).await.unwrap(),
                    settings,
                    servers: Some(servers),
                }
            }
        }
    }

    /// The house's clock shows this moment: programs that are started beside it have no other.
    pub fn now_is_now(&self) {
        self.house.clock.set(now());
    }
}

/// This moment.
pub(crate) fn now() -> Moment {
    SystemClock.now()
}
