//! T5 at the socket: browsers that close their connection while the answer is on its way.

use std::net::SocketAddr;
use std::time::Duration;

use pbgdpl_model::id::ArticleId;
use pbgdpl_province::Province;
use pbgdpl_store::Engine;
use pbgdpl_testkit::house::{Ground, House};
use pbgdpl_testkit::servers::FaultProxy;
use pbgdpl_testkit::web::{HOSTS, settings};
use pbgdpl_web::AppState;
use pbgdpl_web::dispatch::Dispatch;
use pbgdpl_web::serve::serve;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;

use super::{Tally, Weather, nothing_acknowledged_is_missing, random, storm, the_pool_is_whole, through};

const REQUESTS: u64 = 600;
const AT_ONCE: usize = 16;
const DESK: &str = HOSTS[1].1;

/// Who asks: the desk of an agency, a session there, the words of its items.
#[derive(Clone)]
struct Side {
    desk: String,
    session: String,
    mark: &'static str,
    foreign: &'static str,
}

impl Side {
    fn reads(&self) -> String {
        format!(
            "GET {}/bai HTTP/1.1\r\nHost: {DESK}\r\nCookie: sid={}\r\nConnection: close\r\n\r\n",
            self.desk, self.session
        )
    }

    fn writes(&self) -> String {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("kind", "tin"), ("based_on", "0"), ("act", "luu")])
            .append_pair("title", &format!("{} bài", self.mark))
            .append_pair("summary", "Một câu.")
            .append_pair("body", "Ba bước.")
            .finish();
        format!(
            "POST {}/bai HTTP/1.1\r\nHost: {DESK}\r\nCookie: sid={}\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
            self.desk,
            self.session,
            form.len()
        )
    }
}

/// Sends, and reads the answer, or closes the socket when the patience ends.
async fn asked(address: SocketAddr, request: String, patience: Option<Duration>) -> Option<String> {
    let exchange = async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    };
    match patience {
        Some(patience) => tokio::time::timeout(patience, exchange).await.ok(),
        None => Some(exchange.await),
    }
}

fn count(tally: &mut Tally, (in_a, side, answer): (bool, Side, Option<String>)) {
    let Some(answer) = answer else {
        tally.cut += 1;
        return;
    };
    assert!(!answer.contains(side.foreign), "a foreign byte: {answer}");
    let place = answer.lines().find_map(|line| line.strip_prefix("location: "));
    if answer.starts_with("HTTP/1.1 303") {
        let place = place.unwrap().split('?').next().unwrap();
        let id: ArticleId = place.rsplit('/').next().unwrap().parse().unwrap();
        tally.acknowledged.push((in_a, id));
    } else if answer.starts_with("HTTP/1.1 503") {
        tally.failed += 1;
    } else {
        assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t5_sockets_that_close_poison_nothing() {
    let house = House::on(Engine::Postgres).await.unwrap();
    let Ground::Postgres(databases) = &house.ground else {
        unreachable!("asked for PostgreSQL")
    };
    let proxy = FaultProxy::in_front_of(&databases.app_url).await.unwrap();
    let app = through(&house, &proxy, 4).await;
    let province = Province::new(app.store().clone(), std::sync::Arc::clone(&house.clock) as _);
    let state = AppState::new(app.clone(), province, settings(false).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
    let serving = tokio::spawn(serve(vec![listener], Dispatch::new(state), stop.clone()));
    let side = |tenant: &pbgdpl_scope::Tenant, session, mark, foreign| Side {
        desk: format!("/quan-tri/{}", tenant.slug()),
        session,
        mark,
        foreign,
    };
    let in_a = house.session(&house.in_a.editor).await.unwrap();
    let in_b = house.session(&house.in_b.editor).await.unwrap();
    let a = side(&house.a, in_a, "CANARY-A", "CANARY-B");
    let b = side(&house.b, in_b, "CANARY-B", "CANARY-A");

    let weather = Weather {
        requests: REQUESTS,
        at_once: AT_ONCE,
        every: 60,
        delay_ms: 6,
        seed: 0x2026_1125,
    };
    let asks = |seed: &mut u64| {
        let is_a = random(seed).is_multiple_of(2);
        let side = if is_a { a.clone() } else { b.clone() };
        let request = if random(seed).is_multiple_of(2) {
            side.writes()
        } else {
            side.reads()
        };
        let patience = random(seed)
            .is_multiple_of(2)
            .then(|| Duration::from_micros(random(seed) % 120_000));
        async move { (is_a, side, asked(address, request, patience).await) }
    };
    let tally = storm(&proxy, &weather, asks, count).await;
    assert!(
        tally.cut * 10 >= REQUESTS,
        "only {} of {REQUESTS} closed",
        tally.cut
    );
    assert!(tally.acknowledged.len() > 50, "{tally:?}");
    nothing_acknowledged_is_missing(&house, &tally).await;
    the_pool_is_whole(&app, &house.a, &databases.superuser_url).await;
    stop.cancel();
    serving.await.unwrap().unwrap();
}
