//! What the proxy refuses: our own network, odd ports, other methods, too much of anything. And what goes through it.

use std::sync::Mutex;

use super::*;
use crate::guard::Allowed;

/// More than any of these tests takes.
const LOOSE: Limits = Limits {
    connections: 100,
    bytes: 10_000_000,
};

fn nobody() -> Guard {
    let nobody: Allowed = Arc::new(|_| false);
    Guard::new(nobody)
}

/// This machine is allowed, and a page at this port of it is opened.
fn this_machine(port: u16) -> Guard {
    let here: Allowed = Arc::new(|address| address.is_loopback());
    let page = Url::parse(&format!("http://127.0.0.1:{port}/")).unwrap();
    Guard::new(here).of_page(&page)
}

/// Where a proxy listens that goes by this guard.
async fn proxy(guard: Guard, limits: Limits) -> SocketAddr {
    let proxy = Proxy::open(guard, limits).await.unwrap();
    let address = proxy.address().unwrap();
    tokio::spawn(async move { proxy.serve().await });
    address
}

/// A server that answers everything with so many bytes; its port, and the heads it was sent.
async fn site(bytes: usize) -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let asked = Arc::new(Mutex::new(Vec::new()));
    let heard = Arc::clone(&asked);
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            let heard = Arc::clone(&heard);
            tokio::spawn(async move {
                let Some((head, _)) = head(&mut stream).await else {
                    return;
                };
                heard
                    .lock()
                    .unwrap()
                    .push(String::from_utf8_lossy(&head).into_owned());
                let answer =
                    format!("HTTP/1.1 200 OK\r\ncontent-length: {bytes}\r\nconnection: close\r\n\r\n");
                let _ = stream.write_all(answer.as_bytes()).await;
                let _ = stream.write_all(&vec![b'x'; bytes]).await;
            });
        }
    });
    (port, asked)
}

