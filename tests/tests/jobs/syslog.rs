//! Logs sent to a real log server (rsyslog), over TLS and TCP: in order, everything at least once, also after it was gone (AUD-05).

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use pbgdpl_exchange::LogServer;
use pbgdpl_jobs::Jobs;
use pbgdpl_province::oversight::Which;
use pbgdpl_province::oversight::export::{Asked, Format, begin};
use pbgdpl_testkit::furnish::event;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::owner::Owner;
use pbgdpl_testkit::servers::{LogServer as Peer, ScratchDirectory};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;

use crate::starttls::authority;
use crate::{jobs, submitted};

/// What the peer has of one chain: number, hash, hash before.
type Chains = BTreeMap<String, Vec<(i64, String, String)>>;

fn sending(house: &House, url: &str, ca: Option<&Path>) -> Jobs {
    let ca = ca.map(|file| std::fs::read(file).unwrap());
    let server = LogServer::new(url, ca.as_deref(), "quantri.thu.example").unwrap();
    jobs(house).with_log_server(Some(server))
}

/// How many entries arrived; every chain was whole.
async fn drained(jobs: &Jobs) -> u64 {
    let drained = jobs.drain().await.unwrap().expect("it is our turn");
    assert!(drained.broken.is_empty(), "{drained:?}");
    drained.sent
}

fn field(line: &str, name: &str) -> String {
    let after = line.split_once(&format!(" {name}=\"")).unwrap().1;
    after.split_once('"').unwrap().0.to_owned()
}

/// What arrived, chain by chain; a message may have come twice, but none before its time.
fn arrived(peers: &[Vec<String>]) -> Chains {
    let mut chains = Chains::new();
    for line in peers.iter().flatten() {
        assert!(line.starts_with("[pbgdpl@32473 chain="), "{line}");
        assert!(line.contains("\tquantri.thu.example pbgdpl "), "{line}");
        let chain = chains.entry(field(line, "chain")).or_default();
        let seq: i64 = field(line, "seq").parse().unwrap();
        let one = (seq, field(line, "hash"), field(line, "prev"));
        match chain.get(usize::try_from(seq).unwrap() - 1) {
            Some(known) => assert_eq!(*known, one, "the same message again"),
            None => {
                let before = chain.last().map_or("0".repeat(64), |last| last.1.clone());
                assert_eq!(one.2, before, "{line}");
                chain.push(one);
            }
        }
    }
    chains
}

/// What stands in the house.
async fn standing(house: &House) -> Chains {
    let ctx = house.province_ctx(&house.auditor).await.unwrap();
    let asked = Asked {
        which: Which::All,
        from: "2019-01-01".parse().unwrap(),
        to: "2030-01-01".parse().unwrap(),
    };
    let export = begin(&house.province, &ctx, asked, Format::JsonLines)
        .await
        .unwrap();
    let (out, mut pieces) = tokio::sync::mpsc::channel(1_000);
    export.run(out).await;
    let mut chains = Chains::new();
    while let Some(piece) = pieces.recv().await {
        for line in String::from_utf8(piece.unwrap().into()).unwrap().lines() {
            let line: serde_json::Value = serde_json::from_str(line).unwrap();
            let text = |key: &str| line[key].as_str().unwrap().to_owned();
            let one = (line["seq"].as_i64().unwrap(), text("hash"), text("prev_hash"));
            chains.entry(text("chain")).or_default().push(one);
        }
    }
    chains
}

