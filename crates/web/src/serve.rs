//! Listening: one service on one or four addresses, until told to stop; then what runs may finish.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::time::Duration;

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::response::Response;
use http::Request;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tower::service_fn;

use crate::dispatch::Dispatch;

/// How long requests may still run after the stop.
const DRAIN: Duration = Duration::from_secs(15);

/// Serves on every listener until the token is cancelled.
///
/// # Errors
/// Where a listener fails.
pub async fn serve(
    listeners: Vec<TcpListener>,
    dispatch: Dispatch,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let mut servers = tokio::task::JoinSet::new();
    for listener in listeners {
        let (dispatch, stop) = (dispatch.clone(), stop.clone());
        let service = service_fn(move |request: Request<Body>| {
            let dispatch = dispatch.clone();
            async move {
                let peer = request
                    .extensions()
                    .get::<ConnectInfo<SocketAddr>>()
                    .map(|info| info.0.ip());
                Ok::<Response, Infallible>(dispatch.handle(request, peer).await)
            }
        });
        let make =
            axum::ServiceExt::<Request<Body>>::into_make_service_with_connect_info::<SocketAddr>(service);
        servers.spawn(async move {
            let server =
                axum::serve(listener, make).with_graceful_shutdown(async move { stop.cancelled().await });
            server.await
        });
    }
    let drained = async {
        while let Some(ended) = servers.join_next().await {
            ended.map_err(std::io::Error::other)??;
        }
        Ok(())
    };
    tokio::select! {
        ended = drained => ended,
        () = async { stop.cancelled().await; tokio::time::sleep(DRAIN).await } => Ok(()),
    }
}
