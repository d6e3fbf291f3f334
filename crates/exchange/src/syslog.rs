//! The way out for logs: messages to a log server over TLS (RFC 5425) or TCP (RFC 6587), each with its length before it.
//!
//! Neither says that a message has arrived. So a delivery is a connection: it counts when the other side has closed its end
//! after ours, which it can only do in peace when it has read everything. Otherwise it is sent once more.

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

/// How long one step may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why nothing was delivered.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The settings cannot be used.
    #[error("audit.syslog_url: {0}")]
    Unfit(String),
    /// The other side is gone, refuses, or closed before it had read everything.
    #[error("the log server failed")]
    Failed(#[from] io::Error),
    /// It said nothing for ten seconds.
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

    /// Begins a delivery.
    ///
    /// # Errors
    /// [`LogError::Failed`] or [`LogError::Silent`].
    pub async fn deliver(&self) -> Result<Delivery, LogError> {
        let stream = timeout(PATIENCE, TcpStream::connect(&self.address)).await??;
        let stream: Box<dyn Stream> = match &self.tls {
            Some((tls, name)) => Box::new(timeout(PATIENCE, tls.connect(name.clone(), stream)).await??),
            None => Box::new(stream),
        };
        Ok(Delivery { stream })
    }
}

trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

/// A delivery under way.
pub struct Delivery {
    stream: Box<dyn Stream>,
}

impl std::fmt::Debug for Delivery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Delivery")
    }
}

impl Delivery {
    /// Sends messages, each as `LENGTH SP MESSAGE`: octet counting, RFC 5425 4.3 and RFC 6587 3.4.1.
    ///
    /// # Errors
    /// [`LogError::Failed`] or [`LogError::Silent`].
    pub async fn send(&mut self, messages: impl Iterator<Item = String> + Send) -> Result<(), LogError> {
        let mut frames = Vec::new();
        for message in messages {
            frames.extend_from_slice(format!("{} {message}", message.len()).as_bytes());
        }
        timeout(PATIENCE, self.stream.write_all(&frames)).await??;
        Ok(())
    }

    /// Ends it, and waits until the other side has read everything.
    ///
    /// # Errors
    /// [`LogError::Failed`] or [`LogError::Silent`]: what was sent may not have arrived.
    pub async fn finish(mut self) -> Result<(), LogError> {
        timeout(PATIENCE, self.stream.flush()).await??;
        timeout(PATIENCE, self.stream.shutdown()).await??;
        let mut rest = [0; 256];
        loop {
            match timeout(PATIENCE, self.stream.read(&mut rest)).await? {
                Ok(0) => return Ok(()),
                Ok(_) => {}
                // It closed its end without a word of TLS, but in peace: unread data would have been answered by a reset.
                Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
                Err(error) => return Err(error.into()),
            }
        }
    }
}
