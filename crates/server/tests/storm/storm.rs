//! Sixteen writers while processes are killed, the replica stands still, Redis is gone and the database cuts its connections.
//! Afterwards the books agree: nothing acknowledged is lost, nothing is doubled, every figure is the sum of its rows.
//!
//! `cargo xtask campaign storm` lets each storm last (`PBGDPL_STORM` is how many seconds).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use pbgdpl_app::report::{Outcome, open};
use pbgdpl_jobs::Jobs;
use pbgdpl_mail::Sender;
use pbgdpl_model::id::ReportId;
use pbgdpl_model::manifest::PeriodKind;
use pbgdpl_scope::Tenant;
use pbgdpl_store::Engine;
use pbgdpl_testkit::furnish::forms_of_kon_tum;
use pbgdpl_testkit::house::Ground;
use pbgdpl_testkit::servers::RedisServer;
use sqlx::{Connection, PgConnection};

use crate::books::{Book, Line};
use crate::place::{Place, now};
use crate::programs::Programs;
use crate::recount::recount;
use crate::wire::{Answered, Desk};
use crate::writers::{Chance, Writer};

const WRITERS: u64 = 16;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weather {
    Killed,
    Replica,
    Redis,
    Backends,
    All,
}

impl Weather {
    const EACH: [Self; 4] = [Self::Killed, Self::Replica, Self::Redis, Self::Backends];

    const fn word(self) -> &'static str {
        match self {
            Self::Killed => "processes killed",
            Self::Replica => "replica stands still",
            Self::Redis => "Redis killed and emptied",
            Self::Backends => "connections cut by the database",
            Self::All => "all at once",
        }
    }
}

/// What stands through all storms of one database.
struct Coast {
    place: Place,
    programs: Programs,
    redis: Option<RedisServer>,
    reports: Vec<(Tenant, ReportId, String)>,
    books: Vec<Line>,
    storms: u64,
}

/// How often an auditor looked, and how often no page came.
#[derive(Debug, Default)]
struct Looked {
    pages: u64,
    refused: Vec<u16>,
}

impl Coast {
    async fn of(engine: Engine) -> Self {
        let place = Place::on(engine, Duration::from_secs(2)).await;
        forms_of_kon_tum(&place.house, &["09b", "09d"]).await.unwrap();
        place.now_is_now();
        let redis = (engine == Engine::Postgres).then(|| RedisServer::start().unwrap());
        let url = redis.as_ref().map(RedisServer::url);
        Self {
            programs: Programs::over(&place, url.as_deref()),
            reports: reports(&place).await,
            place,
            redis,
            books: Vec::new(),
            storms: 0,
        }
    }

    /// One storm, and the recount after it.
    async fn storm(&mut self, weather: Weather, lasts: Duration) {
        self.storms += 1;
        self.place.now_is_now();
        self.programs.start_all();
        let stop = Arc::new(AtomicBool::new(false));
        let writers = self.writers(&stop).await;
        let looking = self.looking(&stop).await;
        let mut chance = Chance(self.storms);
        let until = Instant::now() + lasts;
        let mut blows = 0;
        while Instant::now() < until {
            tokio::time::sleep(Duration::from_millis(100 + chance.below(300))).await;
            self.blow(weather, &mut chance).await;
            if weather == Weather::All {
                self.programs.keep_up();
            }
            blows += 1;
        }
        stop.store(true, Ordering::Relaxed);
        self.calm(weather).await;
        let (mut strange, mut faults) = (Vec::new(), BTreeMap::new());
        let before = self.books.len();
        for writer in writers {
            let book: Book = tokio::task::spawn_blocking(|| writer.join().unwrap())
                .await
                .unwrap();
            self.books.extend(book.lines);
            strange.extend(book.strange);
            for (status, count) in book.faults {
                *faults.entry(status).or_insert(0) += count;
            }
        }
        let looked = tokio::task::spawn_blocking(|| looking.join().unwrap())
            .await
            .unwrap();
        let name = format!("{:?}, {}", self.place.house.store.engine(), weather.word());
        assert!(strange.is_empty(), "{name}: {:#?}", strange.first());
        let ended = weather != Weather::All && !self.programs.all_run();
        assert!(!ended, "{name}: a program ended by itself");
        if matches!(weather, Weather::Replica | Weather::Redis) {
            assert!(looked.refused.is_empty(), "{name}: {looked:?}");
            assert!(
                faults.is_empty(),
                "{name}: neither is needed for an act: {faults:?}"
            );
        }
        // What is cut is told as such, and is not a fault of ours.
        assert!(!faults.contains_key(&500), "{name}: {faults:?}");
        self.programs.kill_all();
        self.drain().await;
        let found = recount(&self.place, &self.programs, &self.books, &self.reports).await;
        let new = &self.books[before..];
        let acknowledged: usize = new.iter().map(|line| line.acknowledged).sum();
        let in_doubt = new.iter().filter(|line| line.in_doubt).count();
        assert!(
            found.differences.is_empty(),
            "{name}: {} differences: {:#?}",
            found.differences.len(),
            found.differences.iter().take(20).collect::<Vec<_>>()
        );
        assert!(
            acknowledged > 0 && blows > 0 && looked.pages > 0,
            "{name}: {looked:?}"
        );
        println!(
            "{name}: {acknowledged} acts acknowledged, {in_doubt} without an answer {faults:?}, {blows} blows, {} pages of an auditor {:?}",
            looked.pages, looked.refused
        );
        println!("{name}: {} figures, 0 differences", found.compared);
    }

