//! A wire that can be slow, silent or cut: stands between the program and a server of its own (SECURITY appendix A).

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::Context;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// A proxy on a free port. It and its connections end when it is dropped.
#[derive(Debug)]
pub struct FaultProxy {
    address: SocketAddr,
    wire: Arc<Wire>,
    cut: watch::Sender<u64>,
    accepting: JoinHandle<()>,
}

/// What is wrong with the wire at this moment.
#[derive(Debug, Default)]
struct Wire {
    delay_ms: AtomicU64,
    blackhole: AtomicBool,
    open: AtomicUsize,
}

impl FaultProxy {
    /// Starts a faultless wire to the server in this address (`postgres://…`, `redis://…`).
    ///
    /// # Errors
    /// When the address has no host and port, or no port is free.
    pub async fn in_front_of(url: &str) -> anyhow::Result<Self> {
        let url: url::Url = url.parse()?;
        let host = url.host_str().context("an address without a host")?;
        let port = url.port().context("an address without a port")?;
        let target = tokio::net::lookup_host((host, port))
            .await?
            .next()
            .context("an unknown host")?;

        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let address = listener.local_addr()?;
        let wire = Arc::new(Wire::default());
        let (cut, cuts) = watch::channel(0);
        let accepting = tokio::spawn(accept(listener, target, Arc::clone(&wire), cuts));
        Ok(Self {
            address,
            wire,
            cut,
            accepting,
        })
    }

    /// Where the proxy listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the same address, through the proxy.
    ///
    /// # Errors
    /// When it is no address.
    pub fn through(&self, url: &str) -> anyhow::Result<String> {
        let mut url: url::Url = url.parse()?;
        url.set_host(Some("127.0.0.1"))
            .context("an address without a host")?;
        url.set_port(Some(self.address.port()))
            .ok()
            .context("an address without a port")?;
        Ok(url.into())
    }

    /// Holds back each answer of the server for so long. Questions travel at once.
    pub fn delay(&self, delay: Duration) {
        let ms = u64::try_from(delay.as_millis()).unwrap_or(u64::MAX);
        self.wire.delay_ms.store(ms, Ordering::SeqCst);
    }

    /// Swallows everything both ways and never closes: the peer that went silent.
    pub fn blackhole(&self, on: bool) {
        self.wire.blackhole.store(on, Ordering::SeqCst);
    }

    /// Cuts every open connection with a reset. New ones are accepted.
    pub fn reset(&self) {
        self.cut.send_modify(|times| *times += 1);
    }

    /// Takes delay and silence away. What was swallowed stays lost.
    pub fn heal(&self) {
        self.delay(Duration::ZERO);
        self.blackhole(false);
    }

    /// Returns the number of connections open at this moment.
    #[must_use]
    pub fn open_connections(&self) -> usize {
        self.wire.open.load(Ordering::SeqCst)
    }
}

impl Drop for FaultProxy {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, target: SocketAddr, wire: Arc<Wire>, cuts: watch::Receiver<u64>) {
    while let Ok((client, _)) = listener.accept().await {
        let (wire, mut cuts) = (Arc::clone(&wire), cuts.clone());
        cuts.mark_unchanged();
        tokio::spawn(async move {
            if let Ok(server) = TcpStream::connect(target).await {
                wire.open.fetch_add(1, Ordering::SeqCst);
                carry(client, server, &wire, cuts).await;
                wire.open.fetch_sub(1, Ordering::SeqCst);
            }
        });
    }
}

async fn carry(mut client: TcpStream, mut server: TcpStream, wire: &Wire, mut cuts: watch::Receiver<u64>) {
    client.set_nodelay(true).ok();
    server.set_nodelay(true).ok();
    let (from_client, to_client) = client.split();
    let (from_server, to_server) = server.split();
    let ended = tokio::select! {
        _ = copy(from_client, to_server, wire, false) => true,
        _ = copy(from_server, to_client, wire, true) => true,
        cut = cuts.changed() => cut.is_err(),
    };
    if !ended {
        client.set_zero_linger().ok();
        server.set_zero_linger().ok();
    }
}

/// Copies until one side ends. Either end ends the connection: the protocols behind us know no half-open ones.
async fn copy(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    wire: &Wire,
    delayed: bool,
) -> std::io::Result<()> {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let length = from.read(&mut buffer).await?;
        if length == 0 {
            return Ok(());
        }
        let delay = wire.delay_ms.load(Ordering::SeqCst);
        if delayed && delay > 0 {
            tokio::time::sleep(Duration::from_millis(delay)).await;
        }
        if !wire.blackhole.load(Ordering::SeqCst) {
            to.write_all(buffer.get(..length).unwrap_or_default()).await?;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use redis::AsyncCommands;

    use super::*;
    use crate::servers::PrivateRedis;

    #[tokio::test]
    async fn slow_silent_and_cut() {
        let url = PrivateRedis::from_env_or_start()
            .unwrap()
            .fresh_database()
            .await
            .unwrap();
        let proxy = FaultProxy::in_front_of(&url).await.unwrap();
        let client = redis::Client::open(proxy.through(&url).unwrap()).unwrap();
        let patient =
            redis::AsyncConnectionConfig::new().set_response_timeout(Some(Duration::from_millis(900)));
        let mut line = client
            .get_multiplexed_async_connection_with_config(&patient)
            .await
            .unwrap();
        line.set::<_, _, ()>("key", 1).await.unwrap();
        assert_eq!(proxy.open_connections(), 1);

        proxy.delay(Duration::from_millis(300));
        let asked = Instant::now();
        assert_eq!(line.get::<_, i64>("key").await.unwrap(), 1);
        assert!(asked.elapsed() >= Duration::from_millis(300));

        proxy.heal();
        proxy.blackhole(true);
        assert!(line.get::<_, i64>("key").await.unwrap_err().is_timeout());
        // The question was swallowed, so later answers would go to the wrong askers: only a new connection helps.
        proxy.heal();
        let mut line = client
            .get_multiplexed_async_connection_with_config(&patient)
            .await
            .unwrap();
        assert_eq!(line.get::<_, i64>("key").await.unwrap(), 1);

        proxy.reset();
        assert!(line.get::<_, i64>("key").await.is_err());
        let mut again = client
            .get_multiplexed_async_connection_with_config(&patient)
            .await
            .unwrap();
        assert_eq!(again.get::<_, i64>("key").await.unwrap(), 1);
    }
}
