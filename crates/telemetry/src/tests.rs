//! Traces against a collector that listens, that is down, and that never answers.

use std::time::{Duration, Instant};

use crate::{continue_from, current_traceparent, metrics, subscriber};
use pbgdpl_config::{Settings, Telemetry};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

fn settings(endpoint: Option<String>) -> Telemetry {
    let mut settings = Settings::load(None, std::iter::empty()).unwrap().telemetry;
    settings.otlp_endpoint = endpoint;
    settings.filter = "off".to_owned();
    settings
}

fn contains(body: &[u8], text: &str) -> bool {
    body.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Answers every request with 200 and hands on its bytes.
async fn collector() -> (String, mpsc::UnboundedReceiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let sender = sender.clone();
            tokio::spawn(async move {
                let mut request = Vec::new();
                while stream.read_buf(&mut request).await.unwrap_or(0) > 0 {
                    let Some(head) = request.windows(4).position(|window| window == b"\r\n\r\n") else {
                        continue;
                    };
                    let text = String::from_utf8_lossy(&request[..head]).to_lowercase();
                    let length = text.lines().find_map(|line| line.strip_prefix("content-length:"));
                    let length: usize = length.unwrap().trim().parse().unwrap();
                    if request.len() >= head + 4 + length {
                        let _ = sender.send(std::mem::take(&mut request));
                        let answer = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
                        stream.write_all(answer).await.unwrap();
                    }
                }
            });
        }
    });
    (endpoint, receiver)
}

fn thousand_spans() -> Duration {
    let start = Instant::now();
    for number in 0..1_000 {
        tracing::info_span!("request", rows = number).in_scope(|| tracing::info!("done"));
    }
    start.elapsed()
}

#[tokio::test]
async fn spans_arrive_and_a_job_continues_its_request() {
    let (endpoint, mut received) = collector().await;
    let (subscriber, guard) = subscriber(&settings(Some(endpoint)), "pbgdpl-test").unwrap();
    let (traceparent, continued) = tracing::subscriber::with_default(subscriber, || {
        let request = tracing::info_span!("request", tenant = "so-tu-phap", email = "nguoi.dan@example.vn");
        let traceparent = request.in_scope(|| {
            tracing::error!(
                error = "duplicate key (email)=(nguoi.dan@example.vn)",
                "not saved"
            );
            current_traceparent().unwrap()
        });
        drop(request);
        let job = tracing::info_span!("outbox job");
        continue_from(&job, &traceparent);
        let continued = job.in_scope(|| current_traceparent().unwrap());
        (traceparent, continued)
    });
    let trace = |traceparent: &str| traceparent.split('-').nth(1).unwrap().to_owned();
    assert_eq!(trace(&traceparent), trace(&continued));
    assert_ne!(traceparent, continued);
    tokio::task::spawn_blocking(move || drop(guard)).await.unwrap();
    let body = tokio::time::timeout(Duration::from_secs(5), received.recv())
        .await
        .unwrap()
        .unwrap();
    assert!(body.starts_with(b"POST /v1/traces HTTP/1.1\r\n"));
    for text in ["pbgdpl-test", "request", "outbox job", "so-tu-phap", "not saved"] {
        assert!(contains(&body, text), "«{text}» did not arrive");
    }
    assert!(!contains(&body, "nguoi.dan"), "personal data left");
    assert!(
        metrics()
            .unwrap()
            .render()
            .contains("pbgdpl_spans_exported_total")
    );
}

#[tokio::test]
async fn a_collector_that_is_down_costs_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let (subscriber, guard) = subscriber(&settings(Some(endpoint)), "pbgdpl-test").unwrap();
    let spent = tracing::subscriber::with_default(subscriber, thousand_spans);
    assert!(spent < Duration::from_secs(1), "{spent:?}");
    let start = Instant::now();
    // Dropped on the runtime's own thread, as a program that ends does.
    drop(guard);
    assert!(start.elapsed() < Duration::from_secs(4), "{:?}", start.elapsed());
    assert!(metrics().unwrap().render().contains("pbgdpl_spans_lost_total"));
}

#[tokio::test]
async fn a_collector_that_never_answers_delays_the_end_by_two_seconds() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let (subscriber, guard) = subscriber(&settings(Some(endpoint)), "pbgdpl-test").unwrap();
    let spent =
        tracing::subscriber::with_default(subscriber, || (0..20).map(|_| thousand_spans()).max().unwrap());
    assert!(spent < Duration::from_secs(1), "{spent:?}");
    let start = Instant::now();
    drop(guard);
    let spent = start.elapsed();
    assert!(spent < Duration::from_secs(4), "{spent:?}");
    drop(listener);
}

#[test]
fn without_a_collector_there_is_no_trace_to_continue() {
    let (subscriber, _guard) = subscriber(&settings(None), "pbgdpl-test").unwrap();
    tracing::subscriber::with_default(subscriber, || {
        let span = tracing::info_span!("request");
        continue_from(&span, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
        assert_eq!(span.in_scope(current_traceparent), None);
        continue_from(&span, "nonsense");
    });
}

#[test]
fn a_wrong_filter_is_refused() {
    let mut settings = settings(None);
    settings.filter = "info,==".to_owned();
    let error = subscriber(&settings, "pbgdpl-test").err().unwrap();
    assert!(error.to_string().contains("telemetry.filter"));
}
