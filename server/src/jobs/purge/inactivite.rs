//! Erases active accounts that nobody uses (E9, E10): a month after the hand-over of a warning. The month is counted in
//! time that the service has run, so a clock that jumps does not shorten it.

use domain::compte::Statut;
use domain::conservation::{AVERTISSEMENT_MOIS, INACTIVITE_MOIS, PREAVIS_JOURS};
use domain::instant::Millis;

use super::demandes::before;
use super::{BATCH, days, locked};
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::courriels::{Etat, Genre};
use crate::persistence::entities::compte;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{comptes, courriels, inactivite, journal};

/// How many warnings one round queues: many warnings are spread over the day.
const WARNED_AT_ONCE: u64 = 200;

/// `vecu` is how long the service has run.
pub(super) async fn once(backend: &Backend, vecu: Millis) -> Result<(), BackendError> {
    warn(backend).await?;
    hand_over(backend, vecu).await?;
    end(backend, vecu).await
}

/// Whether the account is active and unused since `since`.
fn is_idle(row: &compte::Model, since: Millis) -> bool {
    row.statut == Statut::Actif.code() && inactivite::since(row) <= since
}

async fn warn(backend: &Backend) -> Result<(), BackendError> {
    let now = backend.clock.now();
    let since = before(now, AVERTISSEMENT_MOIS);
    let due = inactivite::to_warn(backend.db.connection(), since, now, WARNED_AT_ONCE).await?;
    for id in due {
        let write = backend.db.begin().await?;
        let unwarned = |row: &compte::Model| is_idle(row, since) && !inactivite::is_warned(row, now);
        let Some(row) = locked(&*write, id, unwarned).await? else { continue };
        backend.queue_for_compte(&*write, Genre::Inactivite, &row, None).await?;
        inactivite::mark_warned(&*write, id, Some(now)).await?;
        journal::write(&*write, now, Acteur::Systeme, Some(id), Action::Avertissement, &[]).await?;
        write.commit().await?;
    }
    backend.outbox().notify_one();
    Ok(())
}

/// Starts the notice period of accounts whose warning was sent. If the mail was given up, the person is not warned, and
/// nothing starts. A gestionnaire sees this mail in the list of failed mails.
async fn hand_over(backend: &Backend, vecu: Millis) -> Result<(), BackendError> {
    let db = backend.db.connection();
    let since = before(backend.clock.now(), AVERTISSEMENT_MOIS);
    let mut after = 0;
    loop {
        let due = inactivite::on_their_way(db, since, after, BATCH).await?;
        let Some(last) = due.last() else { return Ok(()) };
        after = *last;
        for id in due {
            let write = backend.db.begin().await?;
            let waits = |row: &compte::Model| is_idle(row, since) && row.averti_vecu.is_none();
            let Some(row) = locked(&*write, id, waits).await? else { continue };
            let Some(queued) = row.averti_le else { continue };
            let mail = courriels::newest(&*write, id, Genre::Inactivite, queued).await?;
            match mail.and_then(|mail| Etat::from_code(&mail.etat)) {
                Some(Etat::Sent) => inactivite::mark_handed_over(&*write, id, vecu).await?,
                Some(Etat::Queued | Etat::Dead) => {}
                // The mail was moot or is gone, so the person was not warned: a new warning is due.
                Some(Etat::Moot) | None => inactivite::mark_warned(&*write, id, None).await?,
            }
            write.commit().await?;
        }
    }
}

async fn end(backend: &Backend, vecu: Millis) -> Result<(), BackendError> {
    let now = backend.clock.now();
    let since = before(now, INACTIVITE_MOIS);
    let noticed = vecu - days(PREAVIS_JOURS);
    let mut after = 0;
    loop {
        let due = inactivite::due(backend.db.connection(), since, noticed, after, BATCH).await?;
        let Some(last) = due.last() else { return Ok(()) };
        after = *last;
        let write = backend.db.begin().await?;
        let over = |row: &compte::Model| {
            is_idle(row, since)
                && row.averti_vecu.is_some_and(|warned| warned <= noticed)
                && row.averti_le.is_some_and(|warned| warned <= now - days(PREAVIS_JOURS))
        };
        // An erasure also locks sessions, and all accounts are locked before any session.
        comptes::lock(&*write, &due).await?;
        for id in due {
            let Some(row) = locked(&*write, id, over).await? else { continue };
            let (action, genre) = (Action::Anonymisation, Genre::FinInactivite);
            backend.erase_and_tell(&*write, &row, Acteur::Systeme, action, genre).await?;
        }
        backend.commit(write).await?;
    }
}
