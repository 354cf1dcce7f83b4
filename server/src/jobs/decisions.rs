//! Applies held decisions at the end of their hold.

use std::time::Duration;

use tokio::sync::watch;

use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::decisions;

/// How late a decision may take effect.
const EVERY: Duration = Duration::from_secs(2);

const BATCH: u64 = 100;

/// Runs until told to stop.
pub async fn run(backend: Backend, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow_and_update() {
        if let Err(error) = once(&backend).await {
            tracing::warn!(%error, "held decisions will be tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            changed = stop.changed() => if changed.is_err() { return },
        }
    }
}

/// Applies the decisions that are due. If two servers run at once, one of them applies each decision. A decision that
/// fails does not delay the others.
///
/// # Errors
/// When the database does not answer. What was applied stays applied.
pub async fn once(backend: &Backend) -> Result<(), BackendError> {
    loop {
        let mut moved = false;
        for decision in decisions::due(backend.db.connection(), backend.clock.now(), BATCH).await? {
            match apply(backend, &decision).await {
                Ok(()) => moved = true,
                Err(error) => tracing::warn!(decision = decision.id, %error, "a held decision will be tried again"),
            }
        }
        if !moved {
            return Ok(());
        }
    }
}

async fn apply(backend: &Backend, decision: &decisions::Model) -> Result<(), BackendError> {
    let write = backend.db.begin().await?;
    let applied = backend.apply(&*write, decision).await?;
    write.commit().await?;
    if applied {
        backend.metrics().decided(decisions::verdict(decision)?);
    }
    backend.outbox().notify_one();
    Ok(())
}
