//! Erases drafts, links, mails, connexions and counters.

use domain::conservation::{ACCES_FERME_JOURS, BROUILLON_MOTIF_JOURS, SIGNALEMENT_JOURS, TRACES_JOURS};

use super::days;
use crate::areas::gestion::dossiers::prises;
use crate::areas::gestion::formations::saisies;
use crate::areas::gestion::motifs::motif_brouillons;
use crate::areas::service_formation::brouillons_agents;
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{
    brouillons, changements_adresse, compteurs, connexions, courriels, essais, fichiers, gestionnaires, imports,
    jetons, journal, mouvements, services_formation, signalements,
};

/// Erases old drafts. Each round writes one line into the journal for all its drafts.
pub(super) async fn drafts(backend: &Backend) -> Result<(), BackendError> {
    let now = backend.clock.now();
    let idle = now - backend.draft_kept();
    let mut told = false;
    loop {
        let write = backend.db.begin().await?;
        let erased = brouillons::purge(&*write, idle).await? + brouillons_agents::purge(&*write, idle).await?;
        if erased == 0 {
            return Ok(());
        }
        if !told {
            journal::write(&*write, now, Acteur::Systeme, None, Action::PurgeBrouillons, &["brouillon"]).await?;
            told = true;
        }
        write.commit().await?;
    }
}

/// Erases data that was kept for a while to answer questions.
pub(super) async fn old(backend: &Backend) -> Result<(), BackendError> {
    let (now, db) = (backend.clock.now(), &backend.db);
    changements_adresse::purge(db, now).await?;
    jetons::purge(db, now - days(TRACES_JOURS)).await?;
    courriels::purge(db, now - days(TRACES_JOURS)).await?;
    essais::purge(db, days(TRACES_JOURS), now).await?;
    motif_brouillons::purge(db, now - days(BROUILLON_MOTIF_JOURS)).await?;
    saisies::purge(db, now - days(BROUILLON_MOTIF_JOURS)).await?;
    signalements::purge(db, now - days(SIGNALEMENT_JOURS)).await
}

/// Erases the names of members and services that lost their access long ago.
pub(super) async fn former(backend: &Backend) -> Result<(), BackendError> {
    let (now, write) = (backend.clock.now(), backend.db.begin().await?);
    let before = now - days(ACCES_FERME_JOURS);
    let staff = gestionnaires::forget(&*write, before).await?.into_iter().map(Acteur::Gestionnaire);
    let services = services_formation::forget(&*write, before).await?.into_iter().map(Acteur::ServiceFormation);
    for who in staff.chain(services) {
        let champs = ["nom", "courriel", &who.code()];
        journal::write(&*write, now, Acteur::Systeme, None, Action::PurgeAcces, &champs).await?;
    }
    write.commit().await?;
    Ok(())
}

/// Erases data that has ended by itself: claims, connexions, files to import, counters.
pub(super) async fn over(backend: &Backend) -> Result<(), BackendError> {
    let (now, db) = (backend.clock.now(), &backend.db);
    prises::purge(db, now).await?;
    mouvements::fold(db).await?;
    connexions::purge(db, now).await?;
    fichiers::purge(db, now).await?;
    imports::purge(db, now).await?;
    backend.limits.forget(now);
    compteurs::purge(db, now).await
}
