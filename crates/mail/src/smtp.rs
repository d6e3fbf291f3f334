//! The SMTP way: encryption required, a small pool, and which refusals are worth another attempt.

use std::time::Duration;

use lettre::transport::smtp::{Error, PoolConfig};
use lettre::{AsyncSmtpTransport, Tokio1Executor};
use url::{Host, Url};

use crate::sender::{OpenError, SendError};

const PATIENCE: Duration = Duration::from_secs(20);

/// Refusals of us, not of the letter: a changed password or a server that wants STARTTLS can be repaired.
const REPAIRABLE: [u16; 5] = [521, 530, 534, 535, 538];

/// Adds what makes lettre require STARTTLS; on loopback plain text is accepted.
pub(crate) fn protected(url: &str) -> Result<Url, OpenError> {
    let mut url = Url::parse(url).map_err(|_| OpenError::Url)?;
    if url.query().is_some() {
        return Err(OpenError::Options);
    }
    let host = url
        .host_str()
        .filter(|host| !host.is_empty())
        .ok_or(OpenError::Url)?;
    let loopback = is_loopback(host);
    match url.scheme() {
        "smtp" if loopback => {}
        "smtp" => url.set_query(Some("tls=required")),
        "smtps" => {}
        _ => return Err(OpenError::Url),
    }
    Ok(url)
}

/// Makes the transport; nothing connects before the first letter.
pub(crate) fn transport(url: &Url) -> Result<AsyncSmtpTransport<Tokio1Executor>, OpenError> {
    let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str()).map_err(|_| OpenError::Url)?;
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
        None if error.is_tls() => SendError::later("the connection to the mail server cannot be encrypted"),
        None if error.is_client() => {
            SendError::later("the mail server lacks what we require (STARTTLS, sign-in)")
        }
        None => SendError::later("the mail server cannot be reached"),
    }
}

fn is_loopback(host: &str) -> bool {
    match Host::parse(host) {
        Ok(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Ok(Host::Ipv4(address)) => address.is_loopback(),
        Ok(Host::Ipv6(address)) => address.is_loopback(),
        Err(_) => false,
    }
}
