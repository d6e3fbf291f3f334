//! Keeps this node current: agencies, policies and generations, on every hint and every second without one.

use std::time::Duration;

use pbgdpl_app::App;
use pbgdpl_store::Hint;
use tokio::sync::broadcast::error::RecvError;
use tokio_util::sync::CancellationToken;

/// Without a hint nobody is behind for longer (DESIGN.md 4.3: two seconds on every node).
const EVERY: Duration = Duration::from_secs(1);

/// Polls until stopped. Every node that serves runs it, whether it works on the outbox or not.
pub async fn keep_current(app: App, stop: CancellationToken) {
    let mut hints = app.store().hints().hear();
    loop {
        look(&app).await;
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(EVERY) => {}
            () = told(&mut hints) => {}
        }
    }
}

async fn look(app: &App) {
    let machinery = app.store().machinery();
    if let Err(error) = machinery.poll_registry().await {
        tracing::warn!(%error, "the registry is not read again yet");
    }
    if let Err(error) = machinery.poll_generations(app.now()).await {
        tracing::warn!(%error, "generations are not read again yet");
    }
}

async fn told(hints: &mut tokio::sync::broadcast::Receiver<Hint>) {
    loop {
        match hints.recv().await {
            Ok(Hint::Registry | Hint::Generation) | Err(RecvError::Lagged(_)) => return,
            Ok(Hint::Work) => {}
            Err(RecvError::Closed) => std::future::pending().await,
        }
    }
}
