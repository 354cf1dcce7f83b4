//! Turns the waiting lists, every minute.

use std::time::Duration;

use tokio::sync::watch;

use crate::backend::Backend;

const EVERY: Duration = Duration::from_secs(60);

/// Runs until told to stop.
pub async fn run(backend: Backend, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow_and_update() {
        if let Err(error) = backend.turn_lists().await {
            tracing::warn!(%error, "the waiting lists will be turned again");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            changed = stop.changed() => if changed.is_err() { return },
        }
    }
}
