//! Erases data that is no longer needed, and ends what ends by itself. [`domain::conservation`] says how long each kind
//! is kept.

mod demandes;
mod formations;
mod inactivite;
mod traces;

use std::time::Duration;

use domain::instant::Millis;
use sea_orm::ConnectionTrait;
use tokio::sync::watch;

use super::rappels;
use crate::backend::Backend;
use crate::clock::DAY;
use crate::error::BackendError;
use crate::persistence::entities::compte;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{comptes, veille};

const EVERY: Duration = Duration::from_secs(10 * 60);

/// How many accounts one transaction ends.
const BATCH: u64 = 200;

/// Runs until told to stop.
pub async fn run(backend: Backend, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow_and_update() {
        match once(&backend).await {
            // A clock that jumped makes many links look a day old: without this check, it would send many reminders at
            // once.
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

/// Does everything that is due. Returns whether the clock is trusted: if it is not, nothing is erased.
///
/// # Errors
/// When the database does not answer. What was done stays done.
pub async fn once(backend: &Backend) -> Result<bool, BackendError> {
    let temps = veille::tick(backend.db.connection(), backend.clock.now()).await?;
    if temps.calme {
        traces::drafts(backend).await?;
        demandes::once(backend).await?;
        super::corrections::once(backend).await?;
        inactivite::once(backend, temps.vecu).await?;
        formations::once(backend).await?;
        traces::old(backend).await?;
        traces::former(backend).await?;
    } else {
        tracing::warn!("the clock has jumped: nothing is erased for some days");
    }
    traces::over(backend).await?;
    Ok(temps.calme)
}

/// This many days, in milliseconds.
const fn days(count: u32) -> Millis {
    count as Millis * DAY
}

/// Erases the accounts that are still due, in one transaction. Each row is locked and checked again: another server or
/// the person may have been first.
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
