//! Erases what préinscriptions hold of persons, once their session is over.

use domain::conservation::{CONTACT_REFERENT_JOURS, LIEN_DISTANCE_JOURS, PLACE_MOIS, PREINSCRIPTION_MOIS};

use super::days;
use super::demandes::before;
use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::{preinscriptions, sessions_formation};

pub(super) async fn once(backend: &Backend) -> Result<(), BackendError> {
    let (now, db) = (backend.clock.now(), &backend.db);
    preinscriptions::forget_contacts(db, now - days(CONTACT_REFERENT_JOURS)).await?;
    sessions_formation::forget_links(db, now - days(LIEN_DISTANCE_JOURS)).await?;
    preinscriptions::forget_texts(db, before(now, PREINSCRIPTION_MOIS)).await?;
    preinscriptions::delete_ended(db, before(now, PREINSCRIPTION_MOIS)).await?;
    for id in sessions_formation::over_with_places(db.connection(), before(now, PLACE_MOIS)).await? {
        let write = db.begin().await?;
        if let Some(session) = sessions_formation::find_locked(&*write, id).await? {
            preinscriptions::delete_retained(&*write, &session).await?;
            write.commit().await?;
        }
    }
    Ok(())
}
