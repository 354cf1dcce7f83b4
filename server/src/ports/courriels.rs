//! What became of the mails to a person, read from the outbox.

use domain::ports::{CourrielSuivi, SortCourriel};
use sea_orm::ConnectionTrait;

use super::Backend;
use crate::error::BackendError;
use crate::persistence::courriels::{self, Etat, Genre};
use crate::persistence::entities::courriel;

impl Backend {
    /// The mails to the person of an account, to whichever address they went, newest first.
    ///
    /// # Errors
    /// When the database does not answer, or holds what this program does not know.
    pub async fn courriels_suivis(
        &self,
        db: &impl ConnectionTrait,
        compte_id: i64,
    ) -> Result<Vec<CourrielSuivi>, BackendError> {
        courriels::to_person(db, compte_id).await?.iter().map(suivi).collect()
    }

    /// The newest activation mail: a corrected address has its own. Not the reminder: an address that has an account
    /// already gets none, and this is shown to whoever typed the address.
    pub(super) async fn activation_suivie(
        &self,
        db: &impl ConnectionTrait,
        compte_id: i64,
    ) -> Result<Option<CourrielSuivi>, BackendError> {
        let rows = courriels::to_person(db, compte_id).await?;
        rows.iter().find(|row| row.genre == Genre::Activation.code()).map(suivi).transpose()
    }
}

fn suivi(row: &courriel::Model) -> Result<CourrielSuivi, BackendError> {
    // The next version of the program may send what this one has no word for.
    let quoi = Genre::from_code(&row.genre).map_or("Courriel", Genre::label);
    let etat = Etat::from_code(&row.etat).ok_or(BackendError::Corrupt { table: "courriel", column: "etat" })?;
    let sort = match etat {
        Etat::Queued if row.derniere_erreur.is_some() => SortCourriel::Differe,
        Etat::Queued | Etat::Moot => SortCourriel::EnCours,
        Etat::Sent => SortCourriel::Remis,
        Etat::Dead => SortCourriel::Refuse,
    };
    Ok(CourrielSuivi { quoi: quoi.to_owned(), le: row.envoye_le.unwrap_or(row.cree_le), sort })
}
