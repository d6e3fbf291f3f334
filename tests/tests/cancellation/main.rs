//! SECURITY S1, T5: clients that leave at any moment, through a wire that delays. No foreign byte, no acknowledged write
//! that is missing, and the pool whole again.

mod sockets;

use std::sync::Arc;
use std::time::Duration;

use pbgdpl_app::App;
use pbgdpl_app::article::{Outcome, create};
use pbgdpl_model::article::{Content, Kind};
use pbgdpl_model::clock::{Clock, SetClock};
use pbgdpl_model::id::ArticleId;
use pbgdpl_scope::{Ctx, Tenant};
use pbgdpl_store::tenant::ArticleFilter;
use pbgdpl_store::{Database, DatabaseSettings, Engine, Files, Hints, Store};
use pbgdpl_testkit::house::{Ground, House, settings};
use pbgdpl_testkit::servers::FaultProxy;
use sqlx::{Connection, PgConnection};

/// The test command's share; the campaign does 200,000.
const REQUESTS: u64 = 2_000;
const AT_ONCE: usize = 24;

/// A small generator: the storm is the same at every run.
fn random(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

#[derive(Debug, Default)]
struct Tally {
    cut: u64,
    acknowledged: Vec<(bool, ArticleId)>,
    failed: u64,
}

async fn through(house: &House, proxy: &FaultProxy, connections: u32) -> App {
    let direct = settings(&house.ground);
    let around = DatabaseSettings {
        url: proxy.through(&direct.url).unwrap(),
        province_url: direct.province_url.map(|url| proxy.through(&url).unwrap()),
        max_connections: connections,
        ..direct
    };
    let files = Files::folder(&house.folder.path().join("files")).unwrap();
    let store = Store::new(Database::open(&around).await.unwrap(), files, Hints::local())
        .await
        .unwrap();
    let clock: Arc<dyn Clock> = Arc::<SetClock>::clone(&house.clock);
    App::new(store, clock)
}

/// How many requests, how many of them at once, how often the wire gets another delay, and how long at most.
struct Weather {
    requests: u64,
    at_once: usize,
    every: u64,
    delay_ms: u64,
    seed: u64,
}

/// Requests through a wire that delays, so many at once; the wire is whole again at the end.
async fn storm<T, F>(
    proxy: &FaultProxy,
    weather: &Weather,
    mut asks: impl FnMut(&mut u64) -> F,
    count: impl Fn(&mut Tally, T),
) -> Tally
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let mut seed = weather.seed;
    let mut tally = Tally::default();
    let mut running = tokio::task::JoinSet::new();
    for number in 0..weather.requests {
        if number % weather.every == 0 {
            proxy.delay(Duration::from_millis(random(&mut seed) % weather.delay_ms));
        }
        running.spawn(asks(&mut seed));
        while running.len() >= weather.at_once {
            count(&mut tally, running.join_next().await.unwrap().unwrap());
        }
    }
    while let Some(ended) = running.join_next().await {
        count(&mut tally, ended.unwrap());
    }
    proxy.heal();
    println!(
        "cut {}, acknowledged {}, refused {}",
        tally.cut,
        tally.acknowledged.len(),
        tally.failed
    );
    tally
}

