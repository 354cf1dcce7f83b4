//! Erases accounts. What stays is a line of statistics, and the id in the journal.

use sea_orm::ConnectionTrait;

use crate::backend::Backend;
use crate::error::BackendError;
use crate::persistence::courriels::Genre;
use crate::persistence::entities::compte;
use crate::persistence::journal::{Acteur, Action};
use crate::persistence::{
    adieux, bilan, changements_adresse, comptes, compteurs, connexions, courriels, essais, identifiants, jetons,
    journal,
};
use crate::security::tokens::SecretKey;

impl Backend {
    /// Erases a locked account and all its data. Its address is free again.
    pub(crate) async fn erase(
        &self,
        db: &impl ConnectionTrait,
        row: &compte::Model,
        by: Acteur,
        action: Action,
    ) -> Result<(), BackendError> {
        bilan::keep(db, row).await?;
        changements_adresse::delete_of_account(db, row.id).await?;
        jetons::delete_of_account(db, row.id).await?;
        connexions::close_all(db, connexions::Genre::Formateur, row.id).await?;
        self.leave_sessions(db, row.id).await?;
        comptes::delete(db, row.id).await?;
        // The password stays if another account or a service formation of this address uses it.
        if comptes::holder(db, &row.courriel_cle).await?.is_none() {
            identifiants::delete(db, &row.courriel_cle).await?;
        }
        if identifiants::by_courriel(db, &row.courriel_cle).await?.is_none() {
            // The former version of the program hid addresses in another way, so both keys are deleted.
            for adresse in [self.hide(&row.courriel_cle), SecretKey::former(&row.courriel_cle)] {
                essais::forget(db, &adresse).await?;
                compteurs::forget_address(db, &adresse).await?;
                courriels::forget_recipient(db, &adresse).await?;
            }
        }
        journal::write(db, self.now(), by, Some(row.id), action, &[]).await
    }

    /// The same for an account that was active, with a last mail.
    pub(crate) async fn erase_and_tell(
        &self,
        db: &impl ConnectionTrait,
        row: &compte::Model,
        by: Acteur,
        action: Action,
        genre: Genre,
    ) -> Result<(), BackendError> {
        self.erase(db, row, by, action).await?;
        let courriel = self.mail(genre, self.hide(&row.courriel_cle));
        let id = self.queue(db, courriel).await?;
        adieux::add(db, id, &row.courriel_cle).await
    }
}