/// The peer writes what it read a moment later.
async fn until_all(house: &House, peers: &[Vec<String>], peer: &Peer) {
    // Taking the log out is an entry itself, which the peer does not have.
    let wanted = standing(house).await;
    for _ in 0..400 {
        let all = [peers, &[peer.messages().unwrap()]].concat();
        let found = arrived(&all);
        let mut wanted = wanted.clone();
        let last = wanted.get_mut("province").and_then(Vec::pop);
        assert!(last.is_some(), "the taking out is on record");
        wanted.retain(|_, chain| !chain.is_empty());
        if found == wanted {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    panic!("not everything arrived: {:#?}", peer.messages().unwrap());
}

#[tokio::test]
async fn aud_05_everything_arrives_in_order_and_a_peer_that_was_gone_misses_nothing() {
    let folder = ScratchDirectory::new().unwrap();
    let ours = authority(folder.path(), "tinh");
    let strangers = authority(folder.path(), "nguoi-la");
    let identity = (
        ours.certificate.as_path(),
        ours.server.0.as_path(),
        ours.server.1.as_path(),
    );
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        event(&house, &house.a, &house.in_a, Some(&house.b), "A")
            .await
            .unwrap();
        let peer = Peer::start(Some(identity)).unwrap();
        let url = format!("tls://127.0.0.1:{}", peer.port());
        let sending = sending(&house, &url, Some(&ours.certificate));
        let sent = drained(&sending).await;
        assert!(sent > 3, "{engine:?}: {sent}");
        until_all(&house, &[], &peer).await;

        // It is gone: acts are done, nothing is lost, and it is told apart from success.
        let (port, first) = (peer.port(), peer.messages().unwrap());
        drop(peer);
        submitted(&house, "Bài khi máy chủ nhật ký vắng").await;
        sending.drain().await.unwrap_err();
        sending.drain().await.unwrap_err();
        let peer = Peer::start_on(port, Some(identity)).unwrap();
        assert!(drained(&sending).await > 0, "{engine:?}");
        until_all(&house, &[first], &peer).await;
        // What is there is not sent again; taking the log out for this test is new.
        let rest = drained(&sending).await;
        assert!(rest <= 1, "{engine:?}: {rest}");

        // Whoever shows a stranger's certificate gets nothing.
        submitted(&house, "Bài nữa").await;
        let unknown = self::sending(&house, &url, Some(&strangers.certificate));
        house.clock.advance_seconds(61);
        unknown.drain().await.unwrap_err();
        house.clock.advance_seconds(61);
        assert!(drained(&sending).await > 0);
        house.end().await.unwrap();
    }
}

#[tokio::test]
async fn aud_05_a_peer_that_dies_while_it_reads_is_sent_everything_again() {
    let house = House::on(BOTH[0]).await.unwrap();
    submitted(&house, "Bài một").await;
    let broken = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = broken.local_addr().unwrap().port();
    let dying = tokio::spawn(async move {
        let (mut stream, _) = broken.accept().await.unwrap();
        let mut some = [0; 100];
        stream.read_exact(&mut some).await.unwrap();
        some
    });
    let sending = sending(&house, &format!("tcp://127.0.0.1:{port}"), None);
    sending.drain().await.unwrap_err();
    let some = String::from_utf8_lossy(&dying.await.unwrap()).into_owned();
    // RFC 6587 3.4.1: the length, a space, the message.
    let (length, rest) = some.split_once(' ').unwrap();
    assert!(
        length.parse::<usize>().unwrap() > 100 && rest.starts_with("<110>1 20"),
        "{some}"
    );
    let peer = Peer::start_on(port, None).unwrap();
    assert!(drained(&sending).await > 0);
    until_all(&house, &[], &peer).await;
    house.end().await.unwrap();
}

/// It said goodbye as TLS does, and closed with most of it unread: that is no receipt.
#[tokio::test]
async fn aud_05_a_goodbye_over_unread_messages_is_no_receipt() {
    let folder = ScratchDirectory::new().unwrap();
    let ours = authority(folder.path(), "tinh");
    let house = House::on(BOTH[0]).await.unwrap();
    submitted(&house, "Bài một").await;
    let acceptor = acceptor(&ours.server.0, &ours.server.1);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let leaving = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = acceptor.accept(stream).await.unwrap();
        stream.read_exact(&mut [0; 100]).await.unwrap();
        // TLS says goodbye; the connection, with something left unread, is reset and never closed in order.
        stream.get_mut().1.send_close_notify();
        stream.flush().await.unwrap();
        stream.get_mut().0.set_zero_linger().unwrap();
    });
    let url = format!("tls://127.0.0.1:{port}");
    let sending = sending(&house, &url, Some(&ours.certificate));
    sending.drain().await.unwrap_err();
    leaving.await.unwrap();
    let identity = (
        ours.certificate.as_path(),
        ours.server.0.as_path(),
        ours.server.1.as_path(),
    );
    let peer = Peer::start_on(port, Some(identity)).unwrap();
    assert!(drained(&sending).await > 0);
    until_all(&house, &[], &peer).await;
    house.end().await.unwrap();
}