/// One request: writes for one agency, or reads its list and looks for the other's words.
async fn request(
    app: App,
    ctx: Ctx,
    mark: &'static str,
    foreign: &'static str,
    write: bool,
) -> Result<Option<ArticleId>, String> {
    if write {
        let content = Content {
            title: format!("{mark} bài"),
            ..Content::default()
        };
        return match create::create(&app, &ctx, Kind::Tin, content).await {
            Ok(Outcome::Done(id)) => Ok(Some(id)),
            Ok(other) => panic!("{other:?}"),
            Err(error) => Err(format!("{error:?}")),
        };
    }
    let reader = app
        .store()
        .read()
        .tenant(ctx.tenant())
        .await
        .map_err(|e| format!("{e:?}"))?;
    let (items, _) = reader
        .articles(ArticleFilter::default(), 1, 50)
        .await
        .map_err(|e| format!("{e:?}"))?;
    for item in items {
        assert!(!item.title.contains(foreign), "a foreign byte: {}", item.title);
        assert!(item.title.contains(mark));
    }
    Ok(None)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s1_clients_that_leave_poison_nothing() {
    let house = House::on(Engine::Postgres).await.unwrap();
    let Ground::Postgres(databases) = &house.ground else {
        unreachable!("asked for PostgreSQL")
    };
    let proxy = FaultProxy::in_front_of(&databases.app_url).await.unwrap();
    let app = through(&house, &proxy, 4).await;
    let a = house.ctx(&house.a, &house.in_a.editor).await.unwrap();
    let b = house.ctx(&house.b, &house.in_b.editor).await.unwrap();
    let weather = Weather {
        requests: REQUESTS,
        at_once: AT_ONCE,
        every: 100,
        delay_ms: 8,
        seed: 0x2026_1123,
    };
    let asks = |seed: &mut u64| {
        let in_a = random(seed).is_multiple_of(2);
        let write = random(seed).is_multiple_of(2);
        let patience = random(seed)
            .is_multiple_of(3)
            .then(|| Duration::from_micros(random(seed) % 40_000));
        let (ctx, mark, foreign) = if in_a {
            (a.clone(), "CANARY-A", "CANARY-B")
        } else {
            (b.clone(), "CANARY-B", "CANARY-A")
        };
        let app = app.clone();
        async move {
            let work = request(app, ctx, mark, foreign, write);
            match patience {
                Some(patience) => (in_a, tokio::time::timeout(patience, work).await.ok()),
                None => (in_a, Some(work.await)),
            }
        }
    };
    let tally = storm(&proxy, &weather, asks, count).await;
    assert!(
        tally.cut * 5 >= REQUESTS,
        "only {} of {REQUESTS} were cut",
        tally.cut
    );
    nothing_acknowledged_is_missing(&house, &tally).await;
    the_pool_is_whole(&app, &house.a, &databases.superuser_url).await;
}

fn count(tally: &mut Tally, (in_a, ended): (bool, Option<Result<Option<ArticleId>, String>>)) {
    match ended {
        None => tally.cut += 1,
        Some(Ok(Some(id))) => tally.acknowledged.push((in_a, id)),
        Some(Ok(None)) => {}
        // No connection in two seconds: refused, and said so. Anything else is a fault.
        Some(Err(error)) if error.contains("Busy") => tally.failed += 1,
        Some(Err(error)) => panic!("{error}"),
    }
}

async fn nothing_acknowledged_is_missing(house: &House, tally: &Tally) {
    let in_a = house.store.read().tenant(&house.a).await.unwrap();
    let in_b = house.store.read().tenant(&house.b).await.unwrap();
    for (is_a, id) in &tally.acknowledged {
        let reader = if *is_a { &in_a } else { &in_b };
        assert!(
            reader.article(*id).await.unwrap().is_some(),
            "acknowledged, then missing: {id}"
        );
    }
}

async fn the_pool_is_whole(app: &App, tenant: &Tenant, superuser: &str) {
    let all = (0..4).map(|_| async {
        let reader = app.store().read().tenant(tenant).await.unwrap();
        tokio::time::sleep(Duration::from_millis(200)).await;
        reader.ledger_position().await.unwrap()
    });
    let whole = tokio::time::timeout(Duration::from_secs(10), futures::future::join_all(all)).await;
    assert!(whole.is_ok(), "the pool does not come back to its full size");
    let mut admin = PgConnection::connect(superuser).await.unwrap();
    let idle: i64 = sqlx::query_scalar(
        "select count(*) from pg_stat_activity where datname = current_database() and state like 'idle in transaction%'
         and state_change < now() - interval '5 seconds'",
    )
    .fetch_one(&mut admin)
    .await
    .unwrap();
    assert_eq!(idle, 0, "sessions left in a transaction");
}

/// S1 itself: a client leaves while `BEGIN` is on its way. The connection goes back to the pool inside a transaction that
/// nobody owns; whoever borrows it next must find it clean. Cut at every point of opening an agency over a slow wire.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn s1_a_begin_that_was_cut_is_gone_for_the_next_borrower() {
    let house = House::on(Engine::Postgres).await.unwrap();
    let Ground::Postgres(databases) = &house.ground else {
        unreachable!("asked for PostgreSQL")
    };
    let proxy = FaultProxy::in_front_of(&databases.app_url).await.unwrap();
    // One connection: the next borrower gets the one that was left.
    let app = through(&house, &proxy, 1).await;
    let mut admin = PgConnection::connect(&databases.superuser_url).await.unwrap();
    let mut left_open = 0;
    // On a busy machine a round may miss BEGIN; the next cuts between the points of this one.
    let rounds = (0..8).flat_map(|round| {
        (40 + 10 * round..=440)
            .step_by(80)
            .map(move |cut_at| (round, cut_at))
    });
    for (round, cut_at) in rounds {
        if round > 0 && left_open > 0 {
            break;
        }
        proxy.delay(Duration::from_millis(120));
        let opening = app.store().read();
        let opening = opening.tenant(&house.a);
        let cut = tokio::time::timeout(Duration::from_millis(cut_at), opening).await;
        drop(cut);
        proxy.heal();
        tokio::time::sleep(Duration::from_millis(300)).await;
        left_open += in_transaction(&mut admin).await;
        // A question without a transaction of its own: it must not run inside the one that was left.
        assert!(app.store().read().answers().await);
        let still = in_transaction(&mut admin).await;
        assert_eq!(
            still, 0,
            "cut after {cut_at} ms: the next borrower sits in a stranger's transaction"
        );
    }
    assert!(left_open > 0, "no cut hit BEGIN: the test looked at nothing");
}

/// Sessions of the program's role that are inside a transaction at this moment.
async fn in_transaction(admin: &mut PgConnection) -> i64 {
    sqlx::query_scalar(
        "select count(*) from pg_stat_activity
         where datname = current_database() and usename = 'pbgdpl_app' and state like 'idle in transaction%'",
    )
    .fetch_one(admin)
    .await
    .unwrap()
}
