//! Clients that are slow or long-winded: headers and bodies have ten seconds, headers 64 lines and 16 KiB (SECURITY.md 5.2.5);
//! the stop waits for nobody idle.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use pbgdpl_testkit::house::House;
use pbgdpl_testkit::web::settings;
use pbgdpl_web::AppState;
use pbgdpl_web::dispatch::Dispatch;
use pbgdpl_web::serve::serve;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

struct Served {
    address: SocketAddr,
    stop: CancellationToken,
    serving: JoinHandle<std::io::Result<()>>,
}

async fn served(house: &House) -> Served {
    let state = AppState::new(house.app.clone(), house.province.clone(), settings(true).unwrap());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (address, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
    let serving = tokio::spawn(serve(vec![listener], Dispatch::new(state), stop.clone()));
    Served {
        address,
        stop,
        serving,
    }
}

/// Sends, and reads until the server closes or says nothing more for a while.
async fn said(address: SocketAddr, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let reading = stream.read_to_end(&mut answer);
    tokio::time::timeout(Duration::from_secs(20), reading)
        .await
        .expect("the connection stays open")
        .ok();
    String::from_utf8_lossy(&answer).into_owned()
}

/// The same, and how long it took.
async fn timed(address: SocketAddr, request: &str) -> (String, Duration) {
    let begun = Instant::now();
    (said(address, request).await, begun.elapsed())
}

/// Whether the end came with the deadline of ten seconds: neither at once, nor with another.
fn in_ten_seconds(took: Duration) -> bool {
    (Duration::from_secs(8)..Duration::from_secs(15)).contains(&took)
}

#[tokio::test]
async fn what_never_comes_is_cut_off_after_ten_seconds() {
    let house = House::on(pbgdpl_store::Engine::Sqlite).await.unwrap();
    let served = served(&house).await;
    let form = "POST /dang-nhap HTTP/1.1\r\nHost: quantri.thu.example\r\nSec-Fetch-Site: same-origin\r\n\
                Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 900\r\n\r\nemail=";
    let (silent, half, rested, body) = tokio::join!(
        timed(served.address, ""),
        timed(served.address, "GET / HTTP/1.1\r\nHost: thu.example\r\nX-Slow: "),
        timed(
            served.address,
            "GET /healthz HTTP/1.1\r\nHost: thu.example\r\n\r\n"
        ),
        timed(served.address, form)
    );
    for (what, (answer, took)) in [("nothing", &silent), ("half a head", &half)] {
        assert!(
            answer.is_empty() && in_ten_seconds(*took),
            "{what}: {answer} after {took:?}"
        );
    }
    assert!(
        rested.0.starts_with("HTTP/1.1 200") && in_ten_seconds(rested.1),
        "{rested:?}"
    );
    assert!(
        body.0.starts_with("HTTP/1.1 400") && in_ten_seconds(body.1),
        "{body:?}"
    );
    assert!(body.0.contains("tới quá chậm"), "{}", body.0);
    served.stop.cancel();
    served.serving.await.unwrap().unwrap();
}

#[tokio::test]
async fn too_many_and_too_long_headers_are_refused() {
    let house = House::on(pbgdpl_store::Engine::Sqlite).await.unwrap();
    let served = served(&house).await;
    let ask = |more: &str| format!("GET / HTTP/1.1\r\nHost: thu.example\r\nConnection: close\r\n{more}\r\n");
    let few: String = (0..60).map(|n| format!("X-{n}: a\r\n")).collect();
    let many: String = (0..70).map(|n| format!("X-{n}: a\r\n")).collect();
    let long = format!("X-Long: {}\r\n", "a".repeat(20 * 1024));
    assert!(said(served.address, &ask(&few)).await.starts_with("HTTP/1.1 200"));
    assert!(
        said(served.address, &ask(&many))
            .await
            .starts_with("HTTP/1.1 431")
    );
    assert!(
        said(served.address, &ask(&long))
            .await
            .starts_with("HTTP/1.1 431")
    );
    served.stop.cancel();
    served.serving.await.unwrap().unwrap();
}

#[tokio::test]
async fn an_idle_connection_does_not_hold_up_the_stop() {
    let house = House::on(pbgdpl_store::Engine::Sqlite).await.unwrap();
    let served = served(&house).await;
    let mut idle = TcpStream::connect(served.address).await.unwrap();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: thu.example\r\n\r\n")
        .await
        .unwrap();
    let mut first = [0; 12];
    idle.read_exact(&mut first).await.unwrap();
    assert_eq!(&first, b"HTTP/1.1 200");
    served.stop.cancel();
    let begun = Instant::now();
    served.serving.await.unwrap().unwrap();
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "waited {:?}",
        begun.elapsed()
    );
    TcpStream::connect(served.address).await.unwrap_err();
}
