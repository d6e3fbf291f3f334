//! Free ports.

use std::io;
use std::net::{Ipv4Addr, TcpListener};

/// Returns a port of 127.0.0.1 that was free a moment ago. Somebody may take it first: whoever binds it tries again.
///
/// # Errors
/// When the machine has no port left.
pub fn free_port() -> io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}

/// Tries to start a server on a free port, and on another one when that fails, three times in all.
///
/// # Errors
/// The last failure.
pub fn on_free_port<T>(mut start: impl FnMut(u16) -> anyhow::Result<T>) -> anyhow::Result<T> {
    for _ in 0..2 {
        if let Ok(server) = start(free_port()?) {
            return Ok(server);
        }
    }
    start(free_port()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_race_is_run_again() {
        let mut tries = 0;
        let port = on_free_port(|port| {
            tries += 1;
            if tries < 3 {
                anyhow::bail!("taken")
            }
            Ok(port)
        });
        assert!(port.unwrap() > 0);
        assert!(on_free_port(|_| -> anyhow::Result<()> { anyhow::bail!("always taken") }).is_err());
    }
}
