//! The end of requests that were never activated, were withdrawn, or were refused long ago.

use domain::compte::Statut;
use domain::conservation::{LIEN_NON_REMIS_JOURS, REFUS_MOIS, TERMINEE_JOURS};
use domain::instant::{Millis, months_before, today};

use super::{BATCH, days, erase};
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::comptes;
use crate::persistence::entities::compte;
use crate::persistence::journal::Action;
use crate::security::tokens::Usage;

pub(super) async fn once(backend: &Backend) -> Result<(), BackendError> {
    let now = backend.clock.now();
    expire(backend, now).await?;
    let ended = [Statut::Expiree, Statut::Retiree];
    purge(backend, &ended, now - days(TERMINEE_JOURS), |_| true).await?;
    let refused = before(now, REFUS_MOIS);
    purge(backend, &[Statut::Refuse], refused, |row| comptes::reopened_until(row) <= now).await
}

async fn expire(backend: &Backend, now: Millis) -> Result<(), BackendError> {
    let sent_after = now - backend.validity(Usage::Activation);
    let made_after = now - days(LIEN_NON_REMIS_JOURS);
    loop {
        let due = comptes::expirable(backend.db.connection(), sent_after, made_after, BATCH).await?;
        if due.is_empty() {
            return Ok(());
        }
        let write = backend.db.begin().await?;
        for id in due {
            backend.expire(&*write, id).await?;
        }
        write.commit().await?;
    }
}

/// Erases the accounts that have been in one of these states since `since`, if `is_over` agrees.
async fn purge(
    backend: &Backend,
    statuts: &[Statut],
    since: Millis,
    is_over: impl Fn(&compte::Model) -> bool,
) -> Result<(), BackendError> {
    let mut after = 0;
    loop {
        let due = comptes::in_state_since(backend.db.connection(), statuts, since, after, BATCH).await?;
        let Some(last) = due.last() else { return Ok(()) };
        after = *last;
        let still = |row: &compte::Model| {
            statuts.iter().any(|statut| statut.code() == row.statut) && row.statut_depuis <= since && is_over(row)
        };
        erase(backend, &due, Action::Purge, still).await?;
    }
}

/// The instant this many months before.
pub(super) fn before(now: Millis, months: u32) -> Millis {
    let day = today(now);
    now - Millis::try_from((day - months_before(day, months)).whole_milliseconds()).unwrap_or(0)
}
