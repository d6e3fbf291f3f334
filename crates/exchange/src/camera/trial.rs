//! Before its first picture, each day, and after it failed a browser is tried out on a page that looks for ways past the proxy.
//!
//! What keeps a browser to a proxy are switches of its command line, and a switch that a version no longer knows is passed over without a
//! word (Chromium 156 talks UDP to whom a page names in spite of `--force-webrtc-ip-handling-policy`, which has another name by now). A
//! browser that reaches one of our two ears by itself makes no picture.

use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UdpSocket};
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::CameraError;
use super::browser::Browser;
use crate::guard::Guard;

/// The page; `{near}` and `{air}` are the ports that must not be reached.
const PAGE: &str = include_str!("trial.html");
/// The page is not whole before this: so long a browser has for its attempts.
const SLOW: Duration = Duration::from_millis(1500);
/// The part of the page that takes so long.
const SLOW_PART: &[u8] = b"GET /slow ";

/// Whether the browser makes a picture and keeps to its way out.
///
/// # Errors
/// [`CameraError::Past`] where it does not, or why there was no picture.
pub(super) async fn pass(browser: &Browser) -> Result<(), CameraError> {
    let here = (Ipv4Addr::LOCALHOST, 0);
    let site = TcpListener::bind(here).await.map_err(CameraError::Absent)?;
    let near = TcpListener::bind(here).await.map_err(CameraError::Absent)?;
    let air = UdpSocket::bind(here).await.map_err(CameraError::Absent)?;
    let port = |found: std::io::Result<std::net::SocketAddr>| {
        found.map(|address| address.port()).map_err(CameraError::Absent)
    };
    let page = PAGE
        .replace("{near}", &port(near.local_addr())?.to_string())
        .replace("{air}", &port(air.local_addr())?.to_string());
    let port = port(site.local_addr())?;
    let url = format!("http://127.0.0.1:{port}/");
    tokio::select! {
        biased;
        way = heard(&near, &air) => Err(CameraError::Past(way)),
        never = serve(&site, &page) => match never {},
        picture = browser.shoot(&url, Guard::only(port)) => picture.map(|_| ()),
    }
}

/// By which way the browser came.
async fn heard(near: &TcpListener, air: &UdpSocket) -> &'static str {
    let mut word = [0; 1];
    tokio::select! {
        _ = near.accept() => "TCP",
        _ = air.recv_from(&mut word) => "UDP",
    }
}

async fn serve(site: &TcpListener, page: &str) -> Infallible {
    let mut running = JoinSet::new();
    loop {
        tokio::select! {
            Some(_) = running.join_next() => {}
            accepted = site.accept() => if let Ok((stream, _)) = accepted {
                running.spawn(answer(stream, page.to_owned()));
            },
        }
    }
}

async fn answer(mut stream: TcpStream, page: String) {
    // All of it: what is left unread when a connection is closed takes the answer with it.
    let mut asked = vec![0; 16 * 1024];
    let Ok(read) = stream.read(&mut asked).await else {
        return;
    };
    let slow = asked
        .get(..read)
        .is_some_and(|asked| asked.starts_with(SLOW_PART));
    if slow {
        sleep(SLOW).await;
    }
    let body = if slow { "" } else { page.as_str() };
    let head = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: text/html; charset=utf-8\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
        body.len()
    );
    // The browser may be gone.
    let _ = stream.write_all(format!("{head}{body}").as_bytes()).await;
    let _ = stream.shutdown().await;
}
