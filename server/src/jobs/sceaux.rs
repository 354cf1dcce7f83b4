//! Seals the journal every minute.

use std::time::Duration;

use tokio::sync::watch;

use crate::backend::Backend;
use crate::error::BackendError;

const EVERY: Duration = Duration::from_secs(60);

/// Runs until told to stop.
pub async fn run(backend: Backend, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow_and_update() {
        match backend.seal_journal().await {
            Ok(_) => {}
            Err(error @ BackendError::Chain) => tracing::error!(%error, "the journal can't be sealed"),
            Err(error) => tracing::warn!(%error, "the journal will be sealed at the next turn"),
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            changed = stop.changed() => if changed.is_err() { return },
        }
    }
}
