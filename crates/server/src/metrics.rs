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

#[cfg(test)]
mod tests {
    use pbgdpl_testkit::house::{BOTH, House};
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::*;

    /// EMB-20: over the wire, as a proxy asks.
    #[tokio::test]
    async fn a_certificate_may_be_ordered_for_a_name_that_shows_a_section() {
        let house = House::on(BOTH[0]).await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let counters = pbgdpl_telemetry::metrics().unwrap();
        let serving = tokio::spawn(serve(listener, counters, house.store.read(), stop.clone()));
        let own = format!("{}.thu.example", house.a.slug());
        for (question, status) in [
            (format!("?domain={own}"), "200"),
            (format!("?domain={}.", own.to_uppercase()), "200"),
            ("?domain=thu.example".to_owned(), "404"),
            (format!("?domain=a.{own}"), "404"),
            (format!("?host={own}"), "404"),
            (String::new(), "404"),
        ] {
            let mut stream = TcpStream::connect(address).await.unwrap();
            let asked = format!("GET /chung-thu{question} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
            stream.write_all(asked.as_bytes()).await.unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.unwrap();
            let first = answer.lines().next().unwrap_or_default();
            assert!(first.contains(status), "{question}: {first}");
        }
        stop.cancel();
        serving.await.unwrap().unwrap();
        house.end().await.unwrap();
    }
}
