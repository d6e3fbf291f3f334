//! The SMTP way: encryption required, a small pool, and which refusals are worth another attempt.

use std::io;
use std::time::Duration;

use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{Error, PoolConfig};
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use url::{Host, Url};

use crate::sender::{OpenError, SendError};

const PATIENCE: Duration = Duration::from_secs(20);

/// Refusals of us, not of the letter: a changed password or a server that wants STARTTLS can be repaired.
const REPAIRABLE: [u16; 5] = [521, 530, 534, 535, 538];

/// Adds what makes lettre require STARTTLS; on loopback plain text is accepted, unless we have an authority of our own
/// to check the server with.
pub(crate) fn protected(url: &str, own_authority: bool) -> Result<Url, OpenError> {
    let mut url = Url::parse(url).map_err(|_| OpenError::Url)?;
    if url.query().is_some() {
        return Err(OpenError::Options);
    }
    let host = url
        .host_str()
        .filter(|host| !host.is_empty())
        .ok_or(OpenError::Url)?;
    let plain = is_loopback(host) && !own_authority;
    match url.scheme() {
        "smtp" if plain => {}
        "smtp" => url.set_query(Some("tls=required")),
        "smtps" => {}
        _ => return Err(OpenError::Url),
    }
    Ok(url)
}

/// Makes the transport; nothing connects before the first letter. `authority`: certificates (PEM) trusted beside the
/// public ones.
pub(crate) fn transport(
    url: &Url,
    authority: Option<&[u8]>,
) -> Result<AsyncSmtpTransport<Tokio1Executor>, OpenError> {
    let mut builder =
        AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str()).map_err(|_| OpenError::Url)?;
    if let Some(pem) = authority {
        let host = url.host_str().ok_or(OpenError::Url)?.to_owned();
        let roots = Certificate::from_pem(pem).map_err(|_| OpenError::Authority)?;
        let checked = TlsParameters::builder(host)
            .add_root_certificate(roots)
            .build_rustls()
            .map_err(|_| OpenError::Authority)?;
        builder = builder.tls(match url.scheme() {
            "smtps" => Tls::Wrapper(checked),
            _ => Tls::Required(checked),
        });
    }
    Ok(builder
        .timeout(Some(PATIENCE))
        .pool_config(PoolConfig::new().max_size(4))
        .build())
}

/// Says whether to try again. The server's words stay out: they often repeat the address.
pub(crate) fn judge(error: &Error) -> SendError {
    match error.status().map(u16::from) {
        Some(code) if error.is_permanent() && !REPAIRABLE.contains(&code) => {
            SendError::never(format!("the mail server refused the letter: {code}"))
        }
        Some(code) => SendError::later(format!("the mail server answered {code}")),
        None if error.is_timeout() => SendError::later("the mail server did not answer in time"),
        None if error.is_tls() || broke_off_encrypting(error) => SendError::later(
            "the connection to the mail server cannot be encrypted: is its certificate trusted (mail.ca_file)?",
        ),
        None if error.is_client() => {
            SendError::later("the mail server lacks what we require (STARTTLS, sign-in)")
        }
        None => SendError::later("the mail server cannot be reached"),
    }
}

/// Whether the handshake failed: lettre calls it a failed connection, rustls says it as data that is not valid.
fn broke_off_encrypting(error: &Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        if inner
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::InvalidData)
        {
            return true;
        }
        cause = inner.source();
    }
    false
}

fn is_loopback(host: &str) -> bool {
    match Host::parse(host) {
        Ok(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Ipv6(address)) => address.is_loopback(),
        Err(_) => false,
    }
}
