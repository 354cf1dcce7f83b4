//! Sends the daily digest of waiting requests to the gestionnaires who chose it.

use std::time::Duration;

use app::areas::gestion::equipe::Annonces;
use domain::compte::Statut;
use domain::instant::{at_hour, today};
use tokio::sync::watch;

use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::courriels::Genre;
use crate::persistence::{gestionnaires, mouvements};

const EVERY: Duration = Duration::from_secs(60);

/// The hour of the digest, in metropolitan France.
const HOUR_OF_DAY: u8 = 7;

/// Runs until told to stop.
pub async fn run(backend: Backend, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow_and_update() {
        if let Err(error) = once(&backend).await {
            tracing::warn!(%error, "the digests will be tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            changed = stop.changed() => if changed.is_err() { return },
        }
    }
}

/// Queues the digests that are due today. If it runs twice, or on two servers at once, each digest is queued once. An
/// empty queue gives no digest.
///
/// # Errors
/// When the database does not answer. What was queued stays queued.
pub async fn once(backend: &Backend) -> Result<(), BackendError> {
    let now = backend.clock.now();
    let due = at_hour(today(now), HOUR_OF_DAY);
    if now < due {
        return Ok(());
    }
    let db = backend.db.connection();
    let members = gestionnaires::announced(db, Annonces::ParJour).await?;
    for member in members.into_iter().filter(|member| gestionnaires::digest_is_due(member, due, now)) {
        let write = backend.db.begin().await?;
        let waiting =
            mouvements::counts(&*write).await?.into_iter().any(|(statut, n)| statut == Statut::AValider && n > 0);
        if !gestionnaires::take_digest(&*write, member.id, due, now).await? {
            continue;
        }
        if waiting {
            backend.queue_for_gestionnaire(&*write, Genre::Resume, &member, None).await?;
        }
        backend.commit(write).await?;
    }
    Ok(())
}
