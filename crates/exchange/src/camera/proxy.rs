//! The one way out of a browser that makes a picture: a forward proxy on this machine, for as long as the picture takes.
//!
//! What it connects to is what the guard lets through, at the ports of the web; so many connections and so many bytes, no more. It takes
//! `CONNECT`, and `GET` and `HEAD` with a whole address (RFC 9112, 3.2.2): a picture needs nothing else. Each connection serves one request.

use std::convert::Infallible;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};
use url::Url;

use crate::guard::Guard;
use crate::page::PageError;

/// The longest head of a request, in bytes.
const HEAD_MOST: usize = 16 * 1024;
/// Bytes read at a time.
const PIECE: usize = 16 * 1024;
/// How long a head may take, and how long a connection.
const PATIENCE: Duration = Duration::from_secs(5);
/// After a connection that could not be taken.
const BREATH: Duration = Duration::from_millis(50);
/// Connections at the same time; a Chromium opens 32 to a proxy.
const AT_ONCE: usize = 64;

const BAD: &str = "400 Bad Request";
const FORBIDDEN: &str = "403 Forbidden";
const NO_SUCH_METHOD: &str = "405 Method Not Allowed";
const SLOW_HEAD: &str = "408 Request Timeout";
const NOT_REACHED: &str = "502 Bad Gateway";
const SILENT: &str = "504 Gateway Timeout";

/// What a Chromium asks of its maker by itself, whatever it is told not to: no page of an agency needs them.
const OWN_CALLS: [&str; 6] = [
    "accounts.google.com",
    "clients2.google.com",
    "content-autofill.googleapis.com",
    "optimizationguide-pa.googleapis.com",
    "safebrowsing.googleapis.com",
    "update.googleapis.com",
];

/// Headers that are between a browser and a proxy, or that the proxy writes itself (RFC 9110, 7.6.1). A body is not passed on.
const OURS: [&str; 10] = [
    "connection",
    "content-length",
    "host",
    "keep-alive",
    "proxy-authorization",
    "proxy-connection",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// How much one picture may take of the net.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// Connections from the first to the last.
    pub connections: usize,
    /// Bytes, both ways together.
    pub bytes: u64,
}

/// A proxy that listens, and serves while [`Proxy::serve`] is waited for.
#[derive(Debug)]
pub(crate) struct Proxy {
    listener: TcpListener,
    guard: Guard,
    limits: Limits,
}

/// Bytes that went by, and how many may.
#[derive(Debug)]
struct Meter {
    gone: AtomicU64,
    most: u64,
}

impl Meter {
    fn lets(&self, bytes: usize) -> bool {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.gone
            .fetch_add(bytes, Ordering::Relaxed)
            .saturating_add(bytes)
            <= self.most
    }
}

impl Proxy {
    /// Listens at a free port of this machine.
    pub(crate) async fn open(guard: Guard, limits: Limits) -> std::io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        Ok(Self {
            listener,
            guard,
            limits,
        })
    }

    pub(crate) fn address(&self) -> std::io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until nobody waits for it any more; what is open then is closed.
    pub(crate) async fn serve(&self) -> Infallible {
        let meter = Arc::new(Meter {
            gone: AtomicU64::new(0),
            most: self.limits.bytes,
        });
        let mut open = JoinSet::new();
        let mut begun = 0;
        loop {
            tokio::select! {
                Some(_) = open.join_next() => {}
                accepted = self.listener.accept() => match accepted {
                    Ok((client, _)) if begun < self.limits.connections && open.len() < AT_ONCE => {
                        begun += 1;
                        open.spawn(one(client, self.guard.clone(), Arc::clone(&meter)));
                    }
                    // Too many: the browser sees a connection that ends.
                    Ok(_) => {}
                    Err(_) => sleep(BREATH).await,
                },
            }
        }
    }
}

async fn one(mut client: TcpStream, guard: Guard, meter: Arc<Meter>) {
    if let Err(status) = answered(&mut client, &guard, &meter).await {
        let refusal = format!("HTTP/1.1 {status}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
        // Whoever asked may be gone.
        let _ = client.write_all(refusal.as_bytes()).await;
        let _ = client.shutdown().await;
    }
}

async fn answered(client: &mut TcpStream, guard: &Guard, meter: &Meter) -> Result<(), &'static str> {
    let head = timeout(PATIENCE, head(client)).await.map_err(|_| SLOW_HEAD)?;
    let asked = Asked::read(&head.ok_or(BAD)?)?;
    let server = timeout(PATIENCE, connected(guard, &asked.url)).await;
    let mut server = server.map_err(|_| SILENT)??;
    // Once bytes go by, what fails ends the connection: there is no other answer to be given.
    let _ = match &asked.request {
        Some(request) => fetched(request, client, &mut server, meter).await,
        None => tunnelled(&asked.early, client, &mut server, meter).await,
    };
    Ok(())
}

