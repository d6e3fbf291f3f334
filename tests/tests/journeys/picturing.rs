//! The program's camera with the real browser: what is in a picture, and what a page cannot reach with it.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::response::{Html, Redirect};
use axum::routing::get;
use pbgdpl_exchange::{Allowed, CameraError, PageError};
use pbgdpl_testkit::browser::camera;
use tokio::net::{TcpListener, UdpSocket};

/// This address of the machine stands for the world; the usual one for our own network.
const WORLD: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 2);

/// Blue below; above red, until a script has had its second. It tries all that leads to the two ports.
const PAGE: &str = "<!doctype html><html lang=vi><meta charset=utf-8><title>Cổng thông tin</title>
<body style='margin:0'><div id=tren style='height:450px;background:#c00'></div><div style='height:450px;background:#00c'></div>
<img src='http://127.0.0.1:NEAR/anh' alt=''><img src='/di' alt=''><iframe src='http://127.0.0.1:NEAR/khung'></iframe>
<link rel=stylesheet href='http://localhost:NEAR/kieu.css'>
<script>
setTimeout(() => { document.getElementById('tren').style.background = '#0c0' }, 1000);
fetch('http://127.0.0.1:NEAR/lay').catch(() => {});
try { new WebSocket('ws://127.0.0.1:NEAR/') } catch {}
try { new WebTransport('https://127.0.0.1:AIR/') } catch {}
window.open('http://127.0.0.1:NEAR/cua-so');
const talk = new RTCPeerConnection({ iceServers: [{ urls: 'stun:127.0.0.1:AIR' }] });
talk.createDataChannel('x');
talk.createOffer().then((offer) => talk.setLocalDescription(offer));
</script></html>";

fn world() -> Allowed {
    Arc::new(|address| address == IpAddr::V4(WORLD))
}

#[tokio::test]
async fn a_page_is_pictured_as_its_readers_see_it_and_reaches_nothing_of_ours() {
    let near = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let air = UdpSocket::bind("127.0.0.1:0").await.unwrap();
    let (near_port, air_port) = (
        near.local_addr().unwrap().port(),
        air.local_addr().unwrap().port(),
    );
    let met = Arc::new(AtomicU32::new(0));
    let meeting = Arc::clone(&met);
    tokio::spawn(async move {
        loop {
            near.accept().await.unwrap();
            meeting.fetch_add(1, Ordering::Relaxed);
        }
    });
    let page = PAGE
        .replace("NEAR", &near_port.to_string())
        .replace("AIR", &air_port.to_string());
    let inward = format!("http://127.0.0.1:{near_port}/chuyen");
    let routes = axum::Router::new()
        .route("/", get(move || async move { Html(page) }))
        .route("/di", get(move || async move { Redirect::temporary(&inward) }));
    let listener = TcpListener::bind((WORLD, 0)).await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, routes).await });

    let camera = camera(&world()).unwrap();
    let png = camera.take(&format!("http://{WORLD}:{port}/")).await.unwrap();
    let picture = image::load_from_memory(&png).unwrap().to_rgb8();
    assert_eq!((picture.width(), picture.height()), (1280, 900));
    let [above, below] = [200, 700].map(|y| picture.get_pixel(640, y).0);
    assert!(
        above[0] < 60 && above[1] > 160,
        "scripts have had their time: {above:?}"
    );
    assert!(below[2] > 160 && below[0] < 60, "{below:?}");

    assert_eq!(met.load(Ordering::Relaxed), 0, "something came by TCP");
    let mut word = [0; 64];
    let heard = tokio::time::timeout(Duration::from_millis(500), air.recv_from(&mut word)).await;
    assert!(heard.is_err(), "something came by UDP: {heard:?}");
}

#[tokio::test]
async fn a_page_that_is_not_there_has_no_picture() {
    let camera = camera(&world()).unwrap();
    let refused = camera.take("http://127.0.0.1/").await.unwrap_err();
    assert!(
        matches!(refused, CameraError::Page(PageError::NotPublic)),
        "{refused}"
    );
    let listener = TcpListener::bind((WORLD, 0)).await.unwrap();
    let nobody = format!("http://{}/", listener.local_addr().unwrap());
    drop(listener);
    let refused = camera.take(&nobody).await.unwrap_err();
    assert!(
        matches!(refused, CameraError::Page(PageError::NotReached)),
        "{refused}"
    );
}
