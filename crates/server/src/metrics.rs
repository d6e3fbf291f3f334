//! The listener of `/metrics`: the counters of this process and what waits in the database.

use axum::Router;
use axum::extract::State;
use axum::response::IntoResponse;
use axum::routing::get;
use http::{StatusCode, header};
use pbgdpl_store::ReadStore;
use pbgdpl_telemetry::Metrics;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

#[derive(Clone)]
struct Seen {
    counters: Metrics,
    read: ReadStore,
}

/// Serves `/metrics` until stopped.
///
/// # Errors
/// Where the listener fails.
pub async fn serve(
    listener: TcpListener,
    counters: Metrics,
    read: ReadStore,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let router = Router::new()
        .route("/metrics", get(show))
        .with_state(Seen { counters, read });
    axum::serve(listener, router)
        .with_graceful_shutdown(async move { stop.cancelled().await })
        .await
}

async fn show(State(seen): State<Seen>) -> impl IntoResponse {
    let mut text = seen.counters.render();
    if let Ok((waiting, dead, due)) = seen.read.backlog().await {
        for (name, help, value) in [
            ("pbgdpl_outbox_waiting", "messages not carried out yet", waiting),
            ("pbgdpl_outbox_dead", "messages given up", dead),
            ("pbgdpl_days_due", "days to be added up again", due),
        ] {
            text.push_str(&format!(
                "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n"
            ));
        }
    }
    (
        StatusCode::OK,
        [(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")],
        text,
    )
}
