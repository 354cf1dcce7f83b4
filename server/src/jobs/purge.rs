//! What is kept no longer than it is useful, and what ends by itself.

use std::time::Duration;

use tokio::sync::watch;

use super::rappels;
use crate::clock::DAY;
use crate::error::BackendError;
use crate::persistence::{
    brouillons, brouillons_agents, changements_adresse, comptes, compteurs, courriels, identifiants, jetons,
    motif_brouillons, mouvements, prises, repertoire, sessions, signalements,
};
use crate::security::tokens::Usage;
use crate::services::Backend;

const EVERY: Duration = Duration::from_secs(10 * 60);

/// An expired or withdrawn request is kept so long, for its person to ask about.
const ENDED_KEPT: i64 = 30 * DAY;

/// A link whose mail never left ends after this long.
const NEVER_SENT_KEPT: i64 = 7 * DAY;

/// Links and mails that ended are kept so long, to answer « ce lien a déjà servi » and « l’avez-vous envoyé ? ».
const TRACES_KEPT: i64 = 90 * DAY;

/// A wording that was begun and never saved.
const MOTIVE_DRAFT_KEPT: i64 = 30 * DAY;

/// What was noticed about the way the server is run.
const NOTICED_KEPT: i64 = 30 * DAY;

/// How many accounts one transaction ends.
const BATCH: u64 = 200;

/// Runs until told to stop.
pub async fn run(backend: Backend, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow_and_update() {
        if let Err(error) = once(&backend).await {
            tracing::warn!(%error, "the purge will be tried again");
        }
        if let Err(error) = rappels::once(&backend).await {
            tracing::warn!(%error, "the reminders will be tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            changed = stop.changed() => if changed.is_err() { return },
        }
    }
}

/// Does all that is due now.
///
/// # Errors
/// When the database does not answer; what was done stays done.
pub async fn once(backend: &Backend) -> Result<(), BackendError> {
    let now = backend.clock.now();
    let db = &backend.db;
    brouillons::purge(db.connection(), now - backend.draft_kept()).await?;
    brouillons_agents::purge(db.connection(), now - backend.draft_kept()).await?;
    loop {
        let due = comptes::expirable(
            db.connection(),
            now - backend.validity(Usage::Activation),
            now - NEVER_SENT_KEPT,
            BATCH,
        );
        let due = due.await?;
        if due.is_empty() {
            break;
        }
        let write = db.begin().await?;
        for id in due {
            backend.expire(&*write, id).await?;
        }
        write.commit().await?;
    }
    loop {
        let due = comptes::ended_before(db.connection(), now - ENDED_KEPT, BATCH).await?;
        if due.is_empty() {
            break;
        }
        let write = db.begin().await?;
        for compte in due {
            jetons::delete_of_account(&*write, compte.id).await?;
            sessions::close_all(&*write, sessions::Genre::Formateur, compte.id).await?;
            if comptes::holder(&*write, &compte.courriel_cle).await?.is_none() {
                identifiants::delete(&*write, &compte.courriel_cle).await?;
            }
            comptes::delete(&*write, compte.id).await?;
        }
        write.commit().await?;
    }
    super::corrections::once(backend).await?;
    prises::purge(db.connection(), now).await?;
    mouvements::fold(db).await?;
    sessions::purge(db.connection(), now).await?;
    changements_adresse::purge(db.connection(), now).await?;
    jetons::purge(db, now - TRACES_KEPT).await?;
    courriels::purge(db, now - TRACES_KEPT).await?;
    motif_brouillons::purge(db.connection(), now - MOTIVE_DRAFT_KEPT).await?;
    repertoire::purge(db.connection(), now).await?;
    signalements::purge(db.connection(), now - NOTICED_KEPT).await?;
    compteurs::purge(db, now).await
}
