//! What is kept no longer than it is useful, and what ends by itself. How long is in [`domain::conservation`].

mod demandes;
mod inactivite;
mod traces;

use std::time::Duration;

use domain::ports::Millis;
use sea_orm::ConnectionTrait;
use tokio::sync::watch;

use super::rappels;
use crate::clock::DAY;
use crate::error::BackendError;
use crate::persistence::entities::compte;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{comptes, veille};
use crate::ports::Backend;

const EVERY: Duration = Duration::from_secs(10 * 60);

/// How many accounts one transaction ends.
const BATCH: u64 = 200;

/// Runs until told to stop.
pub async fn run(backend: Backend, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow_and_update() {
        match once(&backend).await {
            // Many links look a day old to a clock that jumped: no storm of reminders.
            Ok(calme) if calme => {
                if let Err(error) = rappels::once(&backend).await {
                    tracing::warn!(%error, "the reminders will be tried again");
                }
            }
            Ok(_) => {}
            Err(error) => tracing::warn!(%error, "the purge will be tried again"),
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            changed = stop.changed() => if changed.is_err() { return },
        }
    }
}

/// Does all that is due now. Returns whether the clock is believed: when it is not, nothing is erased for good.
///
/// # Errors
/// When the database does not answer; what was done stays done.
pub async fn once(backend: &Backend) -> Result<bool, BackendError> {
    let temps = veille::tick(backend.db.connection(), backend.clock.now()).await?;
    if temps.calme {
        traces::drafts(backend).await?;
        demandes::once(backend).await?;
        super::corrections::once(backend).await?;
        inactivite::once(backend, temps.vecu).await?;
        traces::old(backend).await?;
        traces::former(backend).await?;
    } else {
        tracing::warn!("the clock has jumped: nothing is erased for some days");
    }
    traces::over(backend).await?;
    Ok(temps.calme)
}

/// So many days.
const fn days(count: u32) -> Millis {
    count as Millis * DAY
}

/// Erases those of these accounts that are still due once their rows are locked, in one transaction: another server, or
/// their person, may have been first.
async fn erase(
    backend: &Backend,
    ids: &[i64],
    action: Action,
    is_due: impl Fn(&compte::Model) -> bool,
) -> Result<(), BackendError> {
    let write = backend.db.begin().await?;
    for id in ids {
        if let Some(row) = locked(&*write, *id, &is_due).await? {
            backend.erase(&*write, &row, Acteur::Systeme, action).await?;
        }
    }
    write.commit().await?;
    Ok(())
}

async fn locked(
    db: &impl ConnectionTrait,
    id: i64,
    is_due: impl Fn(&compte::Model) -> bool,
) -> Result<Option<compte::Model>, BackendError> {
    Ok(comptes::find_locked(db, id).await?.filter(is_due))
}
