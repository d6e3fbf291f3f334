//! The inner listener: `/metrics`, and what a proxy asks before it orders a certificate. It is not opened to the outside.

use axum::Router;
use axum::extract::{Query, State};
use axum::response::IntoResponse;
use axum::routing::get;
use http::{StatusCode, header};
use pbgdpl_store::ReadStore;
use pbgdpl_telemetry::Metrics;
use pbgdpl_web::certificate::may_be_ordered;
use serde::Deserialize;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

#[derive(Clone)]
struct Seen {
    counters: Metrics,
    read: ReadStore,
}

/// What a proxy asks: Caddy's `on_demand_tls ask`, and whoever speaks like it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    domain: String,
}

/// Serves until stopped.
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
        .route("/chung-thu", get(may_have_certificate))
        .with_state(Seen { counters, read });
    axum::serve(listener, router)
        .with_graceful_shutdown(async move { stop.cancelled().await })
        .await
}

/// 200 where a certificate may be ordered for the name, else 404.
async fn may_have_certificate(State(seen): State<Seen>, Query(asked): Query<Asked>) -> StatusCode {
    if may_be_ordered(&seen.read.registry().now(), &asked.domain) {
        StatusCode::OK
    } else {
        StatusCode::NOT_FOUND
    }
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