/// What a proxy says to these words, until it ends the connection.
async fn said(proxy: SocketAddr, words: &str) -> String {
    let mut stream = TcpStream::connect(proxy).await.unwrap();
    // A connection that is cut off has said what it said.
    let _ = stream.write_all(words.as_bytes()).await;
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn first_line(answer: &str) -> &str {
    answer.split("\r\n").next().unwrap_or_default()
}

#[tokio::test]
async fn nothing_of_our_own_network_is_reached() {
    let (port, asked) = site(3).await;
    let proxy = proxy(nobody(), LOOSE).await;
    for target in [
        format!("CONNECT 127.0.0.1:{port}"),
        "CONNECT 127.0.0.1:443".to_owned(),
        "CONNECT 0x7f.1:443".to_owned(),
        "CONNECT 2130706433:443".to_owned(),
        "CONNECT [::1]:443".to_owned(),
        "CONNECT [::ffff:127.0.0.1]:443".to_owned(),
        "CONNECT 169.254.169.254:80".to_owned(),
        "CONNECT 10.0.0.1:443".to_owned(),
        "CONNECT localhost:443".to_owned(),
        "CONNECT nhung.localhost:443".to_owned(),
        "CONNECT co-quan.example:443@127.0.0.1:443".to_owned(),
        format!("GET http://127.0.0.1:{port}/"),
        "GET http://192.168.1.1/".to_owned(),
        "GET http://[fe80::1]/".to_owned(),
        "HEAD http://localhost/".to_owned(),
    ] {
        let answer = said(proxy, &format!("{target} HTTP/1.1\r\nhost: x\r\n\r\n")).await;
        assert_eq!(first_line(&answer), "HTTP/1.1 403 Forbidden", "{target}");
    }
    assert!(asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn ports_that_are_not_of_the_web_are_refused_and_what_a_browser_asks_of_its_maker() {
    // The port of a page inside opens nothing outside.
    let proxy = proxy(this_machine(8443), LOOSE).await;
    for target in [
        "CONNECT 1.1.1.1:22",
        "CONNECT 1.1.1.1:8443",
        "GET http://1.1.1.1:25/",
        "CONNECT accounts.google.com:443",
        "GET http://clients2.google.com/time",
    ] {
        let answer = said(proxy, &format!("{target} HTTP/1.1\r\n\r\n")).await;
        assert_eq!(first_line(&answer), "HTTP/1.1 403 Forbidden", "{target}");
    }
}

/// What stands beside a page on an address that the settings name: counters, databases, other people's desks.
#[tokio::test]
async fn a_page_inside_reaches_its_own_port_and_no_other_of_what_is_allowed() {
    let ((port, _), (other, asked)) = (site(3).await, site(3).await);
    let open = proxy(this_machine(port), LOOSE).await;
    for (target, status) in [
        (format!("GET http://127.0.0.1:{port}/"), "200"),
        (format!("GET http://nhung.localhost:{port}/"), "200"),
        (format!("GET http://127.0.0.1:{other}/metrics"), "403"),
        (format!("GET http://localhost:{other}/metrics"), "403"),
        (format!("CONNECT 127.0.0.1:{other}"), "403"),
        (format!("CONNECT [::1]:{other}"), "403"),
        ("CONNECT 127.0.0.2:6379".to_owned(), "403"),
    ] {
        let answer = said(open, &format!("{target} HTTP/1.1\r\n\r\n")).await;
        assert_eq!(answer.get(9..12), Some(status), "{target}");
    }
    // A page at a port of the web, from outside or inside, gains no other.
    for page in ["https://co-quan.example/", "http://127.0.0.1/"] {
        let here: Allowed = Arc::new(|address| address.is_loopback());
        let of_page = Guard::new(here).of_page(&Url::parse(page).unwrap());
        let from_outside = proxy(of_page, LOOSE).await;
        let ask = format!("GET http://127.0.0.1:{other}/metrics HTTP/1.1\r\n\r\n");
        let answer = said(from_outside, &ask).await;
        assert_eq!(answer.get(9..12), Some("403"), "{page}");
    }
    assert!(asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_is_no_question_for_a_proxy_is_refused() {
    let (port, asked) = site(3).await;
    let proxy = proxy(this_machine(port), LOOSE).await;
    let long = "x".repeat(HEAD_MOST + 1 - "GET http:// HTTP/1.1\r\n".len());
    for (words, status) in [
        (format!("POST http://127.0.0.1:{port}/ HTTP/1.1\r\n\r\n"), "405"),
        (format!("PUT http://127.0.0.1:{port}/ HTTP/1.1\r\n\r\n"), "405"),
        ("GET / HTTP/1.1\r\n\r\n".to_owned(), "400"),
        (format!("GET ftp://127.0.0.1:{port}/ HTTP/1.1\r\n\r\n"), "400"),
        ("GET file:///etc/passwd HTTP/1.1\r\n\r\n".to_owned(), "400"),
        ("CONNECT HTTP/1.1\r\n\r\n".to_owned(), "400"),
        (format!("GET http://{long} HTTP/1.1\r\n"), "400"),
    ] {
        let answer = said(proxy, &words).await;
        let refused = first_line(&answer).starts_with(&format!("HTTP/1.1 {status} "));
        assert!(refused, "{words:.60}: {answer}");
    }
    assert!(asked.lock().unwrap().is_empty());
}

#[tokio::test]
async fn what_is_let_through_comes_whole() {
    let (port, asked) = site(100_000).await;
    let proxy = proxy(this_machine(port), LOOSE).await;
    let plain = format!(
        "GET http://127.0.0.1:{port}/trang?x=1 HTTP/1.1\r\nHost: la.example\r\nProxy-Connection: keep-alive\r\n\
         Accept: text/html\r\nContent-Length: 5\r\n\r\n"
    );
    let answer = said(proxy, &plain).await;
    assert_eq!(first_line(&answer), "HTTP/1.1 200 OK");
    assert!(answer.ends_with(&"x".repeat(100_000)));
    let head = asked.lock().unwrap().pop().unwrap();
    assert_eq!(
        head,
        format!(
            "GET /trang?x=1 HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\nconnection: close\r\nAccept: text/html\r\n\r\n"
        )
    );
    // What comes before the tunnel stands goes through it too.
    let tunnel = format!("CONNECT 127.0.0.1:{port} HTTP/1.1\r\n\r\nGET /qua HTTP/1.1\r\n\r\n");
    let answer = said(proxy, &tunnel).await;
    assert!(answer.starts_with("HTTP/1.1 200 Connection Established\r\n\r\nHTTP/1.1 200 OK\r\n"));
    assert!(answer.ends_with(&"x".repeat(100_000)));
    assert_eq!(asked.lock().unwrap().pop().unwrap(), "GET /qua HTTP/1.1\r\n\r\n");
}

#[tokio::test]
async fn bytes_and_connections_are_counted_over_the_whole_picture() {
    let (port, _) = site(1_000_000).await;
    let few = Limits {
        connections: 3,
        bytes: 400_000,
    };
    let proxy = proxy(this_machine(port), few).await;
    let ask = format!("GET http://127.0.0.1:{port}/ HTTP/1.1\r\n\r\n");
    let first = said(proxy, &ask).await;
    assert!(
        first.len() > 100_000 && first.len() <= 400_000,
        "{} bytes",
        first.len()
    );
    let second = said(
        proxy,
        &format!("CONNECT 127.0.0.1:{port} HTTP/1.1\r\n\r\nGET / HTTP/1.1\r\n\r\n"),
    )
    .await;
    assert!(
        second.len() < 100,
        "nothing is left for a second one: {} bytes",
        second.len()
    );
    assert_eq!(
        said(proxy, "BREW x HTTP/1.1\r\n\r\n").await.get(9..12),
        Some("405")
    );
    assert_eq!(
        said(proxy, "BREW x HTTP/1.1\r\n\r\n").await,
        "",
        "a fourth connection"
    );
}

#[tokio::test]
async fn a_trial_reaches_one_port_of_this_machine() {
    let ((port, _), (other, asked)) = (site(3).await, site(3).await);
    let proxy = proxy(Guard::only(port), LOOSE).await;
    for (target, status) in [
        (format!("GET http://127.0.0.1:{port}/"), "200"),
        (format!("GET http://127.0.0.1:{other}/"), "403"),
        (format!("CONNECT 127.0.0.1:{other}"), "403"),
        (format!("CONNECT 1.1.1.1:{port}"), "403"),
        ("CONNECT 1.1.1.1:443".to_owned(), "403"),
    ] {
        let answer = said(proxy, &format!("{target} HTTP/1.1\r\n\r\n")).await;
        assert_eq!(answer.get(9..12), Some(status), "{target}");
    }
    assert!(asked.lock().unwrap().is_empty());
}