/// The head of a request, and what came with it; nothing where it is too long, or ends before its end.
async fn head(client: &mut TcpStream) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut head: Vec<u8> = Vec::new();
    let mut piece = vec![0; PIECE];
    loop {
        if let Some(end) = head.windows(4).position(|four| four == b"\r\n\r\n") {
            let early = head.split_off(end + 4);
            return Some((head, early));
        }
        if head.len() > HEAD_MOST {
            return None;
        }
        let read = client.read(&mut piece).await.ok()?;
        if read == 0 {
            return None;
        }
        head.extend(piece.iter().take(read));
    }
}

/// What a browser asked for.
#[derive(Debug)]
struct Asked {
    /// Where it leads.
    url: Url,
    /// What the server is asked; nothing: a tunnel.
    request: Option<String>,
    /// What was sent through the tunnel before it stood.
    early: Vec<u8>,
}

impl Asked {
    fn read((head, early): &(Vec<u8>, Vec<u8>)) -> Result<Self, &'static str> {
        let head = std::str::from_utf8(head).map_err(|_| BAD)?;
        let (first, rest) = head.split_once("\r\n").ok_or(BAD)?;
        let mut words = first.split(' ');
        let (Some(method), Some(target), Some(_), None) =
            (words.next(), words.next(), words.next(), words.next())
        else {
            return Err(BAD);
        };
        match method {
            "CONNECT" => Ok(Self {
                url: Url::parse(&format!("https://{target}/")).map_err(|_| BAD)?,
                request: None,
                early: early.clone(),
            }),
            "GET" | "HEAD" => {
                let url = Url::parse(target).map_err(|_| BAD)?;
                if url.scheme() != "http" {
                    return Err(BAD);
                }
                Ok(Self {
                    request: Some(request(method, &url, rest)),
                    url,
                    early: Vec::new(),
                })
            }
            _ => Err(NO_SUCH_METHOD),
        }
    }
}

/// The request as a server takes it: by its path, for one answer.
fn request(method: &str, url: &Url, headers: &str) -> String {
    let host = url.host_str().unwrap_or_default();
    let authority = url
        .port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
    let path = url.query().map_or_else(
        || url.path().to_owned(),
        |query| format!("{}?{query}", url.path()),
    );
    let mut request = format!("{method} {path} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\n");
    for line in headers.split("\r\n").take_while(|line| !line.is_empty()) {
        let name = line.split(':').next().unwrap_or_default();
        if !OURS.iter().any(|ours| name.trim().eq_ignore_ascii_case(ours)) {
            request.push_str(line);
            request.push_str("\r\n");
        }
    }
    request.push_str("\r\n");
    request
}

async fn connected(guard: &Guard, url: &Url) -> Result<TcpStream, &'static str> {
    let host = url.host().ok_or(BAD)?;
    let port = url.port_or_known_default().ok_or(BAD)?;
    let own = url.host_str().is_some_and(|host| OWN_CALLS.contains(&host));
    let found = if own {
        Err(PageError::NotPublic)
    } else {
        guard.addresses(&host, port).await
    };
    let addresses = found.map_err(|error| {
        tracing::debug!(%host, port, %error, "a browser was not let through");
        if error == PageError::NotReached {
            NOT_REACHED
        } else {
            FORBIDDEN
        }
    })?;
    TcpStream::connect(addresses.as_slice())
        .await
        .map_err(|_| NOT_REACHED)
}

/// One answer: what the browser sends after its question goes nowhere.
async fn fetched(
    request: &str,
    client: &mut TcpStream,
    server: &mut TcpStream,
    meter: &Meter,
) -> std::io::Result<()> {
    server.write_all(request.as_bytes()).await?;
    pass(server, client, meter).await
}

async fn tunnelled(
    early: &[u8],
    client: &mut TcpStream,
    server: &mut TcpStream,
    meter: &Meter,
) -> std::io::Result<()> {
    client
        .write_all(b"HTTP/1.1 200 Connection Established\r\n\r\n")
        .await?;
    server.write_all(early).await?;
    let (mut from_client, mut to_client) = client.split();
    let (mut from_server, mut to_server) = server.split();
    tokio::try_join!(
        pass(&mut from_client, &mut to_server, meter),
        pass(&mut from_server, &mut to_client, meter),
    )?;
    Ok(())
}

async fn pass(
    from: &mut (impl AsyncRead + Unpin),
    to: &mut (impl AsyncWrite + Unpin),
    meter: &Meter,
) -> std::io::Result<()> {
    let mut piece = vec![0; PIECE];
    loop {
        let read = from.read(&mut piece).await?;
        if read == 0 {
            return to.shutdown().await;
        }
        if !meter.lets(read) {
            return Err(std::io::ErrorKind::QuotaExceeded.into());
        }
        to.write_all(piece.get(..read).unwrap_or_default()).await?;
    }
}

#[cfg(test)]
mod tests;