    async fn writers(&self, stop: &Arc<AtomicBool>) -> Vec<JoinHandle<Book>> {
        let house = &self.place.house;
        let mut writers = Vec::new();
        for number in 0..WRITERS {
            let (mine, other, people) = if number % 2 == 0 {
                (&house.a, &house.b, &house.in_a)
            } else {
                (&house.b, &house.a, &house.in_b)
            };
            let writer = Writer {
                number,
                storm: self.storms,
                desk: Desk {
                    session: house.session(&people.reporter).await.unwrap(),
                },
                agency: mine.slug().to_owned(),
                partner: other.id().to_string(),
                ports: self.programs.ports(),
                today: house.clock_day(),
                stop: Arc::clone(stop),
            };
            writers.push(std::thread::spawn(move || writer.write()));
        }
        writers
    }

    async fn looking(&self, stop: &Arc<AtomicBool>) -> JoinHandle<Looked> {
        let house = &self.place.house;
        let desk = Desk {
            session: house.session(&house.auditor).await.unwrap(),
        };
        let (ports, stop) = (self.programs.ports(), Arc::clone(stop));
        std::thread::spawn(move || {
            let mut looked = Looked::default();
            for port in ports.iter().cycle() {
                if stop.load(Ordering::Relaxed) {
                    break;
                }
                match desk.get(*port, "/giam-sat") {
                    Answered::With(200, ..) => looked.pages += 1,
                    Answered::With(status, ..) => looked.refused.push(status),
                    Answered::NotTaken | Answered::Broken => {}
                }
                std::thread::sleep(Duration::from_millis(50));
            }
            looked
        })
    }

    async fn blow(&mut self, weather: Weather, chance: &mut Chance) {
        let each = Weather::EACH;
        let now = match weather {
            Weather::All => each[chance.among(each.len())],
            one => one,
        };
        match now {
            Weather::Killed | Weather::All => {
                let at = chance.among(self.programs.count());
                self.programs.kill(at);
                self.programs.start(at);
            }
            Weather::Replica => {
                if let Some(servers) = &self.place.servers {
                    servers.pause().await.unwrap();
                    tokio::time::sleep(Duration::from_millis(300)).await;
                    servers.resume().await.unwrap();
                }
            }
            Weather::Redis => {
                if let Some(redis) = self.redis.take() {
                    let port = redis.port();
                    drop(redis);
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    // It comes back empty.
                    self.redis = Some(RedisServer::start_on(port).unwrap());
                }
            }
            Weather::Backends => self.cut().await,
        }
    }

    /// The database ends the connections of the programs, on the primary and on the standby.
    async fn cut(&self) {
        const CUT: &str = "select count(pg_terminate_backend(pid)) from pg_stat_activity \
            where usename in ('pbgdpl_app', 'pbgdpl_province') and random() < 0.2";
        if let Ground::Postgres(databases) = &self.place.house.ground {
            let servers = self.place.servers.as_ref().unwrap();
            let standby = servers.on_standby("postgres", "postgres").unwrap();
            for url in [&databases.superuser_url, &standby] {
                let mut admin = PgConnection::connect(url).await.unwrap();
                sqlx::query(CUT).execute(&mut admin).await.unwrap();
                admin.close().await.unwrap();
            }
        }
    }

    /// The storm is over: writers end what they began.
    async fn calm(&mut self, weather: Weather) {
        if weather == Weather::Killed || weather == Weather::All {
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
        if let Some(servers) = &self.place.servers {
            servers.resume().await.unwrap();
        }
    }

    /// Everything that still waits is carried out, also what waits for its next attempt.
    async fn drain(&self) {
        let house = &self.place.house;
        let mail = format!("file:{}", house.folder.path().join("mail").display());
        let sender = Sender::open(&mail, "pbgdpl@thu.example").unwrap();
        let jobs = Jobs::new(house.app.clone(), sender, "http://quantri.thu.example/");
        for _ in 0..3 {
            house.clock.advance_seconds(2 * 3600);
            jobs.run_once_until_idle().await.unwrap();
        }
        let left = house.store.read().backlog().await.unwrap();
        assert_eq!(left, (0, 0, 0), "waiting, dead, days due");
        house.clock.set(now());
        if let Some(servers) = &self.place.servers {
            servers.arrived().await.unwrap();
        }
    }
}

/// The forms of this year, open.
async fn reports(place: &Place) -> Vec<(Tenant, ReportId, String)> {
    let house = &place.house;
    let mut reports = Vec::new();
    for (tenant, people, form) in [(&house.a, &house.in_a, "09d"), (&house.b, &house.in_b, "09b")] {
        let ctx = house.ctx(tenant, &people.reporter).await.unwrap();
        let order = open::Open {
            form: form.to_owned(),
            period: PeriodKind::OfficialYear,
            year: chrono::Datelike::year(&house.clock_day()),
            amend: None,
        };
        let Outcome::Done(id) = open::open(&house.app, &ctx, order).await.unwrap() else {
            panic!("{form} is not open")
        };
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tenants/kon-tum/forms");
        let file = std::fs::read_to_string(format!("{folder}/{form}.toml")).unwrap();
        reports.push((tenant.clone(), id, file));
    }
    reports
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn after_every_storm_the_books_agree() {
    let seconds = std::env::var("PBGDPL_STORM")
        .ok()
        .and_then(|text| text.parse().ok());
    let mut coast = Coast::of(Engine::Sqlite).await;
    let lasts = Duration::from_secs(seconds.unwrap_or(1));
    coast.storm(Weather::Killed, lasts).await;
    drop(coast);
    let mut coast = Coast::of(Engine::Postgres).await;
    if let Some(seconds) = seconds {
        for weather in Weather::EACH {
            coast.storm(weather, Duration::from_secs(seconds)).await;
        }
    }
    let lasts = Duration::from_secs(seconds.unwrap_or(3));
    coast.storm(Weather::All, lasts).await;
}