fn acceptor(certificate: &Path, key: &Path) -> TlsAcceptor {
    let chain = vec![CertificateDer::from_pem_file(certificate).unwrap()];
    let key = PrivateKeyDer::from_pem_file(key).unwrap();
    let ring = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ServerConfig::builder_with_provider(ring)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .unwrap();
    TlsAcceptor::from(Arc::new(config))
}

/// Of a chain whose past was changed behind its back nothing more is sent; it is named, and holds up no other.
#[tokio::test]
async fn aud_05_a_chain_that_no_longer_holds_what_was_sent_is_named() {
    for engine in BOTH {
        let house = House::on(engine).await.unwrap();
        submitted(&house, "Bài một").await;
        let peer = Peer::start(None).unwrap();
        let sending = sending(&house, &format!("tcp://127.0.0.1:{}", peer.port()), None);
        assert!(drained(&sending).await > 0);
        until_all(&house, &[], &peer).await;
        let before = arrived(&[peer.messages().unwrap()]);

        let a = house.a.id();
        let newest = "seq = (select max(seq) from audit as own where own.tenant_id = audit.tenant_id)";
        let sqlite = format!(
            "update audit set hash = zeroblob(32) where tenant_id = x'{}' and {newest}",
            a.0.simple()
        );
        let postgres = format!(
            "update audit set hash = decode(repeat('00', 32), 'hex') where tenant_id = '{}' and {newest}",
            a.0
        );
        Owner::of(&house.ground)
            .await
            .unwrap()
            .run(
                &["drop trigger audit_refuses_update", &sqlite],
                &["alter table audit disable trigger all", &postgres],
            )
            .await
            .unwrap();
        submitted(&house, "Bài hai").await;
        event(&house, &house.b, &house.in_b, None, "B").await.unwrap();
        let drained = sending.drain().await.unwrap().unwrap();
        let named: Vec<&str> = drained.broken.iter().map(String::as_str).collect();
        assert_eq!(named, [house.a.slug()], "{engine:?}");
        assert!(drained.sent > 0, "{engine:?}");
        let (of_a, of_b) = (a.to_string(), house.b.id().to_string());
        for _ in 0..400 {
            let now = arrived(&[peer.messages().unwrap()]);
            assert_eq!(now.get(&of_a), before.get(&of_a), "{engine:?}");
            if now.get(&of_b).is_some_and(|chain| chain.len() > 1) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
        let now = arrived(&[peer.messages().unwrap()]);
        assert!(now.contains_key(&of_b), "{engine:?}: {now:?}");
        house.end().await.unwrap();
    }
}

/// Two nodes take turns.
#[tokio::test]
async fn aud_05_one_node_sends_at_a_time() {
    let house = House::on(BOTH[0]).await.unwrap();
    submitted(&house, "Bài một").await;
    let peer = Peer::start(None).unwrap();
    let url = format!("tcp://127.0.0.1:{}", peer.port());
    let (one, other) = (sending(&house, &url, None), sending(&house, &url, None));
    assert!(drained(&one).await > 0);
    submitted(&house, "Bài hai").await;
    assert!(
        other.drain().await.unwrap().is_none(),
        "it is the first node's turn"
    );
    house.clock.advance_seconds(61);
    assert!(drained(&other).await > 0, "which it lost in silence");
    until_all(&house, &[], &peer).await;
    house.end().await.unwrap();
}
