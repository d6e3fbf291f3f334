//! Logs sent to a real log server (rsyslog), over TLS and TCP: in order, everything at least once, also after it was gone (AUD-05).

use std::collections::BTreeMap;
use std::path::Path;

use pbgdpl_exchange::LogServer;
use pbgdpl_jobs::Jobs;
use pbgdpl_province::oversight::Which;
use pbgdpl_province::oversight::export::{Asked, Format, begin};
use pbgdpl_testkit::furnish::event;
use pbgdpl_testkit::house::{BOTH, House};
use pbgdpl_testkit::servers::{LogServer as Peer, ScratchDirectory};
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use crate::starttls::authority;
use crate::{jobs, submitted};

/// What the peer has of one chain: number, hash, hash before.
type Chains = BTreeMap<String, Vec<(i64, String, String)>>;

fn sending(house: &House, url: &str, ca: Option<&Path>) -> Jobs {
    let ca = ca.map(|file| std::fs::read(file).unwrap());
    let server = LogServer::new(url, ca.as_deref(), "quantri.thu.example").unwrap();
    jobs(house).with_log_server(Some(server))
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
        let sent = sending.drain().await.unwrap();
        assert!(sent > 3, "{engine:?}: {sent}");
        until_all(&house, &[], &peer).await;

        // It is gone: acts are done, nothing is lost, and it is told apart from success.
        let (port, first) = (peer.port(), peer.messages().unwrap());
        drop(peer);
        submitted(&house, "Bài khi máy chủ nhật ký vắng").await;
        sending.drain().await.unwrap_err();
        sending.drain().await.unwrap_err();
        let peer = Peer::start_on(port, Some(identity)).unwrap();
        assert!(sending.drain().await.unwrap() > 0, "{engine:?}");
        until_all(&house, &[first], &peer).await;
        // What is there is not sent again; taking the log out for this test is new.
        let rest = sending.drain().await.unwrap();
        assert!(rest <= 1, "{engine:?}: {rest}");

        // Whoever shows a stranger's certificate gets nothing.
        submitted(&house, "Bài nữa").await;
        let unknown = self::sending(&house, &url, Some(&strangers.certificate));
        house.clock.advance_seconds(61);
        unknown.drain().await.unwrap_err();
        house.clock.advance_seconds(61);
        assert!(sending.drain().await.unwrap() > 0);
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
    assert!(sending.drain().await.unwrap() > 0);
    until_all(&house, &[], &peer).await;
    house.end().await.unwrap();
}

/// Two nodes take turns; of the past that was changed behind its back the peer is sent nothing more.
#[tokio::test]
async fn aud_05_one_node_sends_at_a_time() {
    let house = House::on(BOTH[0]).await.unwrap();
    submitted(&house, "Bài một").await;
    let peer = Peer::start(None).unwrap();
    let url = format!("tcp://127.0.0.1:{}", peer.port());
    let (one, other) = (sending(&house, &url, None), sending(&house, &url, None));
    assert!(one.drain().await.unwrap() > 0);
    submitted(&house, "Bài hai").await;
    assert_eq!(other.drain().await.unwrap(), 0, "it is the first node's turn");
    house.clock.advance_seconds(61);
    assert!(other.drain().await.unwrap() > 0, "which it lost in silence");
    until_all(&house, &[], &peer).await;
    house.end().await.unwrap();
}
