//! The way out for logs: messages to a log server over TLS (RFC 5425) or TCP (RFC 6587), each with its length before it.
//!
//! Neither says that a message has arrived. So a delivery is a connection: it counts when the other side has closed its end
//! after ours and in peace, with the goodbye of TLS and without a reset. Otherwise it is sent once more. Over plain TCP the last
//! half of a round trip stays open: a side that closes just before our end reaches it looks the same.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::ServerName;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use url::Url;

use crate::trust;

/// How long a delivery may take, well within the turn of the node that sends.
const PATIENCE: Duration = Duration::from_secs(30);

/// Why nothing was delivered.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The settings cannot be used.
    #[error("audit.syslog_url: {0}")]
    Unfit(String),
    /// The other side is gone, refuses, or closed before it had read everything.
    #[error("the log server failed")]
    Failed(#[from] io::Error),
    /// It was not done within half a minute.
    #[error("the log server does not answer")]
    Silent(#[from] tokio::time::error::Elapsed),
}

/// A log server. Cheap to clone.
#[derive(Clone)]
pub struct LogServer {
    address: String,
    tls: Option<(TlsConnector, ServerName<'static>)>,
    host: Arc<str>,
}

impl std::fmt::Debug for LogServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "LogServer({}, tls: {})", self.address, self.tls.is_some())
    }
}

impl LogServer {
    /// `tls://host[:6514]` or `tcp://host[:601]`. `authority`: certificates (PEM) trusted beside the public ones; `host`: the name
    /// under which our messages stand there. Opens nothing yet.
    ///
    /// # Errors
    /// [`LogError::Unfit`].
    pub fn new(url: &str, authority: Option<&[u8]>, host: &str) -> Result<Self, LogError> {
        let unfit = |error: &dyn std::fmt::Display| LogError::Unfit(error.to_string());
        let url = Url::parse(url).map_err(|error| unfit(&error))?;
        let server = url.host_str().ok_or_else(|| unfit(&"no host"))?;
        let bare = server.trim_start_matches('[').trim_end_matches(']').to_owned();
        let (standard, tls) = match url.scheme() {
            "tls" => {
                let config = trust::client(authority).map_err(|error| unfit(&error))?;
                let name = ServerName::try_from(bare).map_err(|error| unfit(&error))?;
                (6514, Some((TlsConnector::from(Arc::new(config)), name)))
            }
            "tcp" => (601, None),
            other => return Err(unfit(&format!("{other} is neither tls nor tcp"))),
        };
        Ok(Self {
            address: format!("{server}:{}", url.port().unwrap_or(standard)),
            tls,
            host: host.into(),
        })
    }

    /// The name under which our messages stand there.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Delivers messages, each as `LENGTH SP MESSAGE`: octet counting, RFC 5425 4.3 and RFC 6587 3.4.1.
    ///
    /// # Errors
    /// [`LogError::Failed`] or [`LogError::Silent`]: what was sent may not have arrived.
    pub async fn deliver(&self, messages: impl Iterator<Item = String> + Send) -> Result<(), LogError> {
        let mut frames = Vec::new();
        for message in messages {
            frames.extend_from_slice(format!("{} {message}", message.len()).as_bytes());
        }
        timeout(PATIENCE, self.delivered(&frames)).await?
    }

    async fn delivered(&self, frames: &[u8]) -> Result<(), LogError> {
        let mut tcp = TcpStream::connect(&self.address).await?;
        match &self.tls {
            None => {
                tcp.write_all(frames).await?;
                ended(&mut tcp).await?;
            }
            Some((tls, name)) => {
                let mut stream = tls.connect(name.clone(), tcp).await?;
                stream.write_all(frames).await?;
                ended(&mut stream).await?;
                // TLS said goodbye; only the connection itself says whether something was left unread: then it is reset.
                tcp = stream.into_inner().0;
            }
        }
        read_to_end(&mut tcp).await?;
        Ok(())
    }
}

/// Closes our end, which the other side must have left open until then, and waits until it closes its own.
async fn ended<S: AsyncRead + AsyncWrite + Unpin>(stream: &mut S) -> io::Result<()> {
    stream.flush().await?;
    let mut some = [0; 256];
    if let Ok(read) = timeout(Duration::ZERO, stream.read(&mut some)).await
        && read? == 0
    {
        return Err(io::ErrorKind::ConnectionAborted.into());
    }
    stream.shutdown().await?;
    read_to_end(stream).await
}

async fn read_to_end<S: AsyncRead + Unpin>(stream: &mut S) -> io::Result<()> {
    let mut some = [0; 256];
    while stream.read(&mut some).await? > 0 {}
    Ok(())
}
