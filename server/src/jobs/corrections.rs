//! Corrections and relectures that the person does not send back: first a reminder, then the request is withdrawn.

use domain::compte::Statut;
use domain::conservation::{RAPPEL_CORRECTION_JOURS, RAPPEL_RELECTURE_JOURS};
use domain::instant::Millis;

use crate::backend::Backend;
use crate::clock::DAY;
use crate::error::BackendError;
use crate::persistence::courriels::Genre;
use crate::persistence::journal::Acteur;
use crate::persistence::{comptes, corrections, courriels};

const REMINDED_AFTER: Millis = RAPPEL_CORRECTION_JOURS as Millis * DAY;
const REVIEW_REMINDED_AFTER: Millis = RAPPEL_RELECTURE_JOURS as Millis * DAY;

const BATCH: u64 = 200;

/// Does everything that is due. If it runs twice, or on two servers at once, each action is done once: the account is
/// locked and checked again.
///
/// # Errors
/// When the database does not answer. What was done stays done.
pub async fn once(backend: &Backend) -> Result<(), BackendError> {
    let now = backend.clock.now();
    let mut after = 0;
    loop {
        let due =
            corrections::waiting_since(backend.db.connection(), now - REVIEW_REMINDED_AFTER, after, BATCH).await?;
        let Some(last) = due.last() else { return Ok(()) };
        after = last.id;
        for correction in due.into_iter().filter(|row| row.relecture || row.demandee_le <= now - REMINDED_AFTER) {
            let write = backend.db.begin().await?;
            let Some(row) = comptes::find_locked(&*write, correction.compte_id).await? else { continue };
            if row.statut != Statut::ACompleter.code() {
                continue;
            }
            if correction.demandee_le <= now - corrections::KEPT {
                backend.take_back(&*write, &row, Acteur::Systeme).await?;
            } else if !courriels::was_queued(&*write, row.id, Genre::RappelCorrection, correction.demandee_le).await? {
                backend.queue_for_compte(&*write, Genre::RappelCorrection, &row, None).await?;
            }
            write.commit().await?;
        }
        backend.outbox().notify_one();
    }
}
