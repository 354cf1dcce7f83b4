//! E2: one reminder, if the person has not opened the activation link after a day.

use domain::instant::Millis;

use crate::backend::Backend;
use crate::clock::HOUR;
use crate::error::BackendError;
use crate::persistence::courriels::Genre;
use crate::persistence::{comptes, courriels, jetons};
use crate::security::tokens::Usage;

const AFTER: Millis = 24 * HOUR;

/// How many accounts are read at once.
const BATCH: u64 = 200;

/// Queues the reminders that are due. A reminder carries the link that the person already has. So its 72 hours are not
/// extended, and there is no second link to revoke.
///
/// # Errors
/// When the database does not answer. What was queued stays queued.
pub async fn once(backend: &Backend) -> Result<(), BackendError> {
    let now = backend.clock.now();
    let expired = now - backend.validity(Usage::Activation);
    loop {
        let due = comptes::remindable(backend.db.connection(), expired, now - AFTER, BATCH).await?;
        let mut queued = 0;
        for id in due {
            match remind(backend, id).await {
                Ok(done) => queued += u64::from(done),
                // Another server was first: the unique index allows one reminder.
                Err(error) if error.is_unique_violation() => {}
                Err(error) => return Err(error),
            }
        }
        // If a round queued few reminders, the next one would find the same accounts again.
        if queued < BATCH {
            return Ok(());
        }
    }
}

async fn remind(backend: &Backend, compte_id: i64) -> Result<bool, BackendError> {
    let write = backend.db.begin().await?;
    let Some(compte) = comptes::find_locked(&*write, compte_id).await? else { return Ok(false) };
    // The request was activated, corrected or expired meanwhile, so it has no open link.
    let Some(jeton) = jetons::newest(&*write, Usage::Activation, compte_id).await? else { return Ok(false) };
    // If the activation mail was held back, the reminder is held back too.
    let retenu = courriels::is_retained(&*write, &jeton.id).await?;
    backend.queue_or_retain(&*write, Genre::Rappel, &compte, Some(jeton.id), retenu).await?;
    backend.commit(write).await?;
    Ok(true)
}
