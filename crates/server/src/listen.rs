//! The sockets: one address for four host names, or four consecutive ports of one host.

use std::net::{IpAddr, SocketAddr};

use anyhow::Context;
use tokio::net::TcpListener;

/// One listener.
///
/// # Errors
/// Where the address is taken or not ours.
pub async fn on(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("không nghe được ở {address}"))
}

/// Four listeners on consecutive ports from this one on; from any free one where the port is 0.
///
/// # Errors
/// Where one of the ports is taken.
pub async fn on_four(address: SocketAddr) -> anyhow::Result<Vec<TcpListener>> {
    if address.port() != 0 {
        return four(address.ip(), address.port()).await;
    }
    let mut tries = 0;
    loop {
        let first = on(address).await?.local_addr()?.port();
        match four(address.ip(), first).await {
            Ok(listeners) => return Ok(listeners),
            Err(error) if tries == 20 => return Err(error),
            Err(_) => tries += 1,
        }
    }
}

async fn four(ip: IpAddr, first: u16) -> anyhow::Result<Vec<TcpListener>> {
    let mut listeners = Vec::with_capacity(4);
    for step in 0..4 {
        let port = first.checked_add(step).context("cổng lớn quá 65535")?;
        listeners.push(on(SocketAddr::new(ip, port)).await?);
    }
    Ok(listeners)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn four_ports_are_consecutive() {
        let listeners = on_four("127.0.0.1:0".parse().unwrap()).await.unwrap();
        let ports: Vec<u16> = listeners.iter().map(|l| l.local_addr().unwrap().port()).collect();
        assert_eq!(ports, (ports[0]..ports[0] + 4).collect::<Vec<_>>());
    }
}
