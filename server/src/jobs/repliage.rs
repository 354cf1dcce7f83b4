//! After a change of the folding, computes the stored keys again, beside the requests. Then it stops.

use std::time::Duration;

use tokio::sync::watch;

use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::repliage::{Cible, step};

/// The pause between two transactions, in which others can write.
const PAUSE: Duration = Duration::from_millis(20);

const AGAIN: Duration = Duration::from_secs(60);

/// Runs until all keys are done, or until told to stop.
pub async fn run(backend: Backend, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow_and_update() {
        let pause = match once(&backend, &stop).await {
            Ok(()) => return,
            Err(error) => {
                tracing::warn!(%error, "the folded keys will be made again later");
                AGAIN
            }
        };
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            changed = stop.changed() => if changed.is_err() { return },
        }
    }
}

/// # Errors
/// When the database does not answer. What was done stays done.
pub async fn once(backend: &Backend, stop: &watch::Receiver<bool>) -> Result<(), BackendError> {
    for cible in Cible::ALL {
        while step(backend.db(), cible).await? {
            if *stop.borrow() {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
    }
    Ok(())
}
