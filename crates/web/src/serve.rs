//! Listening: one service on one or four addresses, until told to stop; then what runs may finish.
//!
//! A loop of our own: `axum::serve` gives hyper no timer, so that a client that never ends its headers stays for ever
//! (SECURITY.md A1, 5.2.5).

mod hurried;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::response::Response;
use http::Request;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tower::service_fn;

use crate::dispatch::Dispatch;

/// How long requests may still run after the stop.
const DRAIN: Duration = Duration::from_secs(15);
/// How long a client may take for its request line and headers. It is also how long a connection may rest between two
/// requests: a proxy's own `keepalive_timeout` must be shorter.
const HEADERS: Duration = Duration::from_secs(10);
/// Most bytes of a request line with its headers.
const HEADER_BYTES: usize = 16 * 1024;
/// Most headers.
const HEADER_LINES: usize = 64;
/// Most open connections of a node; who comes later waits to be accepted.
const CONNECTIONS: usize = 8_192;
/// How long to wait where the system gives no connection (no file handle left).
const BREATH: Duration = Duration::from_millis(100);

/// Serves on every listener until the token is cancelled.
///
/// # Errors
/// Where a listener's task ends badly.
pub async fn serve(
    listeners: Vec<TcpListener>,
    dispatch: Dispatch,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let mut servers = tokio::task::JoinSet::new();
    for listener in listeners {
        servers.spawn(accept(
            listener,
            dispatch.clone(),
            stop.clone(),
            Arc::clone(&room),
        ));
    }
    let drained = async {
        while let Some(ended) = servers.join_next().await {
            ended.map_err(std::io::Error::other)?;
        }
        Ok(())
    };
    tokio::select! {
        ended = drained => ended,
        () = async { stop.cancelled().await; tokio::time::sleep(DRAIN).await } => Ok(()),
    }
}

/// Accepts connections until the stop, then waits for those that are open.
async fn accept(listener: TcpListener, dispatch: Dispatch, stop: CancellationToken, room: Arc<Semaphore>) {
    let mut builder = Builder::new(TokioExecutor::new()).http1_only();
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS)
        .max_buf_size(HEADER_BYTES)
        .max_headers(HEADER_LINES);
    let open = GracefulShutdown::new();
    loop {
        let next = async {
            let place = Arc::clone(&room).acquire_owned().await.ok()?;
            Some((place, listener.accept().await))
        };
        let (place, accepted) = tokio::select! {
            next = next => match next {
                Some(next) => next,
                None => break,
            },
            () = stop.cancelled() => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                tokio::time::sleep(BREATH).await;
                continue;
            }
        };
        stream.set_nodelay(true).ok();
        let dispatch = dispatch.clone();
        let service = service_fn(move |request: Request<_>| {
            let dispatch = dispatch.clone();
            async move {
                let answer = dispatch
                    .handle(request.map(hurried::hurried), Some(peer.ip()))
                    .await;
                Ok::<Response, Infallible>(answer)
            }
        });
        let connection = builder.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
        let connection = open.watch(connection.into_owned());
        tokio::spawn(async move {
            // A client that went away or was too slow is no fault of ours.
            connection.await.ok();
            drop(place);
        });
    }
    drop(listener);
    open.shutdown().await;
}
